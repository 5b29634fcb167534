"""What a source hopes for by a noun, as "a formation", is not done."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, nearest
from briefing.text.analysis import Analysis
from briefing.text.speech import REPORTING
from briefing.text.verbs import PARTICIPLE, REGULAR_PAST
from briefing.text.words import stem, synonyms

_DONE = re.compile(
    r"\b(?:has|have|had|was|were)\s+(?:(?:\w+ly|now|already|since)\s+)?(?:been\s+)?(?:\w+ly\s+)?"
    rf"(?P<verb>{REGULAR_PAST})\b"
)
_HOPES = re.compile(
    r"\b(?:look\w* forward to|(?:has|have|had|is|are) yet to|hop(?:e|es|ed|ing) (?:for|to|that)"
    r"|in order to|aim\w* (?:at|to|for)"
    r"|with a view to|call\w* for|appeal\w* for|work\w* (?:for|towards?)|seek\w*|sought|want\w*"
    r"|wish\w* (?:for|to)|propos\w*|urg\w*|demand\w*|press\w* for|await\w*|in favou?r of"
    r"|offer\w*|tender\w*|threaten\w* with|consider\w*)\b",
    re.IGNORECASE,
)
_HOPE_ENDS = re.compile(r"[.;:]|\bbut\b", re.IGNORECASE)

_HAS_DONE = re.compile(
    r"\b(?:has|have)\s+(?:(?:now|already|since|also|both|jointly|formally|finally)\s+)?(?:been\s+)?"
    rf"(?P<verb>{PARTICIPLE})\b"
)
_TO_COME = re.compile(
    r"\b(?:will|would|(?:is|are|was|were) (?:due |set |expected |likely )?to|still ha(?:s|ve) to"
    r"|ha(?:s|ve) still to|plans? to|expected to|due to be|to be)\b"
)
_STILL_OPEN = re.compile(
    r"\b(?:will|would|may|might|could|should|if|to be|plans?|expected|due to|set to|not|no)\b",
    re.IGNORECASE,
)
_SETS_OUT = re.compile(
    r"(?:plan|pledg|promis|vow|offer|schedul|invit|decid|propos|prepar|agre|order|urg|call|ask|appeal"
    r"|request|hop|want|intend|commit|threaten|express|rais|increas|chang|support|back|happen|allow"
    r"|us|try|tri|help|continu|remain|serv|liv|work|seem|appear|receiv|show|caus|prompt|describ)e?d"
)
"""Deeds that come before what is to come, or that say little."""

_SAME_PREFIX = 4
_NOMINAL = r"(?:[a-z]*(?:ments?|tions?|ings?|ance|als?)|e?s?)"
_WORD = re.compile(r"[A-Za-z]+")


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Nothing "has been formed" whose formation the source only looks forward to."""
    return _by_a_noun(claim, cited) or _all_to_come(claim, cited)


def _all_to_come(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where something "has" been done of which no word is in the source.

    Only where the sentence that has most of the claim tells of what is to come.
    """
    if _STILL_OPEN.search(claim.text):
        return None
    piece = nearest(claim, cited)
    coming = _TO_COME.search(piece.analysis.text)
    if coming is None:
        return None
    there: set[str] = set().union(
        *(one.stem_set for p in cited for one in (p.analysis, p.headline, *p.before))
    )
    for done in _HAS_DONE.finditer(claim.text):
        verb = stem(done["verb"])
        prefix = verb[:_SAME_PREFIX]
        if REPORTING.fullmatch(done["verb"]) or _SETS_OUT.fullmatch(done["verb"]):
            continue
        if synonyms(verb) & there or any(one.startswith(prefix) for one in there):
            continue
        return differs(
            Reason.PLAN_TOLD_AS_DONE, done[0], Span(*done.span()), piece, Span(*coming.span())
        )
    return None


def _by_a_noun(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    for done in _DONE.finditer(claim.text):
        root = done["verb"].removesuffix("ed")
        nominal = re.compile(root + _NOMINAL)
        there = [
            (piece, Span(*word.span()), nominal.fullmatch(word[0].lower()) is not None)
            for piece in cited
            for word in _WORD.finditer(piece.analysis.text)
            if stem(word[0]) == stem(done["verb"]) or nominal.fullmatch(word[0].lower())
        ]
        if there and all(
            is_noun and _HOPES.search(_HOPE_ENDS.split(piece.analysis.text[: span.start])[-1])
            for piece, span, is_noun in there
        ):
            piece, span, _ = there[0]
            return differs(Reason.PLAN_TOLD_AS_DONE, done[0], Span(*done.span()), piece, span)
    return None
