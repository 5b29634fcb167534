"""How well articles are grouped, on labelled stories that are not part of the project.

The floors are a little below what bench/results/stories.json holds.
"""

import json

import pytest

from bench import stories as bench
from briefing.edges import reading
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from briefing.steps.group import group

FLOORS = {"basil": 0.99, "multinews": 0.92, "wikinews": 0.85, "ecbplus": 0.88, "fnc": 0.97}


def labels(articles):
    story = {one.sha256: cluster.id for cluster in group(articles) for one in cluster.articles}
    return [story[one.sha256] for one in articles]


@pytest.mark.parametrize("name", list(FLOORS))
def test_stories_are_found_as_people_find_them(shared, name):
    file = shared / "data" / "grouping" / "stories" / f"{name}.jsonl"
    if not file.is_file():
        pytest.skip(f"There is no {file.name} among the shared data.")
    rows = bench.read(file)
    articles = bench.articles_of(bench.hidden(rows))
    assert None not in articles
    found = bench.score([row["story"] for row in rows], labels(articles))
    assert found["bcubed_f1"] >= FLOORS[name]


def test_no_boilerplate_page_joins_a_story(shared):
    file = shared / "data" / "grouping" / "junk" / "boilerplate_pages.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert set(bench.articles_of(bench.hidden(rows))) == {None}


def test_the_five_real_articles_are_one_story(shared):
    found = reading.read([str(shared / "data" / "seeds")], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=10**5)
    assert [len(cluster.articles) for cluster in group(articles)] == [5]
