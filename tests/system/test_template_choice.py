"""Which template a briefing has where none is named, as a user sees it."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT
from tests.system.desk import put
from tests.system.digest_desk import settings

VISIT = ROOT / "examples" / "visit"
SERVER = ("--model", "x", "--base-url", "http://127.0.0.1:9/v1")

FLOOD = """date 2031-05-04
River Semmel floods the lower town of Ondresk

The river Semmel rose over its banks on Sunday night and flooded 340 houses in the lower town of \
Ondresk, the fire brigade said on Monday. Two people were taken to the hospital of the province.

Mayor Edda Rinne said the town had asked for a higher wall in 2024 and that the province had \
refused to pay for it. The last flood of that size was in 1987.
"""
RELIEF = """date 2031-05-05

The province of Semmel will pay 4 million crowns to the households of Ondresk whose houses stood \
under water, its governor, Tove Marn, said on Tuesday. She came for a visit on Monday evening.

Some 600 people still slept in two schools, the fire brigade reported on Tuesday. The water fell \
by 80 centimetres within a day.
"""


@pytest.fixture
def flood(desk):
    """A folder with two articles on one flood, of which the second has no headline."""
    put("flood/1.txt", FLOOD)
    put("flood/2.txt", RELIEF)
    return "flood"


def written(briefing, *arguments):
    """Return the JSON that `generate` prints."""
    outcome = briefing("generate", *arguments, "-f", "json")
    assert outcome.code == 0
    return json.loads(outcome.out)


def test_a_flood_gets_the_page_of_a_story(briefing, flood):
    found = written(briefing, flood)
    assert found["template"] == "story"
    assert {"bottom_line", "what_happened", "background"} <= {s["id"] for s in found["sections"]}


def test_a_visit_gets_the_page_of_a_visit(briefing):
    assert written(briefing, VISIT)["template"] == "visit"
    assert briefing("generate", VISIT).out == briefing("generate", VISIT, "-t", "visit").out


def test_the_template_that_is_named_holds(briefing, flood):
    assert written(briefing, flood, "--template", "visit")["template"] == "visit"
    put("briefing.toml", "[draft]\ntemplate = 'visit'")
    assert written(briefing, flood)["template"] == "visit"
    assert written(briefing, flood, "--template", "auto")["template"] == "story"


def test_each_story_of_several_has_its_own(briefing, flood):
    for article in VISIT.glob("*.txt"):
        put(f"mixed/{article.name}", article.read_text("utf-8"))
    put("mixed/flood-1.txt", FLOOD)
    put("mixed/flood-2.txt", RELIEF)
    assert briefing("generate", "mixed", "--all", "--out", "each", "-f", "json").code == 0
    found = [json.loads(path.read_text("utf-8")) for path in Path("each").glob("*.json")]
    assert {(one["template"], len(one["articles"])) for one in found} == {
        ("visit", 6),
        ("story", 2),
    }
    assert written(briefing, "mixed", "--group", "1")["template"] == "visit"


@pytest.mark.parametrize(("name", "template"), [("flood", "story"), (str(VISIT), "visit")])
def test_a_saved_briefing_holds_when_it_is_checked_again(briefing, flood, name, template):
    put("saved.json", json.dumps(written(briefing, name)))
    assert json.loads(Path("saved.json").read_text("utf-8"))["template"] == template
    assert briefing("verify", "saved.json", "--sources", name).code == 0


@pytest.mark.parametrize("command", [("generate", "--dry-run"), ("estimate",)])
def test_what_would_be_sent_is_that_of_the_template(briefing, flood, command):
    def said(*arguments):
        outcome = briefing(*command, flood, *SERVER, *arguments)
        assert outcome.code == 0
        return outcome.out

    assert said() == said("--template", "story") != said("--template", "visit")


@pytest.mark.parametrize("text", [FLOOD, RELIEF, "Die Brücke wurde am Montag gesperrt.\n" * 3])
def test_one_article_is_enough(briefing, desk, text):
    put("one.txt", text)
    assert written(briefing, "one.txt")["template"] == "story"


def test_an_empty_folder_is_refused_as_ever(briefing, desk):
    Path("empty").mkdir()
    outcome = briefing("generate", "empty")
    assert (outcome.code, outcome.out) == (4, "")


def test_a_template_with_sections_has_no_length(briefing, flood):
    outcome = briefing("generate", flood, "--words", 100)
    assert (outcome.code, outcome.out) == (2, "")
    assert "take `--template summary`" in outcome.complaint


def test_a_digest_has_one_template_for_all_its_stories(briefing, flood):
    settings(SimpleNamespace(port=9), digest='template = "auto"')
    put("news/1.txt", FLOOD.partition("\n")[2])
    outcome = briefing("digest", "preview", "salm")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'auto' is no template" in outcome.complaint


@pytest.mark.parametrize("command", ["show", "check", "new"])
def test_auto_is_no_template_to_look_at(briefing, desk, command):
    outcome = briefing("templates", command, "auto")
    assert (outcome.code, outcome.out) == (2, "")
    assert "choose" in outcome.complaint
    assert not Path("auto").exists()
