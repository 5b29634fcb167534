"""Part of check 8: what goes on is not over, and what hangs on a condition has not come about."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.words import content_stems, stem

_OVER = re.compile(
    r"\b(?:concluded|completed|complete|finished|ended|over|wrapped up|finali[sz]ed|settled)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:under ?way|ongoing|in progress|continu(?:e|es|ing)|proceeding|going on"
    r"|still (?:being|at)|(?:is|are) being|pending|unfinished|incomplete)\b",
    re.IGNORECASE,
)
_EDGE = re.compile(r"[,;:()\"“”]|\b(?:and|but|while|which|who|that|after|before|when|as)\b")
_NOT = re.compile(
    r"\b(?:not?|never|yet|nearly|almost|until|once|before|when|after|to be)\b|n['’]t\b", re.I
)

_IF = re.compile(
    r"(?<!ask )(?<!asked )(?<!see )(?<!know )(?<!even )\b"
    r"(?:if|unless|provided that|on (?:the )?condition that)\s+"
    r"(?P<what>[^,;:.\"“”]+)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:if|unless|once|provided|whether|would|could|may|might|should|will|can|condition\w*"
    r"|subject to|depend\w*|asks?|asked|wants?|wanted|demand\w*|plans?|until|willing|ready"
    r"|require\w*|need\w*|expect\w*|to be|when|hop\w+|must|not|no)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:decided|agreed|resolved|voted|pledged)\s+to\s+(?P<decided>[a-z]{3,})\b"
    r"|\b(?:has|have|had)\s+(?:\w+ly\s+|already\s+|now\s+|also\s+)?(?:been\s+)?"
    r"(?P<perfect>(?!decided|agreed|resolved|voted|pledged)[a-z]{3,}ed|given|taken|paid|met|sold"
    r"|bought|sent|made|won)\b"
)
_TO_COME = re.compile(r"\b(?:will|would|could|can|may|might|ready|willing|prepared)\b")
_FEWEST = 2
_FURTHER = re.compile(
    r"\b(?:further|additional|future|new)\s+[a-z]+s\b[^.,;:\"“”]{0,40}?"
    r"\b(?:could|may|might|would)\s+(?P<what>[^.;\"“”]+)",
    re.IGNORECASE,
)
_SHARED_THERE = 3
"""Content words of what might come that a sentence has, for it to tell of that."""


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """Nothing is over that goes on, nor done that is only a condition, or might come next."""
    return _not_over(claim, cited) or _condition_met(claim, cited) or _next_one(claim, cited)


def _not_over(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where talks are "concluded" that the source has "under way"."""
    for said, other in ((_OVER, _GOES_ON), (_GOES_ON, _OVER)):
        for here in said.finditer(claim.text):
            what = _before(claim.text, here.start())
            if not what or any(said.search(piece.analysis.text) for piece in cited):
                continue
            for piece in cited:
                text = piece.analysis.text
                for there in other.finditer(text):
                    if _NOT.search(_EDGE.split(text[: there.start()])[-1]):
                        continue
                    if what & _before(text, there.start()):
                        return Fault(
                            code=Reason.PLAN_TOLD_AS_DONE
                            if said is _OVER
                            else Reason.FACT_TOLD_AS_OPEN,
                            detail=f"says {here[0]!r}; {piece.says(Span(*there.span()))}",
                            words=Span(*here.span()),
                            against=(piece.part(Span(*there.span())),),
                        )
    return None


def _before(text: str, at: int) -> set[str]:
    """Return the last content stem before a place, in its clause, if nothing denies it there."""
    part = _EDGE.split(text[:at])[-1]
    return set() if _NOT.search(part) else set(content_stems(part)[-1:])


def _condition_met(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where somebody has done what in the source others wait for.

    "The bank will lend if the state guarantees it" does not bear out that the state has done so.
    """
    if _OPEN.search(claim.text):
        return None
    done = {stem(found["perfect"] or found["decided"]) for found in _DONE.finditer(claim.text)}
    for piece in cited:
        text = piece.analysis.text
        for found in _IF.finditer(text):
            what = content_stems(found["what"]) or ("",)
            verbs = done & set(what)
            rest = _stems(text[: found.start()]) | _stems(text[found.end() :])
            shared = set(what) & claim.stem_set
            named = what[0] in shared or len(shared) > _FEWEST
            if not verbs or verbs & rest or len(shared) < _FEWEST or not named:
                continue
            if any(verbs & other.analysis.stem_set for other in cited if other is not piece):
                continue
            if not _TO_COME.search(text[: found.start()]):
                continue
            there = Span(*found.span())
            return Fault(
                code=Reason.CONDITION_LOST,
                detail=f"tells as done what {piece.says(there)}",
                against=(piece.part(there),),
            )
    return None


def _stems(text: str) -> set[str]:
    return set(content_stems(text))


def _next_one(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "further measures could include" what the claim tells of these."""
    if _OPEN.search(claim.text) or _FURTHER.search(claim.text):
        return None
    for piece in cited:
        found = _FURTHER.search(piece.analysis.text)
        if found is None:
            continue
        coming = _stems(found["what"]) & claim.stem_set
        others = [one.analysis.stem_set for one in cited if one is not piece]
        elsewhere = _stems(piece.analysis.text[: found.start()]).union(*others)
        if len(coming - elsewhere) >= _SHARED_THERE:
            there = Span(found.start(), found.start("what"))
            return Fault(
                code=Reason.PLAN_TOLD_AS_DONE,
                detail=f"told as done; {piece.says(there)}",
                against=(piece.part(there),),
            )
    return None
