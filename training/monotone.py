"""A logistic regression over curves that keep the signs they are given."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin

_FLAT = 1e-6
"""Standard deviation under which a stretch of a column tells nothing."""


class MonotoneRegression(ClassifierMixin, BaseEstimator):
    """Logistic regression on columns bent at quantiles: more words in common never tell against.

    Each column is cut into the stretches between its quantiles, each with a coefficient of its
    own, so it adds a curve of straight lines; coefficients of one sign make it rise or fall all the
    way. Beyond what was seen a curve stays flat. The loss is that of
    `sklearn.linear_model.LogisticRegression` over standardised stretches (its sum weighted by
    sample, half the squared coefficients over `strength`, the intercept free); L-BFGS-B of scipy
    finds the minimum within the bounds, which is unique, as the loss is convex.
    """

    def __init__(self, signs: Sequence[int], strength: float, bends: Sequence[float] = ()) -> None:
        """Take a sign for each column, 1, -1, or 0 for none; sklearn's C; quantiles to bend at."""
        self.signs = signs
        self.strength = strength
        self.bends = bends

    def fit(
        self, columns: np.ndarray, labels: np.ndarray, sample_weight: np.ndarray | None = None
    ) -> "MonotoneRegression":
        """Return itself, fitted on columns of shape (rows, signs)."""
        weights = np.ones(len(labels)) if sample_weight is None else sample_weight
        self.edges_ = [self._edges(column) for column in columns.T]
        stretches = self._stretches(columns)
        spread = stretches.std(axis=0)
        spread[spread < _FLAT] = np.inf
        centre = stretches.mean(axis=0)
        standard = (stretches - centre) / spread
        owners = np.repeat(self.signs, [len(edges) - 1 for edges in self.edges_])

        def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
            logits = standard @ at[1:] + at[0]
            wrong = weights * (expit(logits) - labels)
            value = weights @ (np.logaddexp(0, logits) - labels * logits)
            value += at[1:] @ at[1:] / (2 * self.strength)
            return value, np.r_[wrong.sum(), standard.T @ wrong + at[1:] / self.strength]

        bounds = [(None, None)] + [
            (0 if sign > 0 else None, 0 if sign < 0 else None) for sign in owners
        ]
        start = np.zeros(standard.shape[1] + 1)
        found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
        self.classes_ = np.array([0, 1])
        self.coef_ = found.x[1:] / spread
        self.intercept_ = found.x[0] - self.coef_ @ centre
        return self

    def predict_proba(self, columns: np.ndarray) -> np.ndarray:
        """Return the chances of the labels 0 and 1, shape (rows, 2)."""
        chance = expit(self._stretches(columns) @ self.coef_ + self.intercept_)
        return np.stack([1 - chance, chance], axis=1)

    def curves(self) -> tuple[float, list[list[tuple[float, float]]]]:
        """Return a bias and, for each column, the points between which its curve is straight."""
        slopes = np.split(self.coef_, np.cumsum([len(edges) - 1 for edges in self.edges_])[:-1])
        bias = float(self.intercept_)
        found = []
        for edges, slope in zip(self.edges_, slopes, strict=True):
            bias += float(slope @ edges[:-1])
            heights = np.r_[0.0, np.cumsum(slope * np.diff(edges))]
            found.append([(float(x), float(y)) for x, y in zip(edges, heights, strict=True)])
        return bias, found

    def _edges(self, column: np.ndarray) -> np.ndarray:
        low, high = column.min(), column.max()
        inner = np.unique(np.quantile(column, self.bends)) if len(self.bends) else []
        return np.array([low, *(one for one in inner if low < one < high), high])

    def _stretches(self, columns: np.ndarray) -> np.ndarray:
        return np.stack(
            [
                np.clip(column, low, high)
                for column, edges in zip(columns.T, self.edges_, strict=True)
                for low, high in pairwise(edges)
            ],
            axis=1,
        )
