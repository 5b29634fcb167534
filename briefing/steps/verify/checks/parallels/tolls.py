"""So many were killed, and so many injured: neither number is the other's."""

from collections.abc import Sequence

from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.fates import fate


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """No number of those who were injured is told as that of those who were killed."""
    for number in claim.numbers:
        befalls = fate(claim.text, number)
        if befalls is None or number.ordinal:
            continue
        there = [
            (piece, other, fate(piece.analysis.text, other))
            for piece in cited
            for other in piece.analysis.numbers
            if number.agrees(other)
        ]
        if there and all(other not in (None, befalls) for _, _, other in there):
            piece, other, befell = there[0]
            return Fault(
                code=Reason.OF_ANOTHER_THING,
                detail=f"says {number.text!r} of those {befalls}; "
                f"{piece.id} says it of those {befell}",
                words=number.span,
                against=(piece.part(other.span),),
            )
    return None
