"""Check 13: how many, how much of, in which order: small words that turn a fact round."""

import re
from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis

_CLASSES = {
    "all": r"all|every|each|everyone|everybody|both",
    "most": r"most of|most(?= \w+s\b)|majority",
    "few": r"(?<!a )few|hardly any",
    "at least": r"at least|no fewer than|no less than|more than|over(?= [\d$€£a-z]+)|upwards of",
    "at most": r"at most|no more than|up to|fewer than|less than|under(?= [\d$€£])",
    "only": r"only|solely|merely|alone",
}
_SAID = {
    name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _CLASSES.items()
}
_NEEDED = frozenset({"all", "most", "few", "at most", "only"})
"""Classes that a claim may not bring in by itself."""

_OPPOSED = {"at least": "at most", "at most": "at least"}
_ORDER = re.compile(r"\b(?P<word>before|after)\b", re.IGNORECASE)
_RANKED = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|\d+(?:nd|rd|th))[ -]"
    r"(?P<word>[a-z]{2,}est|most|least)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?P<how>by|to)\s+(?:about |nearly |almost |some )?[$€£]?\d", re.IGNORECASE
)


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """No "some" becomes "all", no "at least" "at most", no "before" "after", no "by" "to"."""
    texts = [piece.analysis.text for piece in cited]
    detail = _class_of_its_own(claim.text, texts) or _turned_order(claim.text, texts)
    if not detail:
        detail = _rank_lost(claim.text, texts) or _changed_how(claim.text, texts)
    return Check(name="quantities", ok=not detail, detail=detail)


def _class_of_its_own(claim: str, texts: Sequence[str]) -> str:
    for name, pattern in _SAID.items():
        said = pattern.search(claim)
        if said is None or any(pattern.search(text) for text in texts):
            continue
        opposed = _OPPOSED.get(name)
        if name in _NEEDED or (opposed and any(_SAID[opposed].search(text) for text in texts)):
            return f"{said[0]!r} is not in the source"
    return ""


def _turned_order(claim: str, texts: Sequence[str]) -> str:
    here = {found["word"].lower() for found in _ORDER.finditer(claim)}
    there = {found["word"].lower() for text in texts for found in _ORDER.finditer(text)}
    if len(here) == len(there) == 1 and here != there:
        return f"says {min(here)!r}; the source says {min(there)!r}"
    return ""


def _rank_lost(claim: str, texts: Sequence[str]) -> str:
    for text in texts:
        for ranked in _RANKED.finditer(text):
            word = ranked["word"]
            if re.search(rf"\b{word}\b", claim, re.IGNORECASE) and not _RANKED.search(claim):
                return f"the source says {ranked[0]!r}"
    return ""


def _changed_how(claim: str, texts: Sequence[str]) -> str:
    here = {found["how"].lower() for found in _CHANGED.finditer(claim)}
    there = {found["how"].lower() for text in texts for found in _CHANGED.finditer(text)}
    if len(here) == len(there) == 1 and here != there:
        return f"says {min(here)!r} the number; the source says {min(there)!r}"
    return ""
