"""What the source asks, demands or offers, it does not assert."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.status import hopes
from briefing.steps.verify.checks.status.done import is_no_verb, told_as_done
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, always_led
from briefing.text.analysis import Analysis
from briefing.text.verbs import PARTICIPLE, PAST, UNCHANGED
from briefing.text.words import content_stems, stem, synonyms

_QUESTION = re.compile(r"(?:(?<=[.!?:]\s)|^)[^.!?:]{1,200}\?(?!\s*[\"”'’])")
"""A question in the source's own voice; what somebody is quoted to ask ends with the mark."""

_ASKS = re.compile(
    r"\?|\b(?:ask\w*|question\w*|whether|if|why|wonder\w*|unclear|inquir\w*|enquir\w*|may|might"
    r"|could|possib\w+|perhaps)\b",
    re.IGNORECASE,
)
_ASKED_SHARE = 0.5
"""So much of a sentence's words in a question alone, and the question is what it rests on."""

_AS_PAST = re.compile(
    rf"\b(?P<verb>{UNCHANGED})\s+(?=(?:the|a|an|its|his|her|their|all|both|about|nearly|almost"
    r"|some|more|over|off|out|up|down|back)\b|\d|[A-Z€$£])"
)
_NO_PAST = re.compile(
    r"\b(?:the|an?|its|his|her|their|of|in|at|no|this|that|total|any|each|to|will|would|shall"
    r"|should|may|might|can|could|must|do|does|did|not|is|are|was|were|be|been|if|when)"
    r"\s+(?:\w+ly\s+|also\s+|not\s+|be\s+)*$|n['’]t\s+$",
    re.IGNORECASE,
)
"""What stands before such a word where it is a noun, an infinitive or a passive."""

_TO_COME = re.compile(
    r"\b(?:will|would|shall|may|might|could|should|expected to|due to|set to|likely to|plans? to"
    r"|planned to|(?:is|are|was|were) to)\s+(?:\w+ly\s+|also\s+|not\s+|be\s+)*$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:will|would|shall|may|might|could|should|plan\w*|expect\w*|offer\w*|promis\w*|pledg\w*"
    r"|propos\w*|demand\w*|want\w*|ask\w*|call\w* for|urg\w*|seek\w*|sought|hop\w+|intend\w*"
    r"|due to|set to|if|request\w*|to be|estimate\w*|agreed to)\b",
    re.IGNORECASE,
)
"""Marks a sentence that itself says that something is still to come."""

_WISHES = (
    r"(?:demand(?:s|ed|ing)?|call(?:s|ed|ing)? for|ask(?:s|ed|ing)? for|seek(?:s|ing)?|sought"
    r"|urg(?:es?|ed|ing)|want(?:s|ed|ing)?|press(?:es|ed|ing)? for|propos(?:es?|ed|ing)"
    r"|request(?:s|ed|ing)?|insist(?:s|ed|ing)? on|hop(?:es?|ed|ing) for)"
)
_WISHED_THING = re.compile(
    rf"(?<!the )(?<!\ba )(?<!an )(?<!their )(?<!its )\b{_WISHES}\s"
    r"(?:(?!\b(?:was|were|has|have|had|did|agreed|got|won|noting|saying|adding|citing|arguing)\b)[^;:.])*"
    r"\b(?:an?|the|for|of|no|more|its|their|and|early|immediate)\s+(?:[a-z]+\s+)?$"
)
"""From a wish to just before a noun that is its object."""

_DEED = re.compile(
    rf"\b(?:has|have|had|was|were)\s+(?:been\s+|now\s+|already\s+)*(?P<perfect>{PARTICIPLE}"
    rf"|{UNCHANGED})\b|\b(?P<past>{PAST})\b"
)

_GIVES = re.compile(
    r"\b(?:gave|paid|granted|sent|delivered|handed|provided|donated|lent|received|got|gets?"
    r"|gives|given|raised|accepted|signed|sold|bought|awarded|transferred|obtained|secured|won)\b"
)
_OFFERS = re.compile(
    r"\b(?:offer(?:s|ed|ing)?|promis(?:es|ed|ing)|pledg(?:es|ed|ing)|propos(?:es|ed|ing)"
    r"|vow(?:s|ed)|applied for|applies for|bid(?:s|ding)? for)\s+(?!by\b)"
)
_NOTHING = re.compile(r"\s+(?:no|none|nothing|neither|few|little)\b")
"""Behind a verb of giving where nothing changed hands."""

_OFFERING = frozenset(map(stem, ("offer", "promise", "pledge", "propose", "apply")))
_FEWEST_SHARED = 2


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Nothing is told as a fact that the cited words only ask, foretell, demand or offer."""
    fault = _asked(claim, cited)
    if fault or _OPEN.search(claim.text):
        return fault
    return (
        _foretold(claim, cited)
        or _demanded(claim, cited)
        or _offered(claim, cited)
        or hopes.check(claim, cited)
    )


def _asked(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where a sentence rests on a question."""
    if _ASKS.search(claim.text):
        return None
    questions = [(p, found) for p in cited for found in _QUESTION.finditer(p.analysis.text)]
    if not questions:
        return None
    stated = {one for p in cited for one in content_stems(_QUESTION.sub(" ", p.analysis.text))}
    for piece, found in questions:
        alone = claim.stem_set & set(content_stems(found[0])) - stated
        if len(alone) > _ASKED_SHARE * len(claim.stem_set):
            there = Span(*found.span())
            return Fault(
                code=Reason.QUESTION_TOLD_AS_FACT,
                detail=f"tells as a fact what {piece.id} asks",
                against=(piece.part(there),),
            )
    return None


def _foretold(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where what "cost" is only "will cost" all over the source."""
    for verb in _AS_PAST.finditer(claim.text):
        if _NO_PAST.search(claim.text, 0, verb.start()):
            continue
        if place := always_led(stem(verb["verb"]), _TO_COME, cited):
            return told_as_done(Span(*verb.span("verb")), claim, *place)
    return None


def _demanded(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where what "has ended" is only "an end" that somebody demands."""
    for deed in _DEED.finditer(claim.text):
        if is_no_verb(claim.text, deed.start()):
            continue
        group = "perfect" if deed["perfect"] else "past"
        if place := always_led(stem(deed[group]), _WISHED_THING, cited):
            return told_as_done(Span(*deed.span(group)), claim, *place)
    return None


def _offered(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "gave" stands for "offered", and nothing says that it came."""
    there: set[str] = set().union(*(one.analysis.stem_set for one in cited))
    for verb in _GIVES.finditer(claim.text):
        done = stem(verb[0])
        if _NOTHING.match(claim.text, verb.end()):
            continue
        if ({done, *synonyms(done)} - _OFFERING) & there:
            continue
        behind = set(content_stems(re.split(r"[,;]", claim.text[verb.end() :])[0]))
        for piece in cited:
            for offer in _OFFERS.finditer(piece.analysis.text):
                given = set(content_stems(re.split(r"[,;]", piece.analysis.text[offer.end() :])[0]))
                if len(behind & given) >= min(_FEWEST_SHARED, len(behind)) > 0:
                    return told_as_done(
                        Span(*verb.span()), claim, piece, Span(offer.start(), offer.end() - 1)
                    )
    return None
