"""How the parts of a sentence's score add up: curves fitted by `training/fuse.py`."""

from bisect import bisect_right
from collections.abc import Mapping
from math import exp
from operator import itemgetter

from pydantic import BaseModel, ConfigDict, Field


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Curve = tuple[tuple[float, float], ...]
"""Points, from left to right, between which a curve is straight; it is flat beyond them."""


class Additive(_Value):
    """A logistic regression over named parts, each of which adds what its curve gives for it."""

    bias: float
    curves: Mapping[str, Curve]

    def probability(self, parts: Mapping[str, float]) -> float:
        """Return the chance that a sentence with these parts is supported.

        Raises:
            KeyError: A part that has a curve is missing.
        """
        logit = self.bias + sum(_at(parts[name], curve) for name, curve in self.curves.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def _at(value: float, curve: Curve) -> float:
    after = bisect_right(curve, value, key=itemgetter(0))
    if after == 0:
        return curve[0][1]
    if after == len(curve):
        return curve[-1][1]
    (left, low), (right, high) = curve[after - 1 : after + 1]
    return low + (high - low) * (value - left) / (right - left)


class Fusion(_Value):
    """What the package's weights file says of itself, and how parts add up to a score."""

    version: str = Field(description="Of the training scripts.")
    data: str = Field(description="SHA-256 of the labelled sets that it was fitted on.")
    with_model: Additive
    without_model: Additive = Field(description="Where the entailment model cannot run.")
    news_with_model: Additive = Field(description="For news, where checks are surer and stricter.")
    news_without_model: Additive

    def fit(self, *, is_news: bool, has_model: bool) -> Additive:
        """Return the curves for this kind of source."""
        if is_news:
            return self.news_with_model if has_model else self.news_without_model
        return self.with_model if has_model else self.without_model
