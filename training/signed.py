"""A logistic regression whose coefficients keep the signs that they are given."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin


class SignedRegression(ClassifierMixin, BaseEstimator):
    """Logistic regression with L2 held to signs: more words in common never tell against.

    The loss is that of `sklearn.linear_model.LogisticRegression` (its sum weighted by sample, half
    the squared coefficients over `strength`, the intercept free); L-BFGS-B of scipy finds the
    minimum within the bounds, which is unique, as the loss is convex.
    """

    def __init__(self, signs: Sequence[int], strength: float) -> None:
        """Take a sign for each column, 1 or -1, or 0 for none; and sklearn's C."""
        self.signs = signs
        self.strength = strength

    def fit(
        self, columns: np.ndarray, labels: np.ndarray, sample_weight: np.ndarray | None = None
    ) -> "SignedRegression":
        """Return itself, fitted on standardised columns of shape (rows, signs)."""
        weights = np.ones(len(labels)) if sample_weight is None else sample_weight

        def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
            logits = columns @ at[1:] + at[0]
            wrong = weights * (expit(logits) - labels)
            value = weights @ (np.logaddexp(0, logits) - labels * logits)
            value += at[1:] @ at[1:] / (2 * self.strength)
            return value, np.r_[wrong.sum(), columns.T @ wrong + at[1:] / self.strength]

        bounds = [(None, None)] + [
            (0 if sign > 0 else None, 0 if sign < 0 else None) for sign in self.signs
        ]
        found = minimize(
            loss, np.zeros(columns.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B"
        )
        self.classes_ = np.array([0, 1])
        self.intercept_, self.coef_ = found.x[:1], found.x[None, 1:]
        return self

    def predict_proba(self, columns: np.ndarray) -> np.ndarray:
        """Return the chances of the labels 0 and 1, shape (rows, 2)."""
        chance = expit(columns @ self.coef_[0] + self.intercept_[0])
        return np.stack([1 - chance, chance], axis=1)
