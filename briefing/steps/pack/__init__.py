"""Choose the evidence that fits a token budget, in one call or several."""

from briefing.steps.pack.lines import line, lines
from briefing.steps.pack.pack import pack

__all__ = ["line", "lines", "pack"]
