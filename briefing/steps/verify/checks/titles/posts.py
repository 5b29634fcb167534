"""Who serves whom, and whether still, where no title of a list tells it."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.names import Name
from briefing.text.offices import LEADING, SERVING
from briefing.text.words import content_stems, synonyms

_POST = rf"(?:{'|'.join(sorted(LEADING | SERVING))})"
_SERVING = re.compile(
    r"\b(?P<word>serving|current|incumbent|sitting|present)\s+(?P<title>(?:[a-z-]+\s+){0,2}?"
    rf"{_POST})\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:former|ex-|one-time|onetime|past|previous|retired|ousted|deposed)\s*(?:[\w-]+\s+){0,3}?"
    rf"(?P<head>{_POST})\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:serving|current|incumbent|sitting|present|still|now)\b", re.IGNORECASE)

_ONCE = re.compile(r"\b(?:former|onetime|ex)[ -](?P<what>[a-z]{3,})\b", re.IGNORECASE)
_STILL = re.compile(
    r"\b(?:serving|current|incumbent|sitting|present)\s+(?P<what>[a-z]{3,})\b", re.IGNORECASE
)

_LEADS = re.compile(
    r"\b(?:lead(?:s|er of|ing)|led|head(?:s|ed|ing)?(?: of)?|run(?:s|ning)?|ran|member of)"
    r"\s+(?:the|its|a)\s+(?:[\w’'-]+\s+){0,2}?(?P<side>government|cabinet|opposition)\b",
    re.IGNORECASE,
)
_OPPOSITION = re.compile(
    r"\bopposition(?:'s|’s)?\s+(?:leader|chief|politician|lawmaker|deputy|mp|figure|candidate)\b"
    r"|\b(?:leader|head|chief|member) of the (?:\w+ )?opposition\b",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(
    r"\b(?:prime minister|premier|chancellor|head of (?:the )?government|president)\b",
    re.IGNORECASE,
)

_SERVES = re.compile(
    r",\s+(?:(?:an?|the|chief|senior|lead)\s+){0,2}(?:counsel|lawyer|attorney|solicitor|barrister|spokesman"
    r"|spokeswoman|spokesperson|adviser|agent|lobbyist)\s+(?:for|of|to)\s+(?P<whom>[^,;:.]+)"
    r"|,\s+who\s+(?:represents?|represented|speaks? for|spoke for|advis(?:es?|ed)|defends?|defended"
    r"|acts? for)\s+(?P<who>[^,;:.]+)",
    re.IGNORECASE,
)


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """The former is not serving, the opposition does not govern, nobody serves the other side."""
    return (
        _not_former(claim, cited)
        or _not_serving(claim, cited)
        or _other_bench(claim, cited)
        or _of_other(claim, cited)
    )


def _not_former(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    here = _SERVING.search(claim.text)
    if here is None or any(_NOW.search(piece.analysis.text) for piece in cited):
        return None
    head = here["title"].split()[-1].lower()
    for piece in cited:
        for there in _FORMER.finditer(piece.analysis.text):
            if there["head"].lower() == head and claim.name_keys & piece.analysis.name_keys:
                return differs(
                    Reason.TITLE_DIFFERS, here[0], Span(*here.span()), piece, Span(*there.span())
                )
    return None


def _not_serving(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where who is the "current treasurer" is told as the "former" one."""
    for here in _ONCE.finditer(claim.text):
        if any(_ONCE.search(piece.analysis.text) for piece in cited):
            return None
        for piece in cited:
            for there in _STILL.finditer(piece.analysis.text):
                if there["what"].lower() == here["what"].lower():
                    return differs(
                        Reason.TITLE_DIFFERS,
                        here[0],
                        Span(*here.span()),
                        piece,
                        Span(*there.span()),
                    )
    return None


def _other_bench(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where an "opposition leader" is one "who leads the government"."""
    here = _LEADS.search(claim.text)
    name = _name_before(claim, here.start()) if here else None
    if here is None or name is None:
        return None
    if here["side"].lower() == "opposition":
        mine, theirs = _OPPOSITION, _GOVERNMENT
    else:
        mine, theirs = _GOVERNMENT, _OPPOSITION
    for piece in cited:
        text = piece.analysis.text
        for there in theirs.finditer(text):
            near = [n for n in piece.analysis.names if 0 <= n.span.start - there.end() <= 3]
            if any(n.last == name.last for n in near) and not mine.search(text):
                return differs(
                    Reason.TITLE_DIFFERS, here[0], Span(*here.span()), piece, Span(*there.span())
                )
    return None


def _of_other(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where one is counsel for whom he does not represent in the source."""
    for here in _SERVES.finditer(claim.text):
        name = _name_before(claim, here.start())
        mine = set(content_stems(here["whom"] or here["who"]))
        for piece in cited:
            for there in _SERVES.finditer(piece.analysis.text):
                other = _name_before(piece.analysis, there.start())
                whom = set(content_stems(there["whom"] or there["who"]))
                whom = whom.union(*map(synonyms, whom))
                if name and other and name.last == other.last and whom and not mine & whom:
                    return differs(
                        Reason.TITLE_OF_ANOTHER,
                        here[0].strip(", "),
                        Span(*here.span()),
                        piece,
                        Span(*there.span()),
                    )
    return None


def _name_before(analysis: Analysis, at: int) -> Name | None:
    """Return the name that ends just before a place, an "and" or "who" apart."""
    before = [name for name in analysis.names if name.span.end <= at]
    if not before or len(analysis.text[before[-1].span.end : at].strip(", ").split()) > 1:
        return None
    return before[-1]
