"""Part of check 7: whoever is backed in a sentence is backed in the source."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.words import content_stems, synonyms

_BACKS = re.compile(
    r"\b(?:in support of|supporting|support(?:s|ed)|backing|back(?:s|ed)|sid(?:es|ed|ing) with"
    r"|on the side of|in favou?r of|on behalf of)\s+(?P<whom>(?:the\s+)?[^,;:.]+)"
)
_END = re.compile(r"\b(?:in|at|on|and|by|with|after|to|for|who|which|that|against)\b")


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """Who supports one side of a dispute in the source does not support the other.

    Nothing is held against a sentence where the source says of nobody that he is backed, or where
    it has the one who is backed beside the words for it.
    """
    for here in _BACKS.finditer(claim.text):
        whom = set(content_stems(_END.split(here["whom"])[0]))
        there = [
            (piece, found)
            for piece in cited
            for found in _BACKS.finditer(piece.analysis.text)
            if content_stems(found["whom"])
        ]
        if not whom or not there:
            continue
        if any(_is_backed(whom, found) for _, found in there):
            continue
        piece, found = there[0]
        span = Span(*found.span())
        return Fault(
            code=Reason.OPPOSITE_WORD,
            detail=f"says {here[0]!r}; {piece.says(span)}",
            words=Span(*here.span()),
            against=(piece.part(span),),
        )
    return None


def _is_backed(whom: set[str], found: re.Match[str]) -> bool:
    there = set(content_stems(found["whom"]))
    return bool(whom & there.union(*map(synonyms, there)))
