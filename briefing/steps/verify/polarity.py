"""Check 7: the sentence affirms what the source affirms, and denies what it denies."""

import re
from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.words import STOPWORDS, content_stems, stem, synonyms

_NEGATOR = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|unlikely"
    r"|den(?:y|ies|ied)|refus(?:e|es|ed|al)|reject(?:s|ed)?|rul(?:e|es|ed) out|fail(?:s|ed)? to"
    r"|declin(?:e|es|ed) to|unable|false that|untrue|far from)\b|n['’]t\b",
    re.IGNORECASE,
)
_SCOPE_END = re.compile(
    r"[,;:()\"“”]|''|\b(?:but|and|if|whether|while|whereas|although|though|because|since)\b"
)

_OPPOSITES = (
    "rise fall", "increase decrease", "increase decline", "grow shrink", "grow fall",
    "rise decline",
    "accept reject", "win lose", "export import", "open close", "begin end", "start end",
    "start finish", "support oppose", "arrive depart", "arrive leave", "more less", "more fewer",
    "strengthen weaken", "deepen loosen", "improve worsen", "buy sell", "include exclude",
    "allow forbid", "allow ban", "confirm deny", "agree disagree", "agree refuse", "public private",
    "north south", "east west", "above below", "first last", "narrow widen", "success failure",
    "hope fear", "ally enemy", "praise criticise", "welcome condemn", "narrower wider",
    "minimum maximum", "best worst", "early late", "postpone advance", "up down", "high low",
    "higher lower", "highest lowest", "long short", "friendly hostile", "raise lower", "raise cut",
    "increase cut", "extend shorten", "join leave", "sign cancel", "resume suspend", "lend borrow",
    "morning afternoon", "morning evening", "remember forget", "same different", "largest smallest",
    "biggest smallest", "most least",
)  # fmt: skip
_OPPOSITE: dict[str, set[str]] = {}
for _pair in _OPPOSITES:
    _left, _right = map(stem, _pair.split())
    _OPPOSITE.setdefault(_left, set()).add(_right)
    _OPPOSITE.setdefault(_right, set()).add(_left)


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """No negation is lost or added, and no word is turned into its opposite."""
    detail = _lost_or_added(claim, cited) or _opposite(claim, cited)
    return Check(name="polarity", ok=not detail, detail=detail)


def _lost_or_added(claim: Analysis, cited: Sequence[Cited]) -> str:
    denied_here = _denied(claim.text) & claim.plain_stems
    denied_there: set[str] = set()
    said_there: set[str] = set()
    for piece in cited:
        denied_there |= _denied(piece.analysis.text)
        said_there |= set(content_stems(_said(piece.analysis.text)))
    affirmed = sorted(denied_here & said_there - denied_there)
    if 2 * len(affirmed) > len(denied_here) and not denied_here & denied_there:
        return f"denies {affirmed[0]!r}; the source affirms it"
    plain = claim.plain_stems - denied_here
    lost = sorted(plain & denied_there - said_there)
    if lost and (not denied_here or len(lost) > len(plain) / 2):
        return f"affirms {lost[0]!r}; the source denies it"
    return ""


def _denied(text: str) -> set[str]:
    """Return the content stems between a negator and the end of its clause."""
    return {one for start, end in _scopes(text) for one in content_stems(text[start:end])}


def _said(text: str) -> str:
    left = list(text)
    for start, end in _scopes(text):
        left[start:end] = " " * (end - start)
    return "".join(left)


def _scopes(text: str) -> list[tuple[int, int]]:
    scopes = []
    for negator in _NEGATOR.finditer(text):
        ending = _SCOPE_END.search(text, negator.end())
        scopes.append((negator.end(), ending.start() if ending else len(text)))
    return scopes


def _opposite(claim: Analysis, cited: Sequence[Cited]) -> str:
    if any(_NEGATOR.search(text) for text in (claim.text, *(p.analysis.text for p in cited))):
        return ""
    there = {stem(word) for piece in cited for word in piece.analysis.word_keys}
    for word in sorted({stem(word) for word in claim.word_keys if word not in STOPWORDS} - there):
        turned = _OPPOSITE.get(word, set()) & there
        if turned and not synonyms(word) & there:
            return f"says {word!r}; the source says {min(turned)!r}"
    return ""
