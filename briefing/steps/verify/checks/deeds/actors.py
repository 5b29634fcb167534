"""Who does a thing does it in the source, too, where no name tells them apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.speech import REPORTING
from briefing.text.verbs import FINITE, PAST, UNCHANGED
from briefing.text.words import content_stems, stem, synonyms, words

_VERB = re.compile(rf"\b(?:{PAST}|{UNCHANGED})\b")
_FINITE = re.compile(rf"\b{FINITE}\b")
_AUX = re.compile(
    r"(?:\s+(?:has|have|had|will|would|is|are|was|were|be|been|being|also|then|later|already|both"
    r"|not|never|[a-z]+ly)){0,6}\s*$"
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:[a-z]+ly\s+|also\s+)*$")
_EDGE = re.compile(
    r"[,;:()\"“”]|\s[-–—]\s|\b(?:and|but|while|whereas|although|though|because|since|that|which|who"
    r"|after|before|when|as|if|where|whom|whose|than|or|until|unless)\b"
)
_RELATIVE = frozenset(("who", "which", "that"))
_PREPOSITION = re.compile(
    r"\b(?:in|at|on|for|of|from|to|by|with|during|under|near|within|through|about|over|into"
    r"|outside|inside|between|among|against|after|before)\b"
)
_BY = re.compile(r"\s+(?:[a-z]+\s+){0,3}?by\s+")
_DAY = re.compile(
    r"(?:[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b(?!\s+[A-Z])"
)
"""No agent, but when it is to be done: "closed by May"."""

_PRONOUN = re.compile(
    r"\b(?:he|she|they|it|we|i|you|this|these|those|one|some|many|others|another|most|few|all|both"
    r"|each|who|which|that|nobody|none|everyone)\b",
    re.IGNORECASE,
)
_TOGETHER = frozenset(
    stem(word)
    for word in (
        "meet talk speak agree sign share exchange cooperate attend hold fight clash"
    ).split()
)
"""What two sides do together: who stands first says nothing."""

_LIGHT = frozenset(
    stem(word) for word in "take make give get come go leave put set bring see keep".split()
)
"""Verbs that say little by themselves: a visit and a step are "taken" by others."""

_NAME = re.compile(r"(?<!^)\b[A-Z][a-z]+|^(?!The\b|An?\b)[A-Z][a-z]+\s+(?=[A-Z])|^[A-Z][a-z]+$")
_INDEFINITE = re.compile(r"an?\s+[a-z]", re.IGNORECASE)

_SPOKEN_FOR = re.compile(r"\bspokes(?:man|woman|person)$")

_TAIL_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Frame:
    """A verb with those who do it, or those it is done to, as the words beside it name them."""

    verb: str
    is_done_to: bool
    who: frozenset[str]
    head: str
    """The last stem of the noun itself: `board` in "the labour board of the city"."""

    span: Span
    """Of the verb."""

    part: Span
    """Of the words that name them."""

    is_relative: bool = False
    """They are what "who" or "that" is about."""


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Nobody does what another does of whom the same sentence tells something else.

    Both must stand in both texts, and only the verb be bound to another one of them.
    """
    mine = _frames(claim.text)
    if not mine:
        return None
    there = [(piece, one) for piece in cited for one in _frames(piece.analysis.text)]
    for frame in mine:
        if not _count(frame.verb, cited):
            fault = _of_another_before(frame, claim, cited)
            if fault:
                return fault
        same = [
            (piece, one)
            for piece, one in there
            if one.verb == frame.verb and one.is_done_to == frame.is_done_to
        ]
        if not same or _count(frame.verb, cited) != len(same):
            continue
        if all(_is_other(frame, one, claim.text, piece, cited) for piece, one in same):
            piece, other = same[0]
            return Fault(
                code=Reason.ANOTHER_DID_IT,
                detail=f"gives {frame.span.of(claim.text)!r} to {frame.part.of(claim.text)!r}; "
                f"{piece.says(Span(other.part.start, max(other.part.end, other.span.end)))}",
                words=frame.part,
                against=(piece.part(other.span),),
            )
    return None


def _of_another_before(frame: _Frame, claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the sentence before says whose deed it is, and names another."""
    here = frame.part.of(claim.text)
    for told in {one.text: one for piece in cited for one in piece.before}.values():
        for other in _frames(told.text):
            there = other.part.of(told.text)
            if (other.verb, other.is_done_to) != (frame.verb, frame.is_done_to):
                continue
            if _NAME.search(here) and _NAME.search(there) and not frame.who & other.who:
                return Fault(
                    code=Reason.ANOTHER_DID_IT,
                    detail=f"gives {frame.span.of(claim.text)!r} to {here!r}; the source to "
                    f"{' '.join(there.split())!r}",
                    words=frame.part,
                )
    return None


def _count(verb: str, cited: Sequence[Cited]) -> int:
    return sum(
        stem(found[0]) == verb for piece in cited for found in _VERB.finditer(piece.analysis.text)
    )


def _is_other(
    mine: _Frame, theirs: _Frame, claim: str, piece: Cited, cited: Sequence[Cited]
) -> bool:
    here, there = mine.part.of(claim), theirs.part.of(piece.analysis.text)
    if _SPOKEN_FOR.search(there) and _NAME.search(here) and not _NAME.search(there):
        # "A bank spokeswoman declined": the bank did.
        return False
    others = _told_beside(theirs, piece, cited)
    if not mine.who & theirs.who and _NAME.search(here):
        # Two names are of two, and "a union" is nobody named before.
        if theirs.is_relative and _NAME.search(there):
            return True
        if _INDEFINITE.match(there) and not theirs.is_done_to and mine.who & others:
            return True
    rest = set(content_stems(claim[: mine.part.start] + " " + claim[mine.part.end :]))
    if mine.head == theirs.head or theirs.head in synonyms(mine.head):
        # "Sales at A" and "sales at B": all that tells them apart stands in both texts.
        only_mine, only_theirs = mine.who - theirs.who, theirs.who - mine.who
        return bool(only_mine and only_theirs) and only_theirs <= rest and only_mine <= others
    if mine.head in theirs.who or theirs.head in mine.who:
        return False
    return theirs.head in rest - mine.who and mine.head in others - theirs.who


def _told_beside(frame: _Frame, piece: Cited, cited: Sequence[Cited]) -> set[str]:
    """Return the stems of all that is cited, or stands near it, but for who acts in a frame."""
    source = piece.analysis.text
    beside = set(content_stems(source[: frame.part.start] + " " + source[frame.part.end :]))
    for one in cited:
        near = (*one.before, one.headline, *((one.analysis,) if one is not piece else ()))
        beside = beside.union(*(other.stem_set for other in near))
    return beside


@lru_cache(maxsize=4_096)
def _frames(text: str) -> tuple[_Frame, ...]:
    return tuple(_read(text))


def _read(text: str) -> Iterator[_Frame]:
    for verb in _VERB.finditer(text):
        if REPORTING.fullmatch(verb[0]) or stem(verb[0]) in _TOGETHER | _LIGHT:
            continue
        passive = bool(_BE.search(text, 0, verb.start()))
        before = _subject(text, verb.start())
        if before is not None:
            yield from _frame(text, verb, before, is_done_to=passive)
        by = _BY.match(text, verb.end()) if passive else None
        if by is not None and not _DAY.match(text, by.end()):
            behind = _EDGE.split(text[by.end() :])[0]
            behind = _PREPOSITION.split(behind)[0].rstrip()
            if behind:
                agents = Span(by.end(), by.end() + len(behind))
                yield from _frame(text, verb, agents, is_done_to=False)


def _frame(text: str, verb: re.Match[str], part: Span, *, is_done_to: bool) -> Iterator[_Frame]:
    named = part.of(text)
    stems = content_stems(named)
    noun = content_stems(_PREPOSITION.split(named)[0])
    if not noun or _PRONOUN.search(named):
        return
    yield _Frame(
        verb=stem(verb[0]),
        is_done_to=is_done_to,
        who=frozenset(stems),
        head=noun[-1],
        span=Span(*verb.span()),
        part=part,
        is_relative=bool(_EDGE.match(text[part.end :].lstrip(", "))),
    )


def _subject(text: str, verb: int) -> Span | None:
    """Return where those stand whom a verb is told of, or None where order does not tell."""
    end = verb - len(_AUX.search(text[:verb])[0])  # type: ignore[index] # it matches nothing, too
    edges = list(_EDGE.finditer(text, 0, end + 1))
    edge = edges[-1] if edges and edges[-1].end() <= max(end, 0) + 1 else None
    start = edge.end() if edge else 0
    region = text[start:end]
    if edge is not None and edge[0] in _RELATIVE and not content_stems(region):
        return _antecedent(text, edge.start())
    if not content_stems(region) or _FINITE.search(region):
        return None
    lead = len(region) - len(region.lstrip())
    return Span(start + lead, end)


def _antecedent(text: str, end: int) -> Span | None:
    """Return where the noun stands that "who" or "that" is about."""
    before = text[:end].rstrip().rstrip(",").rstrip()
    start = max((edge.end() for edge in _EDGE.finditer(before)), default=0)
    start = max([start, *(word.end() for word in _FINITE.finditer(before))])
    # "The third floor of the hospital, which": it may be either of them.
    leads = [word for word in _PREPOSITION.finditer(before) if word[0] != "of"]
    start = max([start, *(word.end() for word in leads)])
    noun = before[start:]
    if not 0 < len(words(noun)) <= _TAIL_WORDS + 2 or not content_stems(noun):
        return None
    lead = len(noun) - len(noun.lstrip())
    return Span(start + lead, len(before))
