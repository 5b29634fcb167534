"""The briefing as Markdown with footnotes, in which words from outside stay words."""

from collections.abc import Iterable, Iterator

from briefing.steps.render.page import Difference, Line, Note, Page, Source
from briefing.text.markdown import code, escaped
from briefing.text.phrases import Phrases


def to_markdown(page: Page) -> str:
    """Return `page` in CommonMark with footnotes, each paragraph and list item on one line."""
    words = page.phrases
    say = words.say
    parts = [f"# {escaped(page.title)}", escaped(say("mark.semicolon").join(page.opening))]
    if page.focus:
        parts.append(say("opening.focus", focus=escaped(page.focus)))
    if page.warnings:
        warning = [
            f"**{say('heading.check_first')}**",
            "",
            *_differences(page.warnings, page.phrases, sign="⚠"),
        ]
        parts.append("\n".join(f"> {line}".rstrip() for line in warning))
    parts += [
        *(
            _block(escaped(block.title), (_sentence(line, words) for line in block.lines))
            for block in page.blocks
        ),
        _legend(page),
        _block(
            say("heading.not_in_sources"),
            (f"- {escaped(gap.text)}{_references(gap.notes)}" for gap in page.gaps),
        ),
        _block(say("heading.resolved"), _differences(page.resolved, page.phrases)),
        _block(say("heading.sources"), (_source(source, words) for source in page.sources)),
        _block(say("heading.shared"), (f"- {escaped(line)}" for line in page.shared)),
        _block(say("heading.left_out"), (f"- {escaped(line)}" for line in page.left_out)),
        *(_note(note, words) for note in page.notes),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _sentence(line: Line, phrases: Phrases) -> str:
    marks = ["‡"] if line.one_origin else []
    marks += [f"⚠{label}" for label in line.open]
    marks += line.resolved
    notes = _references(line.notes) or rf" \[{phrases.say('mark.no_source')}\]"
    label = f"**{escaped(line.label)}**{phrases.say('mark.colon')}" if line.label else ""
    return " ".join([f"- {label}{escaped(line.words)}{notes}", *marks])


def _differences(
    differences: Iterable[Difference], phrases: Phrases, *, sign: str = ""
) -> Iterator[str]:
    colon = phrases.say("mark.colon")
    for one in differences:
        yield f"- **{sign}{one.label}** {escaped(one.kind)}{colon}{escaped(one.wording)}"
        for side in one.sides:
            yield f"  - {escaped(side.label)}{_references(side.notes)}"


def _legend(page: Page) -> str:
    say = page.phrases.say
    lines = [line for block in page.blocks for line in block.lines]
    meanings = [
        *([f"‡ {say('mark.legend_one_origin')}"] if any(one.one_origin for one in lines) else []),
        *([f"⚠ {say('mark.legend_open')}"] if any(one.open for one in lines) else []),
    ]
    return say("mark.semicolon").join(meanings)


def _source(source: Source, phrases: Phrases) -> str:
    title = f"{phrases.say('mark.colon')}{escaped(source.title)}" if source.title else ""
    damage = f"; {phrases.say('source.damage', damage=escaped(source.damage))}"
    named = f"- **{source.label}** {_named(source, phrases)}{title}{_where(source, phrases)}"
    return named + (damage if source.damage else "")


def _note(note: Note, phrases: Phrases) -> str:
    source = note.source
    return (
        f"[^{note.number}]: {escaped(note.quote)} {source.label}{phrases.say('mark.comma')}"
        f"{_named(source, phrases)}{_where(source, phrases)}"
    )


def _named(source: Source, phrases: Phrases) -> str:
    return phrases.say("mark.comma").join((escaped(source.outlet), source.published))


def _where(source: Source, phrases: Phrases) -> str:
    """Return the address: a link for a page on the web, code for all else."""
    if source.link:
        return f" {phrases.isolate(f'<{source.link}>')}"
    where = source.url or source.path
    return f" {phrases.isolate(code(where))}" if where else ""


def _references(notes: Iterable[Note]) -> str:
    return " ".join(f"[^{note.number}]" for note in notes)
