"""Every number of the sentence stands in the source, with its unit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.fates import fate
from briefing.text.numbers import Number, numbers
from briefing.text.words import content_stems, stem, synonyms

_PAIR = frozenset({"both", "pair", "twin", "couple", "counterpart"})
_PEOPLE = frozenset(
    stem(word)
    for word in "people person member official man woman strong other resident worker".split()
)
_OF_MONEY = frozenset("usd eur gbp".split())
_OTHERS = stem("others")
_TWO = Decimal(2)
_SAME_PREFIX = 5
"""Letters by which two words of one root are known."""

_COUNTED_CHARS = 40
"""Characters behind a number in which what it counts is told."""

_COUNTED_BY_HAND = 10
"""The highest number that a reader may have counted himself."""

_TIME = stem("time")
_BEFORE = re.compile(r"\s+(?:before|earlier|previously|ahead of)\b")
_OF_ALL = re.compile(r"\s+of\s+(?:[\w'’-]+\s+){0,3}")
"""Between two numbers that count the same things: "40 of the board's 71 votes"."""

_LABEL = re.compile(r"\b(?P<what>[A-Z][a-z]+)\s+$")
_LATER = re.compile(r"\s+(?:later|afterwards|after that|on)\b")
_OWNER = re.compile(r"\b(?P<owner>[a-z]+)['’]s\s+$")
_CLAUSE = re.compile(r"[,;:()]")
_OLD = re.compile(r"[ -]old\b")
_AGED = re.compile(r"(?:\baged? (?:of )?|,\s+|\()$", re.IGNORECASE)
_AGED_BEHIND = re.compile(r"\s*[,.)]")
"""Around an age: "a teacher, 41, said", "aged 41"."""

_BOTH_OF = re.compile(r"\bboth(?:\s+of)?(?:\s+the)?\s+(?P<what>(?:[\w'’-]+\s+){0,2}[\w'’-]+)", re.I)
_COUNTED_END = re.compile(
    r"[,;:.()]|\b(?:to|in|at|on|for|from|by|with|who|which|that|as|was|were|is|are|had|have|has|and"
    r"|will|would|after|before|since|because|when|over|per)\b"
)


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Numbers agree in value, unit and what they count; a hedged one may be rounded."""
    exchanged = _exchanged(claim, cited)
    if exchanged:
        return exchanged
    weighed: Fault | None = None
    there = [
        (number, piece, analysis)
        for piece in cited
        for analysis in (piece.analysis, piece.headline)
        for number in analysis.numbers
    ]
    for number in claim.numbers:
        if _by_years(number, claim, cited):
            continue
        same = [one for one in there if number.agrees(one[0]) and _units_agree(number, claim, *one)]
        if not same:
            fault = _unknown(number, claim, cited, sources)
            if fault and fault.refuses:
                return fault
            weighed = weighed or fault
            continue
        if not any(_counts_alike(number, claim, *one) for one in same):
            if number.value == _TWO and _of_both(number, claim, cited):
                continue
            other, piece, analysis = same[0]
            fault = Fault(
                code=Reason.NUMBER_COUNTS_ELSE,
                detail=f"the source's {other.text!r} counts something else",
                words=number.span,
                against=(piece.part(other.span),) if analysis is piece.analysis else (),
                refuses=_is_taken(number, claim, there),
            )
            if fault.refuses:
                return fault
            weighed = weighed or fault
    return weighed


def _unknown(
    number: Number, claim: Analysis, cited: Sequence[Cited], sources: Sources
) -> Fault | None:
    """Return what is wrong with a number that the source does not give as one."""
    ago = _long_ago(number, claim, cited)
    if (
        any(number.agrees(other) for other, _ in ago)
        or _is_named(number, claim, cited, sources)
        or _is_pair(number, cited)
        or _is_no_rank(number)
    ):
        return None
    fault = _missing(number, claim, cited, ago)
    is_weighed = (
        fault.code is Reason.NUMBER_MISSING
        and _may_be_counted(number)
        and not _of_both(number, claim, cited)
    )
    return replace(fault, refuses=False) if is_weighed else fault


def _exchanged(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "six dead and two missing" is "two dead and six missing"."""
    here = [(number, _told_of(number, claim)) for number in claim.numbers if not number.ordinal]
    for piece in cited:
        there = [(other, _told_of(other, piece.analysis)) for other in piece.analysis.numbers]
        for (one, of_one), (two, of_two) in pairwise(here):
            of_all = _OF_ALL.fullmatch(claim.text, one.span.end, two.span.start)
            if of_all and one.value <= two.value:
                continue
            theirs = [(n, told) for n, told in there if one.agrees(n)]
            others = [(n, told) for n, told in there if two.agrees(n)]
            if len(theirs) != 1 or len(others) != 1 or theirs == others:
                continue
            (other, as_one), (_, as_two) = theirs[0], others[0]
            straight = of_one & as_one or of_two & as_two
            if not straight and of_one & as_two and of_two & as_one:
                return Fault(
                    code=Reason.NUMBER_COUNTS_ELSE,
                    detail=f"the source's {other.text!r} counts something else",
                    words=one.span,
                    against=(piece.part(other.span),),
                )
    return None


def _told_of(number: Number, analysis: Analysis) -> set[str]:
    """Return the content stems behind a number, to the next one or to the end of the clause."""
    behind = [other.span.start for other in analysis.numbers if other.span.start > number.span.end]
    stretch = analysis.text[number.span.end : min(behind, default=len(analysis.text))]
    return set(content_stems(_CLAUSE.split(stretch)[0]))


def _is_taken(
    number: Number, claim: Analysis, there: Sequence[tuple[Number, Cited, Analysis]]
) -> bool:
    """Whether the source gives another number of what the claim counts."""
    counted = _counted(number, claim)
    return any(
        other.value != number.value and counted & _counted(other, analysis)
        for other, _, analysis in there
    )


def _units_agree(
    number: Number, claim: Analysis, other: Number, piece: Cited, source: Analysis
) -> bool:
    """Whether a unit on one side alone has its word on the other: "five" said of years."""
    if number.measured == other.measured or number.ordinal:
        return True
    if number.measured:
        if _is_age(number, claim, other, source):
            return True
        unit = stem(number.text.split()[-1])
        near = [source, *piece.before] if not other.unit else [source]
        return number.unit in _OF_MONEY or any(unit in analysis.stem_set for analysis in near)
    return not number.unit or bool({number.unit, *synonyms(number.unit)} & source.stem_set)


def _is_age(number: Number, claim: Analysis, other: Number, source: Analysis) -> bool:
    """Whether "41-year-old" is said of one whom the source names and gives as 41."""
    return (
        number.unit == "year"
        and not other.unit
        and bool(_OLD.match(claim.text, number.span.end))
        and bool(_AGED.search(source.text, 0, other.span.start))
        and bool(_AGED_BEHIND.match(source.text, other.span.end))
    )


def _counts_alike(
    number: Number, claim: Analysis, other: Number, piece: Cited, source: Analysis
) -> bool:
    """Whether two equal numbers count the same: the words behind them meet somewhere."""
    if number.measured and other.measured:
        return True
    if number.ordinal and number.unit == _TIME:
        # "Met for the sixth time": it counts the deed, "the sixth meeting".
        return True
    befalls = fate(claim.text, number)
    if befalls and befalls == fate(source.text, other):
        # "40 lost their lives", "cost 40 lives": what "40 died" says.
        return True
    here, there = _counted(number, claim), _counted(other, source)
    if not here or here & _PEOPLE:
        return True
    if there & _PEOPLE and {one[:_SAME_PREFIX] for one in here} & {
        one[:_SAME_PREFIX] for one in source.stem_set if len(one) >= _SAME_PREFIX
    }:
        # "Employs 300 people": 300 employees.
        return True
    if not other.unit or not there:
        # "The eighth is …", "has offered five": what is counted was said before.
        there = set(piece.analysis.stem_set).union(*(before.stem_set for before in piece.before))
    if owner := _OWNER.search(claim.text, 0, number.span.start):
        # "The chamber's 151 votes": a "151-seat chamber" has them.
        here |= set(content_stems(owner["owner"]))
    return bool(here & (there | {other for one in there for other in synonyms(one)}))


def _counted(number: Number, analysis: Analysis) -> set[str]:
    behind = analysis.text[number.span.end : number.span.end + _COUNTED_CHARS]
    behind = _COUNTED_END.split(behind)[0]
    return {*content_stems(behind), *([number.unit] if number.unit else [])} - {_OTHERS}


def _is_pair(number: Number, cited: Sequence[Cited]) -> bool:
    """Whether "the two ministers" is said of a source that names two without counting them."""
    if number.value != _TWO or number.ordinal or number.measured:
        return False
    return any(
        piece.analysis.word_keys & _PAIR or len(piece.analysis.names) >= 2 for piece in cited
    )


def _of_both(number: Number, claim: Analysis, cited: Sequence[Cited]) -> bool:
    """Whether the source says "both ministers" of what the claim counts."""
    if number.ordinal or number.measured:
        return False
    counted = _counted(number, claim)
    return any(
        counted & set(content_stems(both["what"]))
        for piece in cited
        for both in _BOTH_OF.finditer(piece.analysis.text)
    )


def _long_ago(
    number: Number, claim: Analysis, cited: Sequence[Cited]
) -> list[tuple[Number, Cited]]:
    """Return, for "two weeks before the visit", what the source tells to be so many weeks ago."""
    if not number.measured or not _BEFORE.match(claim.text, number.span.end):
        return []
    return [
        (replace(other, span=Span(mention.span.start, mention.span.end)), piece)
        for piece in cited
        for mention in piece.analysis.dates
        if mention.text.lower().endswith("ago")
        for other in numbers(mention.text)
        if other.unit == number.unit
    ]


def _by_years(number: Number, claim: Analysis, cited: Sequence[Cited]) -> bool:
    """Whether "two years later" leads from a year of the claim to one that the source gives."""
    if number.unit != "year" or not _LATER.match(claim.text, number.span.end):
        return False
    given = {one.year for piece in cited for one in piece.analysis.dates if one.year}
    before = [one for one in claim.dates if one.year and one.span.end <= number.span.start]
    year = before[-1].year if before else None
    return year is not None and {year, year + int(number.value)} <= given


def _is_named(number: Number, claim: Analysis, cited: Sequence[Cited], sources: Sources) -> bool:
    """Whether "Article 9" is said of "the article", where no source has another number of it."""
    label = _LABEL.search(claim.text, 0, number.span.start)
    if label is None or number.unit:
        return False
    known = re.compile(rf"\b{label['what']}\s+(\d+)\b")
    numbered = {one for article in sources.story.articles for one in known.findall(article.text)}
    the_one = re.compile(rf"\b[Tt]h(?:e|is|at)\s+{label['what'].lower()}\b")
    return numbered == {number.text} and any(the_one.search(one.analysis.text) for one in cited)


def _is_no_rank(number: Number) -> bool:
    """Whether it is "first" by itself, which says when, not which."""
    return number.ordinal and number.value == 1 and not number.unit


def _may_be_counted(number: Number) -> bool:
    """Whether it is a small number in words: "four towns" may be said of a source that lists them.

    A rank in words is told by its place too: "the second half", "his third title".
    """
    return number.value <= _COUNTED_BY_HAND and not any(mark.isdigit() for mark in number.text)


def _other_times(number: Number, cited: Sequence[Cited]) -> list[tuple[Number, Cited]]:
    """Return, for "for the seventh time", the ranks that the source gives what took place."""
    if not number.ordinal or number.unit != _TIME:
        return []
    return [(other, piece) for piece in cited for other in piece.analysis.numbers if other.ordinal]


def _missing(
    number: Number, claim: Analysis, cited: Sequence[Cited], ago: Sequence[tuple[Number, Cited]]
) -> Fault:
    rivals = (
        [
            *ago,
            *_other_times(number, cited),
        ]
        or [
            (other, piece)
            for piece in cited
            for other in piece.analysis.numbers
            if other.unit == number.unit
            and other.unit
            and other.ordinal == number.ordinal
            # "60 days instead of 90": the 60 of the source is the claim's own.
            and not any(mine is not number and mine.agrees(other) for mine in claim.numbers)
        ]
        or [
            (other, piece)
            for piece in cited
            for other in piece.analysis.numbers
            if other.value == number.value
            and other.ordinal == number.ordinal
            # "Two ministers" is no wrong number of days where a source has "two-day".
            and (number.measured or not other.measured)
        ]
    )
    if not rivals:
        return Fault(
            code=Reason.NUMBER_MISSING,
            detail=f"{number.text!r} is not in the source",
            words=number.span,
        )
    other, piece = rivals[0]
    return differs(Reason.NUMBER_DIFFERS, number.text, number.span, piece, other.span)
