"""What an office is in: the whole name of a firm, a party, a town."""

import re

from briefing.data.article import Span
from briefing.text.names import NAME_RUN, Name, key, names, trimmed
from briefing.text.offices import BODY, Office

NO_SIDE = frozenset("state republic government people national royal federal house".split())
"""Words before an office, or behind its "of", that do not say whose it is."""

_OF_BODIES = frozenset(
    ["chief executive", "chair", "director", "secretary general", "mayor"]
    + [f"{rank} chief executive" for rank in ("acting", "deputy")]
)
"""Offices in a firm, a body or a town, whose whole name is wanted."""

_CHARS = 120
"""Characters before an office in which its body is named."""

_MINISTRY = re.compile(r"\b(?:Ministry|Office|Department)\b")
"""Every state has one: it says no side."""

_ITS = re.compile(r"\b[Ii]ts\s+(?:[a-z]+\s+)?$")
_OF = re.compile(r"\s+(?:of|for|at)\s+(?:the\s+)?(?=[^\W\d_a-z])")
_JOINED = re.compile(r"(?:\s+(?:of|for|on)\s+(?:the\s+)?|['’]\s+)(?=[^\W\d_a-z])")


def body(office: Office, holder: Name, text: str) -> str:
    """Return the body of several words that the office is in: "Farm Workers' Union".

    It stands before the office, or behind its "of". What is a state's name is left to one word.
    """
    before = [
        run
        for run in NAME_RUN.finditer(text, max(0, office.span.start - _CHARS), office.span.start)
        if not text[run.end() : office.span.start].removeprefix("'").removeprefix("’").strip()
    ]
    place = _OF.match(text, office.span.end)
    behind = NAME_RUN.match(text, place.end()) if place else None
    found = behind or (before[-1] if before else None)
    name = trimmed(found, text) if found else None
    if name is None or _overlaps(name.span, holder.span):
        return ""
    end = name.span.end
    while behind and (more := _JOINED.match(text, end)):
        run = NAME_RUN.match(text, more.end())
        if run is None or _overlaps(Span(*run.span()), holder.span):
            break
        end = run.end()
    whole = text[name.span.start : end].removesuffix("'s").removesuffix("’s")
    if _MINISTRY.search(whole):
        return ""
    is_body = (
        BODY.search(name.text)
        or end > name.span.end
        or office.title.removeprefix("former ") in _OF_BODIES
        or key(name.text.split()[0]) in NO_SIDE
    )
    return whole if len(whole.split()) > 1 and is_body else ""


def owner(office: Office, text: str, earlier: str) -> str:
    """Return the body that "its chairman" is chairman of, where it can be but one.

    That is the body named before, in the sentence or in the one before it; a name of several words
    that opens the sentence will do, for people are no "it".

    Args:
        office: As `text` names it.
        text: A sentence.
        earlier: The sentence before it, or an empty string.
    """
    its = _ITS.search(text, max(0, office.span.start - _CHARS), office.span.start)
    if its is None or office.title.removeprefix("former ") not in _OF_BODIES:
        return ""
    told = text[: its.start()] if text[: its.start()].strip(' "“”') else earlier
    named = [name.text.removesuffix("'s").removesuffix("’s") for name in names(told)]
    several = [name for name in named if len(name.split()) > 1]
    bodies = list(dict.fromkeys(name for name in several if BODY.search(name)))
    if len(bodies) == 1:
        return bodies[0]
    opens = several and told.removeprefix("The ").startswith(several[0]) and not bodies
    return several[0] if opens else ""


def _overlaps(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end
