"""Who blames, asks or sues whom, whatever verb either text has for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.data.article import Span
from briefing.steps.verify.fault import Fault, swapped
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.clauses import REACH_CHARS
from briefing.text.verbs import FINITE
from briefing.text.words import content_stems

_KINDS = {
    "blame": r"accus(?:ed|es|ing)|blam(?:ed|es|ing)|denounc(?:ed|es|ing)|condemn(?:ed|s|ing)"
    r"|criticis(?:ed|es|ing)|criticiz(?:ed|es|ing)|faulted|rebuk(?:ed|es)|attack(?:ed|s)",
    "ask": r"asked|asks|urg(?:ed|es|ing)|press(?:ed|es)|call(?:ed|s) (?:on|upon)|implor(?:ed|es)"
    r"|begg?(?:ed|s)|order(?:ed|s)|instruct(?:ed|s)|demand(?:ed|s) (?:of|from)|appeal(?:ed|s) to"
    r"|warn(?:ed|s)|persuad(?:ed|es?)|convinc(?:ed|es?)",
    "sue": r"sued|sues|suing|(?:filed|brought|lodged|launched)\s+(?:an?\s+)?(?:\w+\s+)?"
    r"(?:suit|lawsuit|case|complaint|action|claim)\s+against",
    "hand": r"handed|gave|presented|delivered to",
    "replace": r"replac(?:ed|es|ing)|succeed(?:ed|s)|oust(?:ed|s)|defeat(?:ed|s)|beat",
}
_VERB = re.compile("|".join(rf"(?P<{kind}>\b(?:{verbs})\b)" for kind, verbs in _KINDS.items()))
_SUIT = re.compile(
    r"\b(?:suit|lawsuit|case|complaint|action|claim)\s+(?:that\s+|which\s+)?"
    r"(?P<who>(?:the\s+)?(?:[\w’'-]+\s+){1,3}?)(?:has\s+|had\s+)?(?:filed|brought|lodged)\b"
)
_AGAINST = re.compile(r"\s+against\s+")
_BE = re.compile(r"\b(?:is|are|was|were|been|being)\s+(?:\w+ly\s+|also\s+)*$")
_BY = re.compile(r"\bby\s+")
_EDGE = re.compile(
    r"[,;:()\"“”]|''|\s[-–—]\s|\b(?:and|but|while|whereas|although|though|because|since|that|which"
    r"|after|before|when|as|if)\b"
)
_AUXILIARY = re.compile(
    r"\b(?:has|have|had|is|are|was|were|been|being|will|would|can|could|may|might|must|should|did"
    r"|also|then|later)\b"
)
_AND = re.compile(r"\band\s+$")
_WHO = re.compile(r",\s+(?:who|which|whose)\s[^,;\"“”]+,\s*$")
_APPOSED = re.compile(r"(?P<head>[^,;:()]+),\s+[^,;:()]+,\s*$")
_BEHIND_EDGE = re.compile(
    r"[,;:()\"“”.]|''|\b(?:to|of|for|over|about|with|in|on|at|from|that|why|how|whether|and|but"
    r"|while|who|which|after|before|when|as|if|because|by)\b"
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|their|its|who|which|that|this|these|those|each other"
    r"|one another|itself|himself|both|other)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(rf"\b{FINITE}\b")


@dataclass(frozen=True, slots=True)
class _Address:
    """One who turns to another, with the stems that name both."""

    kind: str
    agent: frozenset[str]
    patient: frozenset[str]
    span: Span


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """Return what is wrong where one blames, asks or sues who does so to him in the source."""
    for mine in _addresses(claim.text):
        there = [
            (piece, one)
            for piece in cited
            for one in _addresses(piece.analysis.text)
            if one.kind == mine.kind
        ]
        if not mine.agent or not mine.patient or any(_is_so(mine, one) for _, one in there):
            continue
        for piece, one in there:
            if _is_turned(mine, one):
                return swapped(mine.span, piece, one.span)
    return None


def _is_so(mine: _Address, one: _Address) -> bool:
    """Whether a source's side, or both if it names both, is on the same side in the claim."""
    agent, patient = mine.agent & one.agent - one.patient, mine.patient & one.patient - one.agent
    return bool((agent or not one.agent) and (patient or not one.patient))


def _is_turned(mine: _Address, one: _Address) -> bool:
    """Whether each side that the source names, the other a pronoun at most, is on the other."""
    agent, patient = mine.agent & one.patient - one.agent, mine.patient & one.agent - one.patient
    return bool((agent or not one.patient) and (patient or not one.agent))


@lru_cache(maxsize=4_096)
def _addresses(text: str) -> tuple[_Address, ...]:
    return (*_read(text), *_suits(text))


def _read(text: str) -> Iterator[_Address]:
    for found in _VERB.finditer(text):
        kind = next(name for name in _KINDS if found[name])
        start = max(0, found.start() - REACH_CHARS)
        before = _before(text[start : found.start()])
        behind = text[found.end() : found.end() + REACH_CHARS]
        to = _head(behind)
        if _BE.search(text, start, found.start()):
            by = _BY.search(_EDGE.split(behind)[0])
            if by is None:
                continue
            before, to = _head(behind[by.end() :]), before
        if before is not None and to is not None and (before or to):
            yield _Address(kind, before, to - before, Span(*found.span()))


def _suits(text: str) -> Iterator[_Address]:
    """Yield who filed a suit that the text speaks of: "a suit that Norland filed"."""
    for found in _SUIT.finditer(text):
        who = frozenset(content_stems(found["who"]))
        if who and not _PRONOUN.search(found["who"]):
            against = _AGAINST.match(text, found.end())
            whom = _head(text[against.end() : against.end() + REACH_CHARS]) if against else None
            yield _Address("sue", who, (whom or frozenset()) - who, Span(*found.span()))


def _before(text: str) -> frozenset[str] | None:
    """Return the stems of who stands before a verb, without asides; none for a pronoun."""
    # Both patterns end in a comma, and cost much where none is.
    is_aside = text.rstrip().endswith(",")
    text = _WHO.sub(" ", text) if is_aside else text
    apposed = _APPOSED.search(text) if is_aside else None
    part = apposed["head"] if apposed else _EDGE.split(text)[-1]
    if not part.strip() and (joined := _AND.search(text)):
        # "Lund received the envoy and handed him a note".
        part = re.split(r"[;:\"“”]", text[: joined.start()])[-1].split(",")
        part = next((one for one in part if _FINITE.search(one)), "")
        part = _FINITE.split(part)[0]
    if _PRONOUN.search(part):
        return frozenset()
    part = _AUXILIARY.split(part)[0]
    return None if _FINITE.search(part) else frozenset(content_stems(part)) or None


def _head(text: str) -> frozenset[str] | None:
    """Return the stems of whom a verb is about, behind it; none for a pronoun."""
    part = _BEHIND_EDGE.split(text, maxsplit=1)[0]
    return frozenset() if _PRONOUN.search(part) else frozenset(content_stems(part)) or None
