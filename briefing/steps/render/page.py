"""What the printed forms share: everything labelled, numbered and made harmless.

A form is given a `Page` and never the `Briefing`, so no word from outside reaches a reader
without passing `printable`, and no unsupported sentence without its mark.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.data.briefing import Citation
from briefing.text.canonical import clean
from briefing.text.phrases import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article, as the list of sources and the footnotes name it."""

    label: str
    """`S1` for the first of the briefing's articles, and so on; `S?` for one it does not list."""

    outlet: str
    published: str
    title: str
    path: str
    url: str
    link: str
    """`url` where it is a plain web address: the only text that may become a link."""

    article: str
    """The article's id, by which a form finds its text."""

    language: str
    """Code of the article's language; empty where it is not known."""

    damage: str
    """What is wrong with the text that was read; empty where nothing was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote: the words of one citation."""

    number: int
    quote: str
    """The cited words, in quotation marks."""

    source: Source
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence with its marks."""

    label: str
    """Its dates and stage, or its amounts; empty in a section that does not label them."""

    days: tuple[tuple[date, date], ...]
    """First and last day of each date in `label`."""

    is_ahead: bool
    """It is planned or announced, not done."""

    caution: str
    """Says so where the sentence is not supported; else empty."""

    remark: str
    """Says so where the sentence is analysis; else empty."""

    text: str
    language: str
    """Code of the language of the cited articles; empty where it is not known."""

    supported: bool
    notes: tuple[Note, ...]
    one_origin: bool
    open: tuple[str, ...]
    """Labels of the unresolved discrepancies that touch it."""

    resolved: tuple[str, ...]

    @property
    def words(self) -> str:
        """The sentence, with what must be said before it."""
        return f"{self.caution}{self.remark}{self.text}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Labels of the cited sources, each once, in the order of the list of sources."""
        return _labels(self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What no article says."""

    text: str
    notes: tuple[Note, ...] = ()
    """The plan of which nothing more is said; empty where there are no words to cite."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Labels of the cited sources, each once, in the order of the list of sources."""
        return _labels(self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a difference."""

    label: str
    notes: tuple[Note, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Labels of the cited sources, each once, in the order of the list of sources."""
        return _labels(self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A discrepancy between sources."""

    label: str
    """`D1` for the briefing's first, and so on."""

    kind: str
    """Its type and severity."""

    wording: str
    """With the reason, where it is resolved."""

    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A section that has something in it."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A briefing, ready to be set in any form; its parts in the order of reading."""

    phrases: Phrases
    """The words that are not the briefing's own; all that stands here is in that language."""

    title: str
    opening: tuple[str, ...]
    """The parts of the opening line: a form that must break it does so between them."""

    focus: str
    as_of: date | None
    warnings: tuple[Difference, ...]
    """Unresolved, worst first."""

    blocks: tuple[Block, ...]
    gaps: tuple[Gap, ...]
    resolved: tuple[Difference, ...]
    sources: tuple[Source, ...]
    shared: tuple[str, ...]
    """Which sources carry the same text, and from whom."""

    left_out: tuple[str, ...]
    """How many source sentences were not read, and drafted ones not shown, and why; what was not
    done. Never the words of a sentence."""

    notes: tuple[Note, ...]


def sorted_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """Return each label once, S2 before S10."""
    return tuple(sorted(set(labels), key=lambda label: (len(label), label)))


def printable(text: str) -> str:
    """Return `text` on one line, with nothing in it that could act on a screen or a page."""
    return " ".join(clean(text).split())


def _labels(notes: Iterable[Note]) -> tuple[str, ...]:
    return sorted_labels(note.source.label for note in notes)
