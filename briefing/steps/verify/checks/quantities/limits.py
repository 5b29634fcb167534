"""Part of check 13: of what is "only" agreed, or said, a sentence tells no more."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.words import content_stems, synonyms

_ONLY = re.compile(
    r"\b(?P<verb>agreed|confirmed|decided|promised|conceded|admitted|offered|announced|allowed"
    r"|approved)\s+only\s+(?:(?:that|on|to|for)\s+)?(?P<what>[^.;]+)"
)
_LEAST = 0.34
"""Of the content words of what is agreed in a sentence that must be of all that is agreed."""


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """What the source's "agreed only that" leaves out has not been agreed."""
    for piece in cited:
        for there in _ONLY.finditer(piece.analysis.text):
            known = set(content_stems(there["what"]))
            known = known.union(*map(synonyms, known))
            here = re.search(rf"\b{there['verb']}\b(?P<what>[^.;]+)", claim.text)
            told = set(content_stems(here["what"])) if here else set()
            if here is None or not told or len(told & known) > _LEAST * len(told):
                continue
            span = Span(*there.span())
            return Fault(
                code=Reason.QUANTITY_CHANGED,
                detail=f"says {here['what'].strip()!r}; {piece.says(span)}",
                words=Span(*here.span("what")),
                against=(piece.part(span),),
            )
    return None
