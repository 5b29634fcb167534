"""How strongly articles are linked: by their words, what else is like them, and their days."""

from collections.abc import Iterable, Iterator
from heapq import nlargest

from briefing.steps.group.index import Index
from briefing.steps.group.signature import Signature

# The numbers from here on, and those in `signature`, were tuned by hand and by random search on
# the sets of bench/stories.py; training/grouping.md says how, and how well they carry over.
THRESHOLD = 0.41
"""Average strength from which two clusters are one story."""

CONTRAST = 0.8
"""How much the similarity of two is measured by that to their other neighbours: 0 not, 1 wholly."""

CLOSEST = 4
"""Neighbours that stand for the neighbourhood."""

USUAL_SIMILARITY = 0.15
"""Stands in for each neighbour that a small batch has not."""

DECAY = 0.45
"""Two articles `d` days apart are linked (1 + d) ** -DECAY as strongly."""

UNDATED = 0.9
"""Factor for two articles of which one has no date."""

FEW, MANY = 400, 2_000
CROWD = 0.2
"""The more articles, the more look alike by chance: from FEW to MANY, strength falls as the
number to this power."""

HORIZON_DAYS = 30.0
"""Articles further apart than this are not compared."""

_FLOOR = 0.01


class Board:
    """Articles by number, each with its nearest and how similar they are."""

    def __init__(self, *, mix_languages: bool = False) -> None:
        self._mix = mix_languages
        self._indexes: dict[str, Index] = {}
        self._signatures: dict[int, Signature] = {}
        self._near: dict[int, dict[int, float]] = {}
        self._density: dict[int, float] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._signatures

    def count(self, signature: Signature) -> None:
        """Let the words of an article bear on what is rare from now on."""
        self._index(signature).count(signature)

    def add(self, number: int, signature: Signature) -> None:
        """Put up an article that was counted, and find the articles most like it."""
        near: dict[int, float] = {}
        for other, similarity in self._index(signature).add(number, signature):
            near[other] = self._near[other][number] = similarity
            self._density.pop(other, None)
        self._near[number] = near
        self._signatures[number] = signature

    def forget(self, number: int) -> None:
        """Take down an article; what was found between it and others stays with the others."""
        self._index(self._signatures.pop(number)).forget(number)
        del self._near[number]
        self._density.pop(number, None)

    def near(self, number: int) -> Iterator[tuple[int, float]]:
        """Yield the articles on the board that are like one, and how strongly each is linked."""
        for other in self._near[number]:
            if other in self._signatures:
                yield other, self.strength(number, other)

    def links(self, numbers: Iterable[int]) -> Iterator[tuple[int, int, float]]:
        """Yield each two of `numbers` that are like each other, with the strength of the link."""
        among = set(numbers)
        for one in sorted(among):
            for other in self._near[one]:
                if one < other and other in among:
                    yield one, other, self.strength(one, other)

    def similarity(self, one: int, other: int) -> float:
        """Return the cosine of two articles, 0 where they were not found to be alike."""
        return self._near[one].get(other, 0.0)

    def strength(self, one: int, other: int) -> float:
        """Return how strongly two articles are linked; from THRESHOLD on they belong together.

        Their cosine, over the geometric mean of the two neighbourhoods' (Zelnik-Manor and Perona,
        2004: local scaling), so that of many articles that look alike only the nearest are one
        story; less for days between them, and for a crowd.
        """
        index = self._index(self._signatures[one])
        days = self._signatures[one].days_from(self._signatures[other])
        crowd: float = (min(max(len(index), FEW), MANY) / FEW) ** -CROWD
        nearby: float = (self._dense(one) * self._dense(other)) ** (CONTRAST / 2)
        fresh: float = UNDATED if days is None else (1 + days) ** -DECAY
        return self._near[one][other] / nearby * crowd * fresh

    def _dense(self, number: int) -> float:
        """Return the mean similarity of the nearest few."""
        found = self._density.get(number)
        if found is None:
            closest = nlargest(CLOSEST, self._near[number].values())
            missing = USUAL_SIMILARITY * (CLOSEST - len(closest))
            found = max((sum(closest) + missing) / CLOSEST, _FLOOR)
            self._density[number] = found
        return found

    def _index(self, signature: Signature) -> Index:
        return self._indexes.setdefault("" if self._mix else signature.language, Index())
