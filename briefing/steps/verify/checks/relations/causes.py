"""What the sentence says caused or forced something, the source does too."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.speech import SAYING
from briefing.text.words import content_stems, synonyms

_CAUSE = re.compile(
    r"\b(?:because|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )due to|owing to|as a result"
    r"|thanks to)\b",
    re.IGNORECASE,
)
_ANY_CAUSE = re.compile(
    r"\b(?:because|due|owing|result|resulting|thanks|caus\w+|led|leads?|leading|since|as|so"
    r"|for lack"
    r"|blam\w+|reasons?|following|over|forc\w+|prompt\w+|therefore|given|amid|request|why|send\w*"
    r"|spark\w*|trigger\w*|driven|brought|makes?|made|from|by|after|through|with|when|having)\b",
    re.I,
)
"""Whatever may give a cause: "after", "by" and "with" among them."""

_CAUSED = re.compile(
    r"\b(?:(?:was|were|been|is|are)\s+(?P<passive>caused|triggered|sparked|provoked)\s+by"
    r"|(?P<active>caused|triggered|sparked|provoked|brought about|led to))\s+"
    r"(?P<rest>(?:[^\s,;.]+\s*){1,6})",
    re.IGNORECASE,
)
_GIVES_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|results?|resulted|resulting|thanks to|caus\w+|leads?|led|leading"
    r"|blam\w+|reasons?|spark\w*|trigger\w*|prompt\w*|provok\w*|forc\w+|driven|bring\w*|brought"
    r"|why|start\w*|began|set off|made|responsible|fault|behind|origin\w*|fuel\w*|contribut\w*"
    r"|attribut\w*|following|amid|therefore|thus|hence|so that|create\w*|left|meant)\b",
    re.IGNORECASE,
)
"""Words that say what something comes of, and not only when or with what."""

_FORCED = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbeing )\b"
    r"(?P<verb>forced|compelled|obliged|coerced)\s+(?!out\b)",
    re.IGNORECASE,
)
"""Somebody's deed; who "was forced to land" may just have had to."""

_PRESSURE = re.compile(
    r"\b(?:forc\w+|compel\w*|oblig\w+|coerc\w+|requir\w+|order\w*|made|makes?|impos\w+|must"
    r"|ha(?:s|d|ve) to|had no choice|instruct\w*|command\w*|press\w*|threat\w*|demand\w*|law"
    r"|court|rul\w+|caus\w+|prompt\w*|driv\w+|drove|because|due to|after|led|result\w*|left"
    r"|unable|push\w*|cannot|could not|no longer)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"[,;:()]|\b(?:and|but|while|whereas|who|which)\b")


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """No cause is given, and nobody forced, where the source tells of none."""
    return _added(claim, cited) or _joined(claim, cited) or _forced(claim, cited)


def _added(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the claim gives a cause and the source gives none."""
    here = _CAUSE.search(claim.text)
    if not here or any(_ANY_CAUSE.search(piece.analysis.text) for piece in cited):
        return None
    return _fault(Span(*here.span()), claim)


def _joined(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where one thing "caused" another that the source sets apart.

    A source need not name a cause: "floods closed the line" does. But it has both in one clause.
    """
    here = _CAUSED.search(claim.text)
    if not here or any(_GIVES_CAUSE.search(piece.analysis.text) for piece in cited):
        return None
    before = _PART.split(claim.text[: here.start()])[-1]
    one, other = set(content_stems(before)), set(content_stems(here["rest"]))
    if not one or not other:
        return None
    parts = [
        set(content_stems(part))
        for piece in cited
        for told in _told(piece.analysis.text)
        for part in _PART.split(told)
    ]
    if any(_has(one, part) and _has(other, part) for part in parts):
        return None
    group = "passive" if here["passive"] else "active"
    return _fault(Span(*here.span(group)), claim)


def _has(wanted: set[str], part: set[str]) -> bool:
    return bool({same for one in wanted for same in (one, *synonyms(one))} & part)


def _told(text: str) -> list[str]:
    """Return a sentence without who says it: a "fire chief" tells of no fire."""
    return SAYING.split(text)


def _forced(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    here = _FORCED.search(claim.text)
    if not here or any(_PRESSURE.search(piece.analysis.text) for piece in cited):
        return None
    return _fault(Span(*here.span("verb")), claim)


def _fault(words: Span, claim: Analysis) -> Fault:
    return Fault(
        code=Reason.CAUSE_ADDED,
        detail=f"says {words.of(claim.text)!r}; the source gives no cause",
        words=words,
    )
