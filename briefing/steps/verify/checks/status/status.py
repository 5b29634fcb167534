"""A wish stays a wish, a plan stays a plan, and what took place took place."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.status import conditions, unasserted
from briefing.steps.verify.checks.status.done import (
    IN_PAST,
    UNREAL,
    first_done,
    told_as_done,
)
from briefing.steps.verify.checks.status.openness import (
    AGREED,
    LET,
    OPEN,
    PLANNED,
    RISKED,
    is_left_open,
    is_more_than_reported,
    is_wished,
    maybe,
    wish,
    wish_itself,
)
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources, always_led, nearest
from briefing.text.analysis import Analysis
from briefing.text.speech import REPORTING
from briefing.text.verbs import PARTICIPLE
from briefing.text.words import content_stems, stem, synonyms

_OPENING_CHARS = 20
"""Of what begins with a word that leaves something open: as many as tell which word it is."""

_BEFORE = re.compile(r"\b(?:before|prior to)\b", re.IGNORECASE)
_SURE = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:to(?! (?:an?|the|one|two)\b)|due|scheduled|expected"
    r"|set to)"
    r"|plans? to|intends? to)\b",
    re.IGNORECASE,
)
_NO_DEED = re.compile(
    r"\b(?:be|being)\s+(?:\w+ly\s+)?$|(?:\bnot|n['’]t)\s+(?:(?:yet|been|\w+ly)\s+)*$"
)
"""Before a participle that tells of nothing done."""

_STATES = frozenset(map(stem, "keep know think mean feel stand".split()))
"""What lasts, and is not done."""

_WILL_DO = re.compile(r"\b(?:will|is to|are to|is due to|are due to)\s+(?P<verb>[a-z]{3,})\b")
_WISHES = re.compile(
    r"\b(?:wish(?:es|ed)?|want(?:s|ed)?|hop(?:es?|ed|ing)|seeks?|sought|ask(?:s|ed)?"
    r"|call(?:s|ed)? for|propos(?:es?|ed)|urg(?:es?|ed))\b[^,;:]*$"
)
_PERFECT = re.compile(
    rf"\b(?:has|have|had)\s+(?:been\s+)?(?P<verb>{PARTICIPLE})\b(?!\s+(?:to|that)\b)"
)
_REFUSES = re.compile(r"(?:turned (?:down|away)|refused|rejected|declined|spurned|ignored)\b")
"""What is done to an offer that comes to nothing."""

_TO_COME = re.compile(
    r"\b(?:will|would|may|might|could|shall|(?:is|are|was|were) to|to be|ask(?:s|ed)?|plans?"
    r"|offer(?:s|ed)|propos(?:es|ed)|invit(?:es|ed)|promis(?:es|ed)|pledg(?:es|ed))\s+\w+"
)
_FEWEST_SHARED = 2
"""Content words behind a verb that the source has in what is still to come."""

_LEAST_CLOSE = 0.6
"""Shares of both clauses that they have in common, added up, from which they tell of one thing."""

_MEANT = re.compile(
    r"\b(?:designed|meant|intended|supposed|built|planned|able|hoped?|wants?|would|could|may|might)"
    r"\s+(?:to\s+)?(?:be\s+)?$",
    re.IGNORECASE,
)
_IS_DOING = re.compile(r"\b(?:is|are|was|were|been)\s+(?:\w+ly\s+)?(?P<verb>[a-z]{3,}ing)\b")
_CONSIDERS = re.compile(r"\b(?:consider(?:s|ed|ing)?|mull(?:s|ed|ing)?)\s+$")
_NOW = re.compile(r"\b(?:now|currently|at present|these days)\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:was|were|had been)\b[^.;]*\b(?:when|then|at the time|originally|initially|first"
    r"|in (?:19|20|21)\d\d)\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:now|currently|still|remains?|today|stands?|is|are|has|have)\b", re.IGNORECASE
)


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Something wished or planned is not told as done, nor something done as open."""
    if conditions.is_of_before(claim, nearest(claim, cited).analysis):
        return None
    fault = (
        unasserted.check(claim, cited)
        or _only_infinitive(claim, cited)
        or _only_meant(claim, cited)
        or _wish_for_the_deed(claim, cited)
        or _only_considered(claim, cited)
        or _open_deed_told_as_done(claim, cited)
        or (None if is_more_than_reported(claim.text) else conditions.check(claim, cited))
        or _once_told_as_now(claim, cited)
    )
    if fault:
        return fault
    # The whole claim is asked about for each of its clauses.
    done_anywhere = cache(lambda opening: first_done(claim.text, opening, cited))
    for clause in claim.clauses:
        found = _closest(clause, cited)
        if found is None:
            continue
        fault = _turned(clause, claim, *found, cited, done_anywhere)
        if fault:
            return fault
    return None


def _only_infinitive(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where a past tense is "to do" or "will do" all over the source."""
    if is_left_open(claim.text):
        return None
    for verb in IN_PAST.finditer(claim.text):
        if stem(verb[0]) in _STATES or _NO_DEED.search(claim.text, 0, verb.start()):
            continue
        if place := always_led(stem(verb[0]), UNREAL, cited):
            return told_as_done(Span(*verb.span()), claim, *place)
    return None


def _only_meant(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "carries" is only "designed to carry" all over the source."""
    if is_left_open(claim.text):
        return None
    for verb in claim.tokens:
        if not verb.text.endswith("s") or not verb.text.islower() or not verb.carries_content:
            continue
        if place := always_led(verb.stem, _MEANT, cited):
            return told_as_done(verb.span, claim, *place)
    return None


def _wish_for_the_deed(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where what "will begin" is only wished for all over the source."""
    if is_wished(claim.text):
        return None
    for verb in _WILL_DO.finditer(claim.text):
        if place := always_led(stem(verb["verb"]), _WISHES, cited):
            return differs(Reason.WISH_TOLD_AS_PLAN, verb[0], Span(*verb.span()), *place)
    return None


def _only_considered(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where who "is building" only "is considering building"."""
    if is_left_open(claim.text):
        return None
    for verb in _IS_DOING.finditer(claim.text):
        if place := always_led(stem(verb["verb"]), _CONSIDERS, cited):
            return told_as_done(Span(*verb.span()), claim, *place)
    return None


def _open_deed_told_as_done(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "has approved" is said of what "would be considered".

    The verb stands nowhere in the source, and what it is done to is there only what will come.
    """
    if is_left_open(claim.text):
        return None
    piece = nearest(claim, cited)
    there: set[str] = set().union(*(one.analysis.stem_set for one in cited))
    for verb in _PERFECT.finditer(claim.text):
        done = stem(verb["verb"])
        if REPORTING.search(verb["verb"]) or {done, *synonyms(done)} & there:
            continue
        if _REFUSES.match(claim.text, verb.start("verb")):
            continue
        stretch = re.split(r"[,;]", claim.text[verb.end() :])[0]
        wanted = set(content_stems(stretch))
        for clause in piece.analysis.clauses:
            to_come = _TO_COME.search(clause.text)
            if to_come and len(wanted & clause.stem_set) >= min(_FEWEST_SHARED, len(wanted)) > 0:
                start = clause.start + to_come.start()
                return told_as_done(
                    Span(*verb.span()), claim, piece, Span(start, clause.start + to_come.end())
                )
    return None


def _once_told_as_now(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "now" is said of what the source tells of another time."""
    now = _NOW.search(claim.text)
    cited = [nearest(claim, cited)]
    then = [_THEN.search(piece.analysis.text) for piece in cited]
    if not now or not any(then) or any(_STILL.search(piece.analysis.text) for piece in cited):
        return None
    piece, found = next((piece, one) for piece, one in zip(cited, then, strict=True) if one)
    there = Span(*found.span())
    return differs(Reason.PAST_TOLD_AS_NOW, now[0], Span(*now.span()), piece, there)


def _turned(
    clause: Analysis,
    claim: Analysis,
    piece: Cited,
    stretch: Span,
    cited: Sequence[Cited],
    done_anywhere: Callable[[str], re.Match[str] | None],
) -> Fault | None:
    text = piece.analysis.text[: stretch.end]
    wished = wish_itself(text, stretch.start)
    planned = PLANNED.search(text, stretch.start)
    open_ = wished or planned
    here = is_left_open(claim.text)
    if open_ and open_[0].lower() == "ahead of" and _BEFORE.search(claim.text):
        return None
    if open_ and not here:
        opening = "" if wished else text[open_.start() :][:_OPENING_CHARS]
        done_here = first_done(clause.text, opening, cited)
        if done_here or done_anywhere(opening):
            there = Span(*open_.span())
            return Fault(
                code=Reason.PLAN_TOLD_AS_DONE,
                detail=f"told as done; {piece.says(there)}",
                words=_in_claim(done_here, clause),
                against=(piece.part(there),),
            )
    sure = _SURE.search(clause.text)
    if sure and wished and not planned and not is_wished(claim.text):
        there = Span(*wished.span())
        return differs(Reason.WISH_TOLD_AS_PLAN, sure[0], _in_claim(sure, clause), piece, there)
    return _told_as_open(clause, bool(wished), cited)


def _told_as_open(clause: Analysis, wished: bool, cited: Sequence[Cited]) -> Fault | None:
    sure, perhaps = _SURE.search(clause.text), maybe(clause.text)
    could = perhaps is not None and perhaps[0].lower() == "could"
    if could and any(LET.search(piece.analysis.text) for piece in cited):
        perhaps = None
    open_here = sure or perhaps
    texts = [piece.analysis.text for piece in ([nearest(clause, cited)] if perhaps else cited)]
    anywhere = any(
        wish(text)
        or any(pattern.search(text) for pattern in (PLANNED, OPEN, AGREED))
        or (could and RISKED.search(text))
        for text in texts
    )
    if open_here and not anywhere:
        return Fault(
            code=Reason.FACT_TOLD_AS_OPEN,
            detail=f"says {open_here[0]!r}; the source tells it as a fact",
            words=_in_claim(open_here, clause),
        )
    if perhaps and not wished and not any(maybe(piece.analysis.text) for piece in cited):
        return Fault(
            code=Reason.FACT_TOLD_AS_OPEN,
            detail=f"says {perhaps[0]!r}; the source does not",
            words=_in_claim(perhaps, clause),
            refuses=not anywhere,
        )
    return None


def _in_claim(found: re.Match[str] | None, clause: Analysis) -> Span | None:
    return Span(clause.start + found.start(), clause.start + found.end()) if found else None


def _shared_stretch(clause: Analysis, source: Analysis) -> Span:
    """Return the part of `source` from just before the first shared word to the last."""
    missing = clause.stem_set - source.stem_set
    wanted = clause.stem_set | {other for one in missing for other in synonyms(one)}
    tokens = source.tokens
    shared = [at for at, token in enumerate(tokens) if token.stem in wanted]
    if not shared:
        return Span(0, len(source.text))
    return Span(tokens[max(0, shared[0] - 3)].span.start, tokens[shared[-1]].span.end)


def _closest(clause: Analysis, cited: Sequence[Cited]) -> tuple[Cited, Span] | None:
    """Return the clause of the source that shares most with one of the claim, as a stretch."""
    best: tuple[Cited, Analysis] | None = None
    most = 0.0
    for piece in cited:
        for other in (*piece.analysis.clauses, piece.analysis):
            shared = len(clause.stem_set & other.stem_set)
            closeness = shared / max(3, len(other.stem_set)) + shared / max(3, len(clause.stem_set))
            if shared and closeness > most:
                best, most = (piece, other), closeness
    if best is None or most < _LEAST_CLOSE:
        return None
    piece, other = best
    stretch = _shared_stretch(clause, other)
    start = other.start
    return piece, Span(start + stretch.start, start + stretch.end)
