"""Numbers, ids and pins of stories, and how they are printed."""

from datetime import date

import pytest

from briefing import grouping
from briefing.data.grouping import Cluster, Pins
from briefing.errors import ConfigError, SourceError
from briefing.steps.outline import outline
from tests.make import article


def cluster(*texts, **fields):
    articles = tuple(article(text, source=f"news/{text}.txt", **fields) for text in texts)
    return Cluster(id=articles[0].id, articles=articles)


ONE = cluster("alone", published=date(2031, 4, 9))
TWO = cluster("first", "second")
OLD = cluster("old", published=None)


def test_the_largest_story_comes_first_then_the_newest():
    assert grouping.in_order([OLD, ONE, TWO]) == (TWO, ONE, OLD)


@pytest.mark.parametrize("wanted", ["1", TWO.id, TWO.id[:6], TWO.articles[1].sha256[:8]])
def test_a_story_is_found_by_number_by_id_and_by_an_article_in_it(wanted):
    assert grouping.chosen([TWO, ONE], wanted) is TWO


@pytest.mark.parametrize("wanted", ["0", "3", "", "-1", "abc", "zzzzzz", "²"])
def test_no_story_is_found_by_anything_else(wanted):
    with pytest.raises(SourceError, match="See `briefing groups`"):
        grouping.chosen([TWO, ONE], wanted)


def test_pins_name_articles_by_id_or_file():
    first, second = TWO.articles
    pins = grouping.resolved([f"{first.id[:6]}, second.txt"], [], TWO.articles)
    assert pins == Pins(together=((first.id, second.id),))


@pytest.mark.parametrize(
    ("given", "said"),
    [("first.txt", "names one article"), ("first.txt,third.txt", "is no article"), (",", "names")],
)
def test_pins_that_cannot_be_meant_are_refused(given, said):
    with pytest.raises(ConfigError, match=said):
        grouping.resolved([], [given], TWO.articles)


def test_the_later_of_two_pins_that_contradict_each_other_holds():
    joined, split = Pins(together=(("a", "b"), ("c", "d"))), Pins(apart=(("b", "a"),))
    assert grouping.combined(joined, split) == Pins(together=(("c", "d"),), apart=(("b", "a"),))
    assert grouping.combined(split, joined) == joined


def test_prints_each_story_with_its_articles_and_why():
    told = grouping.overview([TWO, ONE])
    lines = outline(told).splitlines()
    assert lines[0] == "2 stories in 3 articles"
    assert lines[2].startswith("1  first")
    assert f"{TWO.id}, 2 articles, 2031-04-07" in lines[3]
    assert "news/first.txt" in lines[4]
    assert lines[5].strip()
    assert len([line for line in lines if "news/" in line]) == 3


def test_no_sign_of_an_article_reaches_the_terminal():
    told = grouping.overview([cluster("x", title="a\x1b[31m\nb")])
    assert "\x1b" not in outline(told)
    assert "1  a" in outline(told)
