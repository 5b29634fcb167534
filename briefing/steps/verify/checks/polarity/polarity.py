"""The sentence affirms what the source affirms, and denies what it denies."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.polarity import converse, denials, stances
from briefing.steps.verify.checks.polarity.scopes import (
    KEPT_FROM,
    PREFIXED,
    REJECTS,
    denied,
    said,
    scopes,
)
from briefing.steps.verify.checks.polarity.without_not import NONE_SINCE, is_said_without_not
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources, always_led, nearest
from briefing.text.analysis import Analysis
from briefing.text.negation import NEGATOR, NOTS
from briefing.text.opposites import opposites
from briefing.text.speech import REPORTING
from briefing.text.words import content_stems, stem, synonyms

_NOT_BEFORE = re.compile(r"(?:\bnot|\bnever|n['’]t)\s+(?:\w+ly\s+)?$")
_AFFIRMS = re.compile(
    r"\b(?:agree\w*|accept\w*|approv\w*|confirm\w*|admit\w*|acknowledg\w*|back(?:s|ed)"
    r"|support\w*|welcom\w*|join\w*)\b",
    re.IGNORECASE,
)
_NONE_MORE = re.compile(r"\b(?:no|never|none)\b.*\b(?:more|less|fewer|[a-z]{3,}er)\b", re.I)
"""How "the highest" may be put: "none was higher"."""

_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|disput\w*)\b", re.I)
"""Says that somebody speaks against what the source may well have somebody else say."""

_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied)|disput(?:es|ed)|rejects? (?:claims|reports|accusations|suggestions)"
    r"|rejected (?:claims|reports|accusations|suggestions))"
    r"\s+(?P<what>(?:(?!\b(?:but|while|although|though)\b)[^,;:.])+)",
    re.IGNORECASE,
)
_DISPUTED = re.compile(
    r"\b(?:alleg\w*|accus\w*|disput\w*|suspect\w*|rumou?r\w*|reportedly)\b", re.I
)
_FIRST_SINCE = re.compile(
    r"\bfirst\b.*\b(?:since|in (?:over |nearly |almost )?\w+ years|ever)\b", re.I
)
_OF_TIME = re.compile(
    r"\b(?:last|first)\s+(?:\w+\s+)?(?:night|week|month|year|spring|summer|autumn|fall|winter|decade"
    r"|century|[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b"
)
"""Where "last" is no opposite of "first"."""

_FEWEST_DENIED = 2
"""Words of what is denied that a sentence has, for it to say just that."""

_NOT_YET = re.compile(
    r"\b(?:not|never)\s+(?:\w+ )?yet\b|n['’]t yet\b|\byet to\b|\bstill not\b"
    r"|\b(?:not|no)\b[^;,]* so far\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|would|shall|may|might|should|to|plans?|planned|expected|hop(?:es?|ed|ing)|view|due"
    r"|before|until|ahead of|upcoming)\s+(?:[\w'’-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""Before what has "not yet" come about."""

_IN_VAIN = re.compile(
    r"\b(?:had (?:hoped|planned|wanted|intended|meant|expected|been due) to"
    r"|(?:was|were) (?:supposed to|to have))\s+(?:[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""Before what did not come about."""

_SAME_SHARE = 0.8
"""With so much of a claim's words in the source in order, it is the source's own sentence."""

_TIMES = frozenset(
    stem(word)
    for word in "morning afternoon evening night day week month year today yesterday tomorrow now "
    "yet far still late early time monday tuesday wednesday thursday friday saturday sunday".split()
)
"""Words that a "not" may stand before without denying them."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """No negation is lost or added, and no word is turned into its opposite."""
    closest = [nearest(claim, cited)]
    return (
        _counted(claim, closest[0])
        or _rejection_denied(claim, cited)
        or _denied_by_another(claim, cited)
        or _lost_or_added(claim, closest, cited)
        or _lost_or_added(claim, cited, cited)
        or _opposite(claim, closest[0], cited)
        or stances.check(claim, cited)
        or denials.check(claim, cited)
    )


def _counted(claim: Analysis, piece: Cited) -> Fault | None:
    """Return what is wrong where nearly the same words have one "not" more or less."""
    here, there = _plain(claim), _plain(piece.analysis)
    # No more words can stand in the same order than both have: most pairs have far fewer.
    both = Counter(word for word, _ in here) & Counter(word for word, _ in there)
    if both.total() < _SAME_SHARE * len(here):
        return None
    blocks = SequenceMatcher(
        None, [word for word, _ in there], [word for word, _ in here], autojunk=False
    ).get_matching_blocks()
    same = sum(block.size for block in blocks)
    if not here or same < _SAME_SHARE * len(here):
        return None
    window = there[blocks[0].a : blocks[-2].a + blocks[-2].size]
    window = there[max(0, blocks[0].a - blocks[0].b) : blocks[0].a] + window
    mine = [span for word, span in here if word in NOTS]
    theirs = [span for word, span in window if word in NOTS]
    if len(mine) == len(theirs):
        return None
    added = len(mine) > len(theirs)
    # "Ruled out" stands for "would not", and "left out" for "was not in".
    others = [len(_without(text)) for text in (piece.analysis.text, claim.text)]
    if not added and is_said_without_not(claim, piece):
        return None
    if abs(len(mine) - len(theirs)) <= (others[0] - others[1] if added else others[1] - others[0]):
        return None
    spans = mine if added else theirs
    words = mine[0] if added else None
    return Fault(
        code=Reason.NEGATION_ADDED if added else Reason.NEGATION_LOST,
        detail=f"says {spans[0].of(claim.text)!r} more often than {piece.id}"
        if added
        else f"leaves out what {piece.says(spans[0])}",
        words=words,
        against=(piece.citation,) if added else (piece.part(spans[0]),),
    )


def _without(text: str) -> list[str]:
    """Return the words of a text that deny or prevent something without a "not"."""
    return [found[0] for one in (REJECTS, KEPT_FROM, PREFIXED) for found in one.finditer(text)]


def _rejection_denied(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where somebody "ruled out" what the source says he "did not rule out".

    The rejecting verb is a negation itself, so the negations of both sides do not tell.
    """
    for verb in REJECTS.finditer(claim.text):
        if _NOT_BEFORE.search(claim.text, 0, verb.start()):
            continue
        if place := always_led(stem(verb[0].split()[0]), _NOT_BEFORE, cited):
            piece, denied = place
            return differs(Reason.NEGATION_LOST, verb[0], Span(*verb.span()), piece, denied)
    return None


def _denied_by_another(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where a sentence tells flatly what a cited one has somebody deny."""
    if scopes(claim.text) or REPORTING.search(claim.text) or _DISPUTED.search(claim.text):
        return None
    for piece in cited:
        for denial in _DENIAL.finditer(piece.analysis.text):
            if _NOT_BEFORE.search(piece.analysis.text, 0, denial.start()):
                continue
            denied = set(content_stems(denial["what"]))
            shared = denied & claim.stem_set
            if len(shared) >= _FEWEST_DENIED and len(shared) > len(denied) / 2:
                there = Span(*denial.span())
                return Fault(
                    code=Reason.NEGATION_LOST,
                    detail=f"tells as a fact what {piece.says(there)}",
                    against=(piece.part(there),),
                )
    return None


@lru_cache(maxsize=256)
def _plain(analysis: Analysis) -> tuple[tuple[str, Span], ...]:
    """Return the words of a text in lower case, with "not" for the end of "didn't"."""
    found: list[tuple[str, Span]] = []
    for token in analysis.tokens:
        word = token.text.lower().replace("’", "'")
        if word.endswith("n't"):
            found.append((word[:-3], token.span))
            word = "not"
        found.append((word, token.span))
    return tuple(found)


def _lost_or_added(
    claim: Analysis, cited: Sequence[Cited], all_cited: Sequence[Cited]
) -> Fault | None:
    denied_here = denied(claim.text) & claim.plain_stems - _TIMES
    denied_there: set[str] = set()
    said_there: set[str] = set()
    for piece in cited:
        denied_there |= denied(piece.analysis.text)
        said_there |= set(content_stems(said(piece.analysis.text)))
    said_there |= {other for one in said_there for other in synonyms(one)} - denied_there
    affirmed = sorted(
        one for one in denied_here & said_there - denied_there if not synonyms(one) & denied_there
    )
    if 2 * len(affirmed) > len(denied_here):
        # Where both deny something, they may say one thing with the "not" at another place.
        kept_from = any(
            stem(found[0].split()[0]) not in denied_here
            for piece in cited
            for found in KEPT_FROM.finditer(piece.analysis.text)
        )
        is_first = any(_FIRST_SINCE.search(piece.analysis.text) for piece in all_cited)
        both = bool(denied_there) or kept_from or bool(_NONE_MORE.search(claim.text))
        both = both or (is_first and bool(NONE_SINCE.search(claim.text)))
        kept_from = kept_from or (is_first and bool(NONE_SINCE.search(claim.text)))
        denies = _DENIES.search(claim.text)
        if denies and not _NOT_BEFORE.search(claim.text, 0, denies.start()):
            # Who accuses may stand in one sentence, and who rejects it in the next.
            refuses = not both and not any(_DENIES.search(one.analysis.text) for one in all_cited)
        else:
            refuses = not both or (len(affirmed) > 1 and not kept_from)
        lead = _TO_COME if _NOT_YET.search(claim.text) else _IN_VAIN
        refuses = refuses and not any(always_led(one, lead, cited) for one in affirmed)
        return _fault(Reason.NEGATION_ADDED, affirmed[0], claim, cited, refuses=refuses)
    plain = claim.plain_stems - denied_here
    lost = sorted(plain & denied_there - said_there)
    if lost and (not denied_here or len(lost) > len(plain) / 2):
        # "Stayed away" is how "did not attend" may be put, but not "did not stay away".
        kept = {stem(found[0].split()[0]) for found in KEPT_FROM.finditer(claim.text)}
        alike = kept.union(*map(synonyms, kept))
        negated = NEGATOR.search(claim.text) or (kept and not alike & denied_there)
        limited = any(is_said_without_not(claim, piece) for piece in cited)
        refuses = not negated and not limited and not _rejecter_named(claim, cited)
        return _fault(Reason.NEGATION_LOST, lost[0], claim, cited, refuses=refuses)
    return None


def _rejecter_named(claim: Analysis, cited: Sequence[Cited]) -> bool:
    """Whether the claim is about the one who rejects or denies, and may say so in other words.

    "Turned down" is no negator; that somebody agreed is nothing to be rejected.
    """
    if _AFFIRMS.search(claim.text):
        return False
    for piece in cited:
        found = REJECTS.search(piece.analysis.text)
        before = [n for n in piece.analysis.names if found and n.span.end <= found.start()]
        if any(name.last in claim.word_keys for name in before):
            return True
    return False


def _fault(
    code: Reason, word: str, claim: Analysis, cited: Sequence[Cited], *, refuses: bool = True
) -> Fault:
    here, there = ("denies", "affirms") if code is Reason.NEGATION_ADDED else ("affirms", "denies")
    words = claim.span_of(word)
    found = [(piece, span) for piece in cited if (span := piece.analysis.span_of(word))]
    where = found[0][0].id if found else "the source"
    return Fault(
        code=code,
        detail=f"{here} {(words.of(claim.text) if words else word)!r}; {where} {there} it",
        words=words,
        against=tuple(piece.part(span) for piece, span in found[:1]),
        refuses=refuses,
    )


def _opposite(claim: Analysis, piece: Cited, cited: Sequence[Cited]) -> Fault | None:
    if scopes(claim.text) or scopes(piece.analysis.text):
        return None
    anywhere = {token.stem for one in cited for token in one.analysis.tokens}
    there = {token.stem for token in piece.analysis.tokens} - claim.stem_set
    for token in claim.tokens:
        word = token.stem
        if word in anywhere or not token.carries_content or synonyms(word) & anywhere:
            continue
        turned = sorted(opposites(word) & there)
        span = piece.analysis.span_of(turned[0]) if turned else None
        if span and converse.is_told(claim, token, piece, span):
            continue
        if span and not _OF_TIME.match(piece.analysis.text, span.start):
            return differs(Reason.OPPOSITE_WORD, token.text, token.span, piece, span)
    return None
