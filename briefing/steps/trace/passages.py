"""Join what pairs of articles share into the passages that several carry."""

from collections import defaultdict
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.origin import Alignment, Passage, Place
from briefing.steps.trace.union import Groups

_Place = tuple[str, int, int]


def passages(alignments: Sequence[Alignment]) -> tuple[Passage, ...]:
    """Return the passages behind `alignments`, the longest first, then by place.

    Two shared texts are one passage where, in one article, half of the shorter stands in the
    other.
    """
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
        if last and last.article == article and last.span.end >= start:
            span = Span(last.span.start, max(end, last.span.end))
            merged[-1] = Place(article=article, span=span)
        else:
            merged.append(Place(article=article, span=Span(start, end)))
    return tuple(merged)


def _first(passage: Passage) -> tuple[str, int]:
    return passage.places[0].article, passage.places[0].span.start
