"""How likely the cited words bear a sentence out, by the words alone."""

from collections.abc import Sequence
from math import exp

from briefing.data.briefing import Check
from briefing.data.reason import Reason
from briefing.steps.verify.checks.wording import wording
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis

_PLAIN = 1.0
_WHOLE = 2.5
_WORST_PART = 2.0
_VERB = -0.8
_NAME = -1.5
_OTHER = -0.4
_INSIDE = 1.0
_MASS = 1.2
_BIAS = -5.1
"""Weights of a logistic regression over what no check refuses in tests/data/visit_claims.jsonl,
dam_claims.jsonl and mill_claims.jsonl; the bias is then set so that about as many of the true
sentences are refused as false ones accepted."""

_REPLACED = -1.5
"""Set by hand: a word that stands in another's place is seldom a synonym of it."""

_ENOUGH = 4.0
"""Weight of the words in common beyond which more of them tell nothing."""


def likelihood(
    claim: Analysis, cited: Sequence[Cited], checks: Sequence[Check], sources: Sources
) -> float:
    """Return a probability, 0 to 1, from how much of the sentence stands in the cited words.

    It chooses among spans, and decides where there is no model of entailment.
    """
    plain, whole, part, verbs, names, other, inside, mass = features(claim, cited, checks, sources)
    logit = (
        _BIAS
        + _PLAIN * plain
        + _WHOLE * whole
        + _WORST_PART * part
        + _VERB * verbs
        + _NAME * names
        + _OTHER * other
        + _INSIDE * inside
        + _MASS * mass
        + _REPLACED * any(check.code is Reason.WORD_REPLACED for check in checks)
    )
    return 1 / (1 + exp(-logit))


def features(
    claim: Analysis, cited: Sequence[Cited], checks: Sequence[Check], sources: Sources
) -> tuple[float, ...]:
    """Return what the likelihood is made of.

    In order: the share of the plain words that is covered, of all words, of those of the clause
    that is covered least; verbs that are missing; whether names are, and how many other checks are
    to be weighed; the share of names in the cited sentences themselves; and how much the plain
    words in common tell.
    """
    weights = sources.weights
    plain, missing = wording.covered(claim.plain_stems, cited, weights)
    whole, _ = wording.covered(claim.stem_set, cited, weights)
    parts = [
        wording.covered(part.undated_stems, cited, weights)[0] for part in wording.parts(claim.text)
    ]
    weighed = [check.name for check in checks if not check.ok and not check.refuses]
    there = frozenset().union(*(piece.analysis.word_keys for piece in cited))
    names = [name.last in there for name in claim.names]
    common = sum(wording.weight(one, weights) for one in claim.plain_stems - set(missing))
    return (
        plain,
        whole,
        min(parts, default=whole),
        float(sum(verb in missing for verb in wording.verbs(claim.text))),
        float("names" in weighed or "numbers" in weighed),
        float(len([name for name in weighed if name not in ("names", "numbers", "wording")])),
        sum(names) / len(names) if names else 1.0,
        min(1.0, common / _ENOUGH),
    )
