"""Find the words that two articles share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from briefing.data.origin import Alignment, Run
from briefing.text.wording import Wording

SHARED_RUN = 8
"""Words in a row that two outlets do not write by chance."""

_BRIDGE = 4
"""Words that may be changed, added or left out between two runs of one text."""

_FOOTHOLD = 4
"""Words that must be the same behind a bridge."""

_MOST_CARRIERS = 32
"""Articles that a further carrier of the same words is compared with. Up to 33 articles, every
pair is; beyond, the cost grows with the articles and not with their square."""

_MOST_REPEATS = 4
"""Times that the same eight words of one article are looked for: bounds periodic texts."""

_MOST_RUNS = 5_000
"""Runs that two articles may share. Real ones share fewer by far; a text made of four words in any
order shares more with another of its kind than can be compared."""

_Words = tuple[str, ...]
_Found = tuple[int, int, int]
"""A run: its first word in the left article, in the right one, and how many words."""

_Index = dict[int, dict[int, list[int]]]
"""Hash of eight words to the articles that have them, by number, and where."""


def shared_texts(wordings: Mapping[str, Wording]) -> tuple[Alignment, ...]:
    """Return what each two articles share: every maximal run of eight words or more.

    Seed and extend: each run of eight words is looked up in an index of those before, and grown
    both ways until a word differs. From both ends of a run, up to four other words are stepped
    over where four or more shared ones follow. Where eight words return more than four times in
    one article, or two articles share more than 5,000 runs, some are passed over.

    Args:
        wordings: By article id; the order does not matter.
    """
    articles = sorted(wordings)
    texts = [wordings[article].keys for article in articles]
    found: dict[tuple[int, int], list[_Found]] = defaultdict(list)
    index: _Index = {}
    for right, words in enumerate(texts):
        for left, run in _runs(texts, right, index):
            found[left, right].append(run)
        _add(words, right, index)
    return tuple(
        _aligned(articles[left], articles[right], chain, wordings)
        for (left, right), runs in sorted(found.items())
        for chain in _chains(texts[left], texts[right], sorted(runs))
    )


def _seeds(words: _Words) -> Iterator[tuple[int, int]]:
    """Yield the hash and the place of each eight words, the same eight a few times at most."""
    times: dict[int, int] = {}
    for at in range(len(words) - SHARED_RUN + 1):
        # Strings hash otherwise in every process; no result hangs on it, equal words are checked.
        seed = hash(words[at : at + SHARED_RUN])
        times[seed] = times.get(seed, 0) + 1
        if times[seed] <= _MOST_REPEATS:
            yield seed, at


def _add(words: _Words, article: int, index: _Index) -> None:
    for seed, at in _seeds(words):
        carriers = index.setdefault(seed, {})
        if article in carriers or len(carriers) < _MOST_CARRIERS:
            carriers.setdefault(article, []).append(at)


def _runs(texts: list[_Words], right: int, index: _Index) -> Iterator[tuple[int, _Found]]:
    """Yield the maximal runs between the article `right` and those in the index."""
    words = texts[right]
    reached: dict[tuple[int, int], int] = {}
    shared: dict[int, int] = defaultdict(int)
    for seed, at in _seeds(words):
        places = ((left, there) for left, all_ in index.get(seed, {}).items() for there in all_)
        for left, there in places:
            diagonal = left, at - there
            if reached.get(diagonal, 0) > at or shared[left] >= _MOST_RUNS:
                continue
            other = texts[left]
            if other[there : there + SHARED_RUN] != words[at : at + SHARED_RUN]:
                continue
            back = _back(other, there, words, at)
            length = back + _ahead(other, there, words, at)
            reached[diagonal] = at - back + length
            shared[left] += 1
            yield left, (there - back, at - back, length)


def _ahead(one: _Words, at: int, other: _Words, there: int) -> int:
    """Return how many words are the same from there on."""
    most = min(len(one) - at, len(other) - there)
    length, step = 0, 16
    while step and length < most:
        size = min(step, most - length)
        if one[at + length : at + length + size] == other[there + length : there + length + size]:
            length += size
            step *= 2
        else:
            step = size // 2
    return length


def _back(one: _Words, at: int, other: _Words, there: int) -> int:
    """Return how many words are the same before that."""
    length = 0
    while length < min(at, there) and one[at - length - 1] == other[there - length - 1]:
        length += 1
    return length


def _chains(left: _Words, right: _Words, runs: list[_Found]) -> Iterator[list[_Found]]:
    """Yield the runs of one text together, with the short ones at their edges and between."""
    seen: set[_Found] = set()
    for run in runs:
        if run in seen:
            continue
        chain = [run]
        while ahead := _next(left, right, chain[-1]):
            chain.append(ahead)
        while behind := _previous(left, right, chain[0]):
            chain.insert(0, behind)
        seen.update(chain)
        yield chain


_STEPS = sorted(
    ((one, other) for one in range(_BRIDGE + 1) for other in range(_BRIDGE + 1) if one or other),
    key=lambda step: (max(step), abs(step[0] - step[1])),
)
"""Words to step over on both sides: an exchanged word first, then one added or left out."""


def _next(left: _Words, right: _Words, run: _Found) -> _Found | None:
    for over, under in _STEPS:
        at, there = run[0] + run[2] + over, run[1] + run[2] + under
        foothold = left[at : at + _FOOTHOLD]
        if len(foothold) == _FOOTHOLD and foothold == right[there : there + _FOOTHOLD]:
            return at, there, _ahead(left, at, right, there)
    return None


def _previous(left: _Words, right: _Words, run: _Found) -> _Found | None:
    for over, under in _STEPS:
        at, there = run[0] - over - _FOOTHOLD, run[1] - under - _FOOTHOLD
        if at < 0 or there < 0:
            continue
        if left[at : at + _FOOTHOLD] == right[there : there + _FOOTHOLD]:
            back = _back(left, at, right, there)
            return at - back, there - back, _FOOTHOLD + back
    return None


def _aligned(
    left: str, right: str, chain: list[_Found], wordings: Mapping[str, Wording]
) -> Alignment:
    return Alignment(
        left=left,
        right=right,
        runs=tuple(
            Run(
                words=length,
                left=wordings[left].span(at, at + length),
                right=wordings[right].span(there, there + length),
            )
            for at, there, length in chain
        ),
    )
