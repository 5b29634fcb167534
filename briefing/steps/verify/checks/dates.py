"""Every date of the sentence is one that the source gives."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.data.briefing import Check
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.dates import DateMention, Period, resolve, same_date
from briefing.text.dates import dates as dates_in
from briefing.text.relative_dates import last_days, relative_days

_OF_THE_ARTICLE = re.compile(
    r"\b(?:report|article|newspaper|paper|statement|release|wire|story|dispatch|wrote|reported)\b"
    r"[^.;,]{0,40}\b(?:of|dated|on|from)\s+$",
    re.IGNORECASE,
)
"""What stands before a date that is the article's own: "a report of 1 April"."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Dates agree, relative ones resolved against the day of the article they stand in.

    "In March" is borne out by "12 March", not the other way round. The day of the article itself
    counts for what the claim calls a report of that day; else it is weighed, where the cited words
    give no day.
    """
    weighed: Fault | None = None
    for mention in claim.dates:
        own = bool(_OF_THE_ARTICLE.search(claim.text[: mention.span.start]))
        if any(_given(mention, piece, own=own) for piece in cited):
            continue
        if not any(_days(piece) for piece in cited) and any(
            _given(mention, piece, own=True) for piece in cited
        ):
            weighed = weighed or replace(_missing(mention, cited), refuses=False)
            continue
        return _missing(mention, cited)
    return weighed


def tells_another_day(check: Check) -> bool:
    """Whether a result sets a date against one of the same form: a Tuesday against a Wednesday."""
    if check.code is not Reason.DATE_DIFFERS or check.words is None or not check.against:
        return False
    pairs = zip(dates_in(check.words.text), dates_in(check.against[0].quote), strict=False)
    return any(_alike(mine, other) for mine, other in pairs)


def as_dated(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return the claim with each date in the words of the cited piece that gives it.

    What the day of an article makes of "Thursday" is worked out here, and a model that reads only
    the words cannot know it.
    """
    text = claim.text
    for mention in reversed(claim.dates):
        found = [
            other.text
            for piece in cited
            for other in piece.analysis.dates
            if same_date(mention, other, piece.published)
        ]
        if found and mention.text not in found:
            text = text[: mention.span.start] + found[0] + text[mention.span.end :]
    return text


def _days(piece: Cited) -> bool:
    """Whether the cited words name a day or month of their own."""
    return any(other.day or other.month or other.is_relative for other in piece.analysis.dates)


def _given(mention: DateMention, piece: Cited, *, own: bool) -> bool:
    there = [*piece.analysis.dates, *piece.headline.dates]
    if mention.day is not None and mention.last_day is not None:
        if mention.last_day <= mention.day:
            # "7-7 April" are no days in a row, whatever the source says of the 7th.
            return any(replace(mention, span=one.span, text=one.text) == one for one in there)
        ends = (
            replace(mention, last_day=None),
            replace(mention, day=mention.last_day, last_day=None),
        )
        return _given(ends[0], piece, own=own) and (
            _given(ends[1], piece, own=own)
            or _holds(ends[1], last_days(piece.analysis, piece.published), piece)
        )
    if any(same_date(mention, other, piece.published) for other in there):
        return True
    if _holds(mention, relative_days(piece.analysis, piece.published), piece):
        return True
    undated = mention.day is None and mention.weekday is None
    if piece.published is None or not own or undated:
        return False
    on = Period(piece.published, piece.published)
    return any(period.holds(on) for period in resolve(mention, piece.published))


def _holds(mention: DateMention, periods: Iterable[Period], piece: Cited) -> bool:
    meant = resolve(mention, piece.published)
    return any(one.holds(other) for other in periods for one in meant)


def _missing(mention: DateMention, cited: Sequence[Cited]) -> Fault:
    rivals = [(other, piece) for piece in cited for other in piece.analysis.dates]
    if not rivals:
        return Fault(
            code=Reason.DATE_MISSING,
            detail=f"the source does not give the date {mention.text!r}",
            words=mention.span,
        )
    other, piece = next((one for one in rivals if _alike(mention, one[0])), rivals[0])
    return differs(Reason.DATE_DIFFERS, mention.text, mention.span, piece, other.span)


def _alike(mention: DateMention, other: DateMention) -> bool:
    """Whether two dates are of one form, so that one is likely meant for the other."""
    return (mention.day is None, mention.weekday is None, mention.offset is None) == (
        other.day is None,
        other.weekday is None,
        other.offset is None,
    )
