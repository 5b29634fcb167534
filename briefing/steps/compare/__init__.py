"""Compare the sources with each other: where two of them cannot both be right."""

from briefing.steps.compare.comparison import Comparison, compare

__all__ = ["Comparison", "compare"]
