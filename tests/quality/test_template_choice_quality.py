"""The template that is chosen for our invented events and for the first real articles."""

import pytest

from briefing.edges import reading
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from briefing.steps.choose import choose
from tests.conftest import ROOT

DATA = ROOT / "tests" / "data"
VISITS = ("ceasefire", "guest", "summit")
STORIES = "bank court crash dam election fever mill strike trial".split()


def chosen(folder):
    found = reading.read([str(folder)], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=10**5)
    assert articles
    return choose(articles)


@pytest.mark.parametrize("name", VISITS)
def test_a_visit_and_talks_are_a_visit(name):
    assert chosen(DATA / name) == "visit"


@pytest.mark.parametrize("name", STORIES)
def test_all_else_is_a_story(name):
    assert chosen(DATA / name) == "story"


def test_the_example_is_a_visit():
    assert chosen(ROOT / "examples" / "visit") == "visit"


def test_each_event_is_labelled():
    folders = {path.name for path in DATA.iterdir() if list(path.glob("a*.txt"))}
    assert folders == {*VISITS, *STORIES}


def test_the_first_real_articles_are_a_visit(shared):
    assert chosen(shared / "data" / "seeds") == "visit"
