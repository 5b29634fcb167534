"""Part of check 6: what a source hopes for by a noun, as "a formation", is not done."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.words import stem

_DONE = re.compile(
    r"\b(?:has|have|had|was|were)\s+(?:(?:\w+ly|now|already|since)\s+)?(?:been\s+)?(?:\w+ly\s+)?"
    r"(?P<verb>[a-z]{3,}ed)\b"
)
_HOPES = re.compile(
    r"\b(?:look\w* forward to|(?:has|have|had|is|are) yet to|hop(?:e|es|ed|ing) (?:for|to|that)"
    r"|in order to|aim\w* (?:at|to|for)"
    r"|with a view to|call\w* for|appeal\w* for|work\w* (?:for|towards?)|seek\w*|sought|want\w*"
    r"|wish\w* (?:for|to)|propos\w*|urg\w*|demand\w*|press\w* for|await\w*|in favou?r of)\b"
    r"(?:(?![.;:]|\bbut\b).)*$",
    re.IGNORECASE | re.DOTALL,
)
"""From a hope to the end of a text that breaks off in its clause."""

_NOMINAL = r"[a-z]*(?:ments?|tions?|ings?|ance|als?)"
_WORD = re.compile(r"[A-Za-z]+")


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Nothing "has been formed" whose formation the source only looks forward to."""
    for done in _DONE.finditer(claim.text):
        root = done["verb"].removesuffix("ed")
        nominal = re.compile(root + _NOMINAL)
        there = [
            (piece, Span(*word.span()), nominal.fullmatch(word[0].lower()) is not None)
            for piece in cited
            for word in _WORD.finditer(piece.analysis.text)
            if stem(word[0]) == stem(done["verb"]) or nominal.fullmatch(word[0].lower())
        ]
        if there and all(
            is_noun and _HOPES.search(piece.analysis.text[: span.start])
            for piece, span, is_noun in there
        ):
            piece, span, _ = there[0]
            return Fault(
                code=Reason.PLAN_TOLD_AS_DONE,
                detail=f"says {done[0]!r}; {piece.says(span)}",
                words=Span(*done.span()),
                against=(piece.part(span),),
            )
    return None
