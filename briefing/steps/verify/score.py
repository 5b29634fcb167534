"""One calibrated number for a sentence: the checks, the words in common and the model together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from briefing.data.fusion import Fusion
from briefing.ports import Entails
from briefing.steps.verify.checks import Finding
from briefing.steps.verify.parts import entailment_parts, lexical_parts, rule_parts, worst
from briefing.steps.verify.premises import Premises, premises
from briefing.steps.verify.retrieve import retrieve
from briefing.steps.verify.sources import Sources
from briefing.text.analysis import Analysis
from briefing.text.sentences import sentences

_OWN = 0.7
"""Share of the words in the verdict, chosen on the sets named below."""

_LEAST = 1e-4
"""Nothing is surer than this, or it would outweigh whatever else is known."""


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


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs what the checks leave open: by its own words, and less by the score of its text.

    The likelihood of the words knows news and is strict; the score knows many kinds of text, and is
    lenient with news. Of the labelled sentences about news (five sets, 796 sentences) the words
    alone refuse 87 % of the false and 16 % of the true, the score 80 and 10, both together 85 and
    14. On other kinds of text the score alone tells more, and `bench/verification.py` ranks by it.
    """

    fusion: Fusion
    entails: Entails | None

    def __call__(self, text: str, sources: Sources, finding: Finding) -> float:
        """Return how likely `sources` bear `text` out, where no check refuses it."""
        return between(finding, self.told(text, sources, finding))

    def told(self, text: str, sources: Sources, finding: Finding) -> float:
        """Return the score of `text` alone."""
        return score(text, sources, finding, self.fusion, self.entails).probability

    def make_ready(self) -> None:
        """Have the entailment model read now, and not when the first text comes."""
        if self.entails is not None:
            self.entails(())

    @property
    def has_model(self) -> bool:
        """Whether the entailment model runs."""
        return self.entails is not None


def between(finding: Finding, told: float) -> float:
    """Return a probability between the finding's own and `told`, in log odds."""
    odds = _OWN * _log_odds(finding.probability) + (1 - _OWN) * _log_odds(told)
    return round(1 / (1 + exp(-odds)), 4)


def _log_odds(probability: float) -> float:
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return log(held / (1 - held))


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
