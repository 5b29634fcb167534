"""One calibrated number for a sentence: the checks, the words in common and the model together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.data.fusion import Fusion
from briefing.ports import Entails
from briefing.steps.verify.checks.dates import as_dated
from briefing.steps.verify.claims import claims_of
from briefing.steps.verify.finding import Finding
from briefing.steps.verify.parts import (
    cited_parts,
    entailment_parts,
    lexical_parts,
    rule_parts,
    wording_parts,
    worst,
)
from briefing.steps.verify.premises import Premises, premises
from briefing.steps.verify.sources import Sources
from briefing.text.analysis import Analysis


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

    A text of several sentences is as good as the worst of them. Never changes a verdict. News is
    weighed by the checks and by what the model says of the cited words alone.
    """
    measured = beside_citations if sources.is_news else measure
    parts = measured(text, sources, finding, entails)
    used = fusion.fit(is_news=sources.is_news, has_model=entails is not None)
    return Score(
        probability=round(used.probability(parts), 4),
        parts=tuple(parts.items()),
        has_model=entails is not None,
    )


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs what the checks leave open, with one fit for news and for other kinds of text."""

    fusion: Fusion
    entails: Entails | None

    def __call__(self, text: str, sources: Sources, finding: Finding) -> float:
        """Return how likely `sources` bear `text` out, where no check refuses it."""
        return score(text, sources, finding, self.fusion, self.entails).probability

    def make_ready(self) -> None:
        """Have the entailment model read now, and not when the first text comes."""
        if self.entails is not None:
            self.entails(())

    @property
    def has_model(self) -> bool:
        """Whether the entailment model runs."""
        return self.entails is not None


def measure(
    text: str, sources: Sources, finding: Finding, entails: Entails | None
) -> Mapping[str, float]:
    """Return the parts that the score of `text` is made of, where it is no news."""
    claims = _claims(text, finding)
    findings = finding.sentences or (finding,)
    found = [premises(claim, sources) for claim in claims]
    parts = {
        **_of_the_checks(claims, findings, sources),
        **worst([lexical_parts(*one, sources) for one in zip(claims, found, strict=True)]),
        "sentences": float(len(claims)),
    }
    if entails is None:
        return parts
    beside = [pair(*one, sources) for one in zip(claims, findings, strict=True)]
    return {**parts, **read(claims, found, beside, entails)}


def beside_citations(
    text: str, sources: Sources, finding: Finding, entails: Entails | None
) -> Mapping[str, float]:
    """Return the parts that the score of `text` is made of beside news: one premise a sentence."""
    claims = _claims(text, finding)
    findings = finding.sentences or (finding,)
    parts = _of_the_checks(claims, findings, sources)
    if entails is None:
        return parts
    pairs = [pair(*one, sources) for one in zip(claims, findings, strict=True)]
    return {**parts, **worst([cited_parts(one) for one in entails(pairs)])}


def _claims(text: str, finding: Finding) -> list[Analysis]:
    """Return the sentences of `text` that `finding` has findings of; else the text as one."""
    return claims_of(text) if finding.sentences else [Analysis(text)]


def _of_the_checks(
    claims: Sequence[Analysis], findings: Sequence[Finding], sources: Sources
) -> dict[str, float]:
    return {
        **worst([rule_parts(one) for one in findings]),
        **worst([wording_parts(*one, sources) for one in zip(claims, findings, strict=True)]),
    }


def pair(claim: Analysis, finding: Finding, sources: Sources) -> tuple[str, str]:
    """Return the words that a finding cites, as one premise, and the claim in their dates."""
    cited = [piece for one in finding.citations if (piece := sources.cited(one)) is not None]
    premise = " ".join(" ".join(one.quote.split()) for one in finding.citations)
    return premise, as_dated(claim, cited)


def read(
    claims: Sequence[Analysis],
    found: Sequence[Premises | None],
    cited: Sequence[tuple[str, str]],
    entails: Entails,
) -> Mapping[str, float]:
    """Return what the model says of a text's sentences, beside the premises and words of each."""
    pairs = [
        one
        for claim, reading, beside in zip(claims, found, cited, strict=True)
        for one in dict.fromkeys(
            (*((words, claim.text) for words in (reading.distinct() if reading else ())), beside)
        )
        if one[0]
    ]
    answers = dict(zip(pairs, entails(pairs), strict=True))
    return worst(
        [entailment_parts(*one, answers) for one in zip(claims, found, cited, strict=True)]
    )
