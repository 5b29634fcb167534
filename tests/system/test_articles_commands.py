"""`briefing articles …` and `briefing generate --library` as a user runs them."""

import json
from datetime import timedelta

import pytest

from briefing.edges import clock
from tests.conftest import ROOT
from tests.system.desk import put

VISIT = ROOT / "examples" / "visit"
RELEASE, COURIER = VISIT / "1-ministry-release.txt", VISIT / "2-kaldrin-courier.txt"


@pytest.fixture(autouse=True)
def library(desk, monkeypatch):
    """The library lies in the working folder."""
    monkeypatch.setenv("BRIEFING_LIBRARY__URL", "sqlite:///library.sqlite3")


@pytest.fixture
def visit(briefing):
    """The examples are in the library."""
    assert briefing("articles", "import", VISIT).out == "6 new, 0 changed, 0 known\n"


def test_importing_again_changes_nothing(briefing, visit):
    again = briefing("articles", "import", VISIT)
    assert (again.code, again.out, again.err) == (0, "0 new, 0 changed, 6 known\n", "")


def test_an_empty_library_lists_nothing(briefing):
    assert briefing("articles", "list").out == ""
    assert briefing("articles", "list", "--json").out == "[]\n"


def test_lists_the_newest_first_or_what_has_the_words(briefing, visit):
    lines = briefing("articles", "list").out.splitlines()
    days = [line.split("  ")[1] for line in lines]
    assert len(lines) == 6
    assert days == sorted(days, reverse=True)
    assert len(briefing("articles", "list", "-n", 2, "--about", "gas tariff").out.splitlines()) == 2
    assert briefing("articles", "list", "--since", "2031-04-01", "--until", "2031-04-01").out
    assert briefing("articles", "list", "--until", "2031-01-01").out == ""


def test_shows_and_forgets_an_article_by_the_start_of_its_id(briefing, visit):
    first = json.loads(briefing("articles", "list", "--json").out)[0]
    shown = json.loads(briefing("articles", "show", first["id"][:8], "--json").out)
    assert shown["sha256"] == first["sha256"]
    assert shown["text"] in briefing("articles", "show", first["id"]).out
    assert (
        briefing("articles", "forget", first["id"], "--dry-run").out == "would forget 1 article\n"
    )
    assert briefing("articles", "forget", first["id"]).out == "forgot 1 article\n"
    gone = briefing("articles", "show", first["id"])
    assert (gone.code, gone.out) == (4, "")
    assert "id that begins with" in gone.complaint
    assert briefing("articles", "import", VISIT).out == "1 new, 0 changed, 5 known\n"


def test_forgetting_needs_something_named(briefing):
    run = briefing("articles", "forget")
    assert run.code == 2
    assert "nothing to forget is named" in run.complaint


def test_an_unusable_file_is_left_out_and_the_rest_kept(briefing):
    put("news/a.txt", "The talks began on Monday in Salm.")
    put("news/b.txt", "\n \n")
    run = briefing("articles", "import", "news")
    assert (run.code, run.out) == (5, "1 new, 0 changed, 0 known\n")
    assert "left out 'news/b.txt'" in run.complaint


def test_forgets_what_is_older_than_the_settings_keep(briefing, visit, monkeypatch):
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setenv("BRIEFING_LIBRARY__RETENTION_DAYS", "30")
    put("new.txt", "The talks began on Monday in Salm.")
    run = briefing("articles", "import", "new.txt")
    assert "forgot 6 articles that were added more than 30 days ago" in run.complaint
    assert len(briefing("articles", "list").out.splitlines()) == 1


def test_a_briefing_of_the_library_is_that_of_its_articles(briefing, visit):
    arguments = ["generate", "--library", "--about", "D'Avelle tariff", "--format", "json"]
    run = briefing(*arguments)
    entries = json.loads(run.out)["articles"]
    assert (run.code, run.err) == (0, "")
    assert 1 < len(entries) <= 6
    assert all(str(VISIT) in entry["path"] for entry in entries)


def test_paths_and_the_library_are_taken_together(briefing):
    briefing("articles", "import", RELEASE)
    run = briefing("generate", COURIER, "--library", "--format", "json")
    assert len(json.loads(run.out)["articles"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        ([RELEASE, "--about", "gas"], "Add `--library`", 2),
        ([RELEASE, "--about", "x"], "Add `--library`", 2),
        (["--library"], "the library holds no article. See", 4),
        (["--library", "--about", "x", "--since", "2d"], "no article about 'x' since '2d'.", 4),
        (["--library", "--since", "soon"], "Give an age such as 24h", 2),
    ],
)
def test_what_cannot_be_meant_is_refused(briefing, arguments, said, code):
    run = briefing("generate", *arguments)
    assert (run.code, run.out) == (code, "")
    assert said in run.complaint


def test_more_articles_than_the_limit_are_left_out_and_said(briefing, visit, monkeypatch):
    monkeypatch.setenv("BRIEFING_LIMITS__FILES", "3")
    run = briefing("generate", "--library", "--format", "json")
    assert (len(json.loads(run.out)["articles"]), run.code) == (3, 5)
    assert "after the first 3 are over the limit" in run.complaint
