"""Say what the calls of a run would take, before any is made."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEstimate:
    """What one call takes at most: its prompt is exact, its reply is as long as it may be."""

    step: str
    model: str
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What the first calls of a run take at most, with their sums."""

    calls: tuple[CallEstimate, ...]
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None
    """None where the price of a call is not known."""


def estimate(calls: Sequence[CallEstimate]) -> Estimate:
    """Return `calls` with their sums."""
    costs = [call.cost_usd for call in calls if call.cost_usd is not None]
    return Estimate(
        calls=tuple(calls),
        prompt_tokens=sum(call.prompt_tokens for call in calls),
        completion_tokens=sum(call.completion_tokens for call in calls),
        cost_usd=round(sum(costs), 12) if len(costs) == len(calls) else None,
    )
