"""All checks of one sentence, cheap ones first, and the verdict they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.data.briefing import Check, Citation, Verdict
from briefing.steps.verify import (
    attribution,
    dates,
    deeds,
    names,
    numbers,
    parallels,
    polarity,
    quantities,
    quotations,
    relations,
    spans,
    status,
    titles,
    wording,
)
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis

_CONTRADICTING = frozenset(
    "numbers dates titles polarity deeds relations parallels quantities".split()
)
"""Checks that find the source saying something else, where the sentence is else its words."""

_CONTRADICTED_COVER = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the checks found."""

    verdict: Verdict
    reason: str
    score: float
    """Between 0 and 1: how much of the sentence its citations cover, halved where a check fails."""

    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]

    def with_unknown_ids(self, unknown: Sequence[str]) -> "Finding":
        """Return this finding, failed where the sentence cites ids that name no sentence."""
        named = ", ".join(map(repr, unknown[:3]))
        ids = Check(
            name="ids", ok=not unknown, detail=f"no source sentence {named}" if unknown else ""
        )
        if not unknown:
            return replace(self, checks=(ids, *self.checks))
        return replace(
            self,
            verdict=Verdict.UNSUPPORTED,
            reason=f"ids: {ids.detail}",
            score=0.0,
            checks=(ids, *self.checks),
        )


def verify(text: str, citations: Sequence[Citation], sources: Sources) -> Finding:
    """Return whether the cited spans bear `text` out, with every check's result.

    Citations whose words do not stand where they say fail the sentence at once. Deterministic;
    nothing but `sources` is read.
    """
    standing = verify_spans(citations, sources)
    if standing.verdict is not Verdict.SUPPORTED:
        return standing
    (resolved,) = standing.checks
    cited = [piece for citation in citations if (piece := sources.cited(citation)) is not None]
    claim = Analysis(text)
    if not claim.stems and not claim.numbers:
        return Finding(
            verdict=Verdict.UNSUPPORTED,
            reason="wording: it says nothing that could be checked",
            score=0.0,
            citations=tuple(citations),
            checks=(resolved,),
        )
    covering, cover = wording.check(claim, cited, sources.weights)
    checks: tuple[Check, ...]
    if _is_quotation(claim, cited):
        # The source's own sentence: only what other sources say of it can be wrong.
        checks = (resolved, Check(name="quotations", ok=True), titles.check(claim, cited, sources))
    else:
        checks = (
            resolved,
            quotations.check(claim, cited),
            numbers.check(claim, cited),
            dates.check(claim, cited),
            names.check(claim, cited, sources),
            titles.check(claim, cited, sources),
            status.check(claim, cited),
            polarity.check(claim, cited),
            attribution.check(claim, cited),
            deeds.check(claim, cited),
            relations.check(claim, cited),
            parallels.check(claim, cited),
            quantities.check(claim, cited),
            covering,
        )
    return _finding(citations, checks, cover)


def verify_spans(citations: Sequence[Citation], sources: Sources) -> Finding:
    """Return whether the cited words stand where the citations say, and nothing more."""
    resolved = spans.check(citations, sources)
    return Finding(
        verdict=Verdict.SUPPORTED if resolved.ok else Verdict.UNSUPPORTED,
        reason="all checks hold" if resolved.ok else f"spans: {resolved.detail}",
        score=1.0 if resolved.ok else 0.0,
        citations=tuple(citations),
        checks=(resolved,),
    )


def _is_quotation(claim: Analysis, cited: Sequence[Cited]) -> bool:
    return any(claim.canonical.form == piece.analysis.canonical.form for piece in cited)


def _finding(citations: Sequence[Citation], checks: tuple[Check, ...], cover: float) -> Finding:
    failed = [check for check in checks if not check.ok]
    if not failed:
        verdict, reason, score = Verdict.SUPPORTED, "all checks hold", max(0.5, cover)
    else:
        conflict = cover >= _CONTRADICTED_COVER and any(
            one.name in _CONTRADICTING for one in failed
        )
        verdict = Verdict.CONTRADICTED if conflict else Verdict.UNSUPPORTED
        reason = "; ".join(f"{check.name}: {check.detail}" for check in failed)
        score = min(0.49, cover / (1 + len(failed)))
    return Finding(
        verdict=verdict,
        reason=reason,
        score=round(score, 4),
        citations=tuple(citations),
        checks=checks,
    )
