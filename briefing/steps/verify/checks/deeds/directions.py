"""From whom to whom: who gives, who gets, who loses, whoever is named how."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, swapped
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.verbs import FINITE, PAST
from briefing.text.words import content_stems, stem

_TAKES = (
    r"(?:re)?captured|seized|wrested|(?:re)?conquered|(?:re)?took|(?:re)?taken|retaken"
    r"|won back|taken back|liberated|stolen|stole|confiscated|bought|borrowed"
)
_GIVES = (
    r"gave|given|gives|handed|hands|provided|provides|supplied|supplies|sent|sends|delivered"
    r"|delivers|lent|sold|sells|paid|pays|granted|donated|transferred|awarded|leased"
)
_GREETS = r"welcomed|received|greeted|hosted"

_DEED = re.compile(rf"\b(?:(?P<takes>{_TAKES})|(?P<gives>{_GIVES})|(?P<greets>{_GREETS}))\b")
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|also\s+|not\s+)*$")
_EDGE = re.compile(
    r"[,;:()\"“”]|\s[-–—]\s|\b(?:and|but|while|whereas|although|though|because|since|that|which|who"
    r"|whom|whose|after|before|when|as|if)\b"
)
_PREPOSITION = re.compile(
    r"\b(?:in|at|on|for|of|from|to|by|with|during|under|near|within|through|about|over|ahead"
    r"|months|weeks|days|years|last|this|next|earlier|later|upon)\b"
)
_FIRST_VERB = re.compile(rf"\b{FINITE}\b")
_BE_APART = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+\s+){0,2}$")
"""Before a participle with "by": "was this Monday received in audience by"."""

_FROM = re.compile(r"\b(?:from|off)\s+")
_BY = re.compile(r"\bby\s+")
_TO = re.compile(r"\bto\s+")
_WITH = re.compile(r"\bwith\s+")

_APPOSED = re.compile(r"(?:^|(?<=[,;:()]))[^,;:()]+,\s+[A-Z][^,;:()]*,\s+$")
"""Who stands before a verb with a name between commas: "The mayor, Ada Lund, blamed"."""

_PAST = re.compile(rf"\b{PAST}\b")
_OBJECT_WORDS = 3
"""Content words behind a verb that tell what it is done to."""


@dataclass(frozen=True, slots=True)
class _Transfer:
    """One deed that has somebody on two sides, with the stems that name them."""

    kind: str
    agent: frozenset[str]
    source: frozenset[str]
    """From whom it is taken."""

    goal: frozenset[str]
    """Whom it is given to."""

    patient: frozenset[str]
    span: Span


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Nobody takes what is taken from him, gives what he gets, or hosts his host."""
    return _turned(claim, cited) or _of_another(claim, cited)


def _turned(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    mine = _transfers(claim.text)
    if not mine:
        return None
    there = [(piece, one) for piece in cited for one in _transfers(piece.analysis.text)]
    for deed in mine:
        same = [(piece, one) for piece, one in there if one.kind == deed.kind]
        if any(deed.agent & one.agent and not _crossed(deed, one) for _, one in same):
            continue
        for piece, one in same:
            if _crossed(deed, one) or deed.agent & _undergoes(one):
                return swapped(deed.span, piece, one.span)
        if deed.kind == "greets" and deed.patient:
            for piece, one in same:
                if deed.patient & one.agent and not deed.patient & one.patient:
                    return swapped(deed.span, piece, one.span)
    return None


def _crossed(deed: _Transfer, other: _Transfer) -> bool:
    """Whether "bought A from B" is "bought B from A"."""
    return bool(
        deed.patient & other.source - deed.source and deed.source & other.patient - deed.patient
    )


def _undergoes(deed: _Transfer) -> frozenset[str]:
    """Return who is on the other side of a deed than the one who does it."""
    return deed.source if deed.kind == "takes" else deed.goal


@lru_cache(maxsize=4_096)
def _transfers(text: str) -> tuple[_Transfer, ...]:
    return tuple(_read(text))


def _read(text: str) -> Iterator[_Transfer]:
    for found in _DEED.finditer(text):
        kind = next(name for name in ("takes", "gives", "greets") if found[name])
        behind = _EDGE.split(text[found.end() :])[0]
        before = _subject(text[: found.start()])
        by = _phrase(_BY, behind, text[found.end() :])
        be = _BE if not by else _BE_APART
        passive = bool(be.search(text, 0, found.start()))
        agent = by if passive else before
        patient = before if passive else _head(behind)
        goal: frozenset[str] = frozenset()
        if kind == "gives":
            goal = _goal(behind, text[found.end() :], before, passive=passive)
        yield _Transfer(
            kind=kind,
            agent=agent,
            source=_phrase(_FROM, behind, text[found.end() :]) if kind == "takes" else frozenset(),
            goal=goal - agent,
            patient=patient - agent,
            span=Span(*found.span()),
        )


def _subject(text: str) -> frozenset[str]:
    """Return the stems of who stands before a verb; of a second verb, who stands before both."""
    clause = _EDGE.split(text)[-1]
    stems = content_stems(_FIRST_VERB.split(clause)[0])
    if stems:
        return frozenset(stems)
    return frozenset(content_stems(_FIRST_VERB.split(text)[0]))


def _head(text: str) -> frozenset[str]:
    """Return the stems of the words before the first preposition."""
    return frozenset(content_stems(_PREPOSITION.split(text.strip())[0]))


def _phrase(lead: re.Pattern[str], behind: str, rest: str) -> frozenset[str]:
    """Return the stems of what stands behind a preposition in a clause."""
    found = lead.search(behind)
    if found is None:
        return frozenset()
    # "By Ada Lund and the teachers": those whom "and" joins do it, too.
    whole = re.split(r"[,;:()\"“”]|\b(?:but|while|that|which|who|after|before|when)\b", rest)[0]
    return _head(whole[found.end() :])


def _goal(behind: str, rest: str, before: frozenset[str], *, passive: bool) -> frozenset[str]:
    to = _phrase(_TO, behind, rest)
    if passive:
        # "Was given data by" and "were given to".
        return to or (frozenset() if _TO.search(behind) else before)
    served = _WITH.search(behind)
    if served:
        return frozenset(content_stems(behind[: served.start()]))
    return to


def _of_another(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where a sentence gives one's deed to another who did its like.

    "Lund founded the league, and Pell founded a rival body" does not bear out that Pell founded
    the league.
    """
    for verb in _PAST.finditer(claim.text):
        who, what = _around(claim.text, *verb.span())
        if not who or not what:
            continue
        for piece in cited:
            text = piece.analysis.text
            there = [
                (one, *_around(text, *one.span()))
                for one in _PAST.finditer(text)
                if stem(one[0]) == stem(verb[0])
            ]
            own = [one for one in there if who & one[1]]
            others = [one for one in there if what & one[2] and one[1] and not who & one[1]]
            if own and others and not any(what & one[2] for one in own):
                other = others[0][0]
                return Fault(
                    code=Reason.ANOTHER_DID_IT,
                    detail=f"in the source another one {other[0]!r} this",
                    words=Span(*verb.span()),
                    against=(piece.part(Span(*other.span())),),
                )
    return None


@lru_cache(maxsize=4_096)
def _around(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of who stands before a verb in the active, and of what stands behind it."""
    if _BE.search(text, 0, start):
        return frozenset(), frozenset()
    apposed = _APPOSED.search(text, 0, start)
    who = content_stems(apposed[0] if apposed else _EDGE.split(text[:start])[-1])
    what = content_stems(_EDGE.split(text[end:])[0])[:_OBJECT_WORDS]
    return frozenset(who), frozenset(what)
