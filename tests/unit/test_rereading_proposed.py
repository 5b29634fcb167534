"""A saved briefing with a difference that a model came upon, of which one thing was changed."""

import json

import pytest

from briefing.asking import Asker
from briefing.checking import verify_briefing
from briefing.data.briefing import Briefing
from briefing.data.reason import Reason
from briefing.drafters import ModelDrafter
from briefing.pipeline import Assignment, generate
from briefing.templating import template
from tests import make
from tests.fakes import ScriptedModel
from tests.saved_example import codes

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
    found = codes(proposed(change))
    assert Reason.DIFFERENCE_DIFFERS in found
    # The sentences that it touched say so still, and it is among the warnings.
    assert found <= {Reason.DIFFERENCE_DIFFERS, Reason.LABEL_DIFFERS, Reason.COUNT_DIFFERS}
