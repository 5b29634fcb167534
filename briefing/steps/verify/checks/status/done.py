"""What a text tells as done, beside what it only announces or plans."""

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, same_words
from briefing.text.analysis import Analysis
from briefing.text.speech import SAID, VOICED
from briefing.text.verbs import IRREGULAR_PARTICIPLE, PAST
from briefing.text.words import content_stems, stem

_DONE = re.compile(
    r"\b(?:(?:has|have|had)(?! (?:until|to)\b)|was|were|did"
    rf"|{PAST})\b",
    re.IGNORECASE,
)
_MAIN = re.compile(
    r"(?:(?:(?P<passive>was|were|(?:has|have|had)\s+been)|has|have|had)\s+"
    r"(?:(?:\w+ly|also|already|just|now)\s+)*)?(?P<verb>(?!(?:has|have|had|was|were|been)\b)[a-z]+)",
    re.IGNORECASE,
)
"""A verb with the auxiliaries of something done."""

_NO_VERB = re.compile(
    r"\b(?:the|an?|its|his|her|their|these|those|of|from|for|with"
    r"|by|than)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
"""Before a participle that is a noun, or stands by one: "the injured", "a planned call"."""

_LEAD_CHARS = 80
"""More than an article and an adverb take: all that stands before a word need not be searched."""

_GAVE = re.compile(
    r"\b(?:held|took|made|gave|paid|voiced|expressed|reached|launched|conducted|issued|delivered"
    r"|carried out|won|suffered|placed|drew|struck|signed|concluded|completed|staged)"
    r"\s+(?:(?!(?:to|that|and|but|or|for|on|of|in|at|with|by|from|against|over)\b)[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""Before the noun of a deed that was done: who "voiced concern" was concerned."""

_FINITE = re.compile(r"\b(?:was|were|has|have|had)\s+(?:\w+ly\s+|been\s+|also\s+|already\s+)*$")
_OPEN = re.compile(
    r"\b(?:will|would|shall|should|may|might|could|can|must|want\w*|wish\w*|hop(?:e|es|ed|ing)"
    r"|demand\w*|ask\w*|urg\w+|call\w* (?:for|on)|seek\w*|sought|propos\w+|plan\w*|expect\w*"
    r"|schedul\w+|due|risk\w*|intend\w*|promis\w+|pledg\w+|vow\w*|offer\w*|threat\w*|be)\b|['’]ll\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:if|whether|unless)\b", re.IGNORECASE)
"""What makes a past tense behind it, in the same clause, none of something done."""

_ASIDE = re.compile(
    r"(?:\b(?P<before>\w+),?\s+(?:that|which|who|whom)|\b(?:after|because|since|where))\s+"
)
"""Where something else begins: "wants to lift the toll that it raised in May"."""

_BESIDE = re.compile(r"[a-z]+ing\b")
_START = re.compile(r"[,;:]|\b(?:and|but)\b")
_END = re.compile(r"[,;:]|\b(?:and|but|while|which|who|that)\b")
_TOLD = re.compile(
    rf"(?:{'|'.join(sorted((SAID | VOICED) - {'called', 'told', 'urged'}))}"
    r"|commented|denied|emphasi[sz]ed|mentioned|recalled|signall?ed"
    r"|called (?=[^,;.]*[\"“])|(?:dubbed|labell?ed|branded|termed)"
    r"|(?:told|ordered|instructed|advised|reminded|asked|urged)(?=[^,;]* to\b)"
    r"|(?:held out|raised) (?:the |a )?(?:prospect|possibility|hope))\b",
    re.IGNORECASE,
)
"""Tells that something was said, of which the other checks ask whether the source has it said."""

_ANNOUNCED = re.compile(
    r"(?:agreed|decided)\s+to\b|announced\s+(?!that\b|it\b|he\b|she\b|they\b)", re.IGNORECASE
)
_WILL_NOT = re.compile(r"(?:will|shall|(?:is|are|was|were)) not\b", re.IGNORECASE)
_RULED_OUT = re.compile(r"(?:ruled out|refused|rejected|declined|excluded)\b", re.IGNORECASE)
_NOT_DONE = re.compile(r"(?:has|have|had|was|were|did)(?:\s+not\b|n['’]t\b)", re.IGNORECASE)
_HAS_SO_MANY = re.compile(r"(?:has|had|have)\s+(?P<number>\w+)\s+(?P<what>[a-z]+)\b")
_FIRM = re.compile(
    r"(?:will|shall|plan|intend|set to|promis|pledg|vow|(?:is|are|was|were) to|['’]ll)",
    re.IGNORECASE,
)
IN_PAST = re.compile(rf"\b(?:{PAST}|{IRREGULAR_PARTICIPLE})\b")
"""A verb in the past tense, or a participle."""

UNREAL = re.compile(
    r"\b(?:to|will|would|shall|may|might|could|can|should|must)\s+(?:\w+ly\s+|be\s+|also\s+)*$"
)


def first_done(text: str, opening: str, cited: Sequence[Cited]) -> re.Match[str] | None:
    """Return the first word that tells of something done that the cited words do not.

    `opening` begins with the word by which they leave something open, or is empty: that somebody
    announced, or agreed on, what "will" be is no more than they tell.
    """
    for found in _DONE.finditer(text):
        verb = _MAIN.match(text, found.start())
        at = verb.start("verb") if verb else found.start()
        if _NOT_DONE.match(text, found.start()) or is_no_verb(text, found.start()):
            continue
        announces = (
            _TOLD.match(text, at)
            or (_FIRM.match(opening) and _ANNOUNCED.match(text, at))
            or (_WILL_NOT.match(opening) and _RULED_OUT.match(text, at))
        )
        if not announces and not _is_counted_there(found, cited) and not _done_there(verb, cited):
            return found
    return None


def is_told_done(text: str, start: int, cited: Sequence[Cited]) -> bool:
    """Whether the cited words tell as done what `text` does with the verb at `start`."""
    return _done_there(_MAIN.match(text, start), cited)


def _done_there(verb: re.Match[str] | None, cited: Sequence[Cited]) -> bool:
    """Whether a source tells the deed of `verb` as done too, and of what the text tells it of."""
    if verb is None:
        return False
    behind = content_stems(_END.split(verb.string[verb.end() :], maxsplit=1)[0])
    before = content_stems(_END.split(verb.string[: verb.start()])[-1]) if verb["passive"] else []
    wanted = {*behind, *before}
    done: list[int] = []
    open_ = [0]
    for piece, token in same_words(stem(verb["verb"]), cited):
        is_done, objects, subjects = _told_there(
            piece.analysis.text, token.span.start, token.span.end
        )
        there = objects | subjects if verb["passive"] else objects
        (done if is_done else open_).append(len(wanted & there))
    # What is done to one thing and planned of another is planned of what the text tells it of.
    return bool(done) and max(done) >= max(open_) and (max(done) > 0 or not behind)


@lru_cache(maxsize=4_096)
def _told_there(text: str, start: int, end: int) -> tuple[bool, frozenset[str], frozenset[str]]:
    """Return whether a word of a source tells of something done, and what stands behind, before."""
    is_past = IN_PAST.match(text, start) and not _is_unreal(text, start)
    return (
        bool(is_past) or _is_beside(text, start) or _is_given(text, start),
        frozenset(content_stems(_END.split(text[end:], maxsplit=1)[0])),
        frozenset(content_stems(_END.split(text[:start])[-1])),
    )


def _is_unreal(text: str, at: int) -> bool:
    """Whether the past tense or participle at a place of a source tells of nothing done."""
    lead = _START.split(text[:at])[-1]
    for aside in _ASIDE.finditer(lead):
        if not aside["before"] or not _OPEN.match(aside["before"]):
            lead = lead[aside.end() :]
            break
    if _ASKED.search(lead) or UNREAL.search(lead):
        return True
    return not _FINITE.search(lead) and bool(_OPEN.search(lead))


def _is_beside(text: str, at: int) -> bool:
    """Whether a source tells something beside what it tells: "…, killing scores"."""
    lead = text[:at].rstrip()
    return bool(_BESIDE.match(text, at)) and lead.endswith(",")


def is_no_verb(text: str, at: int) -> bool:
    """Whether the participle at a place is a noun, or stands before one, and tells of no deed."""
    return _NO_VERB.search(text, max(0, at - _LEAD_CHARS), at) is not None


def _is_given(text: str, at: int) -> bool:
    """Whether a source tells a deed by a noun, and that as done: "voiced concern"."""
    lead = _GAVE.search(text, 0, at)
    return lead is not None and not _is_unreal(text, lead.start())


def _is_counted_there(done: re.Match[str], cited: Sequence[Cited]) -> bool:
    """Whether "has 13 members" is said of a source's "13-member delegation", planned as it may be.

    What is planned of the delegation is not planned of its size.
    """
    has = _HAS_SO_MANY.match(done.string, done.start())
    return has is not None and any(
        re.search(rf"\b{has['number']}-{stem(has['what'])}", piece.analysis.text, re.IGNORECASE)
        for piece in cited
    )


def told_as_done(words: Span, claim: Analysis, piece: Cited, there: Span) -> Fault:
    """Return the fault of a claim whose `words` tell as done what a source has only to come."""
    return differs(Reason.PLAN_TOLD_AS_DONE, words.of(claim.text), words, piece, there)
