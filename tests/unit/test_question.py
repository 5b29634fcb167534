"""What a reader would ask and no article answers; the texts are invented."""

from datetime import date

import pytest

from briefing.data.template import Question, SectionPlan, Template
from briefing.steps.people import people
from briefing.steps.question import unanswered, unreported
from tests import make

PLAN = "Foreign Minister Ilse Maronde will meet President Tomas Verrin on Tuesday, 3 June 2031."
NEXT_DAY = date(2031, 6, 4)


def left_open(*articles, as_of=NEXT_DAY):
    """The plans found open, for texts or pairs of a text and its day."""
    pairs = [one if isinstance(one, tuple) else (one, date(2031, 6, 2)) for one in articles]
    story = make.story(*(make.article(text, published=day) for text, day in pairs))
    return [one.quote for one in unreported(story, people(story), as_of)]


def test_a_plan_whose_day_has_come_and_of_which_nothing_more_is_said_is_open():
    assert left_open(PLAN) == [PLAN]


def test_the_citation_is_the_whole_sentence():
    story = make.story(make.article(f"Rain fell on Tarsk. {PLAN}", published=date(2031, 6, 2)))
    (found,) = unreported(story, people(story), NEXT_DAY)
    assert story.articles[0].text[found.start : found.end] == found.quote == PLAN


@pytest.mark.parametrize(
    "report",
    [
        "Ilse Maronde met President Tomas Verrin for an hour on Tuesday.",
        "Verrin received her in the palace in the afternoon.",
        "President Verrin held talks with the guest and saw her off.",
        "She was received by the president late in the day.",
        "The meeting with Verrin was cancelled at short notice.",
        "Verrin refused to see the minister at all that day.",
        "Verrin assured her of his friendship.",
        "Maronde met Verrin to discuss a treaty due in June.",
    ],
)
def test_a_report_of_the_meeting_or_that_it_fell_through_closes_it(report):
    assert left_open(PLAN, (report, date(2031, 6, 4))) == []


@pytest.mark.parametrize(
    "other",
    [
        "Maronde landed in Tarsk at noon under heavy rain.",
        "Verrin is expected to hold talks with Maronde, aides said.",
        "Verrin met King Otto Brandl in Tarsk on 4 March 2029.",
        "Foreign Minister Maronde met reporters at the airport on Tuesday.",
    ],
)
def test_another_plan_an_old_meeting_or_news_of_the_guest_does_not_close_it(other):
    assert left_open(PLAN, (other, date(2031, 6, 3))) == [PLAN]


def test_a_plan_for_a_later_day_is_not_open():
    assert left_open(PLAN, as_of=date(2031, 6, 2)) == []


@pytest.mark.parametrize(
    "when", ["on Tuesday evening", "this month", "in June 2031", "later in 2031"]
)
def test_a_plan_that_may_still_be_for_today_is_not_open(when):
    plan = f"Foreign Minister Ilse Maronde will meet President Tomas Verrin {when}."
    assert left_open((plan, date(2031, 6, 3)), as_of=date(2031, 6, 3)) == []


def test_the_day_on_which_it_was_agreed_is_not_that_of_the_plan():
    text = "On Monday it was agreed that Minister Ilse Maronde will meet President Tomas Verrin."
    assert left_open((text, date(2031, 6, 3)), as_of=date(2031, 6, 5)) == []


def test_what_a_headline_reports_closes_a_plan():
    plan = make.article(PLAN, published=date(2031, 6, 2))
    report = make.article(
        "Rain fell on Tarsk.", title="Verrin and Maronde shake hands", published=NEXT_DAY
    )
    story = make.story(plan, report)
    assert unreported(story, people(story), NEXT_DAY) == ()


def test_reports_in_another_language_are_not_looked_through():
    plan = make.article(PLAN, published=date(2031, 6, 2), language="en")
    report = make.article("Verrin hat Maronde getroffen.", published=NEXT_DAY, language="de")
    story = make.story(plan, report)
    assert unreported(story, people(story), NEXT_DAY) == ()


def test_a_plan_without_a_day_is_not_open():
    assert left_open("Foreign Minister Ilse Maronde will meet President Tomas Verrin.") == []


def test_without_a_date_of_the_document_nothing_is_said():
    assert left_open(PLAN, as_of=None) == []


def test_one_of_two_people_of_a_surname_is_told_by_the_first_name():
    other = "Ambassador Petra Verrin met the press in Tarsk on Tuesday, 3 June 2031."
    assert left_open(PLAN, other) == [PLAN]


def test_a_sentence_that_names_more_people_stands_for_all_of_them_and_three_are_enough():
    both = (
        "Foreign Minister Ilse Maronde will meet President Tomas Verrin and Speaker Nora Hask on "
        "Tuesday, 3 June 2031."
    )
    assert left_open(PLAN, both) == [both]
    names = ("Adam Bole", "Ciro Dahn", "Edda Faal", "Gero Hult", "Ivo Jarn")
    many = [
        f"Foreign Minister Ilse Maronde will meet Ambassador {name} on Tuesday, 3 June 2031."
        for name in names
    ]
    assert left_open(*many) == many[:3]


def asked(*texts, gap="No one speaks of rain.", title="", language="en", **question):
    made = Template(
        name="t",
        title="T",
        sections=(SectionPlan(id="top", title="Top", ask="All.", most=1),),
        questions=(Question(gap=gap, **question),),
    )
    articles = [make.article(text, title=title, language=language) for text in texts]
    return unanswered(made, make.story(*articles))


def test_a_question_without_one_of_its_cues_is_a_gap():
    assert asked("The sun shone on Tarsk.", cues=("rain", "heavy shower")) == (
        "No one speaks of rain.",
    )


@pytest.mark.parametrize("text", ["It rained in Tarsk.", "The showers over Tarsk were heavy."])
def test_any_inflection_of_a_cue_answers_and_all_its_words_in_one_sentence(text):
    assert asked(text, cues=("rain", "heavy shower")) == ()


def test_the_words_of_a_cue_in_two_sentences_are_no_answer():
    assert asked("Heavy seas ran. A shower passed.", cues=("heavy shower",)) != ()


def test_a_headline_answers():
    assert asked("The sun shone on Tarsk.", title="Rain at last", cues=("rain",)) == ()


def test_a_question_may_be_asked_only_of_some_stories():
    calm, storm = "The sun shone. A storm is far.", "A storm hit Tarsk. Trees fell."
    assert asked(calm, cues=("rain",), when=("storm",)) == ()
    assert asked(storm, cues=("rain",), when=("storm",)) != ()


def test_of_articles_in_another_language_nothing_is_said():
    assert asked("Es regnete in Tarsk.", language="de", cues=("rain",)) == ()


@pytest.mark.parametrize(
    "report",
    [
        "The meeting planned for Tuesday was called off.",
        "The two talked for three hours.",
        "Tuesday's meeting brought no result, an aide said.",
    ],
)
def test_where_one_meeting_was_planned_any_report_of_a_meeting_closes_it(report):
    assert left_open(PLAN, (report, date(2031, 6, 4))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Ilse Maronde will not meet President Tomas Verrin on 3 June 2031.",
        "If it rains, Minister Ilse Maronde will meet President Tomas Verrin on 3 June 2031.",
        "Will Foreign Minister Ilse Maronde meet President Tomas Verrin on Tuesday, 3 June 2031?",
    ],
)
def test_what_is_denied_conditional_or_asked_is_no_plan(text):
    assert left_open(text) == []
