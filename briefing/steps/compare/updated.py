"""Figures that grow with the days: the dead, the injured, the missing of one event."""

import re
from collections.abc import Sequence
from datetime import date

from briefing.steps.compare.found import Found, found, source, topic
from briefing.steps.compare.grouping import Claim, Disagreement, Value

TOLL = re.compile(
    r"\b(?:(?:death|casualty) toll|toll|number of (?:the )?(?:dead|deaths|victims|casualties"
    r"|injured|wounded|missing|homeless|arrests|evacuees|cases|infections))\b",
    re.IGNORECASE,
)
"""What the figure counts where no noun stands behind it: people."""

_COUNTED_ON = re.compile(
    r"\b(?:dead|died|dies|deaths?|kill(?:s|ed|ing)|lost their lives|bodies|toll|victims|casualties"
    r"|injur\w+|wounded|hurt|missing|homeless|evacuated|displaced|arrested|detained|infected|cases"
    r"|rescued|in hospital)\b",
    re.IGNORECASE,
)


def later_figure(disagreement: Disagreement[Value]) -> Found | None:
    """Return the discrepancy of a toll, resolved for the side whose articles are all the newest.

    None where the figures are of another sort, or articles of one day differ: that stays open.
    """
    claims = [claim for side in disagreement.sides for claim in side]
    if not all(_COUNTED_ON.search(claim.frame.clause) for claim in claims):
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


def _days(side: Sequence[Claim[Value]]) -> list[date]:
    """Return the days of the side's articles, in order; empty where one has none."""
    days = [claim.frame.day for claim in side]
    known = [day for day in days if day is not None]
    return sorted(known) if len(known) == len(days) else []


def _printed(day: date) -> str:
    return f"{day.day} {day:%B}"
