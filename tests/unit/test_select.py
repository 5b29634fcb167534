from datetime import date

from briefing.data.article import Article, RemovedLine
from briefing.steps.explain import explain
from briefing.steps.select import Choice, select


def article(name, day=None, *, language="en", **fields):
    published = date(2031, 4, day) if day else None
    return Article(source=name, text=name, published=published, language=language, **fields)


ARTICLES = (article("a", 3), article("b", 5), article("c"), article("d", 4, language="ur"))


def chosen(**choice):
    return [one.source for one in select(ARTICLES, Choice(**choice)).articles]


def test_an_empty_choice_is_all():
    assert chosen() == ["a", "b", "c", "d"]


def test_the_first_and_the_last_day_are_in():
    assert chosen(since=date(2031, 4, 3), until=date(2031, 4, 4)) == ["a", "d"]


def test_an_article_without_a_date_is_told_and_not_guessed():
    selection = select(ARTICLES, Choice(since=date(2031, 4, 5)))
    assert [one.source for one in selection.articles] == ["b"]
    assert [one.source for one in selection.unknown] == ["c"]
    assert selection.left_out == (("they are of another day.", 2),)


def test_the_day_of_a_dateline_counts_where_there_is_no_other():
    only = Article(source="a", text="a", described=date(2031, 4, 5))
    assert select([only], Choice(since=date(2031, 4, 5))).articles == (only,)


def test_the_newest_are_kept_in_the_order_they_came_in():
    assert chosen(most=2) == ["b", "d"]
    assert chosen(most=4) == ["a", "b", "c", "d"]


def test_only_the_languages_asked_for():
    assert chosen(languages=frozenset({"ur", "fr"})) == ["d"]


def test_explains_what_an_article_is_and_what_it_lost():
    one = article(
        "a.html",
        3,
        title="Talks",
        author="Ada",
        damage=("cut off",),
        repaired=("one place",),
        removed=(RemovedLine(text="Share this " * 20, reason="share bar"),),
    )
    lines = explain([one]).splitlines()
    assert lines[1:5] == [
        "  title: Talks",
        "  outlet: unknown, by Ada; language: en",
        "  published: 2031-04-03",
        "  damage: cut off",
    ]
    assert lines[5] == "  mended: one place"
    assert lines[6].startswith("  removed (share bar): Share this Share")
    assert len(lines[6]) < 130
