"""Check 14: what a source tells side by side is not crossed over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.words import stem

_JOINT = re.compile(r"[;,]\s|\b(?:and|while|whereas|but)\b")
_PREPOSITION = re.compile(r"\b(in|at|of|from|to|by|with|for|on)\s+(?:the\s+)?$")
_PAST = re.compile(
    r"\b(?:[a-z]{2,}ed|rose|fell|grew|made|won|lost|gave|took|met|held|left|paid|sold|sent|built)\b"
)
_FROM_TO = re.compile(
    r"\bfrom\s+(?P<a>[$€£]?[\d.,]+(?:\s\w+)?)\s+to\s+(?P<b>[$€£]?[\d.,]+(?:\s\w+)?)"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """Something in a clause that has its like in a clause beside it."""

    role: str
    """What it is there: `verb`, `date`, a number's unit, a name's preposition."""

    value: str


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """Two things that the source keeps in different clauses do not meet in one of the claim.

    Only where the clauses run side by side, each with its own item of both kinds: "A rose in
    2030 and B fell in 2031" does not bear out "A rose in 2031".
    """
    for piece in cited:
        detail = _swapped_range(claim, piece.analysis) or _crossed(claim, piece.analysis)
        if detail:
            return Check(name="parallels", ok=False, detail=detail)
    return Check(name="parallels", ok=True)


def _swapped_range(claim: Analysis, source: Analysis) -> str:
    for found in _FROM_TO.finditer(claim.text):
        for other in _FROM_TO.finditer(source.text):
            if (found["a"], found["b"]) == (other["b"], other["a"]):
                return f"the source goes from {other['a']!r} to {other['b']!r}"
    return ""


def _crossed(claim: Analysis, source: Analysis) -> str:
    clauses = _clauses(source.text)
    if len(clauses) < 2:
        return ""
    for clause in _clauses(claim.text):
        items = sorted(clause, key=lambda item: (item.role, item.value))
        for one in items:
            for other in items:
                if one.role < other.role and _kept_apart(one, other, clauses):
                    return f"the source does not put {one.value!r} and {other.value!r} together"
    return ""


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
    for verb in _PAST.finditer(part.text):
        yield _Item("verb", stem(verb[0]))
