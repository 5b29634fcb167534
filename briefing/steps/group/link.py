"""Average link: which articles go together, from how strongly each two are linked."""

from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush

MOST_COMPARED = 30
"""An article is compared with so many of a large story: only its nearest are searched for."""

_COHESION = 0.4
"""Share of the average link within a story that an article needs to be a follow-up of it: less is
another event of the same kind. Own and invented events of four to six articles lie above .45, two
visits of one minister below .35."""


class Clusters:
    """Articles in clusters that are merged by average link (UPGMA, Sokal and Michener, 1958)."""

    def __init__(self, numbers: Sequence[int], links: Iterable[tuple[int, int, float]]) -> None:
        self._of = {number: number for number in numbers}
        self._size = dict.fromkeys(numbers, 1)
        self._linked: dict[int, dict[int, float]] = {number: {} for number in numbers}
        self._within = dict.fromkeys(numbers, 0.0)
        self._apart: dict[int, set[int]] = {number: set() for number in numbers}
        for one, other, strength in links:
            self._linked[one][other] = self._linked[other][one] = strength

    def members(self) -> list[list[int]]:
        """Return the clusters, each with its members, in the order of the articles."""
        found: dict[int, list[int]] = {}
        for number in self._of:
            found.setdefault(self._cluster(number), []).append(number)
        return list(found.values())

    def keep_apart(self, one: int, other: int) -> None:
        """Never let two articles into one cluster, unless they are in one already."""
        one, other = self._cluster(one), self._cluster(other)
        if one != other:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: int, other: int) -> int:
        """Make one cluster of those of two articles, and return it."""
        kept, gone = self._cluster(one), self._cluster(other)
        if kept == gone:
            return kept
        if len(self._linked[kept]) < len(self._linked[gone]):
            kept, gone = gone, kept
        self._of[gone] = kept
        self._size[kept] += self._size.pop(gone)
        linked = self._linked[kept]
        self._within[kept] += self._within.pop(gone) + linked.pop(gone, 0.0)
        for third, total in self._linked.pop(gone).items():
            if third != kept:
                del self._linked[third][gone]
                linked[third] = self._linked[third][kept] = linked.get(third, 0.0) + total
        for third in self._apart.pop(gone):
            self._apart[third].discard(gone)
            self._apart[third].add(kept)
            self._apart[kept].add(third)
        return kept

    def link(self, threshold: float) -> None:
        """Merge the two clusters with the strongest average link while that is strong enough."""
        self._merge(threshold, lambda one, other: True)

    def follow_up(self, links: Iterable[tuple[int, int, float]], threshold: float) -> None:
        """Merge on with other links, but only what is alone, with what it is like enough."""
        self._linked = {cluster: {} for cluster in self._size}
        self._within = dict.fromkeys(self._size, 0.0)
        for article, another, strength in links:
            one, other = self._cluster(article), self._cluster(another)
            if one == other:
                self._within[one] += strength
            else:
                total = self._linked[one].get(other, 0.0) + strength
                self._linked[one][other] = self._linked[other][one] = total

        def is_like(one: int, other: int) -> bool:
            few, many = sorted((one, other), key=self._size.__getitem__)
            pairs = self._size[many] * (self._size[many] - 1) // 2
            cohesion = self._within[many] / max(1, pairs)
            return self._size[few] == 1 and self._average(one, other) >= _COHESION * cohesion

        self._merge(threshold, is_like)

    def _merge(self, threshold: float, may_merge: Callable[[int, int], bool]) -> None:
        heap = [
            (-self._average(one, other), one, other)
            for one, linked in self._linked.items()
            for other in linked
            if one < other
        ]
        heapify(heap)
        while heap and -heap[0][0] >= threshold:
            negative, one, other = heappop(heap)
            if other not in self._linked.get(one, ()) or other in self._apart[one]:
                continue
            if negative != -self._average(one, other) or not may_merge(one, other):
                continue
            kept = self.join(one, other)
            for third in self._linked[kept]:
                average = self._average(kept, third)
                if average >= threshold:
                    heappush(heap, (-average, min(kept, third), max(kept, third)))

    def _average(self, one: int, other: int) -> float:
        few, many = sorted((self._size[one], self._size[other]))
        return self._linked[one][other] / (few * min(many, MOST_COMPARED))

    def _cluster(self, number: int) -> int:
        while self._of[number] != number:
            self._of[number] = number = self._of[self._of[number]]
        return number
