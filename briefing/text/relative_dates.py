"""The days that a text tells in words which are no date by themselves."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from briefing.data.article import Span
from briefing.text.analysis import Analysis
from briefing.text.dates import DateMention, Period, resolve

_OF_NOW = re.compile(
    r"\b(?:end|rest|remainder|start|beginning|middle|half|close|later|earlier|course)"
    r"\s+(?:of|in)\s+the\s+(?P<unit>month|year)\b",
    re.IGNORECASE,
)
"""A part of the month or year in which the article stands: "before the end of the month"."""

_NIGHT = re.compile(r"\b(?:last night|overnight)\b", re.IGNORECASE)
_APART = re.compile(
    r"\b(?:(?P<one>an?|one|two|three|four|five)\s+days?|the)\s+(?:day\s+)?"
    r"(?P<way>earlier|before|later|after|previous|next|following)\b(?:\s+day\b)?",
    re.IGNORECASE,
)
"""A day told by another one: "on Friday … and the next day"."""

_BESIDE = re.compile(r"(?P<which>last|next)\s+[A-Z]", re.IGNORECASE)
_DAYS = {
    word: number
    for number, word in enumerate("two three four five six seven eight nine ten".split(), start=2)
}
_LASTS = re.compile(
    rf"\b(?P<count>{'|'.join(_DAYS)}|[2-9])-day\s+(?:\w+\s+){{0,2}}?(?:visit|trip|tour|summit|meeting"
    r"|conference|talks|strike|walkout|stay|stop|session|festival|exercise|exercises|forum)\b",
    re.IGNORECASE,
)
"""How many days something takes that begins on a day: "on Tuesday on a two-day visit"."""

_FROM_ANOTHER = re.compile(
    r",?\s+(?P<how>(?:a|one|two|three|four|five|six)\s+days?\s+(?:after|before))\b",
    re.IGNORECASE,
)
"""Behind a date, how many days it lies from another day: "on Tuesday, a day after the vote"."""


def relative_days(analysis: Analysis, on: date | None) -> Iterator[Period]:
    """Yield the days that a text of the day `on` gives, beside the dates that it names."""
    if on is None:
        return
    for found in _OF_NOW.finditer(analysis.text):
        span = Span(*found.span())
        yield from resolve(DateMention(span, found[0], offset=(0, found["unit"].lower())), on)
    for mention in analysis.dates:
        yield from _next_or_last(mention, on)
    if _NIGHT.search(analysis.text):
        yield Period(on - timedelta(days=1), on - timedelta(days=1))
    yield from _apart(analysis, on)


def _apart(analysis: Analysis, on: date) -> Iterator[Period]:
    """Yield the days that lie before or after those that a text names, by its own words."""
    for found in _APART.finditer(analysis.text):
        if found["one"] is None and "day" not in found[0].lower():
            continue
        count = _DAYS.get((found["one"] or "a").lower(), 1)
        way = found["way"].lower()
        if way in ("earlier", "before", "previous"):
            count = -count
        for mention in analysis.dates:
            is_behind = way in ("before", "after") and mention.span.end <= found.start()
            for day in resolve(mention, on):
                if day.first == day.last:
                    # "On Friday, a day after the vote": the vote was the day before.
                    other = day.first + timedelta(days=-count if is_behind else count)
                    yield Period(other, other)


def last_days(analysis: Analysis, on: date | None) -> Iterator[Period]:
    """Yield the last day of what begins on a day that a text gives, and takes so many days."""
    lasts = _LASTS.search(analysis.text)
    if lasts is not None and on is not None:
        count = lasts["count"].lower()
        days = int(count) if count.isdigit() else _DAYS[count]
        for mention in analysis.dates:
            for first in resolve(mention, on):
                if first.first == first.last and _is_start(mention, lasts, analysis):
                    last = first.first + timedelta(days=days - 1)
                    yield Period(last, last)


def _is_start(mention: DateMention, lasts: re.Match[str], analysis: Analysis) -> bool:
    """Whether something lasting days begins on a date: no other date stands nearer to it."""
    nearest = min(analysis.dates, key=lambda one: _distance(one.span, lasts))
    return nearest == mention


def _distance(span: Span, lasts: re.Match[str]) -> int:
    return max(span.start - lasts.end(), lasts.start() - span.end)


def _next_or_last(mention: DateMention, on: date) -> Iterator[Period]:
    """Yield the month of "next June", the first after the article's, or of "last June"."""
    which = _BESIDE.match(mention.text)
    if which is None or mention.month is None or mention.year is not None:
        return
    is_next = which["which"].lower() == "next"
    year = on.year
    if is_next and mention.month <= on.month:
        year += 1
    if not is_next and mention.month >= on.month:
        year -= 1
    yield from resolve(replace(mention, year=year), on)


def days_apart(analysis: Analysis) -> Iterator[tuple[DateMention, Span]]:
    """Yield each date that something is told to be days before or after, with those words.

    "On Tuesday, a day after the vote": Tuesday, with "a day after".
    """
    for mention in analysis.dates:
        found = _FROM_ANOTHER.match(analysis.text, mention.span.end)
        if found:
            yield mention, Span(*found.span("how"))
