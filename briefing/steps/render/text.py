"""The briefing as plain text for pipes and mail: no control codes, evidence at the end."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text

from briefing.steps.render.lines import NARROWEST, fill, wrap
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


def to_text(page: Page, *, width: int) -> str:
    """Return `page` in `width` columns, or `NARROWEST`; only an address may be longer."""
    width = max(width, NARROWEST)
    parts = [_head(page, width)]
    for title, entries in _blocks(page, width):
        lines = [line for entry in entries for line in entry]
        if lines:
            parts.append([*_underlined(title, "-", width), *lines])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(page: Page, width: int) -> list[str]:
    lines = [*_underlined(page.title, "=", width)]
    for part in fill(page.opening, "; ", width):
        lines += _hanging("", part, width)
    if page.focus:
        lines += _hanging("", f"Focus: {page.focus}", width)
    return lines


def _blocks(page: Page, width: int) -> Iterable[tuple[str, Iterable[list[str]]]]:
    yield CHECK_FIRST, (_difference(warning, width) for warning in page.warnings)
    for block in page.blocks:
        yield block.title, (_hanging("- ", _marked(line), width) for line in block.lines)
    yield NOT_IN_SOURCES, (_hanging("- ", gap, width) for gap in page.gaps)
    yield RESOLVED, (_difference(difference, width) for difference in page.resolved)
    yield SOURCES, (_source(source, width) for source in page.sources)
    yield SHARED, (_hanging("- ", line, width) for line in page.shared)
    yield LEFT_OUT, (_hanging("- ", line, width) for line in page.left_out)
    yield "Notes", (_note(note, width) for note in page.notes)


def _marked(line: Line) -> str:
    flags = [*(["one origin"] if line.one_origin else []), *line.open, *line.resolved]
    marks = _numbers(line.notes) or "[no source]"
    label = f"{line.label}: " if line.label else ""
    return f"{label}{line.text} {marks}" + (f" ({', '.join(flags)})" if flags else "")


def _difference(difference: Difference, width: int) -> list[str]:
    lines = _hanging(f"{difference.label:<3} ", difference.wording, width)
    for side in difference.sides:
        lines += _hanging("    - ", f"{side.label} {_numbers(side.notes)}".rstrip(), width)
    return lines


def _source(source: Source, width: int) -> list[str]:
    name = f"{source.outlet}, {source.published}"
    what = source.title or source.path or source.url
    return _hanging(f"{source.label:<3} ", f"{name}: {what}" if what else name, width)


def _note(note: Note, width: int) -> list[str]:
    first = f"[{note.number}] "
    source = note.source
    lines = _hanging(first, note.quote, width)
    indent = " " * len(first)
    lines += _hanging(indent, f"{source.label}, {source.outlet}, {source.published}", width)
    # An address cut in two is no address.
    where = source.url or source.path
    return [*lines, indent + where] if where else lines


def _numbers(notes: Iterable[Note]) -> str:
    return " ".join(f"[{note.number}]" for note in notes)


def _underlined(title: str, rule: str, width: int) -> list[str]:
    lines = _hanging("", title, width)
    return [*lines, rule * max(map(cell_len, lines))]


def _hanging(first: str, text: str, width: int) -> list[str]:
    lines = [line.plain for line in wrap(Text(text), width - len(first))] or [""]
    return [first + lines[0], *(" " * len(first) + line for line in lines[1:])]
