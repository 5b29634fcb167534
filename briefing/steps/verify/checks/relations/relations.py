"""A number or a date belongs to what the source gives it."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.relations import additions, causes
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.dates import DateMention, same_date
from briefing.text.names import key, same_name
from briefing.text.numbers import Number
from briefing.text.relative_dates import days_apart
from briefing.text.words import content_stems, synonyms

_FROM_TO = re.compile(
    r"\bfrom\s+(?:the\s+)?(?P<a>[A-Z]\w+(?: [A-Z]\w+)?)"
    r"\s+to\s+(?:the\s+)?(?P<b>[A-Z]\w+(?: [A-Z]\w+)?)"
)
_PART = re.compile(r"[,;]\s|\s[-–—]\s|\b(?:and|but|while|whereas)\b")
_FEWEST_SHARED = 3
"""Content words that a claim shares with the part of the source that has another date."""

_AND = re.compile(r"(?:,\s+and|;|\bwhile|\bwhereas|\bbut)\s")
_OF_WHAT = re.compile(r"\s+of\s+(?P<what>(?:[\w'’-]+\s+){0,2}[\w'’-]+)")

_PLACED = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$")


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """No figure is given for another year, no place for another day, no way turned round."""
    return (
        _turned_round(claim, cited)
        or _number_of_another_date(claim, cited)
        or _number_of_another_sentence(claim, cited)
        or _number_of_another_clause(claim, cited)
        or _share_of_another_thing(claim, cited)
        or _date_of_another_place(claim, cited)
        or _date_of_another_clause(claim, cited)
        or _date_before_or_after(claim, cited)
        or causes.check(claim, cited)
        or additions.check(claim, cited, sources)
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


def _number_of_another_sentence(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the rest of the claim is of a sentence with another figure.

    "Parliament approved 60 million. An amendment to raise it to 90 million failed" does not bear
    out that parliament approved 90 million.
    """
    for number in claim.numbers:
        if number.ordinal or not number.unit:
            continue
        giving = [p for p in cited if any(number.agrees(one) for one in p.analysis.numbers)]
        others = [
            (piece, other)
            for piece in cited
            if piece not in giving
            for other in piece.analysis.numbers
            if other.unit == number.unit
        ]
        if not giving or not others:
            continue
        others = [
            one
            for one in others
            # Of two figures each may be of its own sentence.
            if not any(
                n is not number and n.agrees(o)
                for n in claim.numbers
                for o in one[0].analysis.numbers
            )
        ]
        if not others:
            continue
        wanted = claim.plain_stems
        here = wanted & set().union(*(piece.analysis.stem_set for piece in giving))
        there = wanted & others[0][0].analysis.stem_set
        if len(there - here) >= _FEWEST_SHARED and not here - there:
            piece, other = others[0]
            return _of_another(number, claim, piece, other.span)
    return None


def _number_of_another_clause(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the source gives a number for another name of its sentence.

    "The port will cost 3 million, and the rail link is planned" gives no cost of the rail link.
    """
    mine = {key(name.text) for name in claim.names}
    for number in claim.numbers:
        if number.ordinal or not number.measured or not mine:
            continue
        giving = [
            (piece, other)
            for piece in cited
            for other in piece.analysis.numbers
            if number.agrees(other)
        ]
        if giving and all(_is_of_a_rival(other, piece, mine) for piece, other in giving):
            piece, other = giving[0]
            return _of_another(number, claim, piece, other.span)
    return None


def _is_of_a_rival(number: Number, piece: Cited, mine: set[str]) -> bool:
    """Whether a number stands in a part with other names, and all of `mine` in parts behind it."""
    text = piece.analysis.text
    start = max((m.end() for m in _AND.finditer(text, 0, number.span.start)), default=0)
    behind = _AND.search(text, number.span.end)
    if behind is None:
        return False
    inside = [n for n in piece.analysis.names if start <= n.span.start < behind.start()]
    after = {key(name.text) for name in piece.analysis.names if name.span.start >= behind.end()}
    before = {key(name.text) for name in piece.analysis.names if name.span.start < behind.start()}
    return bool(inside) and mine <= after and bool(mine - before)


def _share_of_another_thing(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "60 percent of the loss" is 60 percent of something else."""
    for number in claim.numbers:
        found = _OF_WHAT.match(claim.text, number.span.end)
        if number.unit != "percent" or found is None:
            continue
        what = set(content_stems(found["what"]))
        giving = [
            (piece, other)
            for piece in cited
            for other in piece.analysis.numbers
            if number.agrees(other)
        ]
        if what and giving and not any(_has_share(what, *one) for one in giving):
            piece, other = giving[0]
            return _of_another(number, claim, piece, other.span)
    return None


def _has_share(what: set[str], piece: Cited, number: Number) -> bool:
    """Whether words of the thing shared stand near, and are not counted by another number."""
    own = _OF_WHAT.match(piece.analysis.text, number.span.end)
    if own is not None and what & set(content_stems(own["what"])):
        return True
    near = (piece.analysis, piece.headline, *piece.before)
    there: set[str] = set().union(*(one.stem_set for one in near))
    counted = {other.unit for one in near for other in one.numbers if other.unit}
    there = there - counted
    return bool(what & (there | {other for one in there for other in synonyms(one)}))


def _of_another(number: Number, claim: Analysis, piece: Cited, there: Span) -> Fault:
    return Fault(
        code=Reason.OF_ANOTHER_THING,
        detail=f"gives {number.text!r} for something else than {piece.id} does",
        words=number.span,
        against=(piece.part(there),),
    )


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
        if alone and len(between) <= 60 and not re.search(r"[;:]|\b(?:to|that)\b", between)
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
    if not claim.dates:
        return None
    mention = claim.dates[0]
    giving = [
        piece
        for piece in cited
        if any(same_date(mention, other, piece.published) for other in piece.analysis.dates)
    ]
    found = [_left_out(claim, mention, piece) for piece in giving]
    return found[0] if found and all(found) else None


def _parts(analysis: Analysis) -> list[str]:
    """Return the parts of a text; "between March and June", two dates of one thing, is not cut."""
    text, at = analysis.text, 0
    found: list[str] = []
    for joint in _PART.finditer(text):
        lead, rest = text[: joint.start()].rstrip(), text[joint.end() :].lstrip()
        follows = len(text) - len(rest)
        if any(one.span.end == len(lead) for one in analysis.dates) and any(
            one.span.start == follows for one in analysis.dates
        ):
            continue
        found.append(text[at : joint.start()])
        at = joint.end()
    return [*found, text[at:]]


def _left_out(claim: Analysis, mention: DateMention, piece: Cited) -> Fault | None:
    parts = [part for part in _parts(piece.analysis) if part.strip()]
    if len(parts) > 1 and not Analysis(parts[0]).undated_stems:
        # "In March, the council ruled": the day is of what follows.
        text = piece.analysis.text
        end = text.index(parts[1], len(parts[0])) + len(parts[1])
        parts = [text[:end], *parts[2:]]
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


def _date_before_or_after(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the source dates the claim "a day after" the claim's date."""
    for mention in claim.dates:
        for piece in cited:
            for other, span in days_apart(piece.analysis):
                behind = Analysis(_PART.split(piece.analysis.text[span.end :])[0]).stem_set
                before = Analysis(piece.analysis.text[: span.start]).stem_set
                wanted = claim.undated_stems
                if (
                    same_date(mention, other, piece.published)
                    and len(wanted & behind) >= _FEWEST_SHARED
                    and not wanted & before - behind
                ):
                    return differs(Reason.OF_ANOTHER_DATE, mention.text, mention.span, piece, span)
    return None


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
