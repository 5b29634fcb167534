"""Check 11: the words of the sentence are the words of the source."""

from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.analysis import Analysis
from briefing.steps.verify.sources import Cited
from briefing.text.words import Weights, stem, synonyms

LEAST_COVER = 0.7
"""Of the idf-weighted plain words; tuned on tests/data/visit_claims.jsonl."""

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
    "behind ahead still yet since already due newspaper report release statement write describe "
    "announce quote remark message word speak talk unnamed date pm fm together join hold one".split()
)
"""Words so general that their absence tells little."""

_LIGHT_WEIGHT = 0.3


def check(claim: Analysis, cited: Sequence[Cited], weights: Weights) -> tuple[Check, float]:
    """Return the check, and how much of the claim's content the cited words cover, 0 to 1."""
    cover, missing = covered(claim.plain_stems, cited, weights)
    strict = [word for word in missing if word in _STRICT]
    if cover >= LEAST_COVER and not strict:
        return Check(name="wording", ok=True), cover
    words = ", ".join(repr(word) for word in (strict or missing)[:3])
    return Check(name="wording", ok=False, detail=f"the source does not say {words}"), cover


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
