"""Check 10: a number or a date belongs to what the source gives it."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.analysis import Analysis
from briefing.steps.verify.dates import same_date
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.dates import DateMention
from briefing.text.names import key, same_name
from briefing.text.numbers import Number

_FROM_TO = re.compile(
    r"\bfrom\s+(?:the\s+)?(?P<a>[A-Z]\w+(?: [A-Z]\w+)?)"
    r"\s+to\s+(?:the\s+)?(?P<b>[A-Z]\w+(?: [A-Z]\w+)?)"
)
_PART = re.compile(r"[,;]\s|\s[-–—]\s|\b(?:and|but|while|whereas)\b")
_FEWEST_SHARED = 3
"""Content words that a claim shares with the part of the source that has another date."""

_CAUSE = re.compile(r"\b(?:because|due to|owing to|as a result|thanks to|caused by)\b", re.I)
_ANY_CAUSE = re.compile(
    r"\b(?:because|due|owing|result|resulting|thanks|caus\w+|led|leads?|leading|since|as|so"
    r"|for lack"
    r"|blam\w+|reasons?|following|over|forc\w+|prompt\w+|therefore|given|amid|request|why|send\w*"
    r"|spark\w*|trigger\w*|driven|brought|makes?|made|from|by|after|through|with|when|having)\b",
    re.I,
)
"""Whatever may give a cause: "after", "by" and "with" among them."""

_PLACED = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$")


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """No figure is given for another year, no place for another day, no way turned round."""
    return (
        _turned_round(claim, cited)
        or _number_of_another_date(claim, cited)
        or _date_of_another_place(claim, cited)
        or _date_of_another_clause(claim, cited)
        or _cause_added(claim, cited)
    )


def _turned_round(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "from A to B" is "from B to A" in the source."""
    for found in _FROM_TO.finditer(claim.text):
        for piece in cited:
            for other in _FROM_TO.finditer(piece.analysis.text):
                if (found["a"], found["b"]) == (other["b"], other["a"]):
                    return Fault(
                        code=Reason.WAY_TURNED,
                        detail=f"the source goes from {other['a']} to {other['b']}",
                        words=Span(*found.span()),
                        against=(piece.part(Span(*other.span())),),
                    )
    return None


def _number_of_another_date(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the source gives a number for another date."""
    for number in claim.numbers:
        dated = _date_of(number, claim)
        if dated is None or number.ordinal:
            continue
        there = [
            (_date_of(other, piece.analysis), piece, other)
            for piece in cited
            for other in piece.analysis.numbers
            if number.agrees(other)
        ]
        if there and all(
            other is not None and not same_date(dated, other, piece.published)
            for other, piece, _ in there
        ):
            date, piece, _ = there[0]
            assert date is not None
            return Fault(
                code=Reason.OF_ANOTHER_DATE,
                detail=f"gives {number.text!r} for {dated.text!r}; {piece.says(date.span)}",
                words=dated.span,
                against=(piece.part(date.span),),
            )
    return None


def _date_of(number: Number, analysis: Analysis) -> DateMention | None:
    """Return the date that goes with a number: just behind it, or else just before it."""
    for mention in analysis.dates:
        between = analysis.text[number.span.end : mention.span.start]
        if number.span.end <= mention.span.start and re.fullmatch(
            r"(?:\s+(?!and\b|to\b|from\b|while\b|over\b|than\b|against\b)[\w%]+){0,4}\s*", between
        ):
            return mention
    before = [mention for mention in analysis.dates if mention.span.end <= number.span.start]
    if not before:
        return None
    between = analysis.text[before[-1].span.end : number.span.start]
    alone = not any(
        before[-1].span.end <= other.span.start < number.span.start for other in analysis.numbers
    )
    return (
        before[-1]
        if alone and len(between) <= 60 and not re.search(r"[;:]|\bto\b", between)
        else None
    )


def _date_of_another_place(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the source has a place beside another date, and the date too."""
    pairs = [
        (place, mention, piece)
        for piece in cited
        for mention in piece.analysis.dates
        if (place := _place_beside(piece.analysis, mention.span)) is not None
    ]
    for mention in claim.dates:
        place = _place_beside(claim, mention.span)
        if place is None:
            continue
        there = [one for one in pairs if same_date(mention, one[1], one[2].published)]
        if there and not any(same_name(other, place) for other, _, _ in there):
            _, other, piece = there[0]
            return Fault(
                code=Reason.OF_ANOTHER_PLACE,
                detail=f"{mention.text!r} is not the source's date for {place!r}",
                words=mention.span,
                against=(piece.part(other.span),),
            )
    return None


def _date_of_another_clause(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the date belongs to a part of the source that the claim leaves.

    "The wall fell on Sunday, the council said on Monday" does not bear out that it fell on Monday.
    """
    if len(cited) != 1 or not claim.dates:
        return None
    (piece,), mention = cited, claim.dates[0]
    parts = [part for part in _PART.split(piece.analysis.text) if part.strip()]
    wanted = claim.undated_stems
    own: list[Analysis] = []
    rival: list[Analysis] = []
    for part in map(Analysis, parts):
        if not part.dates:
            continue
        has = any(same_date(mention, other, piece.published) for other in part.dates)
        (own if has else rival).append(part)
    if len(own) != 1 or not rival or own[0].undated_stems & wanted:
        return None
    best = max(rival, key=lambda part: len(part.undated_stems & wanted))
    if len(best.undated_stems & wanted) < _FEWEST_SHARED:
        return None
    other = best.dates[0]
    at = piece.analysis.text.index(best.text) + other.span.start
    there = Span(at, at + len(other.text))
    return Fault(
        code=Reason.OF_ANOTHER_DATE,
        detail=f"says {mention.text!r} of what {piece.says(there)} of",
        words=mention.span,
        against=(piece.part(there),),
    )


def _cause_added(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the claim gives a cause and the source gives none."""
    here = _CAUSE.search(claim.text)
    if not here or any(_ANY_CAUSE.search(piece.analysis.text) for piece in cited):
        return None
    return Fault(
        code=Reason.CAUSE_ADDED,
        detail=f"says {here[0]!r}; the source gives no cause",
        words=Span(*here.span()),
    )


def _place_beside(analysis: Analysis, span: Span) -> str | None:
    """Return the key of the name in "in NAME on DATE" or "on DATE in NAME"."""
    before = [name for name in analysis.names if name.span.end <= span.start]
    if before:
        between = analysis.text[before[-1].span.end : span.start]
        if re.fullmatch(r",?(?:\s+(?:on|in|of|since|during))?\s+", between) and _PLACED.search(
            analysis.text, 0, before[-1].span.start
        ):
            return key(before[-1].text)
    after = next((name for name in analysis.names if name.span.start >= span.end), None)
    if after is not None and re.fullmatch(
        r",?\s+(?:in|at)\s+(?:the\s+)?", analysis.text[span.end : after.span.start]
    ):
        return key(after.text)
    return None
