"""Who carries the same words: shared passages, copied articles, and their origins."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text that several articles carry, in much the same words."""

    places: tuple[Place, ...]
    """By article id, then by place; two articles at least. An article may carry but a part of it,
    or carry it twice."""

    words: int
    """Shared by the two articles that share most of it."""

    @property
    def articles(self) -> frozenset[str]:
        """Ids of the articles that carry it."""
        return frozenset(place.article for place in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What the articles of a story share."""

    alignments: tuple[Alignment, ...] = ()
    """By article ids, then by place."""

    passages: tuple[Passage, ...] = ()
    """The longest first."""

    repeats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sentence id to the ids of the sentences, of other articles too, whose words it carries.

    Sending the one sends the others: four fifths of their words stand in it in the same order, and
    they hold no number, date or name that it lacks. A longer sentence may carry a shorter one that
    does not carry it.
    """
