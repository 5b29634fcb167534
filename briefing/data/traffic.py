"""What a monitor is told of one digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from briefing.data.digest import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What was made and sent of a digest, from its first edition on."""

    digest: str
    editions: int
    letters: Mapping[State, int]
    """How many are in each state; a state that none is in is left out."""

    attempts: int
    """To hand over a letter, and have a reply or lose it."""

    last_made: datetime | None
    """When the newest edition was made; None where there is none."""

    late_s: float | None
    """How long after it was due that was."""

    last_sent: datetime | None
    """When a server last took a letter."""
