"""Dates as texts name them, and what they mean on the day of the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from briefing.data.article import Span
from briefing.text.kept import kept

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH_NAMES = (
    "January February March April May June July August September October November December".split()
)
_WEEKDAYS = {
    name: number
    for number, name in enumerate(
        "monday tuesday wednesday thursday friday saturday sunday".split()
    )
}
_COUNTS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"a": 1, "an": 1}

_MONTH = r"(?P<{0}>(?=[adfjmnos])(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b)"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<{0}>(?:1[89]|20|21)\d\d)\b"
_COUNTED = "(?:people|troops|soldiers|percent|hundred|thousand|million|billion|trillion|km|tonnes)"
_RANGE = r"(?:\s?(?:-|–|to|and)\s?(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?\b)?"

_IN_DIGITS = (
    r"(?P<iso_year>(?:1[89]|20|21)\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)\b",
    rf"{_DAY.format('d1')}{_RANGE.format('d1b')}(?:\s+of)?\s+{_MONTH.format('m1')}(?:[.,]?,?\s+{_YEAR.format('y1')})?",
    rf"(?<![$€£¥\d.,-])(?<![$€£¥] ){_YEAR.format('y4')}(?![.,]?\d|\s*(?:[%-]|{_COUNTED}\b))",
)
_IN_LETTERS = (
    rf"{_MONTH.format('m2')}\.?\s+{_DAY.format('d2')}{_RANGE.format('d2b')}(?:,?\s+{_YEAR.format('y2')})?",
    rf"{_MONTH.format('m3')}[.,]?\s+(?:of\s+)?{_YEAR.format('y3')}",
    r"(?P<weekday>" + "|".join(_WEEKDAYS) + r")\b",
    r"(?P<near>today|tonight|tomorrow|yesterday)\b",
    r"(?P<which>last|this|next|previous|prior|coming)\s+(?P<unit>week|month|year)\b",
)
_IN_EITHER = (
    r"(?:(?:nearly|about|almost|some|over)\s+)?(?P<count>\d{1,3}|"
    + "|".join(_COUNTS)
    + r")\s+(?P<ago_unit>day|week|month|year)s?\s+ago\b",
    r"(?:in|last|this|next|of|since|until|by|during|early|late|mid|from)[\s-]"
    + _MONTH.format("m5")
    + r"(?!\s+\d)",
)
# At a letter no pattern of digits is tried, nor the other way round, and none inside a word or a
# number: "2,000 years ago".
_DATE = re.compile(
    rf"\b(?=\w)(?<!\d,)(?:(?=\d)(?:{'|'.join(_IN_DIGITS)})|(?!\d)(?:{'|'.join(_IN_LETTERS)})"
    rf"|{'|'.join(_IN_EITHER)})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text names it: the parts it gives, none filled in."""

    span: Span
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    """The end of a range such as "6-7 April"."""

    weekday: int | None = None
    """0 is Monday."""

    offset: tuple[int, str] | None = None
    """(-1, "month") for "last month"; (0, "day") for "today"."""

    @property
    def is_relative(self) -> bool:
        """Whether it needs the day of the article to mean anything."""
        return self.offset is not None or self.weekday is not None


class Extent(Enum):
    """What some days in a row are."""

    DAY = auto()
    MONTH = auto()
    YEAR = auto()
    WITHIN_MONTH = auto()
    LONGER = auto()


@dataclass(frozen=True, slots=True)
class Period:
    """The days, both ends included, that a mention may mean."""

    first: date
    last: date

    def holds(self, other: "Period") -> bool:
        """Whether `other` lies wholly inside."""
        return self.first <= other.first and other.last <= self.last


@kept
def dates(text: str) -> tuple[DateMention, ...]:
    """Return the dates that `text` names, in order, none overlapping."""
    return tuple(mention for found in _DATE.finditer(text) if (mention := _read(found)) is not None)


def _read(found: re.Match[str]) -> DateMention | None:
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    span = Span(*found.span())
    if "weekday" in parts:
        return DateMention(span, found[0], weekday=_WEEKDAYS[parts["weekday"].lower()])
    offset = _offset(parts)
    if offset is not None:
        return DateMention(span, found[0], offset=offset)
    if "m5" in parts and parts["m5"].lower() == "may" and not parts["m5"].istitle():
        return None
    numbered = {
        name.removeprefix("iso_")[0]: value
        for name, value in parts.items()
        if not name.endswith("b")
    }
    day = int(numbered["d"]) if "d" in numbered else None
    month = _month(numbered.get("m"))
    last_day = next((int(value) for name, value in parts.items() if name.endswith("b")), None)
    if (day is not None and not 1 <= day <= 31) or (month is not None and not 1 <= month <= 12):
        return None
    year = int(numbered["y"]) if "y" in numbered else None
    return DateMention(span, found[0], year=year, month=month, day=day, last_day=last_day)


def _month(name: str | None) -> int | None:
    if name is None:
        return None
    return int(name) if name.isdigit() else _MONTHS[name.lower().rstrip(".")]


def _offset(parts: dict[str, str]) -> tuple[int, str] | None:
    if "near" in parts:
        near = {"yesterday": -1, "tomorrow": 1}
        return near.get(parts["near"].lower(), 0), "day"
    if "which" in parts:
        which = {"last": -1, "previous": -1, "prior": -1, "this": 0, "next": 1, "coming": 1}
        return which[parts["which"].lower()], parts["unit"].lower()
    if "count" in parts:
        count = parts["count"].lower()
        number = int(count) if count.isdigit() else _COUNTS[count]
        return -number, parts["ago_unit"].lower()
    return None


def resolve(mention: DateMention, on: date | None) -> tuple[Period, ...]:
    """Return the periods that `mention` may mean in an article of the day `on`.

    A weekday may be the one before or the one after `on`; a day and month without a year are the
    nearest to `on`. Empty where the mention cannot be resolved or is no real date.
    """
    if mention.offset is not None:
        return _shifted(mention.offset, on) if on else ()
    if mention.weekday is not None:
        return tuple(_weekdays(mention.weekday, on)) if on else ()
    if mention.year is None:
        return tuple(_yearless(mention, on)) if on else ()
    return tuple(_periods(mention, mention.year))


def _periods(mention: DateMention, year: int) -> Iterator[Period]:
    try:
        if mention.month is None:
            yield Period(date(year, 1, 1), date(year, 12, 31))
        elif mention.day is None:
            first = date(year, mention.month, 1)
            yield Period(first, _month_end(first))
        else:
            first = date(year, mention.month, mention.day)
            last = date(year, mention.month, mention.last_day or mention.day)
            if last >= first:
                yield Period(first, last)
    except ValueError:
        return


def _yearless(mention: DateMention, on: date) -> Iterator[Period]:
    candidates = [
        period for year in (on.year - 1, on.year, on.year + 1) for period in _periods(mention, year)
    ]
    if candidates:
        yield min(candidates, key=lambda period: abs((period.first - on).days))


def _weekdays(weekday: int, on: date) -> Iterator[Period]:
    back = (on.weekday() - weekday) % 7
    for day in sorted({on - timedelta(days=back), on + timedelta(days=(7 - back) % 7)}):
        yield Period(day, day)


def _shifted(offset: tuple[int, str], on: date) -> tuple[Period, ...]:
    count, unit = offset
    if unit == "day":
        day = on + timedelta(days=count)
        return (Period(day, day),)
    if unit == "week":
        monday = on - timedelta(days=on.weekday()) + timedelta(weeks=count)
        return (Period(monday, monday + timedelta(days=6)),)
    if unit == "month":
        months = on.year * 12 + on.month - 1 + count
        first = date(months // 12, months % 12 + 1, 1)
        return (Period(first, _month_end(first)),)
    return (Period(date(on.year + count, 1, 1), date(on.year + count, 12, 31)),)


def _month_end(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following - timedelta(days=1)


def in_words(day: date) -> str:
    """Return `day` as `6 April 2031`, the same in every locale."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def extent(first: date, last: date) -> Extent:
    """Return what the days from `first` to `last` are a name for."""
    if first == last:
        return Extent.DAY
    is_whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if is_whole and (first.month, last.month) == (1, 12) and first.year == last.year:
        return Extent.YEAR
    if (first.year, first.month) == (last.year, last.month):
        return Extent.MONTH if is_whole else Extent.WITHIN_MONTH
    return Extent.LONGER


def period_in_words(first: date, last: date) -> str:
    """Return the days from `first` to `last` as `6–7 April 2031`, `April 2031` or `2031`."""
    match extent(first, last):
        case Extent.DAY:
            return in_words(first)
        case Extent.MONTH:
            return f"{MONTH_NAMES[first.month - 1]} {first.year}"
        case Extent.YEAR:
            return str(first.year)
        case Extent.WITHIN_MONTH:
            return f"{first.day}–{in_words(last)}"
        case Extent.LONGER:
            return f"{in_words(first)} – {in_words(last)}"


def same_date(mention: DateMention, other: DateMention, on: date | None) -> bool:
    """Whether a claim's `mention` is borne out by `other` of an article of the day `on`."""
    if mention.weekday is not None and other.weekday is not None:
        return mention.weekday == other.weekday
    if mention.offset is not None and mention.offset == other.offset:
        return True
    if _parts(mention) == _parts(other) and any(_parts(mention)):
        return True
    if mention.weekday is not None:
        return any(_falls_on(period, mention.weekday) for period in resolve(other, on))
    given = [end for period in resolve(other, on) for end in _ends(period, other)]
    return any(period.holds(there) for period in resolve(mention, on) for there in given)


def _parts(mention: DateMention) -> tuple[int | None, ...]:
    return mention.year, mention.month, mention.day


def _ends(period: Period, mention: DateMention) -> tuple[Period, ...]:
    """Return both ends of a range of days apart: each is a date that the text gives."""
    if mention.last_day is None:
        return (period,)
    return Period(period.first, period.first), Period(period.last, period.last)


def _falls_on(period: Period, weekday: int) -> bool:
    return period.first == period.last and period.first.weekday() == weekday
