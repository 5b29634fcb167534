"""The briefing as Markdown with footnotes, in which words from outside stay words."""

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
from briefing.text.markdown import code, escaped


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
    return f" {code(where)}" if where else ""


def _references(notes: Iterable[Note]) -> str:
    return " ".join(f"[^{note.number}]" for note in notes)
