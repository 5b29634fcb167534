"""The texts of the sources, cut where a cited span begins or ends."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.steps.render.page import Note, Page, Source, printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a paragraph that the same notes cite."""

    text: str
    notes: tuple[int, ...]
    """Numbers of the notes that cite them; empty for words that none does."""

    begins: tuple[int, ...]
    """Those of `notes` whose span begins here."""

    ends: tuple[int, ...]
    """Those of `notes` whose span ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where in the article a note's words stand, for the figure."""

    number: int
    offset: float
    """Share of the article before it, 0 to 1."""

    width: float
    """Share of the article that it is, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """A source with its whole text."""

    source: Source
    paragraphs: tuple[tuple[Piece, ...], ...]
    marks: tuple[Mark, ...]
    quoted: float
    """Share of the article's characters that the briefing cites, 0 to 1."""

    @property
    def split(self) -> tuple[int, ...]:
        """Numbers of the notes whose words are cut by the edge of another note's."""
        pieces = Counter(n for paragraph in self.paragraphs for p in paragraph for n in p.notes)
        return tuple(sorted(number for number, count in pieces.items() if count > 1))

    @property
    def notes(self) -> frozenset[int]:
        """Numbers of the notes whose words are marked here."""
        return frozenset(mark.number for mark in self.marks)


def panes(page: Page, texts: Mapping[str, str]) -> tuple[Pane, ...]:
    """Return the sources of `page` whose text is known, with the cited spans.

    A span that does not hold the words it is said to hold, as in a file that somebody edited, is
    not marked.

    Args:
        page: The briefing, laid out.
        texts: By article id.
    """
    return tuple(
        _pane(source, texts[source.article], page.notes)
        for source in page.sources
        if source.article in texts
    )


def _pane(source: Source, text: str, notes: Sequence[Note]) -> Pane:
    spans = {
        note.number: (note.citation.start, note.citation.end)
        for note in notes
        if note.citation.article == source.article
        and text[note.citation.start : note.citation.end] == note.citation.quote
    }
    cuts = sorted({0, len(text), *(edge for span in spans.values() for edge in span)})
    quoted = 0
    paragraphs: list[list[Piece]] = [[]]
    for start, end in pairwise(cuts):
        citing = tuple(n for n, span in spans.items() if span[0] <= start and end <= span[1])
        quoted += end - start if citing else 0
        begins = tuple(n for n in citing if spans[n][0] == start)
        ends = tuple(n for n in citing if spans[n][1] == end)
        parts = text[start:end].split("\n\n")
        for position, part in enumerate(parts):
            if position:
                paragraphs.append([])
            paragraphs[-1].append(
                Piece(
                    text=_shown(part),
                    notes=citing,
                    begins=begins if position == 0 else (),
                    ends=ends if position == len(parts) - 1 else (),
                )
            )
    length = max(len(text), 1)
    return Pane(
        source=source,
        paragraphs=tuple(_without_blanks(paragraphs)),
        marks=tuple(
            Mark(number=number, offset=start / length, width=(end - start) / length)
            for number, (start, end) in spans.items()
        ),
        quoted=quoted / length,
    )


def _shown(text: str) -> str:
    """Return `text` harmless and on one line, with the blanks at its ends kept."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{printable(text)}{after}"


def _without_blanks(paragraphs: Sequence[Sequence[Piece]]) -> Iterator[tuple[Piece, ...]]:
    for paragraph in paragraphs:
        pieces = tuple(piece for piece in paragraph if piece.text or piece.begins or piece.ends)
        if any(piece.text.strip() for piece in pieces):
            yield pieces
