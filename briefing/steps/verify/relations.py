"""Check 10: a number or a date belongs to what the source gives it."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.briefing import Check
from briefing.steps.verify.dates import same_date
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.dates import DateMention
from briefing.text.names import key, same_name
from briefing.text.numbers import Number

_FROM_TO = re.compile(
    r"\bfrom\s+(?:the\s+)?(?P<a>[A-Z]\w+(?: [A-Z]\w+)?)"
    r"\s+to\s+(?:the\s+)?(?P<b>[A-Z]\w+(?: [A-Z]\w+)?)"
)
_PLACED = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$")


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """No figure is given for another year, no place for another day, no way turned round."""
    detail = (
        _turned_round(claim, cited)
        or _number_of_another_date(claim, cited)
        or _date_of_another_place(claim, cited)
    )
    return Check(name="relations", ok=not detail, detail=detail)


def _turned_round(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where "from A to B" is "from B to A" in the source."""
    for found in _FROM_TO.finditer(claim.text):
        for piece in cited:
            for other in _FROM_TO.finditer(piece.analysis.text):
                if (found["a"], found["b"]) == (other["b"], other["a"]):
                    return f"the source goes from {other['a']} to {other['b']}"
    return ""


def _number_of_another_date(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where the source gives a number for another date."""
    for number in claim.numbers:
        dated = _date_of(number, claim)
        if dated is None or number.ordinal:
            continue
        there = [
            (_date_of(other, piece.analysis), piece)
            for piece in cited
            for other in piece.analysis.numbers
            if number.agrees(other)
        ]
        if there and all(
            other is not None and not same_date(dated, other, piece.published)
            for other, piece in there
        ):
            return f"the source gives {number.text!r} for another date than {dated.text!r}"
    return ""


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


def _date_of_another_place(claim: Analysis, cited: Sequence[Cited]) -> str:
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
        places = [
            there for there, other, piece in pairs if same_date(mention, other, piece.published)
        ]
        if places and not any(same_name(there, place) for there in places):
            return f"{mention.text!r} is not the source's date for {place!r}"
    return ""


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
