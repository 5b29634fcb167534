"""Check 12: the words of the sentence are the words of the source."""

import re
from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.speech import QUOTED
from briefing.text.words import Weights, stem, synonyms

LEAST_COVER = 0.7
"""Of the idf-weighted plain words; tuned on tests/data/visit_claims.jsonl."""

LEAST_PART = 0.5
"""A clause must have more than this of its own, so that nothing is tacked on."""

_DONE = re.compile(r"\b[a-z]{2,}ed\b")
_MILD = frozenset(
    stem(word)
    for word in "included expected planned scheduled based formed reported announced stated noted "
    "added explained declared mentioned quoted complained claimed called asked".split()
)
"""Verbs that report, or that say little: another one may stand for them."""

_JOINT = re.compile(r"[,;:]\s|\b(?:and|but|because|after|before|while|as well as)\b")

_AROUND = 0.6
"""What a word counts that stands only in the headline or in the sentences before."""

_SAME_PREFIX = 5

_STRICT = frozenset(
    stem(word)
    for word in "second minute hour day week month quarter year decade century spring summer "
    "autumn winter north south east west morning afternoon evening night noon midnight percent "
    "million billion metre kilometre mile tonne kilogram litre barrel dollar euro navy army".split()
)
"""Words of closed classes: another one of the class is another fact, not another wording."""


_LIGHT = frozenset(
    stem(word)
    for word in "take make give go come put get name call part side own place own kind way "
    "behind ahead still yet since already due newspaper report release statement write "
    "announce quote remark message word speak talk unnamed date pm fm together join hold "
    "one".split()
)
"""Words so general that their absence tells little."""

_LIGHT_WEIGHT = 0.3


def check(claim: Analysis, cited: Sequence[Cited], weights: Weights) -> tuple[Check, float]:
    """Return the check, and how much of the claim's content the cited words cover, 0 to 1."""
    cover, missing = covered(claim.plain_stems, cited, weights)
    wrong = [word for word in missing if word in _STRICT] or (
        [] if cover >= LEAST_COVER else list(missing)
    )
    if not wrong:
        wrong = [word for word in _verbs(claim.text) if word in missing]
    for part in () if wrong else _parts(claim.text):
        share, lacking = covered(Analysis(part).plain_stems, cited, weights)
        if share <= LEAST_PART:
            wrong += lacking
    if not wrong:
        return Check(name="wording", ok=True), cover
    words = ", ".join(map(repr, wrong[:3]))
    return Check(name="wording", ok=False, detail=f"the source does not say {words}"), cover


def _verbs(text: str) -> list[str]:
    """Return the stems of the verbs that say what was done, the light and reporting ones apart."""
    done = (verb[0] for verb in _DONE.finditer(QUOTED.sub(" ", text)))
    found = map(stem, done)
    return [one for one in found if one not in _LIGHT and one not in _MILD]


def _parts(text: str) -> list[str]:
    """Return the parts of a sentence that must each be borne out: clauses, and what is unquoted."""
    unquoted = QUOTED.sub(" ", text)
    parts = [part for part in _JOINT.split(text) if len(Analysis(part).plain_stems) > 1]
    return parts + ([unquoted] if unquoted != text else [])


def covered(
    stems: frozenset[str], cited: Sequence[Cited], weights: Weights
) -> tuple[float, tuple[str, ...]]:
    """Return the idf-weighted share of `stems` in the cited words, and the missing ones."""
    if not stems:
        return 1.0, ()
    inside: frozenset[str] = frozenset().union(*(piece.analysis.stem_set for piece in cited))
    around: frozenset[str] = frozenset().union(
        *(other.stem_set for piece in cited for other in (piece.headline, *piece.before))
    )
    total = found = 0.0
    missing: list[tuple[float, str]] = []
    for one in sorted(stems):
        weight = weights[one] * (_LIGHT_WEIGHT if one in _LIGHT else 1.0)
        total += weight
        if _has(one, inside):
            found += weight
        elif _has(one, around):
            found += weight * _AROUND
        else:
            missing.append((-weight, one))
    return found / total, tuple(one for _, one in sorted(missing))


def _has(one: str, stems: frozenset[str]) -> bool:
    if one in stems or synonyms(one) & stems:
        return True
    if len(one) < _SAME_PREFIX:
        return False
    prefix = one[:_SAME_PREFIX]
    return any(other.startswith(prefix) and abs(len(other) - len(one)) <= 4 for other in stems)
