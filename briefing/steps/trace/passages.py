"""Join what pairs of articles share into the passages that several carry."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from briefing.data.origin import Alignment, Passage, Place
from briefing.steps.trace.runs import SHARED_RUN
from briefing.steps.trace.union import Groups
from briefing.text.wording import Wording

_TELLING_RUN = 12
"""Words in a row that are shared text whatever they are."""

_Place = tuple[str, int, int]


def passages(
    alignments: Sequence[Alignment], wordings: Mapping[str, Wording], texts: Mapping[str, str]
) -> tuple[Passage, ...]:
    """Return the passages behind `alignments`, the longest first, then by place.

    Two shared texts are one passage where, in one article, half of the shorter stands in the
    other. Fewer than twelve shared words are none where they are mostly names: "President Lorcan
    Hadrell and Prime Minister Adria Pollune" stands in whatever is written about the two.

    Args:
        alignments: What each two articles share.
        wordings: By article id.
        texts: By article id.
    """
    alignments = [
        one
        for one in alignments
        if one.words >= _TELLING_RUN
        or _plain_words(one, wordings[one.left], texts[one.left]) >= SHARED_RUN
    ]
    groups: Groups[_Place] = Groups()
    ends: dict[str, set[_Place]] = defaultdict(set)
    for one in alignments:
        left = (one.left, one.left_span.start, one.left_span.end)
        right = (one.right, one.right_span.start, one.right_span.end)
        groups.join(left, right)
        ends[one.left].add(left)
        ends[one.right].add(right)
    for places in ends.values():
        _join_overlapping(sorted(places), groups)
    words: dict[_Place, int] = defaultdict(int)
    for one in alignments:
        root = groups.root((one.left, one.left_span.start, one.left_span.end))
        words[root] = max(words[root], one.words)
    found = [
        Passage(places=_merged(members), words=words[root])
        for root, members in groups.members().items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.words, _first(one))))


def _plain_words(alignment: Alignment, wording: Wording, text: str) -> int:
    """Return how many of the words are not capitalised."""
    return sum(
        not text[start].isupper()
        for run in alignment.runs
        for start in wording.starts[
            bisect_left(wording.starts, run.left.start) : bisect_left(wording.starts, run.left.end)
        ]
    )


def _join_overlapping(places: Sequence[_Place], groups: Groups[_Place]) -> None:
    for number, (_, start, end) in enumerate(places):
        for other in places[number + 1 :]:
            if other[1] >= end:
                break
            shared = min(end, other[2]) - other[1]
            if 2 * shared >= min(end - start, other[2] - other[1]):
                groups.join(places[number], other)


def _merged(members: Sequence[_Place]) -> tuple[Place, ...]:
    merged: list[Place] = []
    for article, start, end in sorted(members):
        last = merged[-1] if merged else None
        if last and last.article == article and last.end >= start:
            merged[-1] = Place(article=article, start=last.start, end=max(end, last.end))
        else:
            merged.append(Place(article=article, start=start, end=end))
    return tuple(merged)


def _first(passage: Passage) -> tuple[str, int]:
    return passage.places[0].article, passage.places[0].start
