"""The articles at hand by their words: finds the most similar ones without looking at all."""

from collections import Counter, defaultdict, deque
from heapq import nlargest
from math import fsum, sqrt

from briefing.steps.group.signature import Signature
from briefing.text.rarity import rarity

MOST_NEIGHBOURS = 40
_QUERY_TERMS = 64
_MOST_POSTINGS = 400
"""Of a word, the newest so many articles are looked at."""

_MOST_LOOKED_AT = 2_000
"""An article's weightiest words are followed until they led to so many others, counted once for
each word: what a search costs does not grow with the articles there are."""

_TIDY_AFTER = 2_000
"""Articles that are forgotten before the postings are freed of them."""

_Vector = dict[str, float]


class Index:
    """Articles of one language by number, as vectors of length 1."""

    def __init__(self) -> None:
        self._vectors: dict[int, _Vector] = {}
        self._postings: defaultdict[str, deque[tuple[int, float]]] = defaultdict(
            lambda: deque(maxlen=_MOST_POSTINGS)
        )
        self._counts: Counter[str] = Counter()
        self._counted = 0
        self._forgotten = 0

    def __len__(self) -> int:
        return self._counted

    def count(self, signature: Signature) -> None:
        """Let the words of an article bear on what is rare from now on."""
        self._counts.update(signature.terms.keys())
        self._counted += 1

    def add(self, number: int, signature: Signature) -> list[tuple[int, float]]:
        """Keep an article that was counted, and return those most like it, with their cosine."""
        vector = self._vector(signature)
        vectors = self._vectors
        shared: dict[int, float] = {}
        looked_at = 0
        for stem, weight in nlargest(_QUERY_TERMS, vector.items(), key=_by_weight):
            postings = self._postings[stem]
            if looked_at < _MOST_LOOKED_AT:
                looked_at += len(postings)
                for other, its_weight in postings:
                    shared[other] = shared.get(other, 0.0) + weight * its_weight
            postings.append((number, weight))
        nearest = nlargest(
            MOST_NEIGHBOURS,
            ((product, other) for other, product in shared.items() if other in vectors),
        )
        vectors[number] = vector
        return [(other, _dot(vector, vectors[other])) for _, other in nearest]

    def forget(self, number: int) -> None:
        """Take an article out."""
        self._counts.subtract(self._vectors.pop(number).keys())
        self._counted -= 1
        self._forgotten += 1
        if self._forgotten >= _TIDY_AFTER:
            self._tidy()

    def _vector(self, signature: Signature) -> _Vector:
        weights = {
            stem: frequency * rarity(stem, self._counts[stem], self._counted, signature.language)
            for stem, frequency in signature.terms.items()
        }
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {stem: weight / length for stem, weight in weights.items()}

    def _tidy(self) -> None:
        """Free the memory that words and articles of the past take."""
        self._forgotten = 0
        self._counts = +self._counts
        for stem in list(self._postings):
            kept = [posting for posting in self._postings[stem] if posting[0] in self._vectors]
            if kept:
                self._postings[stem] = deque(kept, maxlen=_MOST_POSTINGS)
            else:
                del self._postings[stem]


def _by_weight(term: tuple[str, float]) -> tuple[float, str]:
    return term[1], term[0]


def _dot(one: _Vector, other: _Vector) -> float:
    # The words come in any order; the exact sum does not depend on it.
    return fsum(one[stem] * other[stem] for stem in one.keys() & other.keys())
