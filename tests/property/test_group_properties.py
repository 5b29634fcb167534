"""What holds for grouping whatever the articles say."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from briefing.data.grouping import Pins
from briefing.steps.group import Stream, group
from tests.make import article

WORDS = "ferry rudder harbour budget salt tax ballet swan shoes captain bridge rail gas".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
DAYS = st.one_of(st.none(), st.dates(date(2031, 1, 1), date(2031, 3, 1)))
SPANISH = ("salt", "tax", "bridge", "gas")
"""A text that begins so is declared Spanish: the same text never has two languages."""

ARTICLES = st.lists(
    st.builds(
        lambda text, day: article(
            text,
            title="",
            published=day,
            language="es" if text.startswith(SPANISH) else "en",
            source=f"{text[:5]}.txt",
        ),
        TEXTS,
        DAYS,
    ),
    max_size=12,
)


@given(ARTICLES, st.randoms(use_true_random=False))
def test_each_article_is_in_one_story_whatever_the_order(articles, chance):
    found = group(articles)
    members = [one for cluster in found for one in cluster.articles]
    assert sorted(map(repr, members)) == sorted(map(repr, articles))
    chance.shuffle(articles)
    assert [
        (cluster.id, [one.sha256 for one in cluster.articles]) for cluster in group(articles)
    ] == [(cluster.id, [one.sha256 for one in cluster.articles]) for cluster in found]


@given(ARTICLES)
def test_languages_are_never_mixed_unasked(articles):
    for cluster in group(articles):
        assert len({one.language for one in cluster.articles}) == 1


@given(ARTICLES, st.data())
def test_pins_hold(articles, data):
    texts = sorted({one.id for one in articles})
    if len(texts) < 2:
        return
    pair = tuple(data.draw(st.permutations(texts))[:2])
    for pins, are_together in ((Pins(together=(pair,)), True), (Pins(apart=(pair,)), False)):
        found = [
            {one.id for one in cluster.articles} >= set(pair)
            for cluster in group(articles, pins=pins)
        ]
        assert any(found) == are_together


@given(ARTICLES)
def test_a_stream_places_each_article_and_names_each_story_by_one_of_its_own(articles):
    unique = {one.sha256: one for one in articles}
    stream, story = Stream(), {}
    for one in unique.values():
        moved = stream.place(one)
        assert one.sha256 in {placed.sha256 for placed in moved}
        story |= {placed.sha256: placed.story for placed in moved}
    assert story.keys() == unique.keys()
    for name in set(story.values()):
        assert name in {sha256[:12] for sha256, of in story.items() if of == name}
