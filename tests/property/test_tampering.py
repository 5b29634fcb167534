"""Whatever is changed in a saved briefing, `verify` notices it, or it may rightly change."""

import json
import random
import re
from functools import cache

import pytest

from briefing.asking import Asker
from briefing.checking import verify_briefing
from briefing.data.briefing import Briefing
from briefing.drafters import ModelDrafter
from briefing.errors import ModelUnavailable
from briefing.pipeline import Assignment, generate
from briefing.templating import template
from tests import make
from tests.conftest import ROOT
from tests.fakes import ScriptedModel
from tests.saved_example import example
from tests.tampering import tamperings

TOLD = (
    "The talks between Ada Lund and Bo Hall on rail tariffs were friendly. No accord was signed in "
    "Port Salm. Foreign Minister Ada Lund said that the line would cost 3 million crowns.",
    "The talks between Ada Lund and Bo Hall on rail tariffs were frosty. Lund left Port Salm by "
    "ship on Monday.",
)
DRAFT = {
    "sections": {
        "bottom_line": [
            "[S1.2] No accord was signed in Port Salm.",
            "[S2.2] Lund left Port Salm by ship on Monday.",
            "[S2.2] Hall left Port Salm by train on Friday.",
        ],
        "happened": [
            "[S2.1] The talks between Ada Lund and Bo Hall on rail tariffs were frosty.",
            "[S1.3] Foreign Minister Ada Lund said that the line would cost 3 million crowns.",
        ],
    },
    "differences": [
        {
            "kind": "emphasis",
            "first": "S1.1",
            "first_words": "friendly",
            "second": "S2.1",
            "second_words": "frosty",
        }
    ],
}


@cache
def drafted():
    """Two articles, and a model's briefing of them: a sentence dropped, and not repaired."""
    articles = [make.article(text, source=f"{n}.txt") for n, text in enumerate(TOLD)]
    model = ScriptedModel(DRAFT, ModelUnavailable("the server is gone."))
    assignment = Assignment(
        template=template("story"),
        focus=None,
        budget_tokens=6_000,
        drafter=ModelDrafter(Asker(model, "small")),
        count=lambda text: len(text.split()),
    )
    return articles, generate(articles, assignment).briefing.model_dump_json()


@cache
def changeable():
    """The places in the table "What may change" of docs/json.md."""
    page = (ROOT / "docs/json.md").read_text("utf-8")
    table = page.split("## What may change")[1].split("##")[0]
    rows = re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)
    return {place for row in rows for place in re.findall("`(.+?)`", row)}


def test_the_drafted_briefing_has_what_a_model_may_leave_undone():
    saved = json.loads(drafted()[1])
    assert saved["missing"]
    assert saved["dropped"]
    assert saved["prompts"]
    assert [one["by"] for one in saved["discrepancies"]] == ["model"]


@pytest.mark.parametrize("written", [example, drafted], ids=["extractive", "drafted"])
def test_no_change_passes_that_is_not_in_the_table_of_what_may_change(written):
    articles, text = written()
    assert verify_briefing(Briefing.model_validate_json(text), articles).holds
    passed = set()
    for one in tamperings(json.loads(text), random.Random(20310410), each=1):
        result = verify_briefing(one.briefing, articles)
        if result.holds and not result.notes:
            passed.add((one.place, one.deed))
    assert {(place, deed) for place, deed in passed if place not in changeable()} == set()


def test_a_file_whose_seals_were_taken_away_is_noted_as_an_older_one():
    articles, text = drafted()
    saved = json.loads(text)
    del saved["seals"]
    result = verify_briefing(Briefing.model_validate(saved), articles)
    assert result.holds
    assert "without seals" in result.notes[0]
