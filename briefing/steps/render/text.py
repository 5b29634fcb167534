"""The briefing as plain text for pipes and mail: no control codes, evidence at the end."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text

from briefing.steps.render.lines import NARROWEST, fill, wrap
from briefing.steps.render.page import Difference, Gap, Line, Note, Page, Source
from briefing.text.phrases import Phrases


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
    say = page.phrases.say
    lines = [*_underlined(page.title, "=", width)]
    for part in fill(page.opening, say("mark.semicolon"), width):
        lines += _hanging("", part, width)
    if page.focus:
        lines += _hanging("", say("opening.focus", focus=page.focus), width)
    return lines


def _blocks(page: Page, width: int) -> Iterable[tuple[str, Iterable[list[str]]]]:
    words = page.phrases
    say = words.say
    yield (
        say("heading.check_first"),
        (_difference(warning, words, width) for warning in page.warnings),
    )
    for block in page.blocks:
        yield block.title, (_hanging("- ", _marked(line, words), width) for line in block.lines)
    yield say("heading.not_in_sources"), (_gap(gap, width) for gap in page.gaps)
    yield say("heading.resolved"), (_difference(one, words, width) for one in page.resolved)
    yield say("heading.sources"), (_source(source, words, width) for source in page.sources)
    yield say("heading.shared"), (_hanging("- ", line, width) for line in page.shared)
    yield say("heading.left_out"), (_hanging("- ", line, width) for line in page.left_out)
    yield say("heading.notes"), (_note(note, words, width) for note in page.notes)


def _marked(line: Line, phrases: Phrases) -> str:
    flags = [
        *([phrases.say("mark.one_origin")] if line.one_origin else []),
        *line.open,
        *line.resolved,
    ]
    marks = _numbers(line.notes) or f"[{phrases.say('mark.no_source')}]"
    label = f"{line.label}{phrases.say('mark.colon')}" if line.label else ""
    return f"{label}{line.words} {marks}" + (
        f" ({phrases.say('mark.comma').join(flags)})" if flags else ""
    )


def _gap(gap: Gap, width: int) -> list[str]:
    return _hanging("- ", " ".join(filter(None, (gap.text, _numbers(gap.notes)))), width)


def _difference(difference: Difference, phrases: Phrases, width: int) -> list[str]:
    words = f"{difference.kind}{phrases.say('mark.colon')}{difference.wording}"
    lines = _hanging(f"{difference.label:<3} ", words, width)
    for side in difference.sides:
        lines += _hanging("    - ", f"{side.label} {_numbers(side.notes)}".rstrip(), width)
    return lines


def _source(source: Source, phrases: Phrases, width: int) -> list[str]:
    name = phrases.say("mark.comma").join((source.outlet, source.published))
    what = source.title or source.path or source.url
    first = f"{source.label:<3} "
    lines = _hanging(first, f"{name}{phrases.say('mark.colon')}{what}" if what else name, width)
    if source.damage:
        lines += _hanging(
            " " * len(first), phrases.say("source.damage", damage=source.damage), width
        )
    return lines


def _note(note: Note, phrases: Phrases, width: int) -> list[str]:
    first = f"[{note.number}] "
    source = note.source
    lines = _hanging(first, note.quote, width)
    indent = " " * len(first)
    named = phrases.say("mark.comma").join((source.label, source.outlet, source.published))
    lines += _hanging(indent, named, width)
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
