"""Find other words for a sentence that its own citations do not bear out."""

from dataclasses import replace

from briefing.data.briefing import Verdict
from briefing.steps.verify.finding import Finding
from briefing.steps.verify.retrieve import retrieve
from briefing.steps.verify.sources import Sources
from briefing.steps.verify.verdict import Weigh, verify_spans, weighed


def recite(text: str, finding: Finding, sources: Sources, weigh: Weigh | None) -> Finding | None:
    """Return the finding with citations that do bear `text` out, or None where none do.

    Nothing is cited anew whose citations do not stand where they say, nor what they contradict,
    unless other words have as much of it as they.
    """
    if finding.verdict is Verdict.SUPPORTED or not finding.citations:
        return None
    if verify_spans(finding.citations, sources).verdict is not Verdict.SUPPORTED:
        return None
    other = weighed(text, retrieve(text, sources), sources, weigh)
    if other.verdict is not Verdict.SUPPORTED:
        return None
    if finding.is_conflict and other.cover < finding.cover:
        return None
    return replace(other, reason=f"cited anew; of the words that it cited: {finding.reason}")
