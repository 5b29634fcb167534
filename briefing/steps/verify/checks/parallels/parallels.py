"""What a source tells side by side is not crossed over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.parallels import tolls
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources
from briefing.steps.verify.two_sides import TwoSides
from briefing.text.analysis import Analysis
from briefing.text.names import key
from briefing.text.speech import SAID
from briefing.text.verbs import PAST
from briefing.text.words import content_stems, stem

_JOINT = re.compile(r"[;,]\s|\b(?:and|while|whereas|but)\b")
_PREPOSITION = re.compile(r"\b(in|at|of|from|to|by|with|for|on)\s+(?:the\s+)?$")
_PAST = re.compile(rf"\b{PAST}\b")
_THAN = re.compile(
    r"(?:^|(?<=[,;]))(?P<one>[^,;]*?)\b(?P<how>more|less|fewer|[a-z]{3,}er)\b(?:(?!\bthan\b)[^,;])*\bthan\b"
    r"(?P<other>[^,;.]*)"
)
_AS_MUCH = re.compile(
    r"(?:^|(?<=[,;]))(?P<one>[^,;]*?)\b(?P<how>as\s+(?:much|many|[a-z]+))\b(?:(?!\bas\b)[^,;])*\bas\b"
    r"(?P<other>[^,;.]*)"
)
_SMALLER = re.compile(
    r"\b(?:less|fewer|half|third|quarter|fifth|tenth|fraction|not|never|no)\b|n['’]t\b",
    re.IGNORECASE,
)
_ALIKE_JOINT = re.compile(r";\s|\b(?:and|while|whereas|but)\b")
_CONTRAST = re.compile(r";\s|\b(?:while|whereas|but)\b")
_BOTH = 2
_FEWEST_ALIKE = 2
_SHARE_ALIKE = 0.4
"""Content words that two clauses side by side share, and as a part of the shorter one's."""

_FROM_TO = re.compile(
    r"\bfrom\s+(?P<a>[$€£]?[\d.,]+(?:\s\w+)?)\s+to\s+(?P<b>[$€£]?[\d.,]+(?:\s\w+)?)"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """Something in a clause that has its like in a clause beside it."""

    role: str
    """What it is there: `verb`, `date`, a number's unit, a name's preposition."""

    value: str


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Two things that the source keeps in different clauses do not meet in one of the claim.

    Only where the clauses run side by side, each with its own item of both kinds: "A rose in
    2030 and B fell in 2031" does not bear out "A rose in 2031".
    """
    for piece in cited:
        fault = (
            _swapped_range(claim, piece)
            or _swapped_comparison(claim, piece)
            or _crossed(claim, piece)
            or _mixed(claim, piece)
            or _contrasted(claim, piece)
        )
        if fault:
            return fault
    return tolls.check(claim, cited)


def _swapped_range(claim: Analysis, piece: Cited) -> Fault | None:
    for found in _FROM_TO.finditer(claim.text):
        for other in _FROM_TO.finditer(piece.analysis.text):
            if (found["a"], found["b"]) == (other["b"], other["a"]):
                there = Span(*other.span())
                return differs(Reason.WAY_TURNED, found[0], Span(*found.span()), piece, there)
    return None


def _swapped_comparison(claim: Analysis, piece: Cited) -> Fault | None:
    """Return what is wrong where "A more than B" is "B more than A" in the source."""
    for pattern, joint in ((_THAN, "than"), (_AS_MUCH, "as")):
        fault = _swapped_sides(pattern, joint, claim, piece)
        if fault:
            return fault
    return None


def _swapped_sides(
    pattern: re.Pattern[str], joint: str, claim: Analysis, piece: Cited
) -> Fault | None:
    if joint not in claim.text or joint not in piece.analysis.text:
        return None
    here, there = pattern.search(claim.text), pattern.search(piece.analysis.text)
    if not here or not there or here["how"].lower() != there["how"].lower():
        return None
    if bool(_SMALLER.search(here["one"])) != bool(_SMALLER.search(there["one"])):
        # "Less than a fifth as many as B" is what "B has five times as many" says.
        return None
    mine, theirs = (
        TwoSides(frozenset(content_stems(one["one"])), frozenset(content_stems(one["other"])))
        for one in (here, there)
    )
    if not mine.is_turned(theirs):
        return None
    return Fault(
        code=Reason.SIDES_SWAPPED,
        detail=f"the source has the two sides of {here['how'] + ' … ' + joint!r} "
        "the other way round",
        words=Span(*here.span("other")),
        against=(piece.part(Span(*there.span("other"))),),
    )


def _crossed(claim: Analysis, piece: Cited) -> Fault | None:
    clauses = _clauses(piece.analysis.text)
    if len(clauses) < 2:
        return None
    for clause in _clauses(claim.text):
        items = sorted(clause, key=lambda item: (item.role, item.value))
        for one in items:
            for other in items:
                if one.role < other.role and _kept_apart(one, other, clauses):
                    return Fault(
                        code=Reason.CROSSED_OVER,
                        detail=_apart(one.value, other.value),
                        against=(piece.citation,),
                        words=claim.span_of(other.value) or claim.span_of(one.value),
                    )
    return None


def _mixed(claim: Analysis, piece: Cited) -> Fault | None:
    """Return what is wrong where one clause of the claim takes something of two alike ones.

    "One in A makes ships and one in B makes trains" does not bear out "One in A makes trains".
    """
    for first, second in pairwise(_alike_clauses(piece.analysis.text)):
        one, other = _bare(first), _bare(second)
        if len(one & other) < max(_FEWEST_ALIKE, _SHARE_ALIKE * min(len(one), len(other))):
            continue
        only_first = first.stem_set - second.stem_set
        only_second = second.stem_set - first.stem_set
        for part in _JOINT.split(claim.text):
            stems = set(content_stems(part))
            taken = stems & only_first, stems & only_second
            if all(taken) and only_first - stems and only_second - stems:
                mine, theirs = min(taken[0]), min(taken[1])
                return Fault(
                    code=Reason.CROSSED_OVER,
                    detail=_apart(mine, theirs),
                    words=claim.span_of(theirs),
                    against=(piece.citation,),
                )
    return None


def _contrasted(claim: Analysis, piece: Cited) -> Fault | None:
    """Return what is wrong where one gets the verb of another whom the source sets against him.

    "Sales at A fell while those of B grew" does not bear out that A's sales grew.
    """
    clauses = [Analysis(part) for part in _CONTRAST.split(piece.analysis.text) if part.strip()]
    if len(clauses) != _BOTH or _CONTRAST.search(claim.text):
        return None
    mine = {key(name.text) for name in claim.names}
    verbs = {stem(verb[0]) for verb in _deeds(claim.text)}
    for one, other in (clauses, clauses[::-1]):
        own, rival = ({key(name.text) for name in clause.names} for clause in (one, other))
        told = verbs & other.stem_set - one.stem_set
        if mine & own - rival and rival - own and not mine & rival and told:
            if verbs & one.stem_set or not any(_deeds(one.text)):
                continue
            name, verb = min(mine & own), min(told)
            return Fault(
                code=Reason.CROSSED_OVER,
                detail=_apart(name, verb),
                words=claim.span_of(verb),
                against=(piece.citation,),
            )
    return None


@lru_cache(maxsize=4_096)
def _alike_clauses(text: str) -> tuple[Analysis, ...]:
    return tuple(Analysis(part) for part in _ALIKE_JOINT.split(text) if part.strip())


def _apart(one: str, other: str) -> str:
    return f"the source does not put {one!r} and {other!r} together"


def _bare(clause: Analysis) -> set[str]:
    """Return the content stems outside names, numbers, dates and offices."""
    offices = {one for office in clause.offices for one in content_stems(office.text)}
    return set(clause.plain_stems) - offices


def _kept_apart(one: _Item, other: _Item, clauses: Sequence[frozenset[_Item]]) -> bool:
    with_one = [clause for clause in clauses if one in clause]
    with_other = [clause for clause in clauses if other in clause]
    if not with_one or not with_other or any(other in clause for clause in with_one):
        return False
    # Each stands with a rival of the other, so neither is missing by ellipsis.
    return all(_has_rival(other, clause) for clause in with_one) and all(
        _has_rival(one, clause) for clause in with_other
    )


def _has_rival(item: _Item, clause: frozenset[_Item]) -> bool:
    return any(rival.role == item.role and rival != item for rival in clause)


@lru_cache(maxsize=4_096)
def _clauses(text: str) -> tuple[frozenset[_Item], ...]:
    """Return the items of each clause; one source sentence is asked for with many claims."""
    parts = [part for part in _JOINT.split(text) if part.strip()]
    return tuple(frozenset(_items(Analysis(part))) for part in parts)


def _items(part: Analysis) -> Iterator[_Item]:
    for name in part.names:
        lead = _PREPOSITION.search(part.text, 0, name.span.start)
        role = lead[1] if lead else "start" if not part.text[: name.span.start].strip() else ""
        if role:
            yield _Item(f"name {role}", name.last)
    for number in part.numbers:
        if number.unit:
            yield _Item(f"number {number.unit}", str(number.value))
    for mention in part.dates:
        yield _Item("date", mention.text.lower())
    verb = next(_deeds(part.text), None)
    if verb:
        yield _Item("verb", stem(verb[0]))


def _deeds(text: str) -> Iterator[re.Match[str]]:
    """Return the verbs in the past that tell of more than that something was said."""
    return (verb for verb in _PAST.finditer(text) if verb[0] not in SAID)
