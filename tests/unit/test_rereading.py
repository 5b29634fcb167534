"""A saved briefing of the example in which one thing beside the sentences was changed."""

import json
from functools import cache

import pytest

from briefing.asking import Asker
from briefing.checking import verify_briefing
from briefing.data.briefing import Briefing
from briefing.data.reason import Reason
from briefing.drafters import ExtractiveDrafter, ModelDrafter
from briefing.edges import reading
from briefing.pipeline import Assignment, clean_all, generate
from briefing.settings import LimitSettings
from briefing.templating import template
from tests import make
from tests.conftest import ROOT
from tests.fakes import ScriptedModel


@cache
def example():
    """The articles, and the briefing as a saved file holds it."""
    found = reading.read([str(ROOT / "examples/visit")], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=10**5)
    assignment = Assignment(
        template=template("visit"),
        focus=None,
        budget_tokens=6_000,
        drafter=ExtractiveDrafter(),
        count=lambda text: len(text.split()),
    )
    return articles, generate(articles, assignment).briefing.model_dump_json()


def verified(change=lambda saved: None, articles=None):
    """The verdict on the saved file after `change`, against its articles or those given."""
    known, text = example()
    saved = json.loads(text)
    change(saved)
    return verify_briefing(Briefing.model_validate(saved), articles or known)


def codes(result):
    return {c.code for one in result.sentences for c in one.checks if not c.ok and c.refuses}


def section(saved, id_):
    return next(one for one in saved["sections"] if one["id"] == id_)


def dated(saved):
    return next(s for s in section(saved, "programme")["sentences"] if s["when"])


def measured(saved):
    return next(s for s in section(saved, "numbers")["sentences"] if s["figures"])


def call_a_deed_open(saved):
    saved["unreported"] += section(saved, "bottom_line")["sentences"][0]["citations"][:1]


def change_day(saved):
    dated(saved)["when"][0] |= {"first": "2031-04-09", "last": "2031-04-09"}


def take_day_away(saved):
    dated(saved)["when"] = []


def change_stage(saved):
    sentence = next(s for s in section(saved, "programme")["sentences"] if s["stage"])
    sentence["stage"] = "done" if sentence["stage"] != "done" else "planned"


def change_figure(saved):
    measured(saved)["figures"][0] = "$9 billion"


def add_figure(saved):
    measured(saved)["figures"].append("99%")


def change_whose_line(saved):
    sentence = next(s for s in section(saved, "agenda")["sentences"] if s["sides"])
    sentence["sides"] = ["Elsewhere"]


def change_office(saved):
    section(saved, "people")["people"][0]["roles"][0]["title"] = "president"


def change_side(saved):
    section(saved, "people")["people"][0]["side"] = "Elsewhere"


def change_name(saved):
    section(saved, "people")["people"][0]["name"] = "Nils Other"


def move_the_words_of_an_office(saved):
    role = section(saved, "people")["people"][0]["roles"][0]
    role["citations"][0]["quote"] = "Foreign Minister Somebody Else"


def cite_another_for_an_office(saved):
    first, second = section(saved, "people")["people"][:2]
    first["roles"][0]["citations"] = second["roles"][0]["citations"]


def change_side_of_a_difference(saved):
    saved["discrepancies"][0]["sides"][0]["label"] = "something else"


def settle_a_difference(saved):
    one = next(d for d in saved["discrepancies"] if d["status"] == "unresolved")
    one["status"] = "resolved"


def take_a_difference_away(saved):
    saved["discrepancies"] = [d for d in saved["discrepancies"] if d["status"] == "resolved"]


def test_as_it_was_written_it_holds():
    result = verified()
    assert result.holds
    assert codes(result) == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (change_day, Reason.LABEL_DIFFERS),
        (take_day_away, Reason.LABEL_DIFFERS),
        (change_stage, Reason.LABEL_DIFFERS),
        (change_figure, Reason.LABEL_DIFFERS),
        (add_figure, Reason.LABEL_DIFFERS),
        (change_whose_line, Reason.LABEL_DIFFERS),
        (change_office, Reason.PERSON_DIFFERS),
        (change_side, Reason.PERSON_DIFFERS),
        (change_name, Reason.PERSON_DIFFERS),
        (move_the_words_of_an_office, Reason.SPAN_MOVED),
        (cite_another_for_an_office, Reason.PERSON_DIFFERS),
        (call_a_deed_open, Reason.PLAN_REPORTED),
        (change_side_of_a_difference, Reason.DIFFERENCE_DIFFERS),
        (settle_a_difference, Reason.DIFFERENCE_DIFFERS),
        (take_a_difference_away, Reason.DIFFERENCE_LEFT_OUT),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_was_changed_beside_the_sentences_is_refused(change, code):
    result = verified(change)
    assert not result.holds
    assert codes(result) == {code}


def test_the_reason_names_both_sides():
    (found,) = [one for one in verified(change_figure).sentences if one.verdict != "supported"]
    assert "$9 billion" in found.reason
    assert "the articles give" in found.reason


def test_other_articles_beside_its_own_change_nothing():
    articles, _ = example()
    other = articles[0].__class__(
        source="other.txt",
        text="The mayor of Ondresk, Pell Arrand, opened a swimming pool on Friday.",
    )
    assert verified(articles=(other, *reversed(articles))).holds


# What a model came upon.

TOLD = (
    "The talks between Ada Lund and Bo Hall on rail tariffs were friendly. No accord was signed in "
    "Port Salm.",
    "The talks between Ada Lund and Bo Hall on rail tariffs were frosty. Lund left Port Salm by "
    "ship on Monday.",
)
CAME_UPON = {
    "kind": "emphasis",
    "first": "S1.1",
    "first_words": "friendly",
    "second": "S2.1",
    "second_words": "frosty",
}


def proposed(change=lambda difference: None):
    """The verdict on a saved file with a proposed difference, after `change` of it."""
    articles = [make.article(text, source=f"{n}.txt") for n, text in enumerate(TOLD)]
    said = make.drafted(
        ("No accord was signed in Port Salm.", "S1.2"),
        ("Lund left Port Salm by ship on Monday.", "S2.2"),
        ("The talks between Ada Lund and Bo Hall on rail tariffs were frosty.", "S2.1"),
    )
    model = ScriptedModel(said | {"differences": [CAME_UPON]})
    assignment = Assignment(
        template=template("story"),
        focus=None,
        budget_tokens=6_000,
        drafter=ModelDrafter(Asker(model, "small")),
        count=lambda text: len(text.split()),
    )
    saved = json.loads(generate(articles, assignment).briefing.model_dump_json())
    (difference,) = saved["discrepancies"]
    change(difference)
    return verify_briefing(Briefing.model_validate(saved), articles)


def other_words(difference):
    difference["sides"][0]["label"] = "warm"


def words_of_the_other_side(difference):
    difference["sides"][0]["label"] = difference["sides"][1]["label"]


def other_wording(difference):
    difference["wording"] = "The sources agree."


def other_kind(difference):
    difference["type"] = "number"


def no_model(difference):
    difference["by"] = "rules"


def settled(difference):
    difference["status"] = "resolved"


def test_a_difference_that_a_model_came_upon_is_checked_again_and_holds():
    assert codes(proposed()) == set()


@pytest.mark.parametrize(
    "change",
    [other_words, words_of_the_other_side, other_wording, other_kind, no_model, settled],
    ids=lambda change: change.__name__,
)
def test_a_difference_that_a_model_came_upon_and_somebody_changed_is_told(change):
    assert codes(proposed(change)) == {Reason.DIFFERENCE_DIFFERS}
