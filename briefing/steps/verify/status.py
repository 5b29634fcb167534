"""Check 8: a wish stays a wish, a plan stays a plan, and what took place took place."""

import re
from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.words import stem, synonyms

_WISHED = re.compile(
    r"\b(?:would|should|(?-i:may)|might|could|hop(?:e|es|ed|ing)|aim(?:s|ed)?|propos(?:e|es|ed|al)"
    r"|likely|seek(?:s|ing)?|sought|want(?:s|ed)?|wish(?:es|ed)?|if|ask(?:s|ed)?|call(?:s|ed)? for"
    r"|urg(?:e|es|ed)|look(?:s|ing)? forward|invit\w+|eventual|like to|can"
    r"|requested|possible|possibly|perhaps|whether)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|shall|plan(?:s|ned|ning)?|schedul(?:ed|e)|expect(?:s|ed)?|due|set to"
    r"|intend(?:s|ed)?"
    r"|(?:is|are|was|were) to|to be|ahead of|upcoming|coming|prepar(?:e|es|ed|ing)|tomorrow|next"
    r"|ready to|promis(?:e|es|ed)|pledg(?:e|es|ed)|vow(?:s|ed)?|pending|remain(?:s|ed)? to|yet to"
    r"|estimated|forecast|projected|future|until|designed|flies|leaves|awaits|goes)\b|['’]ll\b",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:to|due|scheduled|expected|set to)"
    r"|plans? to|intends? to)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:(?-i:may)|might|could|possibly|perhaps|hopes? to|wants? to|considers?)\b", re.IGNORECASE
)
_DONE = re.compile(
    r"\b(?:has|have|had|was|were|did|took|met|held|left|went|came|paid|gave|made|spoke|began|led|saw"
    r"|built|sent|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:[a-z]{2,}ed|begun|began|met|held|left|went|gone|paid|gave|given|made|spoke|led|built|sent"
    r"|took|taken|won|lost)\b"
)
_UNREAL = re.compile(
    r"\b(?:to|will|would|shall|may|might|could|can|should|must)\s+(?:\w+ly\s+|be\s+|also\s+)*$"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided that|on condition|as long as|depend(?:s|ing)? on|would"
    r"|could|whether)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """Something wished or planned is not told as done, nor something done as open."""
    detail = _only_infinitive(claim, cited) or _condition_lost(claim, cited)
    if detail:
        return Check(name="status", ok=False, detail=detail)
    for clause in claim.clauses:
        source = _closest(clause, cited)
        if source is None:
            continue
        detail = _turned(clause, claim, _shared_stretch(clause, source), cited)
        if detail:
            return Check(name="status", ok=False, detail=detail)
    return Check(name="status", ok=True)


def _condition_lost(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where the source says something only on a condition."""
    if _CONDITION.search(claim.text) or not all(_CONDITION.search(p.analysis.text) for p in cited):
        return ""
    found = _CONDITION.search(cited[0].analysis.text)
    return f"the source says {found[0]!r}" if found else ""


def _only_infinitive(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where a past tense is "to do" or "will do" all over the source."""
    if _WISHED.search(claim.text) or _PLANNED.search(claim.text):
        return ""
    for verb in _PAST.finditer(claim.text):
        there = [
            _UNREAL.search(piece.analysis.text, 0, word.start())
            for piece in cited
            for word in _WORD.finditer(piece.analysis.text)
            if stem(word[0]) == stem(verb[0])
        ]
        if there and all(there):
            return f"says {verb[0]!r}; the source says {there[0][0].strip()!r}"  # type: ignore[index]
    return ""


def _turned(clause: Analysis, claim: Analysis, stretch: str, cited: Sequence[Cited]) -> str:
    wished, planned = _WISHED.search(stretch), _PLANNED.search(stretch)
    here = _WISHED.search(claim.text) or _PLANNED.search(claim.text)
    if (wished or planned) and not here and _DONE.search(clause.text):
        return f"told as done; the source says {(wished or planned)[0]!r}"  # type: ignore[index]
    sure = _SURE.search(clause.text)
    if sure and wished and not planned and not _WISHED.search(claim.text):
        return f"says {sure[0]!r}; the source says {wished[0]!r}"
    anywhere = any(
        pattern.search(piece.analysis.text) for piece in cited for pattern in (_WISHED, _PLANNED)
    )
    open_here = sure or _MAYBE.search(clause.text)
    if open_here and not anywhere:
        return f"says {open_here[0]!r}; the source tells it as a fact"
    maybe = _MAYBE.search(clause.text)
    if maybe and not wished and not any(_MAYBE.search(piece.analysis.text) for piece in cited):
        return f"says {maybe[0]!r}; the source does not"
    return ""


def _shared_stretch(clause: Analysis, source: Analysis) -> str:
    """Return the part of `source` from just before the first shared word to the last."""
    missing = clause.stem_set - source.stem_set
    wanted = clause.stem_set | {other for one in missing for other in synonyms(one)}
    places = [
        (found.start(), found.end())
        for found in _WORD.finditer(source.text)
        if stem(found[0]) in wanted
    ]
    if not places:
        return source.text
    lead = source.text[: places[0][0]].split()[-3:]
    return " ".join(lead) + " " + source.text[places[0][0] : places[-1][1]]


def _closest(clause: Analysis, cited: Sequence[Cited]) -> Analysis | None:
    best, most = None, 0.0
    for piece in cited:
        for other in (*piece.analysis.clauses, piece.analysis):
            shared = len(clause.stem_set & other.stem_set)
            closeness = shared / max(3, len(other.stem_set)) + shared / max(3, len(clause.stem_set))
            if shared and closeness > most:
                best, most = other, closeness
    return best if most >= 0.6 else None
