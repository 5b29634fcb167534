"""Find the articles that are copies of each other as a whole, or of a part."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING
from zlib import crc32

from briefing.steps.trace.union import Groups

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Shingles = NDArray[np.uint64]

_SHINGLE = 5
"""Words in a shingle, as in the literature since Broder (1997)."""

_CONTAINED = 0.5
"""Share of the shorter article's shingles that its copy holds.

Among 677 made copies of press articles, copies share .75 or more and other articles on one event
.30 or less (`bench/copies.py`).
"""

_ALIKE = 0.4
"""Jaccard similarity from which neither article is a mere collection that holds the other."""

_FEWEST_SHINGLES = 20
"""With fewer, an article is a copy of nothing: two lines of an agency stand in many articles."""

_COLLECTION = 3
"""So many unrelated articles in one make it a page of news in brief; two may be the two halves of a
long one."""

_FEW = 40
"""So many articles are first compared pair by pair: mostly none is a copy, and NumPy, which takes
50 ms to load, is not wanted."""

_SAMPLED = 2
"""Of the hashes of shingles, those that begin with so many zero bits are looked up."""

_NEIGHBOURS = 8
"""Articles that each is compared with, of all that have a shingle: no square of a footer."""

_LEAST_SHARED = 0.2
"""Share of the shorter's sampled shingles below which two articles are not compared in full."""


def near_copies(words: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of articles of which one holds half of the other's words in a row.

    Candidates come from an index of sampled shingles (FracMinHash, as in Irber et al. 2022, which
    finds what is contained, where MinHash finds only what is alike); each is then compared on all
    its shingles. An article that holds three which have nothing to do with each other is a
    collection, and joins none of them.

    Args:
        words: The canonical words of each article, by its id; the order does not matter.

    Returns:
        Groups of two article ids or more, sorted.
    """
    articles = sorted(words)
    if len(articles) <= _FEW and not _may_be_copies(list(words.values())):
        return ()
    shingles = [_shingles(words[article]) for article in articles]
    groups: Groups[int] = Groups()
    holds: dict[int, list[int]] = defaultdict(list)
    for one, other in _candidates(shingles):
        short, long = sorted((one, other), key=lambda at: (len(shingles[at]), at))
        shared = _shared(shingles[short], shingles[long])
        if shared < _CONTAINED * len(shingles[short]):
            continue
        if shared >= _ALIKE * (len(shingles[short]) + len(shingles[long]) - shared):
            groups.join(short, long)
        else:
            holds[long].append(short)
    for long in sorted(holds, key=lambda at: (len(shingles[at]), at)):
        parts = {groups.root(short) for short in holds[long]} - {groups.root(long)}
        if len(parts) < _COLLECTION:
            for part in sorted(parts):
                groups.join(long, part)
    found = [sorted(articles[at] for at in members) for members in groups.members().values()]
    return tuple(sorted(tuple(group) for group in found if len(group) > 1))


def _may_be_copies(articles: Sequence[Sequence[str]]) -> bool:
    """Return whether two articles share enough to be looked at, without loading NumPy for it."""
    rows = [set(zip(*(words[at:] for at in range(_SHINGLE)), strict=False)) for words in articles]
    return any(
        len(one & other) >= _CONTAINED * min(len(one), len(other))
        for one, other in combinations(rows, 2)
    )


def _shingles(keys: Sequence[str]) -> "_Shingles":
    """Return the hashes of all five words in a row, sorted, each once; none for a short text."""
    import numpy as np

    words = np.fromiter(map(_hash, keys), dtype=np.uint64, count=len(keys))
    count = len(words) - _SHINGLE + 1
    if count < _FEWEST_SHINGLES:
        return words[:0]
    mixed = np.zeros(count, dtype=np.uint64)
    for at in range(_SHINGLE):
        mixed = (mixed + words[at : at + count]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    """Return a number that is the same in every process, unlike `hash`."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def _candidates(shingles: Sequence["_Shingles"]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of articles that may share enough, each once."""
    import numpy as np

    if not shingles:
        return
    # The sampled hashes are the first of a sorted row.
    sampled = [row[: bisect_right(row, np.uint64((1 << (64 - _SAMPLED)) - 1))] for row in shingles]
    sizes = np.array([len(row) for row in sampled])
    hashes = np.concatenate(sampled)
    owners = np.repeat(np.arange(len(sampled)), sizes)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    pairs = [
        owners[:-step][same] * len(sampled) + owners[step:][same]
        for step in range(1, _NEIGHBOURS + 1)
        if (same := hashes[:-step] == hashes[step:]).any()
    ]
    if not pairs:
        return
    codes, counts = np.unique(np.concatenate(pairs), return_counts=True)
    left, right = codes // len(sampled), codes % len(sampled)
    enough = counts >= _LEAST_SHARED * np.minimum(sizes[left], sizes[right])
    yield from zip(left[enough].tolist(), right[enough].tolist(), strict=True)


def _shared(one: "_Shingles", other: "_Shingles") -> int:
    import numpy as np

    return len(np.intersect1d(one, other, assume_unique=True))
