"""Trace what the articles of a story share to its origins: five reprints are one witness."""

from briefing.steps.trace.near import near_copies
from briefing.steps.trace.shared import trace
from briefing.steps.trace.witnesses import witnesses

__all__ = ["near_copies", "trace", "witnesses"]
