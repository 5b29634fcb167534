"""`briefing groups`, and `briefing generate` of one story of several, as a user runs them."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import ROOT
from tests.system.desk import put
from tests.unit.test_group import BALLET, BUDGET, FERRY

VISIT = ROOT / "examples" / "visit"


@pytest.fixture(autouse=True)
def library(desk, monkeypatch):
    """The library lies in the working folder."""
    monkeypatch.setenv("BRIEFING_LIBRARY__URL", "sqlite:///library.sqlite3")


@pytest.fixture
def news():
    """Six short articles that tell three stories."""
    for number, text in enumerate((*FERRY, *BUDGET, BALLET)):
        put(f"news/{number}.txt", f"date 2031-04-07\n{text}\n")
    return "news"


def stories(run):
    return {
        frozenset(Path(one["path"]).name for one in story["articles"])
        for story in json.loads(run.out)["stories"]
    }


THREE = {
    frozenset(["0.txt", "1.txt", "2.txt"]),
    frozenset(["3.txt", "4.txt"]),
    frozenset(["5.txt"]),
}


def test_prints_the_stories_and_why_each_article_is_in(briefing, news):
    run = briefing("groups", news)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("3 stories in 6 articles\n\n1  ")
    assert "Ines Dorn" in run.out
    assert "the same day" in run.out


def test_the_json_fits_its_schema(briefing, news):
    run = briefing("groups", news, "--json")
    schema = json.loads((ROOT / "docs" / "groups.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(run.out))
    assert stories(run) == THREE


def test_a_person_joins_and_splits(briefing, news):
    run = briefing("groups", news, "--json", "--together", "4.txt,5.txt", "--apart", "0.txt,1.txt")
    found = stories(run)
    assert frozenset(["3.txt", "4.txt", "5.txt"]) in found
    assert not any({"0.txt", "1.txt"} <= story for story in found)
    wrong = briefing("groups", news, "--apart", "0.txt,9.txt")
    assert (wrong.code, wrong.out) == (2, "")
    assert "'9.txt' is no article of this run" in wrong.complaint


def test_generate_briefs_the_story_that_is_asked_for(briefing, news):
    first = json.loads(briefing("groups", news, "--json").out)["stories"][0]
    for wanted in ("1", first["id"]):
        run = briefing("generate", news, "--group", wanted, "--format", "json")
        assert (run.code, run.err) == (0, "")
        assert len(json.loads(run.out)["articles"]) == 3
    wrong = briefing("generate", news, "--group", "4")
    assert (wrong.code, wrong.out) == (4, "")
    assert "there are 3 stories" in wrong.complaint


def test_generate_says_that_there_are_several_stories(briefing, news):
    run = briefing("generate", news)
    assert run.code == 0
    assert "seem to tell 3 stories, the largest of them in 3" in run.complaint
    assert briefing("generate", VISIT).err == ""


def test_generate_writes_a_briefing_of_each_story(briefing, news):
    run = briefing("generate", news, "--all", "--out", "briefings", "--format", "md")
    assert (run.code, run.out) == (0, "")
    assert "3 of 3 briefings in 'briefings'" in run.complaint
    assert sorted(file.name for file in Path("briefings").iterdir()) == ["1.md", "2.md", "3.md"]
    assert "Alba" in Path("briefings/1.md").read_text("utf-8")


@pytest.mark.parametrize(
    "options",
    [
        ["--all"],
        ["--out", "x"],
        ["--all", "--out", "x", "--group", "1"],
        ["--together", "4.txt,5.txt"],
        ["--apart", "0.txt,1.txt"],
        ["--all", "--out", "x", "--dry-run"],
        ["--all", "--out", "x", "-o", "y"],
    ],
)
def test_options_that_do_not_go_together_are_refused(briefing, news, options):
    run = briefing("generate", news, *options)
    assert (run.code, run.out) == (2, "")
    assert run.complaint


def test_a_page_that_is_no_article_is_left_out(briefing, news):
    put("news/6.txt", "Please verify you are not a robot to continue")
    run = briefing("groups", news, "--json")
    assert run.code == 5
    assert stories(run) == THREE
    assert "left out 'news/6.txt'" in run.complaint


def named(run):
    return {
        Path(one["path"]).name: story["id"]
        for story in json.loads(run.out)["stories"]
        for one in story["articles"]
    }


def test_stories_of_the_library_keep_their_ids_as_articles_come(briefing, news):
    for name in ("0.txt", "3.txt", "5.txt"):
        briefing("articles", "import", f"news/{name}")
    before = named(briefing("groups", "--library", "--json"))
    assert len(set(before.values())) == 3
    briefing("articles", "import", news)
    after = named(briefing("groups", "--library", "--json"))
    assert {name: after[name] for name in before} == before
    assert len(set(after.values())) == 3
    assert named(briefing("groups", "--library", "--json")) == after


def test_the_library_remembers_what_a_person_decides(briefing, news):
    briefing("articles", "import", news)
    ids = {
        Path(one["path"]).name: one["id"]
        for story in json.loads(briefing("groups", "--library", "--json").out)["stories"]
        for one in story["articles"]
    }
    briefing("groups", "--library", "--apart", f"{ids['3.txt']},{ids['4.txt']}")
    briefing("groups", "--library", "--together", f"{ids['3.txt']},{ids['5.txt']}")
    found = named(briefing("groups", "--library", "--json"))
    assert found["3.txt"] == found["5.txt"] != found["4.txt"]
    briefing("groups", "--library", "--together", f"{ids['3.txt']},{ids['4.txt']}")
    found = named(briefing("groups", "--library", "--json"))
    assert found["3.txt"] == found["4.txt"]


def test_a_story_outlives_the_article_that_founded_it(briefing, news):
    briefing("articles", "import", "news/0.txt", "news/1.txt")
    before = named(briefing("groups", "--library", "--json"))
    listed = json.loads(briefing("articles", "list", "--json").out)
    by_name = {Path(one["source"]).name: one["id"] for one in listed}
    founder = next(name for name, id_ in by_name.items() if id_ == before[name])
    briefing("articles", "forget", by_name[founder])
    briefing("articles", "import", "news/2.txt")
    after = named(briefing("groups", "--library", "--json"))
    assert set(after.values()) == set(before.values())


def test_generate_takes_a_story_of_the_library(briefing, news):
    briefing("articles", "import", news)
    run = briefing("generate", "--library", "--group", "1", "--format", "json")
    assert (run.code, len(json.loads(run.out)["articles"])) == (0, 3)
