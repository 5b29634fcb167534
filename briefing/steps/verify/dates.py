"""Check 4: every date of the sentence is one that the source gives."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.dates import DateMention, Period, resolve


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """Dates agree, relative ones resolved against the day of the article they stand in.

    "In March" is borne out by "12 March", not the other way round. The day of the article itself
    counts where the cited words give no day of their own.
    """
    day_named = any(
        other.day or other.month or other.is_relative
        for piece in cited
        for other in piece.analysis.dates
    )
    for mention in claim.dates:
        if not any(_given(mention, piece, day_named=day_named) for piece in cited):
            return Check(name="dates", ok=False, detail=_detail(mention, cited))
    return Check(name="dates", ok=True)


def _given(mention: DateMention, piece: Cited, *, day_named: bool) -> bool:
    if mention.last_day is not None:
        ends = (
            replace(mention, last_day=None),
            replace(mention, day=mention.last_day, last_day=None),
        )
        return all(_given(end, piece, day_named=day_named) for end in ends)
    there = [*piece.analysis.dates, *piece.headline.dates]
    if any(same_date(mention, other, piece.published) for other in there):
        return True
    if piece.published is None or day_named or (mention.day is None and mention.weekday is None):
        return False
    on = Period(piece.published, piece.published)
    return any(period.holds(on) for period in resolve(mention, piece.published))


def same_date(mention: DateMention, other: DateMention, on: date | None) -> bool:
    """Whether a claim's `mention` is borne out by `other` of an article of the day `on`."""
    if mention.weekday is not None and other.weekday is not None:
        return mention.weekday == other.weekday
    if mention.offset is not None and mention.offset == other.offset:
        return True
    if mention.weekday is not None:
        return any(_falls_on(period, mention.weekday) for period in resolve(other, on))
    given = [end for period in resolve(other, on) for end in _ends(period, other)]
    return any(period.holds(there) for period in resolve(mention, on) for there in given)


def _ends(period: Period, mention: DateMention) -> tuple[Period, ...]:
    """Return both ends of a range of days apart: each is a date that the text gives."""
    if mention.last_day is None:
        return (period,)
    return Period(period.first, period.first), Period(period.last, period.last)


def _falls_on(period: Period, weekday: int) -> bool:
    return period.first == period.last and period.first.weekday() == weekday


def _detail(mention: DateMention, cited: Sequence[Cited]) -> str:
    there = [other.text for piece in cited for other in piece.analysis.dates]
    if there:
        return f"says {mention.text!r}; the source says {there[0]!r}"
    return f"the source does not give the date {mention.text!r}"
