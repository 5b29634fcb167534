"""Says on which line of a TOML file a value stands, which `tomllib` does not."""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

_MOST_LINES = 5_000
_MOST_LINES_OF_A_VALUE = 50
_MOST_TRIES = 200
"""Beginnings of the file that are read before it is left open."""


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """Return the line, counted from 1, on which the value at `path` begins; None if unknown.

    `path` goes by keys and, in a list, by place: `("feeds", 0, "url")`. A value that is missing
    is looked for one level up. The line is where the file, read from its start, first has the
    value, so whatever a key may look like inside a string does not matter.
    """
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        return None
    for end in range(len(path), 0, -1):
        keys = [part for part in path[:end] if isinstance(part, str)]
        named = re.compile(rf"(?<![\w-]){re.escape(keys[-1])}(?![\w-])")
        candidates = [number for number, line in enumerate(lines) if named.search(line)]
        for number in candidates[:_MOST_TRIES]:
            if _first_has(lines, number, path[:end]):
                return number + 1
    return None


def _first_has(lines: list[str], number: int, path: Sequence[str | int]) -> bool:
    """Say whether the statement that begins on a line is the one that makes `path` be there."""
    if _has(lines[:number], path) is not False:
        return False
    # A value may go on over the lines that follow.
    ends = range(number + 1, min(number + _MOST_LINES_OF_A_VALUE, len(lines)) + 1)
    whole = (found for end in ends if (found := _has(lines[:end], path)) is not None)
    return next(whole, False)


def _has(lines: list[str], path: Sequence[str | int]) -> bool | None:
    """Say whether the value is in these lines; None where they end in the middle of something."""
    try:
        value: Any = tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
