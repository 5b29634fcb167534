"""Figures that grow with the days: the dead, the injured, the missing of one event."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from briefing.steps.compare.found import Found, found, source, topic
from briefing.steps.compare.grouping import Claim, Disagreement, Value
from briefing.text.occasions import occasions
from briefing.text.words import content_stems

TOLL = re.compile(
    r"\b(?:(?:death|casualty) toll|toll|number of (?:the )?(?:dead|deaths|victims|casualties"
    r"|injured|wounded|missing|homeless|arrests|evacuees|cases|infections))\b",
    re.IGNORECASE,
)
"""What the figure counts where no noun stands behind it: people."""

_SPEAKER = re.compile(
    r"(?:^|, )(?P<before>[\w'’-]+(?: [\w'’-]+){0,4})"
    r" (?:said|says|reported|announced|claimed|told)\b"
    r"|\baccording to (?P<behind>[\w'’-]+(?: [\w'’-]+){0,3})",
    re.IGNORECASE,
)
_MISSING = re.compile(r"\b(?:missing|unaccounted|in hospital|homeless|evacuated)\b", re.IGNORECASE)
_RECENT = timedelta(days=30)
"""A toll of what is longer past than that is no longer counted on."""

_COUNTED_ON = re.compile(
    r"\b(?:dead|died|dies|deaths?|kill(?:s|ed|ing)|lost their lives|bodies|toll|victims|casualties"
    r"|injur\w+|wounded|hurt|missing|homeless|evacuated|displaced|arrested|detained|infected|cases"
    r"|rescued|in hospital)\b",
    re.IGNORECASE,
)


def later_figure(
    disagreement: Disagreement[Value], *, amount: Callable[[Value], Decimal]
) -> Found | None:
    """Return the discrepancy of a toll, resolved for the side whose articles are all the newest.

    None where the figures are of another sort or of an event long past, where articles of one day
    differ, a count falls, or two speakers give it: that stays open.
    """
    claims = [claim for side in disagreement.sides for claim in side]
    if not all(_COUNTED_ON.search(claim.frame.clause) for claim in claims):
        return None
    if any(map(_is_of_the_past, claims)) or _have_two_speakers(disagreement):
        return None
    dated = sorted(
        (
            (_days(side), stand)
            for side, stand in zip(disagreement.sides, disagreement.stands, strict=True)
        ),
        key=lambda pair: pair[0],
        reverse=True,
    )
    newest, winner = dated[0]
    if not newest or any(not days or days[-1] >= newest[0] for days, _ in dated[1:]):
        return None
    if not _only_rises(disagreement, amount):
        return None
    told = [f"{stand.label} ({_printed(days[-1])})" for days, stand in dated]
    frame = next(c.frame for c in claims if c.sentence in winner.sentences)
    return found(
        "number",
        [stand for _, stand in dated],
        severity="low",
        winner=winner,
        reason="the later figure; "
        + "; ".join(
            f"{stand.label} in {', '.join(dict.fromkeys(map(source, stand.sentences)))}"
            for _, stand in dated
        ),
        wording=f"“{topic(frame.text, frame.sentence)}”: figures by the day of the article, the "
        f"newest first: {', '.join(told)}.",
    )


def _is_of_the_past(claim: Claim[Value]) -> bool:
    day = claim.frame.day
    told = occasions(claim.sentence.text, day)
    return day is not None and any(one.period.last < day - _RECENT for one in told)


def _have_two_speakers(disagreement: Disagreement[Value]) -> bool:
    speakers = [
        {
            one
            for claim in side
            for said in _SPEAKER.finditer(claim.sentence.text)
            for one in content_stems(said["before"] or said["behind"])
        }
        for side in disagreement.sides
    ]
    said = [keys for keys in speakers if keys]
    return len(said) > 1 and not set.intersection(*said)


def _only_rises(disagreement: Disagreement[Value], amount: Callable[[Value], Decimal]) -> bool:
    """Whether each later figure is the larger one; of the missing, who are found, any may be."""
    claims = [claim for side in disagreement.sides for claim in side]
    if any(_MISSING.search(claim.frame.clause) for claim in claims):
        return True
    ordered = sorted(claims, key=lambda claim: claim.frame.day or date.min)
    return all(amount(one.value) <= amount(other.value) for one, other in pairwise(ordered))


def _days(side: Sequence[Claim[Value]]) -> list[date]:
    """Return the days of the side's articles, in order; empty where one has none."""
    days = [claim.frame.day for claim in side]
    known = [day for day in days if day is not None]
    return sorted(known) if len(known) == len(days) else []


def _printed(day: date) -> str:
    return f"{day.day} {day:%B}"
