"""What a check finds wrong with a sentence."""

from dataclasses import dataclass
from functools import cache

from briefing.data.article import Span
from briefing.data.briefing import Check, Citation, Words
from briefing.data.reason import Reason
from briefing.steps.verify.sources import Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong, with the words on both sides."""

    code: Reason
    detail: str
    """In words, for a person or for the model that is to mend the sentence."""

    words: Span | None = None
    """Where the offending words stand in the sentence; None where it is about what lacks."""

    against: tuple[Citation, ...] = ()
    """The words of the sources that speak against them."""

    refuses: bool = True
    """A conflict refuses the sentence; what merely lacks support is weighed with the rest."""


def differs(
    code: Reason,
    said: str,
    words: Span | None,
    piece: Cited,
    there: Span,
    *,
    refuses: bool = True,
) -> Fault:
    """Return the fault of a sentence that says one thing where a source says another.

    Args:
        code: Why it is wrong.
        said: What the sentence says, in its words.
        words: Where it says so, if at one place.
        piece: The cited piece that says otherwise.
        there: Where it does.
        refuses: Whether the sentence is refused for it, or it is weighed.
    """
    return Fault(
        code=code,
        detail=f"says {said!r}; {piece.says(there)}",
        words=words,
        against=(piece.part(there),),
        refuses=refuses,
    )


def swapped(words: Span, piece: Cited, there: Span) -> Fault:
    """Return the fault of a sentence that has the sides of a deed the other way round.

    Args:
        words: Where the sentence tells of it.
        piece: The cited piece that has it otherwise.
        there: Where it does: the verb.
    """
    return Fault(
        code=Reason.SIDES_SWAPPED,
        detail=f"the source has the two sides of {there.of(piece.analysis.text)!r} "
        "the other way round",
        words=words,
        against=(piece.part(there),),
    )


def result(name: str, fault: Fault | None, text: str) -> Check:
    """Return the result of the check `name` of the sentence `text`."""
    if fault is None:
        return _held(name)
    words = fault.words
    return Check(
        name=name,
        ok=False,
        code=fault.code,
        refuses=fault.refuses,
        detail=fault.detail,
        words=Words(start=words.start, end=words.end, text=words.of(text)) if words else None,
        against=fault.against,
    )


@cache
def _held(name: str) -> Check:
    """Return the result of a check that finds nothing, which most do."""
    return Check(name=name, ok=True)
