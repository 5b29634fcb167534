"""Check a sentence against the spans that it cites, and find spans for one that cites none."""

from briefing.steps.verify.corroborate import corroborate
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.finding import Finding, refused
from briefing.steps.verify.recite import recite
from briefing.steps.verify.retrieve import retrieve, retrieve_each
from briefing.steps.verify.score import Weigher
from briefing.steps.verify.sources import Sources
from briefing.steps.verify.verdict import Weigh, settled, verify, verify_spans, weighed

__all__ = [
    "Fault",
    "Finding",
    "Sources",
    "Weigh",
    "Weigher",
    "corroborate",
    "recite",
    "refused",
    "retrieve",
    "retrieve_each",
    "settled",
    "verify",
    "verify_spans",
    "weighed",
]
