"""What was read of a sentence, kept: one step after the other reads the same ones."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Read = TypeVar("_Read")

_MOST = 4_096
"""Sentences of which it is kept: those of some hundred articles, in a few megabytes."""

_LONGEST = 600
"""Characters of a text that is kept: a longer one is no sentence, and seldom read twice."""


def kept(read: Callable[[str], _Read]) -> Callable[[str], _Read]:
    """Return `read` so that it reads the same sentence once; what it gives must be immutable."""
    known = lru_cache(maxsize=_MOST)(read)

    @wraps(read)
    def reading(text: str) -> _Read:
        return known(text) if len(text) <= _LONGEST else read(text)

    return reading
