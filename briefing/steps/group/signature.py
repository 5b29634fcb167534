"""What of an article decides which story it belongs to: its weighted words, day and language."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from briefing.data.article import Article
from briefing.text.words import content_stems

LEAD_WORDS = 60
"""A news text tells its event first (the inverted pyramid)."""

LEAD_BOOST = 2.0
SATURATION = 1.6
"""k1 of BM25 (Robertson and Zaragoza, 2009), b = .5 with 150 content words as the usual length."""

USUAL_WORDS = 150
_CHARS = 20_000
"""So much of a text is read: what comes later in a very long one is background."""

_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Signature:
    """An article as grouping sees it."""

    terms: Mapping[str, float]
    """Stems, with a frequency that saturates."""

    language: str
    day: float | None
    """Days since 1970, with their fraction where the moment is known."""

    is_exact: bool = False
    """The moment is known, not only the day."""

    def days_from(self, other: "Signature") -> float | None:
        """Return how far apart two articles came out, or None where one is not dated."""
        if self.day is None or other.day is None:
            return None
        apart = abs(self.day - other.day)
        # A day stands for its noon: what came out at any hour of it is not apart.
        return apart if self.is_exact == other.is_exact else max(0.0, apart - 0.5)


def signature(article: Article) -> Signature:
    """Return what grouping needs of `article`."""
    title = content_stems(article.title)
    body = content_stems(article.text[:_CHARS])
    counts = Counter(title + body)
    lead = {*title, *body[:LEAD_WORDS]}
    usual = SATURATION * (0.5 + 0.5 * (len(title) + len(body)) / USUAL_WORDS)
    terms = {
        stem: count / (count + usual) * (LEAD_BOOST if stem in lead else 1.0)
        for stem, count in counts.items()
    }
    day, is_exact = _when(article)
    return Signature(terms, article.language, day, is_exact)


def _when(article: Article) -> tuple[float | None, bool]:
    if article.published_at is not None:
        return article.published_at.timestamp() / _DAY_S, True
    day = article.published or article.described
    if day is None:
        return None, False
    return datetime.combine(day, time(12), UTC).timestamp() / _DAY_S, False
