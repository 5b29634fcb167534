"""The briefing as Markdown with footnotes, in which words from outside stay words."""

import re
from collections.abc import Iterable, Iterator

from briefing.steps.render.page import (
    CHECK_FIRST,
    LEFT_OUT,
    NOT_IN_SOURCES,
    RESOLVED,
    SHARED,
    SOURCES,
    Difference,
    Line,
    Note,
    Page,
    Source,
)

# Entities, not backslashes: the first Markdown and Python-Markdown do not know `\<`.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: f"\\{mark}" for mark in "\\`*_{}[]#|~^$!"}
)
_NUMBERED = re.compile(r"\d{1,9}[.)]")

# What GitHub, Markdown-it or a mail program would turn into a link or a mention.
_LINKLIKE = re.compile(r"//|@|\bwww\.|\w\.[^\W\d_]{2,}", re.IGNORECASE)
_ROUND_A_LINK = ".,;:!?…\"'“”‘’«»()[]{}<>*_~|"


def to_markdown(page: Page) -> str:
    """Return `page` in CommonMark with footnotes, each paragraph and list item on one line."""
    parts = [f"# {escaped(page.title)}", escaped("; ".join(page.opening))]
    if page.focus:
        parts.append(f"Focus: {escaped(page.focus)}")
    if page.warnings:
        warning = [f"**{CHECK_FIRST}**", "", *_differences(page.warnings, sign="⚠")]
        parts.append("\n".join(f"> {line}".rstrip() for line in warning))
    parts += [
        *(_block(escaped(block.title), map(_sentence, block.lines)) for block in page.blocks),
        _legend(page),
        _block(NOT_IN_SOURCES, (f"- {escaped(gap)}" for gap in page.gaps)),
        _block(RESOLVED, _differences(page.resolved)),
        _block(SOURCES, map(_source, page.sources)),
        _block(SHARED, (f"- {escaped(line)}" for line in page.shared)),
        _block(LEFT_OUT, (f"- {escaped(line)}" for line in page.left_out)),
        *map(_note, page.notes),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _sentence(line: Line) -> str:
    marks = ["‡"] if line.one_origin else []
    marks += [f"⚠{label}" for label in line.open]
    marks += line.resolved
    notes = _references(line.notes) or r" \[no source\]"
    label = f"**{escaped(line.label)}**: " if line.label else ""
    return " ".join([f"- {label}{escaped(line.text)}{notes}", *marks])


def _differences(differences: Iterable[Difference], *, sign: str = "") -> Iterator[str]:
    for difference in differences:
        yield f"- **{sign}{difference.label}** {escaped(difference.wording)}"
        for side in difference.sides:
            yield f"  - {escaped(side.label)}{_references(side.notes)}"


def _legend(page: Page) -> str:
    lines = [line for block in page.blocks for line in block.lines]
    meanings = [
        *(["‡ one origin only"] if any(line.one_origin for line in lines) else []),
        *(["⚠ the sources disagree, see the top"] if any(line.open for line in lines) else []),
    ]
    return "; ".join(meanings)


def _source(source: Source) -> str:
    title = f": {escaped(source.title)}" if source.title else ""
    return f"- **{source.label}** {_named(source)}{title}{_where(source)}"


def _note(note: Note) -> str:
    source = note.source
    return (
        f"[^{note.number}]: {escaped(note.quote)} {source.label}, {_named(source)}{_where(source)}"
    )


def _named(source: Source) -> str:
    return f"{escaped(source.outlet)}, {source.published}"


def _where(source: Source) -> str:
    """Return the address: a link for a page on the web, code for all else."""
    if source.link:
        return f" <{source.link}>"
    where = source.url or source.path
    return f" {_code(where)}" if where else ""


def _references(notes: Iterable[Note]) -> str:
    return " ".join(f"[^{note.number}]" for note in notes)


def escaped(text: str) -> str:
    """Return `text`, a single line, so that Markdown shows it as it is, wherever it stands.

    Words that a reader's program would make a link of by itself become code: nothing else stops
    all of them, since some look for addresses after the escapes have gone.
    """
    words = (_code_if_link(word) for word in text.split(" "))
    return _not_a_block(" ".join(words))


def _code_if_link(word: str) -> str:
    if not _LINKLIKE.search(word):
        return word.translate(_ESCAPES)
    link = word.strip(_ROUND_A_LINK)
    before, _, after = word.partition(link)
    return before.translate(_ESCAPES) + _code(link) + after.translate(_ESCAPES)


def _code(text: str) -> str:
    runs = [len(run) for run in re.findall("`+", text)]
    if not runs:
        return f"`{text}`"
    fence = "`" * (max(runs) + 1)
    return f"{fence} {text} {fence}"


def _not_a_block(text: str) -> str:
    if text.startswith(("-", "+", "=", ":")):
        return "\\" + text
    if number := _NUMBERED.match(text):
        return f"{text[: number.end() - 1]}\\{text[number.end() - 1 :]}"
    return text
