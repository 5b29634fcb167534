"""How strongly articles are linked: by their words, what else is like them, and their days."""

from collections.abc import Iterable, Iterator
from heapq import nlargest
from math import log

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
"""A neighbourhood counts as no thinner than this: nobody is near by being the least far. It stands
in, too, for each neighbour that a small batch has not."""

DECAY = 0.45
"""Two articles `d` days apart are linked (1 + d) ** -DECAY as strongly."""

FOLLOW_UP_DECAY = 0.2
"""The same for an article that would be alone among SMALL articles or fewer: in a folder that
somebody put together hardly anything looks alike by chance, and what comes days later is a
follow-up. Up to LARGE it nears DECAY, by the log of the number."""

SMALL, LARGE = 12, 120

UNDATED = 0.9
"""Factor for two articles of which one has no date."""

FEW, MANY = 400, 2_000
CROWD = 0.2
"""The more articles, the more look alike by chance: from FEW to MANY, strength falls as the
number to this power."""

HORIZON_DAYS = 30.0
"""Articles further apart than this are not compared."""


class Board:
    """Articles by number, each with its nearest and how similar they are."""

    def __init__(self, *, mix_languages: bool = False) -> None:
        self._mix = mix_languages
        self._indexes: dict[str, Index] = {}
        self._signatures: dict[int, Signature] = {}
        self._near: dict[int, dict[int, float]] = {}
        self._scales: dict[int, float] = {}
        self._crowds: dict[str, float] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._signatures

    def count(self, signature: Signature) -> None:
        """Let the words of an article bear on what is rare from now on."""
        language = self._language(signature)
        index = self._indexes.setdefault(language, Index())
        index.count(signature)
        self._crowds[language] = (min(max(len(index), FEW), MANY) / FEW) ** -CROWD

    def add(self, number: int, signature: Signature) -> None:
        """Put up an article that was counted, and find the articles most like it."""
        near: dict[int, float] = {}
        for other, similarity in self._indexes[self._language(signature)].add(number, signature):
            near[other] = self._near[other][number] = similarity
            self._scales.pop(other, None)
        self._near[number] = near
        self._signatures[number] = signature

    def forget(self, number: int) -> None:
        """Take down an article; what was found between it and others stays with the others."""
        self._indexes[self._language(self._signatures.pop(number))].forget(number)
        del self._near[number]
        self._scales.pop(number, None)

    def near(self, number: int) -> Iterator[tuple[int, float]]:
        """Yield the articles on the board that are like one, and how strongly each is linked."""
        for other in self._near[number]:
            if other in self._signatures:
                yield other, self.strength(number, other)

    def links(
        self, numbers: Iterable[int], *, as_follow_ups: bool = False
    ) -> Iterator[tuple[int, int, float]]:
        """Yield each two of `numbers` that are like each other, with the strength of the link.

        Args:
            numbers: Articles on the board.
            as_follow_ups: Count the days between them for less where there are few articles.
        """
        among = set(numbers)
        for one in sorted(among):
            decay = self._decay(one) if as_follow_ups else DECAY
            for other in self._near[one]:
                if one < other and other in among:
                    yield one, other, self.strength(one, other, decay=decay)

    def similarity(self, one: int, other: int) -> float:
        """Return the cosine of two articles, 0 where they were not found to be alike."""
        return self._near[one].get(other, 0.0)

    def strength(self, one: int, other: int, *, decay: float = DECAY) -> float:
        """Return how strongly two articles are linked; from THRESHOLD on they belong together.

        Their cosine, over the geometric mean of the two neighbourhoods' (Zelnik-Manor and Perona,
        2004: local scaling), so that of many articles that look alike only the nearest are one
        story; less for days between them, and for a crowd.
        """
        seen = self._signatures[one]
        days = seen.days_from(self._signatures[other])
        fresh: float = UNDATED if days is None else (1 + days) ** -decay
        contrast = self._near[one][other] / (self._scale(one) * self._scale(other))
        return contrast * fresh * self._crowds[self._language(seen)]

    def _decay(self, number: int) -> float:
        """Return how fast the days part an article from what it may follow up."""
        count = len(self._indexes[self._language(self._signatures[number])])
        largeness = log(min(max(count, SMALL), LARGE) / SMALL) / log(LARGE / SMALL)
        return FOLLOW_UP_DECAY + (DECAY - FOLLOW_UP_DECAY) * largeness

    def _scale(self, number: int) -> float:
        """Return what the mean similarity of the nearest few counts for."""
        found = self._scales.get(number)
        if found is None:
            closest = nlargest(CLOSEST, self._near[number].values())
            missing = USUAL_SIMILARITY * (CLOSEST - len(closest))
            mean = max((sum(closest) + missing) / CLOSEST, USUAL_SIMILARITY)
            found = self._scales[number] = mean ** (CONTRAST / 2)
        return found

    def _language(self, signature: Signature) -> str:
        return "" if self._mix else signature.language
