"""Who carries the same words: shared passages, copied articles, and their origins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from briefing.data.article import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that stand in two articles in the same order, none left out."""

    words: int
    left: Span
    """In the text of the first article."""

    right: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A text that two articles share: runs of the same words with a few others between them."""

    left: str
    """Article id; the smaller of the two."""

    right: str
    runs: tuple[Run, ...]
    """In the order of both articles; never empty."""

    @property
    def words(self) -> int:
        """How many words are the same."""
        return sum(run.words for run in self.runs)

    @property
    def left_span(self) -> Span:
        """From the first run to the last, in the first article."""
        return Span(self.runs[0].left.start, self.runs[-1].left.end)

    @property
    def right_span(self) -> Span:
        """From the first run to the last, in the second article."""
        return Span(self.runs[0].right.start, self.runs[-1].right.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article carries a passage."""

    article: str
    """Article id."""

    start: int
    """First code point."""

    end: int
    """One past the last code point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text that several articles carry, in much the same words."""

    words: int
    """Shared by the two articles that share most of it."""

    places: tuple[Place, ...]
    """By article id, then by place; two articles at least. One may carry but a part of it, or
    carry it twice."""

    @property
    def articles(self) -> frozenset[str]:
        """Ids of the articles that carry it."""
        return frozenset(place.article for place in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One text from which several articles took their words."""

    id: str
    """Of the article that had it first, where that is one of the carriers; else a hash."""

    articles: tuple[str, ...]
    """Ids of the articles that carry some of it, sorted."""

    copied: tuple[str, ...]
    """Ids of those that are copies of another of them as a whole."""

    first: str | None
    """Id of the article that had it before the others, or null where nothing tells."""

    source: str | None
    """To whom the carriers give it, in their words: `Foreign Office`; null where they do not."""

    passages: tuple[Passage, ...]
    """The longest first."""

    @property
    def words(self) -> int:
        """How many words its passages have."""
        return sum(passage.words for passage in self.passages)


def independent(articles: Iterable[str], origins: Iterable[Origin]) -> int:
    """Return how many origins `articles` have: copies of one article have one.

    An article that shares a statement and tells its own story beside it has its own. Two articles
    that are each copied, and share a statement, are taken for one.
    """
    listed = set(articles)
    groups = [{article} for article in sorted(listed)]
    for origin in origins:
        copied = listed.intersection(origin.copied)
        joined = [group for group in groups if group & copied]
        groups = [group for group in groups if not group & copied]
        groups += [set().union(*joined)] if joined else []
    return len(groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What some of the copies of a text have at one place."""

    text: str
    """The number or the date, as the first of them writes it."""

    places: tuple[Place, ...]
    """Where it stands, by article id."""

    sentences: tuple[str, ...]
    """Ids of the sentences in which it stands, in the order of `places`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A place at which copies of one text have different numbers, or different dates."""

    kind: Literal["number", "date"]
    variants: tuple[Variant, ...]
    """Two at least; what most articles have is first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What the articles of a story share."""

    alignments: tuple[Alignment, ...] = ()
    """By article ids, then by place."""

    origins: tuple[Origin, ...] = ()
    """Each passage in one of them; the one with most words first."""

    near_copies: tuple[tuple[str, ...], ...] = ()
    """Groups of ids of articles that are copies as a whole: shortened, retouched, with another
    headline, or with changed figures."""

    changes: tuple[Change, ...] = ()
    """In the order of the story."""

    repeats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sentence id to the ids of the sentences, of other articles too, whose words it carries.

    Sending the one sends the others: four fifths of their words stand in it in the same order, and
    they hold no number, date or name that it lacks. A longer sentence may carry a shorter one that
    does not carry it.
    """

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, the longest first."""
        found = [passage for origin in self.origins for passage in origin.passages]
        return tuple(sorted(found, key=lambda one: (-one.words, one.places[0].article)))
