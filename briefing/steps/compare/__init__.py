"""Compare the sources with each other: where two of them cannot both be right."""

from briefing.steps.compare.comparison import Comparison, compare
from briefing.steps.compare.proposed import again, proposed

__all__ = ["Comparison", "again", "compare", "proposed"]
