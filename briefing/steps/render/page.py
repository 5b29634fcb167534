"""What the printed forms share: everything labelled, numbered and made harmless.

A form is given a `Page` and never the `Briefing`, so no word from outside reaches a reader
without passing `printable`, and no unsupported sentence without its mark.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.data.briefing import (
    ArticleEntry,
    Briefing,
    CheckedSentence,
    Citation,
    Confidence,
    Coverage,
    Discrepancy,
    Dropped,
    Kind,
    Person,
    Stage,
    Verdict,
)
from briefing.steps.render.opening import opening
from briefing.steps.render.shared import shared_texts
from briefing.text.canonical import clean
from briefing.text.dates import in_words, period_in_words

NOT_SUPPORTED = "NOT SUPPORTED: "
ANALYSIS = "Analysis: "

CHECK_FIRST = "Check before you use this"
NOT_IN_SOURCES = "Not in the sources"
RESOLVED = "Differences resolved"
SOURCES = "Sources"
SHARED = "Shared text"
LEFT_OUT = "Left out"

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{}|]+", re.IGNORECASE)

_SEVERITIES = ("high", "medium", "low")
_REASON_CHARS = 100
_MOST_REASONS = 5
_MOST_DATES = 2
_DATED = frozenset({"dates", "stage"})
_MOST_CITED = 2


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

    text: str
    """Begins with `NOT_SUPPORTED` unless the sentence is supported."""

    supported: bool
    notes: tuple[Note, ...]
    one_origin: bool
    open: tuple[str, ...]
    """Labels of the unresolved discrepancies that touch it."""

    resolved: tuple[str, ...]

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

    title: str
    opening: tuple[str, ...]
    """The parts of the opening line: a form that must break it does so between them."""

    focus: str
    as_of: date | None
    warnings: tuple[Difference, ...]
    """Unresolved, worst first."""

    blocks: tuple[Block, ...]
    gaps: tuple[str, ...]
    resolved: tuple[Difference, ...]
    sources: tuple[Source, ...]
    shared: tuple[str, ...]
    """Which sources carry the same text, and from whom."""

    left_out: tuple[str, ...]
    """How many source sentences were not read, and drafted ones not shown, and why; what was not
    done. Never the words of a sentence."""

    notes: tuple[Note, ...]


def printable(text: str) -> str:
    """Return `text` on one line, with nothing in it that could act on a screen or a page."""
    return " ".join(clean(text).split())


def lay_out(briefing: Briefing) -> Page:
    """Return `briefing` as the forms print it.

    Notes are numbered in the order in which the page first uses them, and a citation that is used
    again keeps its number.
    """
    layout = _Layout(briefing)
    warnings = [d for d in briefing.discrepancies if d.status == "unresolved"]
    warnings.sort(key=lambda discrepancy: _SEVERITIES.index(discrepancy.severity))
    return Page(
        title=printable(briefing.title) or "Briefing",
        opening=tuple(printable(part) for part in opening(briefing)),
        focus=printable(briefing.focus or ""),
        as_of=briefing.as_of,
        warnings=tuple(layout.difference(discrepancy) for discrepancy in warnings),
        blocks=tuple(
            Block(
                title=printable(section.title),
                lines=tuple(
                    layout.line(sentence, kind=section.label) for sentence in section.sentences
                )
                + tuple(layout.person(person) for person in section.people),
            )
            for section in briefing.sections
            if section.sentences or section.people
        ),
        gaps=tuple(printable(gap) for gap in briefing.gaps),
        resolved=tuple(
            layout.difference(discrepancy)
            for discrepancy in briefing.discrepancies
            if discrepancy.status == "resolved"
        ),
        sources=tuple(layout.sources.values()),
        shared=shared_texts(
            briefing.origins, {id_: source.label for id_, source in layout.sources.items()}
        ),
        left_out=(
            *_not_read(briefing.coverage),
            *_left_out(briefing.dropped),
            *(printable(f"Not done: {missing}") for missing in briefing.missing),
        ),
        notes=tuple(layout.notes.values()),
    )


class _Layout:
    """The labels and numbers given so far."""

    def __init__(self, briefing: Briefing) -> None:
        self.sources = {
            article.id: _source(f"S{number}", article)
            for number, article in enumerate(briefing.articles, start=1)
        }
        self.notes: dict[Citation, Note] = {}
        self._differences = {
            discrepancy.id: (f"D{number}", discrepancy.status == "resolved")
            for number, discrepancy in enumerate(briefing.discrepancies, start=1)
        }

    def line(self, sentence: CheckedSentence, *, kind: str) -> Line:
        supported = sentence.verdict is Verdict.SUPPORTED
        days = sentence.when[:_MOST_DATES] if kind in _DATED else ()
        return Line(
            label=printable(_label(kind, sentence)),
            days=tuple((when.first, when.last) for when in days),
            is_ahead=sentence.stage in {Stage.PLANNED, Stage.ANNOUNCED},
            text=("" if supported else NOT_SUPPORTED)
            + (ANALYSIS if sentence.kind is Kind.ANALYSIS else "")
            + printable(sentence.text),
            supported=supported,
            notes=self._cited(sentence.citations),
            one_origin=bool(sentence.citations)
            and (len(set(sentence.origins)) == 1 or sentence.confidence is Confidence.REPORTED),
            **self._touched(sentence.discrepancies),
        )

    def person(self, person: Person) -> Line:
        roles = ", ".join(role.title for role in person.roles)
        return Line(
            label=printable(person.side),
            days=(),
            is_ahead=False,
            text=printable(f"{person.name}, {roles}" if roles else person.name),
            supported=True,
            notes=self._cited(
                citation for role in person.roles for citation in role.citations[:_MOST_CITED]
            ),
            one_origin=False,
            **self._touched(person.discrepancies),
        )

    def _touched(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        # A saved file may name a discrepancy that it does not hold: then nothing is resolved.
        touching = {self._differences.get(id_, ("D?", False)) for id_ in ids}
        return {
            "open": _sorted(label for label, resolved in touching if not resolved),
            "resolved": _sorted(label for label, resolved in touching if resolved),
        }

    def difference(self, discrepancy: Discrepancy) -> Difference:
        label, resolved = self._differences[discrepancy.id]
        wording, reason = printable(discrepancy.wording), printable(discrepancy.reason)
        return Difference(
            label=label,
            wording=f"{wording} ({reason})" if resolved and reason else wording,
            sides=tuple(
                Side(label=printable(side.label), notes=self._cited(side.citations))
                for side in discrepancy.sides
            ),
        )

    def _cited(self, citations: Iterable[Citation]) -> tuple[Note, ...]:
        notes = {self._note(citation) for citation in citations}
        return tuple(sorted(notes, key=lambda note: note.number))

    def _note(self, citation: Citation) -> Note:
        if citation not in self.notes:
            self.notes[citation] = Note(
                number=len(self.notes) + 1,
                quote=_quoted(printable(citation.quote)),
                source=self.sources.get(citation.article, _UNLISTED),
                citation=citation,
            )
        return self.notes[citation]


def _label(kind: str, sentence: CheckedSentence) -> str:
    if kind in _DATED:
        days = [period_in_words(when.first, when.last) for when in sentence.when[:_MOST_DATES]]
        stage = [sentence.stage.value] if sentence.stage and kind == "stage" else []
        return ", ".join([*dict.fromkeys(days), *stage])
    return ", ".join(dict.fromkeys(sentence.figures)) if kind == "figures" else ""


def _source(label: str, article: ArticleEntry) -> Source:
    outlet = printable(article.outlet)
    return Source(
        label=label,
        outlet="outlet not known" if outlet in {"", "unknown"} else outlet,
        published=_published(article.published),
        title=printable(article.title),
        path=printable(article.path or ""),
        url=(url := printable(article.url or "")),
        link=url if _WEB_ADDRESS.fullmatch(url) else "",
        article=article.id,
    )


def _published(published: date | None) -> str:
    return in_words(published) if published else "no date"


_UNLISTED = Source(
    label="S?",
    outlet="source not listed",
    published="no date",
    title="",
    path="",
    url="",
    link="",
    article="",
)


def _labels(notes: Iterable[Note]) -> tuple[str, ...]:
    return _sorted(note.source.label for note in notes)


def _sorted(labels: Iterable[str]) -> tuple[str, ...]:
    """Return each label once, S2 before S10."""
    return tuple(sorted(set(labels), key=lambda label: (len(label), label)))


def _quoted(words: str) -> str:
    return f"“{words}”" if '"' in words else f'"{words}"'


def _not_read(coverage: Coverage | None) -> tuple[str, ...]:
    if coverage is None:
        return ()
    of = f"of {coverage.sentences:,} source sentences"
    calls = "" if coverage.calls == 1 else f"{coverage.calls} times "
    return (
        *(
            [f"{coverage.left_out:,} {of}: no room in {calls}{coverage.budget_tokens:,} tokens"]
            if coverage.left_out
            else []
        ),
        *(
            [f"{coverage.unread:,} {of}: the model gave no draft of them"]
            if coverage.unread
            else []
        ),
    )


def _left_out(dropped: tuple[Dropped, ...]) -> tuple[str, ...]:
    reasons = Counter(_shortened(printable(each.reason)) for each in dropped).most_common()
    shown, rest = reasons[:_MOST_REASONS], reasons[_MOST_REASONS:]
    if rest:
        shown.append(("other reasons", sum(count for _, count in rest)))
    return tuple(
        f"{count} drafted {'sentence' if count == 1 else 'sentences'}: {reason or 'no reason'}"
        for reason, count in shown
    )


def _shortened(reason: str) -> str:
    if len(reason) <= _REASON_CHARS:
        return reason
    return reason[: _REASON_CHARS - 3].rsplit(" ", 1)[0] + "..."
