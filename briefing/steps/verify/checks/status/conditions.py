"""What the source says only on a condition."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, nearest
from briefing.text.analysis import Analysis
from briefing.text.speech import SAYING
from briefing.text.words import content_stems

_UNNAMED = r"of (?:anonymity|secrecy|confidentiality)\b|that (?:he|she|they) (?:not|remain)\b"
_CONDITION = re.compile(
    r"\b(?:(?<!even )if|unless|provided that|in case|in the event"
    rf"|on condition(?! (?:{_UNNAMED}))"
    r"|conditional on|as long as|depend(?:s|ing)? on|would|could|whether)\b",
    re.IGNORECASE,
)
_ALSO_ONE = re.compile(
    r"\b(?:once|provided|subject to|pending|assuming|in case|in the event|should\s+the)\b",
    re.IGNORECASE,
)
"""Other words for a condition, in a sentence that has one left out otherwise."""

_SETS_ONE = re.compile(
    r"\b(?:(?:tied|ties|tying|linked|links|linking)\s[^,;.]{1,80}?\sto"
    r"|hing(?:es|ed) on|contingent on|conditions? (?:for|of)|conditioned on"
    r"|prerequisite|threaten(?:s|ed|ing)?"
    r"|only (?:after|when|once|with)|in (?:return|exchange) for)\b",
    re.IGNORECASE,
)
"""Says that one thing is a condition of another, in words for which the source may have others."""

_AS_BEFORE = re.compile(
    r",\s+as\s+(?:it|he|she|they|was|were|had|has|did|happened|occurred|in)\b[^;.]*", re.IGNORECASE
)
"""What came about at another time, under no condition: "…, as happened in 1998"."""

_PARTS = re.compile(
    r";|,\s+(?:and|while|which)\b|\bbut\b|\band(?=\s+(?:has|have|had|is|are|was|were|will)\b)",
    re.IGNORECASE,
)
"""Where something begins that a condition before it does not reach, nor one behind it."""

_BUT = re.compile(r"\bbut\b", re.IGNORECASE)
_STANDS_FOR = re.compile(r"\b(?:it|they|this|these|both)\b", re.IGNORECASE)
"""Behind "but", what stands for something before it: "… the sum, but it depends on a vote"."""

_IF_CONVICTED = re.compile(r"if (?:convicted|found guilty|proven)\b", re.IGNORECASE)
_FACES = re.compile(r"\bfac(?:e|es|ed|ing)\b", re.IGNORECASE)
"""Of a penalty, which is always one on conviction."""

_QUESTIONS = re.compile(r"\b(?:question|wonder|inquir|enquir|doubt)\w*\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|see|know|clear|sure|establish"
    r"|determine|find out)\s+$",
    re.IGNORECASE,
)
"""Before "if" where it asks, and sets no condition."""

_ASIDE = re.compile(r",\s+(?:who|whose|which|where|having)\b[^,;.]*", re.IGNORECASE)
"""What is told beside the rest of a sentence, of a word before it."""

_ANTECEDENT_CHARS = 60
"""Before an aside, in which the words that it is about stand."""

_FEWEST_OF_ANOTHER = 2
"""Content words that a claim shares with a part of a sentence that it is about."""


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the source says something only on a condition."""
    here = {found[0].lower() for found in _CONDITION.finditer(claim.text)}
    if here - {"would"} or (here and _ALSO_ONE.search(claim.text)):
        return None
    if _SETS_ONE.search(claim.text):
        return None
    piece = nearest(claim, cited)
    there = _condition(claim, piece.analysis, only_if=bool(here))
    if there is None:
        return None
    return Fault(
        code=Reason.CONDITION_LOST,
        detail=f"{piece.says(there)}, which the sentence leaves out",
        against=(piece.part(there),),
        # "It would pay" may be how a firm plan is told; "if" never is.
        refuses=there.of(piece.analysis.text).lower() not in ("would", "could"),
    )


def _condition(claim: Analysis, source: Analysis, *, only_if: bool) -> Span | None:
    """Return where the source makes what the claim says conditional.

    `only_if` leaves out what may just be reported: the claim says "would" itself.
    """
    for found in _CONDITION.finditer(source.text):
        word = found[0].lower()
        if only_if and word in ("would", "could", "whether"):
            continue
        if _is_of_another_part(claim, source, found) or _is_aside(claim, source, found):
            continue
        if _IF_CONVICTED.match(source.text, found.start()) and _FACES.search(claim.text):
            continue
        if word in ("would", "could") and SAYING.search(source.text, 0, found.start()):
            # "She said it would pay": that is how "it will pay" is reported.
            continue
        if word == "if" and _ASKED.search(source.text, 0, found.start()):
            word = "whether"
        if word == "whether" and _QUESTIONS.search(claim.text):
            continue
        if word == "whether":
            behind = re.split(r"[,;]", source.text[found.end() :])[0]
            if len(claim.stem_set & set(content_stems(behind))) < 2:
                continue
        return Span(*found.span())
    return None


def _is_aside(claim: Analysis, source: Analysis, found: re.Match[str]) -> bool:
    """Whether the claim is about what the source says beside what it makes conditional.

    "If elected, Lund, who founded the party in 2019, would lead it": he founded it.
    """
    for aside in _ASIDE.finditer(source.text):
        if aside.start() <= found.start() < aside.end():
            continue
        inside = set(content_stems(aside[0]))
        about = source.text[max(0, aside.start() - _ANTECEDENT_CHARS) : aside.start()]
        elsewhere = claim.plain_stems & source.stem_set - inside
        if len(claim.stem_set & inside) >= _FEWEST_OF_ANOTHER and elsewhere <= set(
            content_stems(about.split(",")[-1])
        ):
            return True
    return False


def is_of_before(claim: Analysis, source: Analysis) -> bool:
    """Whether the claim is about the time at which the source says that it happened before."""
    before = _AS_BEFORE.search(source.text)
    if before is None:
        return False
    when = {mention.year for mention in source.dates if mention.span.start >= before.start()}
    return any(mention.year in when for mention in claim.dates if mention.year)


def _is_of_another_part(claim: Analysis, source: Analysis, found: re.Match[str]) -> bool:
    """Whether the claim is about a part of the source beside the one with the condition.

    "It may act if asked, and has sent ships, which number forty": the ships are not conditional.
    """
    start = 0
    shares: list[tuple[bool, int]] = []
    for part in [*_PARTS.finditer(source.text), None]:
        end = part.start() if part else len(source.text)
        shared = len(claim.stem_set & set(content_stems(source.text[start:end])))
        shares.append((start <= found.start() < end, shared))
        start = end
    inside = max(shared for has, shared in shares if has)
    others = [shared for has, shared in shares if not has]
    lead = _BUT.split(source.text[: found.start()])
    if not source.text[: found.start()].strip() or (len(lead) > 1 and _STANDS_FOR.search(lead[-1])):
        return False
    return max(others, default=0) >= _FEWEST_OF_ANOTHER > inside
