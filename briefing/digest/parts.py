"""Sets an edition as the text part and the HTML part of a mail."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from briefing.data.briefing import NO_MENTION, Verdict
from briefing.data.edition import Edition, EditionStory
from briefing.steps.render.layout import lay_out
from briefing.steps.render.opening import opening
from briefing.steps.render.page import Difference, Line, Note, printable
from briefing.text.phrases import Phrases, phrases

_COLUMNS = 72
"""A text client quotes with `> ` and still fits 80."""

_SHORT_QUOTE_CHARS = 120
_ROOT = files("briefing") / "templates" / "mail"


class Detail(IntEnum):
    """How much evidence a mail carries, the most first."""

    FULL = 0
    SHORT = 1
    """The beginnings of the quotations."""

    SOURCES = 2
    """Who said it, and where; no quotation."""

    NONE = 3


_SAID_OF_DETAIL = {
    Detail.SHORT: "mail.short",
    Detail.SOURCES: "mail.sources_only",
    Detail.NONE: "mail.no_evidence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """A note, by the number that it has in the whole mail."""

    number: int
    quote: str
    source: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    text: str
    numbers: tuple[int, ...]
    flags: tuple[str, ...]
    """`one origin`, and labels of warnings."""

    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Warning:
    label: str
    wording: str
    sides: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    title: str
    opening: str
    warnings: tuple[_Warning, ...]
    sentences: tuple[_Sentence, ...]
    evidence: tuple[_Evidence, ...]


def text_part(edition: Edition, *, detail: Detail, link: str) -> str:
    """Return the text part, in lines of 72 characters but for addresses."""
    text = _templates().get_template("digest.txt.jinja").render(_values(edition, detail, link))
    return text.rstrip() + "\n"


def html_part(edition: Edition, *, detail: Detail, link: str) -> str:
    """Return the HTML part: one page, with its styles in the elements for clients that want that.

    The style sheet is there as well, for the dark and for the narrow screen.
    """
    page = _templates().get_template("digest.html.jinja").render(_values(edition, detail, link))
    return f"{_inliner().inline(page)}\n"


def _values(edition: Edition, detail: Detail, link: str) -> dict[str, Any]:
    words = phrases(edition.headings)
    stories: list[_Story] = []
    for story in edition.stories:
        first = sum(len(one.evidence) for one in stories)
        stories.append(_story(story, first, words))
    if detail is not Detail.FULL:
        stories = [_without(story, detail) for story in stories]
    title = printable(edition.title)
    return {
        "heading": words.say("mail.dated", title=title, day=words.day(edition.day)),
        "summary": _summary(edition, words),
        "stories": stories,
        "asides": _asides(edition, words),
        "about_evidence": "" if detail is Detail.FULL else words.say(_SAID_OF_DETAIL[detail]),
        "numbered": detail is not Detail.NONE,
        "link": link,
        "unsubscribe": words.say("mail.unsubscribe", title=title),
        "unsubscribe_by_answer": words.say(
            "mail.unsubscribe_by_answer", title=title, digest=edition.digest
        ),
        "say": words.say,
        "language": words.code,
        "is_rtl": words.is_rtl,
        "style": (_ROOT / "style.css").read_text("utf-8"),
    }


def _story(story: EditionStory, first: int, words: Phrases) -> _Story:
    # What the page sets apart by direction is made `printable` once more below: lines of a mail are
    # cut and broken on the way, and half of a pair would turn what follows.
    page = lay_out(story.briefing, words)
    lines = [line for block in page.blocks for line in block.lines if line.supported]
    changes = [
        printable(story.changes.get(sentence.id, ""))
        for sentence in story.briefing.sentences
        if sentence.verdict is Verdict.SUPPORTED
    ]
    cited = {note.number for line in lines for note in line.notes}
    cited |= {note.number for one in page.warnings for side in one.sides for note in side.notes}
    stop = words.say("mark.semicolon")
    return _Story(
        title=printable(page.title),
        opening=printable(stop.join(opening(story.briefing, words)[:2])),
        warnings=tuple(_warning(one, first) for one in page.warnings),
        sentences=tuple(
            _sentence(line, change, first, words)
            for line, change in zip(lines, changes, strict=True)
        ),
        evidence=tuple(_evidence(note, first) for note in page.notes if note.number in cited),
    )


def _sentence(line: Line, change: str, first: int, words: Phrases) -> _Sentence:
    return _Sentence(
        text=printable(line.words),
        numbers=_numbers(line.notes, first),
        flags=(*([words.say("mark.one_origin")] if line.one_origin else []), *line.open),
        change=words.say("mail.changed", change=change) if change else "",
    )


def _warning(difference: Difference, first: int) -> _Warning:
    return _Warning(
        label=difference.label,
        wording=printable(difference.wording),
        sides=tuple(
            (printable(side.label), _numbers(side.notes, first)) for side in difference.sides
        ),
    )


def _evidence(note: Note, first: int) -> _Evidence:
    source = note.source
    url = source.url if source.url.lower().startswith(("http://", "https://")) else ""
    return _Evidence(
        number=first + note.number,
        quote=printable(note.quote),
        source=printable(f"{source.outlet}, {source.published}"),
        url=url,
    )


def _numbers(notes: Sequence[Note], first: int) -> tuple[int, ...]:
    return tuple(first + note.number for note in notes)


def _without(story: _Story, detail: Detail) -> _Story:
    evidence = () if detail is Detail.NONE else story.evidence
    return _Story(
        title=story.title,
        opening=story.opening,
        warnings=story.warnings,
        sentences=story.sentences,
        evidence=tuple(
            _Evidence(
                number=one.number,
                quote=_shortened(one.quote) if detail is Detail.SHORT else "",
                source=one.source,
                url=one.url,
            )
            for one in evidence
        ),
    )


def _shortened(quote: str) -> str:
    if len(quote) <= _SHORT_QUOTE_CHARS:
        return quote
    return quote[:_SHORT_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"


def _summary(edition: Edition, words: Phrases) -> str:
    briefings = [story.briefing for story in edition.stories]
    if not briefings:
        return words.say("mail.nothing_new")
    articles = {article.id for one in briefings for article in one.articles}
    sentences = sum(len(one.sentences) for one in briefings)
    warnings = sum(d.status == "unresolved" for one in briefings for d in one.discrepancies)
    dropped = sum(len(one.dropped) for one in briefings)
    drafter = briefings[0].drafter
    comma, say = words.say("mark.comma"), words.say
    parts = [
        comma.join(
            [say("mail.stories", n=len(briefings)), say("opening.articles", n=len(articles))]
        ),
        comma.join(
            [
                say("opening.supported", supported=sentences, n=sentences),
                say("opening.warnings", n=warnings),
            ]
        ),
        *([say("mail.not_supported", n=dropped)] if dropped else []),
        say("opening.extractive")
        if drafter.kind == "extractive"
        else say("opening.drafted", model=drafter.name),
    ]
    return printable(say("mark.semicolon").join(parts))


def _asides(edition: Edition, words: Phrases) -> tuple[str, ...]:
    """Return what a reader may miss, in words."""
    counts = {
        "known": sum(story.known for story in edition.stories),
        "quiet": edition.quiet,
        "unbriefed": edition.unbriefed,
        "left_over": edition.left_over,
    }
    said = [words.say(f"mail.{name}", n=number) for name, number in counts.items() if number]
    notes = [NO_MENTION in story.briefing.notes for story in edition.stories]
    if edition.focus and notes and all(notes):
        said.insert(0, words.say("mail.no_mention", focus=edition.focus))
    return tuple(map(printable, said))


def _hanging(text: str, first: str = "", indent: str = "") -> str:
    """Return text in lines of 72 characters; a longer word, such as an address, stays whole."""
    return textwrap.fill(
        text,
        _COLUMNS,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _source(name: str) -> str:
    return (_ROOT / name).read_text("utf-8")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source),
        # Not by the ending of the name: `.html.jinja` is none that Jinja knows.
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["hanging"] = _hanging
    return environment


@cache
def _inliner() -> Any:  # noqa: ANN401 -- imported only where mail is made
    from css_inline import CSSInliner

    return CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
