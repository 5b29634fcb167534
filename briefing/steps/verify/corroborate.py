"""Find what other articles say the same."""

from collections.abc import Sequence

from briefing.data.briefing import Citation, Verdict
from briefing.steps.verify.checks.status.openness import is_left_open
from briefing.steps.verify.finding import Finding
from briefing.steps.verify.retrieve import ranked
from briefing.steps.verify.sources import Sources
from briefing.steps.verify.verdict import verify
from briefing.text.analysis import Analysis

_TRIED = 12
"""Best-covering sentences of other articles that are checked."""

_LEAST_SHARED = 0.5
"""A sentence with fewer of the words is not worth the checks: it would fail the last of them."""

_MOST = 4
"""Articles that are cited beside the first ones."""


def corroborate(text: str, citations: Sequence[Citation], sources: Sources) -> tuple[Citation, ...]:
    """Return `citations` and, behind them, one of each other article that supports `text` too."""
    found = list(citations)
    cited = {one.article for one in citations}
    claim = sources.claim(text)
    wanted = claim.plain_stems
    others = [
        sentence
        for sentence in ranked(claim, sources)[: 3 * _TRIED]
        if sentence.article not in cited
        and len(wanted & sources.analysis(sentence).stem_set) >= _LEAST_SHARED * len(wanted)
    ]
    for sentence in others[:_TRIED]:
        if len(found) >= _MOST:
            break
        if sentence.article in cited:
            continue
        candidate = Citation.of(sentence)
        if _states(verify(text, [candidate], sources), claim, sources.analysis(sentence)):
            found.append(candidate)
            cited.add(sentence.article)
    return tuple(found)


def _states(finding: Finding, claim: Analysis, other: Analysis) -> bool:
    """Whether another source states the fact itself, as done as the claim and with its figures.

    What a citation may leave to be weighed, such as a number that it lacks, is too little here: a
    second source that does not say so would make one origin look like two.
    """
    if finding.verdict is not Verdict.SUPPORTED:
        return False
    doubted = any(not check.ok and check.name != "wording" for check in finding.checks)
    return not doubted and not (is_left_open(other.text) and not is_left_open(claim.text))
