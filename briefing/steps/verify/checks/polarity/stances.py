"""For and against, in and out, admitted and alleged, in words without a "not"."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.words import content_stems, stem, synonyms

_AGAINST = re.compile(
    r"\b(?:against|oppos(?:e|es|ed|ing|ition to)|object(?:s|ed) to|resist(?:s|ed))\s+",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:on|for|upon)|demand(?:s|ed|ing)?"
    r"|want(?:s|ed)? to|in favou?r of|favou?r(?:s|ed|ing)?|back(?:s|ed|ing)|support(?:s|ed|ing)?"
    r"|propos(?:e|es|ed|ing)|press(?:es|ed|ing) for|recommend(?:s|ed|ing)?|advocat(?:e|es|ed|ing)"
    r"|insist(?:s|ed|ing)? on|vot(?:e|es|ed|ing) (?:to|for))\s+",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:(?:stay|keep|remain)(?:s|ed|ing)? (?:out of|away from|aloof from)|kept (?:out of|away"
    r" from|aloof from)|(?:no|not|never|n['’]t) (?:\w+ ){0,2}part in|boycott(?:s|ed|ing)?"
    r"|shunn(?:ed|ing)|shuns|skipped|abstain(?:s|ed|ing)? from|(?:is|are|was|were) not"
    r" (?:\w+ ){0,2}members? of)\s+",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\b(?:members? of|(?:tak(?:e|es|ing|en)|took) (?:\w+ )?part in|participa\w+ in|joined|joins"
    r"|attended|attends|active in|involved in|belongs? to)\s+",
    re.IGNORECASE,
)
_HAS = re.compile(r"\b(?:had|has|have)\s+(?=(?:an?|the|its|their|enough)\b)", re.IGNORECASE)
_LACKS = re.compile(r"\b(?:lack(?:s|ed|ing)?|(?:is|are|was|were) without)\s+", re.IGNORECASE)
_PAIRS = ((_AGAINST, _FOR), (_FOR, _AGAINST), (_OUT, _IN), (_HAS, _LACKS))

_TURNS = re.compile(
    r"\b(?:not|no|never|none|nobody|without|refus\w*|reject\w*|den(?:y|ies|ied)|against|oppos\w*"
    r"|object\w*|resist\w*|stop\w*|ban\w*|end\w*|boycott\w*|withdr\w*|abstain\w*|left|quit\w*"
    r"|veto\w*|block\w*|prevent\w*|drop\w*|lift\w*|repeal\w*|scrap\w*|cancel\w*|out of)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words that may turn a stance round: with them in it, a sentence is not looked at."""

_CLAUSE_END = re.compile(r"[,;:.()\"“”]|\b(?:and|but|while|although|though|because|after|before)\b")
_LEAST_SHARE = 0.6
"""So much of what a claim is for or against, a source's sentence has, and is on the other side."""

_LEAST_LETTERS = 5
"""Of a word whose opposite may begin with "un"."""

_ADMITS = re.compile(
    r"\b(?:(?:has|have|had)\s+(?:\w+ly\s+)?)?(?P<verb>admit(?:s|ted)|acknowledg(?:es|ed)"
    r"|conced(?:es|ed)|confess(?:es|ed))\b"
)
_SAYS_MORE = re.compile(r"\b(?:he|she|they|it|and|but)\s+(?:also\s+)?$", re.IGNORECASE)
"""Before a verb with which one who speaks goes on to speak."""

_OWNS = re.compile(
    r"\b(?:admi\w+|acknowledg\w+|conced\w+|concession|confess\w*|accept\w*|recogni[sz]\w*|confirm\w*"
    r"|own\w* up|apologi[sz]\w*|apology|plead\w*|pled|grant\w* that|regret\w*|agree\w*)\b",
    re.IGNORECASE,
)
_SAYS_OF_HIMSELF = re.compile(
    r"\b(?:said|says|told\s(?:[\w'’-]+\s){1,4}?)\s*(?:that\s)?(?:he|she|it|they)\s+(?:had|has|have|did)\s"
    r"(?P<what>[^,;:.]+)",
    re.IGNORECASE,
)
"""What one tells of himself he may be said to admit."""

_ALLEGES = re.compile(
    r"\b(?:accus\w*|alleg\w*|den(?:y|ies|ied|ying|ial)|claim\w*|reports? that|reportedly|suspect\w*"
    r"|blam\w*|charg\w*|dismiss\w*|reject\w*|critic\w*|opponents?|warn\w*|fear\w*|ruled|ruling|appeal\w*|unaware)\b",
    re.IGNORECASE,
)


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Nobody is against what he calls for, keeps out of his own club, or admits what others say."""
    return _other_side(claim, cited) or _undone(claim, cited) or _admitted(claim, cited)


def _undone(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the happy are "unhappy", or the other way round."""
    if _TURNS.search(claim.text) or any(_TURNS.search(piece.analysis.text) for piece in cited):
        return None
    for token in claim.tokens:
        word = token.text.lower()
        turned = word[2:] if word.startswith("un") else f"un{word}"
        if len(word) < _LEAST_LETTERS or not word.islower() or not token.carries_content:
            continue
        for piece in cited:
            there = piece.analysis.span_of(stem(turned))
            if there and not any(token.stem in one.analysis.stem_set for one in cited):
                return differs(Reason.OPPOSITE_WORD, token.text, token.span, piece, there)
    return None


def _other_side(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    for mine, theirs in _PAIRS:
        here = mine.search(claim.text)
        if here is None or theirs.search(claim.text):
            continue
        if mine is _FOR and _TURNS.search(claim.text):
            continue
        if any(mine.search(piece.analysis.text) for piece in cited):
            continue
        wanted = set(content_stems(_CLAUSE_END.split(claim.text[here.end() :])[0]))
        for piece in cited:
            text = piece.analysis.text
            there = theirs.search(text)
            if there is None or (mine is not _FOR and _TURNS.search(text)):
                continue
            behind = set(content_stems(text[there.end() :]))
            behind |= {other for one in behind for other in synonyms(one)}
            if wanted and len(wanted & behind) >= _LEAST_SHARE * len(wanted):
                span = Span(there.start(), there.end() - 1)
                return differs(
                    Reason.OPPOSITE_WORD,
                    here[0].strip(),
                    Span(here.start(), here.end() - 1),
                    piece,
                    span,
                )
    return None


def _admitted(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where one "admits" what others only allege."""
    here = _ADMITS.search(claim.text)
    if here is None or _SAYS_MORE.search(claim.text, 0, here.start()):
        return None
    if any(_OWNS.search(piece.analysis.text) for piece in cited):
        return None
    admitted = set(content_stems(claim.text[here.end() :]))
    for piece in cited:
        for own in _SAYS_OF_HIMSELF.finditer(piece.analysis.text):
            if admitted & set(content_stems(own["what"])) and not _TURNS.search(own["what"]):
                return None
    alleged = [(p, found) for p in cited if (found := _ALLEGES.search(p.analysis.text))]
    if not alleged:
        return None
    piece, there = alleged[0]
    span = Span(*there.span())
    return differs(Reason.SPEAKER_DIFFERS, here["verb"], Span(*here.span("verb")), piece, span)
