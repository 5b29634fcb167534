"""What tokens cost, and how much may be spent."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

PICO = 10**12
"""Money is counted in whole picodollars: a token's price is a whole number of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one token costs, in picodollars, rounded up."""

    prompt: int
    completion: int

    @classmethod
    def of(cls, prompt_usd_per_million: float, completion_usd_per_million: float) -> Self:
        """Return the price that providers state in US dollars for a million tokens."""
        prompt, completion = (
            -(-Fraction(str(usd)) * PICO // 10**6)
            for usd in (prompt_usd_per_million, completion_usd_per_million)
        )
        return cls(prompt=int(prompt), completion=int(completion))

    def less(self, discount: float) -> Self:
        """Return the price with a share of it taken off, rounded up."""
        share = 1 - Fraction(str(discount))
        prompt, completion = (-(-price * share // 1) for price in (self.prompt, self.completion))
        return replace(self, prompt=int(prompt), completion=int(completion))

    def cost(self, prompt_tokens: int, completion_tokens: int) -> int:
        """Return what so many tokens cost, in picodollars."""
        return prompt_tokens * self.prompt + completion_tokens * self.completion


def picodollars(usd: float) -> int:
    """Return US dollars as whole picodollars, rounded down."""
    return int(Fraction(str(usd)) * PICO)


def usd(cost: int) -> float:
    """Return picodollars as US dollars."""
    return cost / PICO


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceilings:
    """How much may be spent; None is no limit."""

    usd: float | None = None
    tokens: int | None = None
    """Of prompts and replies together."""

    usd_per_day: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What calls took that have something in common."""

    key: str
    """What they share: a run, a day, a model."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None
    """Null where the price of none is known."""

    estimated_calls: int
    """Of which the server did not say what they took: their worst case is counted."""
