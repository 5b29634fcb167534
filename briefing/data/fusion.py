"""How the parts of a sentence's score add up: coefficients fitted by `training/fuse.py`."""

from collections.abc import Mapping
from math import exp

from pydantic import BaseModel, ConfigDict, Field


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Logistic(_Value):
    """A logistic regression over named parts."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, parts: Mapping[str, float]) -> float:
        """Return the chance that a sentence with these parts is supported.

        Raises:
            KeyError: A weighted part is missing.
        """
        logit = self.bias + sum(weight * parts[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


class Fusion(_Value):
    """What the package's weights file says of itself, and how parts add up to a score."""

    version: str = Field(description="Of the training scripts.")
    data: str = Field(description="SHA-256 of the labelled sets that it was fitted on.")
    with_model: Logistic
    without_model: Logistic = Field(description="Where the entailment model cannot run.")
    news_with_model: Logistic = Field(description="For news, where checks are surer and stricter.")
    news_without_model: Logistic

    def fit(self, *, is_news: bool, has_model: bool) -> Logistic:
        """Return the coefficients for this kind of source."""
        if is_news:
            return self.news_with_model if has_model else self.news_without_model
        return self.with_model if has_model else self.without_model
