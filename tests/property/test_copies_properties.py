from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.steps.trace import trace
from briefing.text.wording import canonical_words, wording
from tests import make

WORDS = ("the", "port", "of", "Salm", "opened", "3.2", "1,200", "Lund", "“said”", "D’Avelle", "é")
"""So few that texts share runs of all lengths, and repeat themselves."""

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
phrases = st.lists(st.sampled_from(WORDS), min_size=6, max_size=30).map(" ".join)


@st.composite
def copying(draw):
    """Two or three texts into which the same phrases were pasted."""
    pasted = draw(st.lists(phrases, min_size=1, max_size=3))
    return [
        " ".join(draw(st.permutations([*pasted, draw(texts)])))
        for _ in range(draw(st.integers(2, 3)))
    ]


def runs_of(one, other, least):
    """All maximal runs of `least` words or more that two rows of words share, by brute force."""
    found = set()
    for at in range(len(one)):
        for there in range(len(other)):
            if at and there and one[at - 1] == other[there - 1]:
                continue
            size = 0
            while (
                at + size < len(one)
                and there + size < len(other)
                and one[at + size] == other[there + size]
            ):
                size += 1
            if size >= least:
                found.add((at, there, size))
    return found


@settings(deadline=None)
@given(copying())
def test_each_run_has_the_same_words_on_both_sides(written):
    story = make.story(*written)
    articles = {article.id: article.text for article in story.articles}
    for alignment in trace(story).alignments:
        for run in alignment.runs:
            left = canonical_words(run.left.of(articles[alignment.left]))
            right = canonical_words(run.right.of(articles[alignment.right]))
            assert left == right
            assert len(left) == run.words
        for span in ("left", "right"):
            ends = [getattr(run, span) for run in alignment.runs]
            assert all(a.end <= b.start for a, b in pairwise(ends))


@settings(deadline=None)
@given(copying())
def test_every_maximal_run_of_words_that_do_not_return_is_found(written):
    # A run that returns more than four times is looked for four times only.
    numbered = [
        " ".join(f"{word}{place}" for place, word in enumerate(text.split())) for text in written
    ]
    for story in (make.story(*written[:2]), make.story(*numbered[:2])):
        if len(story.articles) < 2:
            continue
        left, right = sorted(story.articles, key=lambda one: one.id)
        one, other = wording(left.text), wording(right.text)
        all_runs = runs_of(one.keys, other.keys, 8)
        if any(
            _times(one.keys, at) > 4 or _times(other.keys, there) > 4 for at, there, _ in all_runs
        ):
            continue
        found = {(run.left, run.right) for a in trace(story).alignments for run in a.runs}
        for at, there, size in all_runs:
            assert (one.span(at, at + size), other.span(there, there + size)) in found


def _times(words, at):
    """How often the eight words at a place stand in a row of words."""
    return sum(words[n : n + 8] == words[at : at + 8] for n in range(len(words)))


@settings(deadline=None)
@given(copying(), st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order_of_the_articles(written, chance):
    shuffled = list(written)
    chance.shuffle(shuffled)
    one, other = trace(make.story(*written)), trace(make.story(*shuffled))
    assert one.alignments == other.alignments
    assert one.origins == other.origins
    assert one.near_copies == other.near_copies
    assert {_sides(change) for change in one.changes} == {
        _sides(change) for change in other.changes
    }


def _sides(change):
    return change.kind, frozenset(frozenset(one.places) for one in change.variants)


@settings(deadline=None)
@given(copying())
def test_places_lie_within_their_articles_and_two_carry_each_passage(written):
    story = make.story(*written)
    articles = {article.id: article.text for article in story.articles}
    for origin in trace(story).origins:
        assert origin.first is None or origin.first in origin.articles
        for passage in origin.passages:
            assert len(passage.articles) > 1
            assert passage.articles <= set(origin.articles)
            for place in passage.places:
                words = articles[place.article][place.start : place.end]
                assert words == words.strip()
                assert words
