"""What was read of a sentence, kept: one step after the other reads the same ones."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Read = TypeVar("_Read")

_MOST = 4_096
"""Sentences of which it is kept: those of some hundred articles, in a few megabytes."""

_LONGEST = 600
"""Characters of a text that is kept: a longer one is no sentence, and seldom read twice."""

_MOST_LONG, _LONGEST_OF_ALL = 64, 10_000
"""Longer texts of which it is kept for the moment, and their characters: what is read for each of
the words of a text, as some checks do, would take the square of its length."""


def kept(read: Callable[[str], _Read]) -> Callable[[str], _Read]:
    """Return `read` so that it reads the same sentence once; what it gives must be immutable.

    For several threads: two that ask at once may both read, and get equal things.
    """
    known = lru_cache(maxsize=_MOST)(read)
    known_long = lru_cache(maxsize=_MOST_LONG)(read)

    @wraps(read)
    def reading(text: str) -> _Read:
        if len(text) <= _LONGEST:
            return known(text)
        return known_long(text) if len(text) <= _LONGEST_OF_ALL else read(text)

    return reading
