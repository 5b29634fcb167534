from datetime import date

import pytest

from briefing.data.briefing import Citation, Stage
from briefing.steps.annotate import annotate
from tests import make

WEDNESDAY = date(2031, 4, 2)


def annotated(text, *, published=WEDNESDAY, as_of=WEDNESDAY, source=None):
    article = make.article(source or text, published=published)
    cited = Citation(article=article.id, start=0, end=len(article.text), quote=article.text)
    sentence = make.checked(text, cites=[cited])
    return annotate(sentence, {article.id: article}, as_of=as_of)


def test_a_relative_date_keeps_how_it_was_worked_out():
    (when,) = annotated("The envoy visited Tarsk last month.").when
    assert (when.first, when.last) == (date(2031, 3, 1), date(2031, 3, 31))
    assert when.basis == "'last month' in an article of 2 April 2031"


def test_a_full_date_needs_no_basis():
    (when,) = annotated("They met on 9 October 2030.").when
    assert when.basis == ""


def test_a_plan_is_labelled_with_its_own_day_not_with_that_of_an_aside():
    sentence = annotated("Orrin, who arrived on Monday, will leave on Friday.")
    assert sentence.stage is Stage.PLANNED
    assert [when.words for when in sentence.when] == ["Friday"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Trade rose by 38% to $793 million in 2030.", ("38%", "$793 million")),
        ("It carries 7 billion cubic metres of gas.", ("7 billion cubic metres",)),
        ("The talks went on for three hours and 14 people came.", ()),
    ],
)
def test_amounts_are_kept_as_printed(text, figures):
    assert annotated(text).figures == figures


def test_nothing_else_of_the_sentence_changes():
    before = make.checked("It carries 7 billion cubic metres of gas.")
    after = annotate(before, {}, as_of=None)
    assert after.model_copy(update={"figures": (), "stage": None}) == before


def test_a_day_told_by_the_way_is_no_day_of_the_sentence():
    assert annotated("Orrin, who took office in January, told of the ship.").when == ()


def test_what_was_done_has_no_day_to_come():
    found = annotated("Orrin asked that the port be widened in 2035.")
    assert (found.stage, found.when[0].first) == (None, date(2035, 1, 1))
