"""The dated lines of the page on one axis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.steps.render.page import Line, Page
from briefing.text.phrases import Phrases

_FARTHEST = timedelta(days=550)
"""What lies farther back stands at the left edge: the axis is for what is near."""

_MOST_TICKS = 7
_FEWEST = 3
"""Fewer dated lines are read faster than looked at."""

_NEAREST = 2.4
"""Percent of the axis under which two dots would touch; then one stands above the other."""

_EDGE = 3.0
"""Percent from the margin within which a centred name would be cut."""

_MARGIN = 3.0
"""Percent left free at either end, for half a dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A line's date on the axis."""

    line: Line
    at: float
    """Percent of the width."""

    row: int
    """0 is on the axis, 1 above it."""

    words: str
    is_ahead: bool
    """Planned or announced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A named day of the axis."""

    at: float
    words: str

    @property
    def anchor(self) -> str:
        """Which part of the words stands at the tick, so that none is cut at the edges."""
        if self.at < _MARGIN + _EDGE:
            return "start"
        return "end" if self.at > 100 - _MARGIN - _EDGE else "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Dots from the earliest to the latest, over ticks."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    rows: int
    today: float | None
    """Percent at which the as-of date stands, if it is within the axis."""


def timeline(page: Page) -> Timeline | None:
    """Return the dated lines of `page` on an axis, or None for fewer than three dates."""
    dated = sorted(
        (
            (line.days[0], position, line)
            for position, line in enumerate(line for block in page.blocks for line in block.lines)
            if line.days
        ),
        key=lambda one: (one[0], one[1]),
    )
    if len({days for days, _, _ in dated}) < _FEWEST:
        return None
    newest = max(*(last for (_, last), _, _ in dated), page.as_of or date.min)
    near = [first for (first, _), _, _ in dated if newest - first <= _FARTHEST]
    axis = _Axis(min(near), newest, page.phrases)
    dots: list[Dot] = []
    for (first, last), _, line in dated:
        at = axis.at(max(first, axis.first) + (last - max(first, axis.first)) / 2)
        row = 0
        while any(dot.row == row and abs(dot.at - at) < _NEAREST for dot in dots):
            row += 1
        dots.append(
            Dot(
                line=line,
                at=at,
                row=row,
                words=page.phrases.period(first, last),
                is_ahead=line.is_ahead,
            )
        )
    return Timeline(
        dots=tuple(dots),
        ticks=tuple(axis.ticks()),
        rows=1 + max(dot.row for dot in dots),
        today=axis.at(page.as_of) if page.as_of and page.as_of >= axis.first else None,
    )


class _Axis:
    """The days from `first` to `last` as percent of a width."""

    def __init__(self, first: date, last: date, phrases: Phrases) -> None:
        self.first = first
        self._phrases = phrases
        self._last = last
        self._days = max((last - first).days, 1)

    def at(self, day: date) -> float:
        share = min(max((day - self.first).days / self._days, 0.0), 1.0)
        return round(_MARGIN + share * (100 - 2 * _MARGIN), 2)

    def ticks(self) -> Iterator[Tick]:
        for days in (self._every_days(1), self._every_days(7), *map(self._months, (1, 3, 6, 12))):
            if len(days) <= _MOST_TICKS:
                yield from (Tick(at=self.at(day), words=self._named(day)) for day in days)
                return

    def _every_days(self, step: int) -> Sequence[date]:
        count = self._days // step + 1
        if count > _MOST_TICKS:
            return [self.first] * (_MOST_TICKS + 1)
        return [self.first + timedelta(days=step * number) for number in range(count)]

    def _months(self, step: int) -> Sequence[date]:
        month = self.first.year * 12 + self.first.month - 1
        firsts = (
            date(m // 12, m % 12 + 1, 1) for m in range(month, month + 12 * 60) if m % step == 0
        )
        found = []
        for day in firsts:
            if day > self._last:
                break
            if day >= self.first:
                found.append(day)
        return found

    def _named(self, day: date) -> str:
        is_short = self._days <= 7 * _MOST_TICKS
        return self._phrases.dated(day, "tick_day" if is_short else "tick_month")
