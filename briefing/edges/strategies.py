"""Remembers what `briefing doctor` found a model able to do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, cast

from briefing.edges.state_file import StateFile, state_file

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS strategies "
    "(model TEXT PRIMARY KEY, strategy TEXT NOT NULL, day TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suited:
    """The strategy that suits a model, and since when that is known."""

    strategy: Literal["compose", "rewrite"]
    day: date


class Strategies:
    """A model is known by its name and all that decides on its replies, as kept replies are."""

    def __init__(self, file: Path | None = None) -> None:
        """Take the file; None is the usual one."""
        self._kept = StateFile(
            file or state_file("models.sqlite3"), _SCHEMA, called="what models can do"
        )

    def get(self, name: str, place: Mapping[str, Any]) -> Suited | None:
        """Return what suits a model; None where nobody has looked.

        Raises:
            CacheError: The file cannot be used.
        """
        if not self._kept.path.exists():
            return None
        with self._kept.transaction() as connection:
            row = connection.execute(
                "SELECT strategy, day FROM strategies WHERE model = ?", (_key(name, place),)
            ).fetchone()
        if row is None or row[0] not in {"compose", "rewrite"}:
            return None
        strategy = cast("Literal['compose', 'rewrite']", row[0])
        return Suited(strategy=strategy, day=date.fromisoformat(row[1]))

    def keep(self, name: str, place: Mapping[str, Any], found: Suited | None) -> None:
        """Remember what suits a model in place of what was known; None: nothing does.

        Raises:
            CacheError: The file cannot be used.
        """
        key = _key(name, place)
        with self._kept.transaction() as connection:
            connection.execute("DELETE FROM strategies WHERE model = ?", (key,))
            if found is not None:
                connection.execute(
                    "INSERT INTO strategies VALUES (?, ?, ?)",
                    (key, found.strategy, found.day.isoformat()),
                )


def _key(name: str, place: Mapping[str, Any]) -> str:
    return sha256(json.dumps([name, place], sort_keys=True).encode()).hexdigest()
