"""How a sentence may say without a "not" what a source says with one."""

import re

from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis

NONE_SINCE = re.compile(r"\b(?:no|not|never|none)\b.*\b(?:since|before|for \w+ years|ever)\b", re.I)
"""How "the first since" may be put: "none had come since"."""

_ONLY = re.compile(
    r"\b(?:only|at (?:most|the (?:earliest|latest))|maximum|limit\w*|solely|exclusively"
    r"|once)\b",
    re.IGNORECASE,
)
_NOT_MORE = re.compile(
    r"(?:\b(?:no|not|never|cannot|nobody|none)\b|n['’]t\b)[^.;:]{0,120}?"
    r"\b(?:more than|longer than|later than|other than|until|before|unless|without|except)\b",
    re.IGNORECASE,
)
"""What is denied but for a limit: "not before Monday" is "only on Monday"."""

_THAN = re.compile(r"\b(?:more|less|fewer|[a-z]{3,}er)\b(?=[^,;]{0,80}?\bthan\b)", re.IGNORECASE)
_NOT_AS = re.compile(
    r"(?:\bnot|n['’]t)\b[^,;]{0,80}?\b(?:as|so)\s+(?P<how>\w+)\s+as\b", re.IGNORECASE
)
_SAME_PREFIX = 4
"""Letters by which "fast" is in "faster": with it, the comparison is denied in its own words."""

_LAST = re.compile(r"\blast\b(?! (?:night|week|month|year|spring|summer|autumn|winter|[A-Z]))")
_SAME_WITHOUT_NOT = ((_ONLY, _NOT_MORE), (_THAN, _NOT_AS), (_LAST, NONE_SINCE))


def is_said_without_not(claim: Analysis, piece: Cited) -> bool:
    """Whether the claim has a form of its own for what the source says with a "not"."""
    there = piece.analysis.text
    as_much = _NOT_AS.search(there)
    if as_much and as_much["how"][:_SAME_PREFIX].lower() in claim.text.lower():
        return False
    return any(
        (found := mine.search(claim.text)) is not None
        and found[0].lower() not in there.lower()
        and theirs.search(there)
        for mine, theirs in _SAME_WITHOUT_NOT
    )
