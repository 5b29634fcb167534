"""One calibrated number for a sentence: the checks, the words in common and the model together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.data.fusion import Fusion
from briefing.ports import Entails
from briefing.steps.verify.analysis import Analysis
from briefing.steps.verify.checks import Finding, Weigh
from briefing.steps.verify.parts import entailment_parts, lexical_parts, rule_parts, worst
from briefing.steps.verify.premises import Premises, premises
from briefing.steps.verify.retrieve import retrieve
from briefing.steps.verify.sources import Sources
from briefing.text.sentences import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How likely the sources bear a text out."""

    probability: float
    """Where as many texts are true as false; 0.5 is the one threshold for all kinds of text."""

    parts: tuple[tuple[str, float], ...]
    """What went in, by name."""

    has_model: bool
    """Whether the entailment model was among it."""


def score(
    text: str, sources: Sources, finding: Finding, fusion: Fusion, entails: Entails | None
) -> Score:
    """Return how likely `sources` bear out `text`, of which the checks found `finding`.

    A text of several sentences is as good as the worst of them. Never changes a verdict.
    """
    parts = measure(text, sources, finding, entails)
    used = fusion.without_model if entails is None else fusion.with_model
    return Score(
        probability=round(used.probability(parts), 4),
        parts=tuple(parts.items()),
        has_model=entails is not None,
    )


def weigher(fusion: Fusion, entails: Entails | None) -> Weigh:
    """Return how verdicts are weighed by these coefficients, and by the model where it runs."""
    return lambda text, sources, finding: score(text, sources, finding, fusion, entails).probability


def measure(
    text: str, sources: Sources, finding: Finding, entails: Entails | None
) -> Mapping[str, float]:
    """Return the parts that the score of `text` is made of."""
    claims = claims_of(text)
    found = [premises(claim, sources) for claim in claims]
    told = [lexical_parts(*one, sources) for one in zip(claims, found, strict=True)]
    # The spans found for a text of several sentences are those of its best one.
    findings = [finding] if len(claims) == 1 else [retrieve(one.text, sources) for one in claims]
    parts = {
        **worst([rule_parts(one) for one in findings]),
        **worst(told),
        "sentences": float(len(claims)),
    }
    if entails is None:
        return parts
    return {**parts, **read(claims, found, entails)}


def read(
    claims: Sequence[Analysis], found: Sequence[Premises | None], entails: Entails
) -> Mapping[str, float]:
    """Return what the model says of a text's sentences, beside the premises of each."""
    pairs = [
        (premise, claim.text)
        for claim, one in zip(claims, found, strict=True)
        if one is not None
        for premise in one.distinct()
    ]
    answers = dict(zip(pairs, entails(pairs), strict=True))
    return worst(
        [entailment_parts(claim, one, answers) for claim, one in zip(claims, found, strict=True)]
    )


def claims_of(text: str) -> list[Analysis]:
    """Return the sentences of `text` that have words to check; the whole text where none has."""
    claims = [Analysis(one.span.of(text)) for one in sentences(text)]
    return [claim for claim in claims if claim.stems] or [Analysis(text)]
