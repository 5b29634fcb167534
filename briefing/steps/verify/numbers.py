"""Check 3: every number of the sentence stands in the source, with its unit."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.numbers import Number
from briefing.text.words import content_stems, stem, synonyms

_PAIR = frozenset({"both", "pair", "twin", "couple", "counterpart"})
_PEOPLE = frozenset(stem(word) for word in "people person member official man strong".split())
_COUNTED_CHARS = 40


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """Numbers agree in value, unit and what they count; a hedged one may be rounded by 5 %."""
    there = [
        (number, piece)
        for piece in cited
        for analysis in (piece.analysis, piece.headline)
        for number in analysis.numbers
    ]
    for number in claim.numbers:
        same = [(other, piece) for other, piece in there if number.agrees(other)]
        if not same and not _is_pair(number, cited):
            rivals = [other for other, _ in there if other.ordinal == number.ordinal]
            return Check(name="numbers", ok=False, detail=_detail(number, rivals))
        if same and not any(_counts_alike(number, claim, other, piece) for other, piece in same):
            return Check(
                name="numbers",
                ok=False,
                detail=f"the source's {same[0][0].text!r} counts something else",
            )
    return Check(name="numbers", ok=True)


def _counts_alike(number: Number, claim: Analysis, other: Number, piece: Cited) -> bool:
    """Whether two equal numbers count the same: the words behind them meet somewhere."""
    if number.measured and other.measured:
        return True
    here, there = _counted(number, claim), _counted(other, piece.analysis)
    if not here or here & _PEOPLE:
        return True
    if not other.unit:
        # "The eighth is …", "has offered five": what is counted was said before.
        there = set(piece.analysis.stem_set).union(*(before.stem_set for before in piece.before))
    return bool(here & (there | {other for one in there for other in synonyms(one)}))


def _counted(number: Number, analysis: Analysis) -> set[str]:
    behind = analysis.text[number.span.end : number.span.end + _COUNTED_CHARS]
    behind = re.split(r"[,;.]\s", behind)[0]
    return {*content_stems(behind), *([number.unit] if number.unit else [])}


def _is_pair(number: Number, cited: Sequence[Cited]) -> bool:
    """Whether "the two ministers" is said of a source that names two without counting them."""
    if number.value != Decimal(2) or number.ordinal or number.measured:
        return False
    return any(
        piece.analysis.word_keys & _PAIR or len(piece.analysis.names) >= 2 for piece in cited
    )


def _detail(number: Number, there: Iterable[Number]) -> str:
    rivals = [other.text for other in there if other.unit == number.unit and other.unit]
    if rivals:
        return f"says {number.text!r}; the source says {rivals[0]!r}"
    return f"{number.text!r} is not in the source"
