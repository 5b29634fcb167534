"""The briefing for a terminal: sentences on the left, what stands behind them on the right."""

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from briefing.steps.render.lines import NARROWEST, fill, wrap
from briefing.steps.render.page import Difference, Gap, Line, Page, Source
from briefing.text.phrases import Phrases

_INDENT = "  "
_ITEM = "  - "
_BAR = "│"
_GAP = 2
_MARGIN = 18
"""Holds "[S2] one origin D1" on one line."""

_NARROW_MARGIN = 10
"""Holds "one origin"."""

_MARKS_BESIDE_FROM = 60


def to_terminal(page: Page, *, width: int, colour: bool) -> str:
    """Return `page` in `width` columns, or `NARROWEST`; escape sequences only with `colour`."""
    return _printed(_Sheet(max(width, NARROWEST), page.phrases).lines(page), colour=colour)


class _Sheet:
    """Lines of one width."""

    def __init__(self, width: int, phrases: Phrases) -> None:
        self._width = width
        self._say = phrases.say
        self._margin = _MARGIN if width >= _MARKS_BESIDE_FROM else _NARROW_MARGIN

    def lines(self, page: Page) -> list[Text]:
        say = self._say
        lines = wrap(Text(page.title, "bold"), self._width)
        for part in fill(page.opening, self._say("mark.semicolon"), self._width):
            lines += wrap(Text(part), self._width)
        if page.focus:
            lines += wrap(Text(self._say("opening.focus", focus=page.focus)), self._width)
        lines += self._warnings(page.warnings)
        for title, entries in (
            *((block.title, map(self._sentence, block.lines)) for block in page.blocks),
            (say("heading.not_in_sources"), map(self._gap, page.gaps)),
            (say("heading.resolved"), map(self._difference, page.resolved)),
            (say("heading.sources"), self._sources(page.sources)),
            (say("heading.shared"), (self._row(_ITEM, Text(line)) for line in page.shared)),
            (say("heading.left_out"), (self._row(_ITEM, Text(line)) for line in page.left_out)),
        ):
            rows = [row for entry in entries for row in entry]
            if rows:
                lines += [Text(), *wrap(Text(title, "bold"), self._width), *rows]
        return lines

    def _warnings(self, warnings: Sequence[Difference]) -> list[Text]:
        if not warnings:
            return []
        rows = self._row(_INDENT, Text(self._say("heading.check_first"), "bold yellow"))
        for warning in warnings:
            rows += self._difference(warning)
        return [Text(), *(Text.assemble((_BAR, "yellow"), row[len(_BAR) :]) for row in rows)]

    def _sentence(self, line: Line) -> list[Text]:
        body = Text.assemble((line.caution, "bold red"), line.remark, line.text)
        if line.label:
            body = Text.assemble((line.label, "bold"), self._say("mark.colon"), body)
        flags = [self._say("mark.one_origin")] if line.one_origin else []
        nothing = [f"[{self._say('mark.no_source')}]"]
        return self._row(
            _ITEM,
            body,
            [*(_bracketed(line.sources) or nothing), *flags, *line.open, *line.resolved],
        )

    def _gap(self, gap: Gap) -> list[Text]:
        return self._row(_ITEM, Text(gap.text), _bracketed(gap.sources))

    def _difference(self, difference: Difference) -> list[Text]:
        first = f"{_INDENT}{difference.label:<3} "
        rows = self._row(
            first, Text(f"{difference.kind}{self._say('mark.colon')}{difference.wording}")
        )
        for side in difference.sides:
            words = [side.label, *(note.quote for note in side.notes[:1])]
            rows += self._row(
                " " * len(first),
                Text(self._say("mark.colon").join(words)),
                _bracketed(side.sources),
            )
        return rows

    def _sources(self, sources: Sequence[Source]) -> Iterable[list[Text]]:
        for source in sources:
            what = source.title or source.path or source.url
            name = self._say("mark.comma").join((source.outlet, source.published))
            body = Text(f"{name}{self._say('mark.colon')}{what}" if what else name)
            if source.damage:
                damage = self._say("source.damage", damage=source.damage)
                body.append(f"{self._say('mark.semicolon')}{damage}")
            yield self._row(f"{_INDENT}{source.label:<3} ", body)

    def _row(self, first: str, body: Text, marks: Sequence[str] = ()) -> list[Text]:
        """Return `body` wrapped, with `first` hanging at its left and `marks` at the right edge."""
        left = cell_len(first)
        margin = self._margin if marks else 0
        lines = wrap(body, self._width - left - (margin + _GAP if marks else 0)) or [Text()]
        notes = fill(marks, " ", margin)
        rows = []
        for at in range(max(len(lines), len(notes))):
            row = Text(first if at == 0 else " " * left)
            if at < len(lines):
                row.append_text(lines[at])
            if at < len(notes):
                row.append(" " * (self._width - row.cell_len - cell_len(notes[at])))
                row.append_text(_styled(notes[at]))
            row.rstrip()
            rows.append(row)
        return rows


def _bracketed(labels: Sequence[str]) -> list[str]:
    """Return the labels as parts that read `[S1 S2]` when set side by side."""
    return f"[{' '.join(labels)}]".split(" ") if labels else []


def _styled(marks: str) -> Text:
    text = Text(marks, "dim")
    text.highlight_regex(r"\bD(\d+|\?)", "not dim yellow")
    return text


def _printed(lines: Iterable[Text], *, colour: bool) -> str:
    """Return `lines` as Rich prints them where nothing is asked of the environment."""
    paper = StringIO()
    console = Console(
        file=paper,
        # Both sizes are given, or Rich would ask the terminal and `TERM`.
        width=NARROWEST,
        height=25,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    for line in lines:
        console.print(line, soft_wrap=True)
    return paper.getvalue()
