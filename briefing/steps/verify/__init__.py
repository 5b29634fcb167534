"""Check a sentence against the spans that it cites, and find spans for one that cites none."""

from briefing.steps.verify.checks import Finding, verify, verify_spans
from briefing.steps.verify.corroborate import corroborate
from briefing.steps.verify.retrieve import retrieve
from briefing.steps.verify.sources import Sources

__all__ = ["Finding", "Sources", "corroborate", "retrieve", "verify", "verify_spans"]
