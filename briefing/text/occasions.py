"""When a sentence says that something happens, and whether it has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.data.briefing import Stage
from briefing.text.dates import DateMention, Period, dates, resolve

_AHEAD = re.compile(
    r"\b(?=[a-z])(?:will|shall|scheduled|(?:is|are|was|were) due|(?:is|are) expected"
    r"|set to|expected to|plans? to|planned for|intends? to|is to|are to|to be \w+ed"
    r"|to be held)\b|['’]ll\b",
    re.IGNORECASE,
)
_WAS_DUE = re.compile(r"\b(?:was|were) due\b", re.IGNORECASE)
_GOING_ON = re.compile(
    r"\b(?:is|are)\s+(?:now\s+|currently\s+|still\s+)?(?!going\b|planning\b|considering\b)\w{2,}ing\b"
    r"|\bunder way\b|\bongoing\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?=[a-z])(?:was|were|had|has|have|did|took|met|held|left|came|went|gave|made|spoke|led|began|sent"
    r"|flew|paid|signed|died|sued|fled|won|lost|rose|fell|broke|withdrew|struck|drew|grew|threw"
    r"|built|bought|brought|caught|fought|(?!need|indeed|exceed|proceed|succeed|speed|feed|seed)[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:not|never|no longer|n['’]t|would|could|(?-i:may)|might|should|if|whether|hop(?:e|es|ed)"
    r"|wants?|wanted|propos\w+|request\w+|cancel\w+|postpone\w+|unless)\b",
    re.IGNORECASE,
)
_MIGHT = re.compile(
    r"\b(?:would|should|could|might|(?-i:may)|hop(?:e|es|ed|ing)(?! to\b))\b", re.IGNORECASE
)
_ASIDE = re.compile(
    r",\s+(?:who|which|whose|where|whom|(?:headed|led|chaired|owned|run|built|made|signed|founded"
    r"|commanded|accompanied|backed|ordered|organised|organized|joined|described|known)"
    r"\s+(?:by|as|in|with))\b[^,]*,"
)
_CLAUSE = re.compile(r",\s+(?:who|which|whose|where|whom)\b[^,]*(?:,\s+(?=\d{4}\b)[^,]*)?(?:,|$)")
"""What is told by the way, to its comma or to the end of the sentence."""

_FOR = re.compile(r"\bfor (?:early |late |the )?$", re.IGNORECASE)
"""What is announced, planned or called "for Tuesday" is still to come."""

_SAYING = re.compile(
    r"\b(?=[a-z])(?:replied|called(?! off\b| on\b)|described|argued|added|noted|stressed|explained"
    r"|insisted|claimed|complained|maintained|remarked|stated|commented|acknowledged|admitted"
    r"|predicted|believed|underlined)\b",
    re.IGNORECASE,
)
"""Verbs that end as deeds do, of which nothing is done."""

_SAID_ON = re.compile(
    r"\b(?:said|says|told|tweeted|wrote|added|announced|stated|quoted|report(?:ed|ers)|statement)\b"
    r"(?:\s+\w+){0,4}\s*$",
    re.IGNORECASE,
)

_TELLING = re.compile(
    rf"{_SAYING.pattern}|\b(?:said|says|say|told|tells|warned|denied|suggested|thinks?|thought|wrote"
    r"|called(?! off\b| on\b)|praised|critici[sz]ed|accused|blamed)\b",
    re.IGNORECASE,
)

_EDGE = re.compile(
    r"\bsince\s+(?:\w+\s+){2,5}(?:in|on)\s+$"
    r"|\b(?:since|until|till|before|after|by|from)\s+(?:the\s+)?(?:(?:year|(?:end|beginning|middle)(?:\s+of)?)\s+)?$",
    re.IGNORECASE,
)
"""What stands before a date at which nothing of it happened."""

_WITHIN_VERB = 24
"""Characters in which "will be received" is one verb, not a plan and then a deed."""

_NEAR = 1_000
"""Characters before and behind a date in which its verb is looked for: more than a sentence has."""

_FARTHEST_AHEAD = timedelta(days=5)
"""A weekday is seldom used for a day that is farther ahead."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A date that a sentence gives to what it tells, worked out."""

    mention: DateMention
    period: Period
    is_ahead: bool
    """The nearest verb before it looks ahead."""

    is_aside: bool = False
    """It stands in a clause that tells what was, by the way: ", who took office in May,"."""

    @property
    def is_worked_out(self) -> bool:
        """Whether the words alone do not name the days: "Tuesday", "last month", "6 April"."""
        return self.mention.is_relative or self.mention.year is None


def occasions(text: str, on: date | None) -> tuple[Occasion, ...]:
    """Return the dates that `text` gives to what it tells, in order.

    A weekday is the nearest one in the direction of the verb before it, and none where that verb
    is a "would" or a "should". Left out are the day on which somebody said it, one that only
    bounds it ("since 2025"), and a date that may mean two periods.

    Args:
        text: A sentence.
        on: The day from which its relative dates are counted, if known.
    """
    return tuple(_occasions(text, on))


def _occasions(text: str, on: date | None) -> Iterator[Occasion]:
    asides = [found.span() for found in _CLAUSE.finditer(text)]
    for mention in dates(text):
        start = max(0, mention.span.start - _NEAR)
        if _EDGE.search(text, start, mention.span.start):
            continue
        is_set_for = _is_set_for(mention, text)
        said_on = _SAID_ON.search(text, start, mention.span.start)
        if mention.is_relative and said_on and not is_set_for:
            continue
        is_ahead = is_set_for or _looks_ahead(text, mention.span.start)
        periods = resolve(mention, on)
        if mention.weekday is not None and on is not None:
            is_open = _is_left_open(text, mention.span.start)
            periods = _in_direction(periods, on, is_ahead=None if is_open else is_ahead)
        if len(periods) == 1:
            by_the_way = any(start < mention.span.start < end for start, end in asides)
            is_aside = by_the_way and not is_ahead
            yield Occasion(mention, periods[0], is_ahead=bool(is_ahead), is_aside=is_aside)


def _looks_ahead(text: str, end: int) -> bool | None:
    """Return whether the last verb before `end` looks ahead; None where none says."""
    start = max(0, end - _NEAR)
    ahead = max((found.start() for found in _AHEAD.finditer(text, start, end)), default=-1)
    done = max((found.start() for found in _DONE.finditer(text, start, end)), default=-1)
    if ahead < 0 and done < 0:
        first = _first_verb(text, end)
        return None if first is None else first is _AHEAD
    return ahead >= done or bool(_AHEAD.search(text, ahead, end) and done - ahead < _WITHIN_VERB)


def _is_set_for(mention: DateMention, text: str) -> bool:
    """Return whether it is the day that something is set for, and not "Tuesday's attack"."""
    behind = text[mention.span.end : mention.span.end + 1]
    return (
        mention.weekday is not None
        and behind not in {"'", "’"}
        and bool(_FOR.search(text, 0, mention.span.start))
    )


def _is_left_open(text: str, end: int) -> bool:
    """Return whether the last verb before `end` is one of "should arrive", which may be of any day.

    Without this "said" or "has accepted" before it would put the arrival into the past.
    """
    start = max(0, end - _NEAR)
    might = max((found.start() for found in _MIGHT.finditer(text, start, end)), default=-1)
    later = [found.start() for found in _DONE.finditer(text, max(might, start), end)]
    is_last = not later or max(later) - might < _WITHIN_VERB
    return might >= 0 and is_last and not _AHEAD.search(text, might, end)


def _in_direction(
    periods: tuple[Period, ...], on: date, *, is_ahead: bool | None
) -> tuple[Period, ...]:
    if any(period.first == on for period in periods):
        return (Period(on, on),)
    if is_ahead is None:
        return ()
    found = tuple(period for period in periods if (period.first > on) == is_ahead)
    # "Will be held on Tuesday" in Wednesday's paper was written on Monday, more likely.
    is_stale = is_ahead and all(period.first - on > _FARTHEST_AHEAD for period in found)
    return () if is_stale else found


def is_statement(text: str) -> bool:
    """Return whether `text` tells first of all that somebody says or thinks something."""
    told = _ASIDE.sub(",", text)
    says = _TELLING.search(told)
    happens = min(
        (found.start() for verb in (_AHEAD, _GOING_ON, _DONE) if (found := verb.search(told))),
        default=len(told),
    )
    return says is not None and says.start() <= happens


def _first_verb(text: str, start: int = 0) -> re.Pattern[str] | None:
    """Return the pattern whose match stands first in `text` from `start` on."""
    end = start + _NEAR
    found = ((pattern.search(text, start, end), pattern) for pattern in (_AHEAD, _GOING_ON, _DONE))
    starts = [(match.start(), pattern) for match, pattern in found if match]
    return min(starts, key=lambda pair: pair[0])[1] if starts else None


def stage(text: str, *, on: date | None, as_of: date | None) -> Stage | None:
    """Return how far what `text` tells had come by `as_of`, or None where it does not say.

    The first verb of the main clause decides. A sentence that denies, doubts or wishes tells no
    stage. But what looks ahead to a day that has passed is announced even so, and so is what an
    older article looks ahead to without a day: neither may stand as if it were still to come.

    Args:
        text: A sentence.
        on: The day of its article, if known.
        as_of: The day that the reader is told, if known.
    """
    verb = _first_verb(_SAYING.sub(" ", _ASIDE.sub(",", text)))
    is_open = bool(_OPEN.search(text))
    if verb is _AHEAD:
        return _stage_ahead(text, on, as_of, is_open=is_open)
    if is_open or verb is None:
        return None
    if verb is _GOING_ON:
        return Stage.UNDER_WAY if on == as_of else None
    return Stage.DONE


def _stage_ahead(text: str, on: date | None, as_of: date | None, *, is_open: bool) -> Stage | None:
    if on is None or as_of is None:
        return None
    last = _last_ahead(text, on)
    if last is not None and last < as_of:
        return Stage.ANNOUNCED
    if is_open:
        return None
    return Stage.PLANNED if last is not None or on == as_of else Stage.ANNOUNCED


def is_overtaken(text: str, *, on: date | None, as_of: date | None) -> bool:
    """Return whether `text` looks ahead to a day that has passed by `as_of`.

    What "was due" then says itself that this is past.
    """
    if _WAS_DUE.search(text) or _last_ahead(text, on) is None:
        return False
    return stage(text, on=on, as_of=as_of) is Stage.ANNOUNCED


def _last_ahead(text: str, on: date | None) -> date | None:
    return max((one.period.last for one in occasions(text, on) if one.is_ahead), default=None)
