"""Who accepts, allows or does a thing has not disputed, refused or left it."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.polarity.scopes import KEPT_FROM, PREFIXED, REJECTS
from briefing.steps.verify.checks.polarity.without_not import is_said_without_not
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.clauses import REACH_CHARS
from briefing.text.countries import country, governed_from, is_named
from briefing.text.negation import NEGATOR
from briefing.text.words import content_stems, stem

_NOT = (
    r"(?:(?:does|do|did|has|have|had|is|are|was|were|would|will|could)\s+not\s+|n['’]t\s+"
    r"|never\s+|no longer\s+)"
)
_DISPUTES = (
    r"(?:disput(?:es?|ed|ing)|den(?:y|ies|ied|ying)|contest(?:s|ed|ing)?|reject(?:s|ed|ing)?"
    r"|challeng(?:es?|ed|ing)|question(?:s|ed|ing)?)"
)
_ACCEPTS = (
    r"(?:accept(?:s|ed|ing)?|endors(?:es?|ed|ing)|concur(?:s|red)|recogni[sz](?:es?|ed)"
    r"|acknowledg(?:es?|ed)|conced(?:es?|ed))"
)
_NO_DISPUTE = re.compile(rf"\b{_NOT}(?:\w+ly\s+)?{_DISPUTES}\b|\b{_ACCEPTS}\b", re.IGNORECASE)
_DISPUTE = re.compile(rf"\b{_DISPUTES}\b", re.IGNORECASE)
_DENIED = re.compile(
    rf"(?:{_NOT}|\b(?:refus|declin)\w+\s+to\s+|\bneither\s+)(?:\w+ly\s+)?(?:\w+\s+n?or\s+)?$",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"[,;:()\"“”]|\b(?:and|but|while|that|which|who|although|though|because|after|before|when|in"
    r"|of|to)\b"
)
_CONTRAST = re.compile(r"\b(?:but|while|although|though)\b")
_PRONOUN = re.compile(r"\b(?:it|he|she|they|which|who)\b", re.IGNORECASE)

_LEAVE = r"(?:allowed|permitted|able|authori[sz]ed|free|let|entitled|given leave)"
_LEFT = re.compile(rf"\b(?:was|were|been|being|is|are|be)\s+{_LEAVE}\s+to\s+(?P<what>[^,;:.]+)")
_NOT_LEFT = re.compile(
    rf"\b(?:was|were|been|being|is|are)\s+(?:not|never)\s+(?:been\s+)?{_LEAVE}\s+to\s+(?P<what>[^,;:.]+)"
    rf"|\b(?:had|have|has)\s+(?:not|never)\s+been\s+{_LEAVE}\s+to\s+(?P<ever>[^,;:.]+)"
    r"|\b(?:forbidden|prohibited|barred|banned)\s+(?:to|from)\s+(?P<barred>[^,;:.]+)"
)
_FIRST = 3
"""Content words, from the first on, that tell what one may or may not do."""

_LEAST = 2
"""Content words that both sentences must have for what is disputed, or may be done."""

_NOT_DONE = re.compile(
    r"\b(?:did|do|does|has|have|had|would|will|is|are|was|were)\s+not\s+(?:yet\s+|been\s+)?"
    r"(?P<verb>(?![a-z]+ly\b)[a-z]{4,})\b(?!\s+(?:[a-z]+\s+)?(?:until|without|before|unless|only|just)\b)"
    r"|\bnot\s+an?\s+(?:[a-z]+\s+)?(?P<noun>[a-z]{5,})(?=[,.;:\"”]|$)"
    r"|\b(?:refused|declined|failed)\s+to\s+(?P<refused>[a-z]{4,})\b"
)
_ROOT = 4
"""Letters of a verb whose noun may be told by its beginning: "sign", "signature"."""

_PLAYS_DOWN = re.compile(r"\b(?:play\w* down|brush\w*|contrary|rather|instead)\b", re.IGNORECASE)
_DENYING = (NEGATOR, REJECTS, KEPT_FROM, PREFIXED, _PLAYS_DOWN, _DISPUTE)
"""However a sentence may say that something is not so."""

_REPORTS = frozenset(
    "confirm comment elaborate explain disclose specify reveal answer reply".split()
)
_SAY_LITTLE = frozenset(
    stem(word)
    for word in "want have been make take give come know think believe expect give need mean say "
    "tell agree seem appear like find".split()
)


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """No dispute is settled, no leave taken away, and nothing done that the source says was not."""
    return _undisputed(claim, cited) or _leave_taken(claim, cited) or _not_done(claim, cited)


def _undisputed(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where one accepts, or does not dispute, what he disputes there."""
    for found in _NO_DISPUTE.finditer(claim.text):
        who = set(content_stems(_EDGE.split(claim.text[: found.start()])[-1]))
        if not who or any(_NO_DISPUTE.search(piece.analysis.text) for piece in cited):
            continue
        for piece in cited:
            text = piece.analysis.text
            for there in _DISPUTE.finditer(text):
                before = _lead(text, there.start())
                if _DENIED.search(before):
                    continue
                subject = _EDGE.split(before)[-1]
                stems = set(content_stems(subject))
                if _PRONOUN.search(subject):
                    stems = set(content_stems(before))
                behind = set(
                    content_stems(_CONTRAST.split(text[there.end() : there.end() + REACH_CHARS])[0])
                )
                told = set(content_stems(claim.text[found.end() :]))
                # "A finding that Lund disputes" has what is disputed before the verb.
                about = told & (behind or set(content_stems(before)))
                if (who & stems or not stems or _stands_for(who, claim, piece)) and len(
                    about
                ) >= _LEAST:
                    return differs(
                        Reason.NEGATION_LOST,
                        found[0],
                        Span(*found.span()),
                        piece,
                        Span(*there.span()),
                    )
    return None


def _stands_for(who: set[str], claim: Analysis, piece: Cited) -> bool:
    """Whether who accepts is a capital or a country that the source has by its other name."""
    for name in claim.names:
        meant = country(name.text) or governed_from(name.text)
        if who & set(content_stems(name.text)) and meant is not None:
            return is_named(meant, piece.analysis.name_keys)
    return False


def _leave_taken(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where they were "not allowed to" do what they were allowed to there."""
    pairs = ((_NOT_LEFT, _LEFT, Reason.NEGATION_ADDED), (_LEFT, _NOT_LEFT, Reason.NEGATION_LOST))
    for mine, theirs, code in pairs:
        for here in mine.finditer(claim.text):
            wanted = set(content_stems(_what(here))[:_FIRST])
            if any(_shares(wanted, one) for p in cited for one in mine.finditer(p.analysis.text)):
                continue
            for piece in cited:
                for there in theirs.finditer(piece.analysis.text):
                    if _shares(wanted, there):
                        return differs(
                            code, here[0], Span(*here.span()), piece, Span(*there.span())
                        )
    return None


def _what(found: re.Match[str]) -> str:
    what: str = next(one for one in found.groups() if one is not None)
    return what


def _shares(wanted: set[str], found: re.Match[str]) -> bool:
    return len(wanted & set(content_stems(_what(found)))) >= min(_LEAST, len(wanted)) > 0


def _not_done(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where there are "signatures" to what the source says they did not sign.

    The root of the verb tells, or the noun itself; nowhere else may the source have it.
    """
    if any(pattern.search(claim.text) for pattern in _DENYING):
        return None
    for piece in cited:
        if is_said_without_not(claim, piece):
            continue
        for there in _NOT_DONE.finditer(piece.analysis.text):
            word = next(filter(None, there.groups()))
            if stem(word) in _SAY_LITTLE or word in _REPORTS:
                continue
            root = stem(word)
            if len(root) < _ROOT:
                continue
            mine = [t for t in claim.tokens if t.carries_content and _of_root(t.text, root)]
            if not mine:
                continue
            told = sum(_of_root(token.text, root) for one in cited for token in one.analysis.tokens)
            rest = set(content_stems(_EDGE.split(_lead(piece.analysis.text, there.start()))[-1]))
            if (
                told == 1
                and len(claim.stem_set & piece.analysis.stem_set) > _LEAST
                and (rest & claim.stem_set or not rest)
            ):
                return differs(
                    Reason.NEGATION_LOST, mine[0].text, mine[0].span, piece, Span(*there.span())
                )
    return None


def _lead(text: str, at: int) -> str:
    return text[max(0, at - REACH_CHARS) : at]


def _of_root(word: str, root: str) -> bool:
    return word.lower().startswith(root)
