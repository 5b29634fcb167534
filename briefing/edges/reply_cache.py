"""Keeps replies in a file of SQLite, so that the same call is never paid twice."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from platformdirs import user_state_path
from pydantic import TypeAdapter, ValidationError

from briefing.errors import CacheError
from briefing.ports import ChatReply

_WAIT_S = 30
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, reply BLOB NOT NULL, "
    "bytes INTEGER NOT NULL, used INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS replies_by_use ON replies (used)",
)
_NEXT = "(SELECT coalesce(max(used), 0) + 1 FROM replies)"

_reply = TypeAdapter(ChatReply)


def default_file() -> Path:
    """Return where replies are kept: in the user's folder for state."""
    return user_state_path("briefing", appauthor=False) / "replies.sqlite3"


class ReplyCache:
    """A `ReplyStore` that survives the process. Several processes and threads may share it."""

    def __init__(self, file: Path | None = None, *, max_bytes: int = 64 * 1024 * 1024) -> None:
        """Take the file, and how many bytes of replies it may hold."""
        self._file = file or default_file()
        self._max_bytes = max_bytes

    def get(self, key: str) -> ChatReply | None:
        """Return what was put under `key`, or None.

        Raises:
            CacheError: The file cannot be used.
        """
        if not self._file.exists():
            return None
        with self._transaction() as connection:
            row = connection.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            connection.execute(f"UPDATE replies SET used = {_NEXT} WHERE key = ?", (key,))
        try:
            return _reply.validate_json(row[0])
        except ValidationError:  # Of another release.
            return None

    def put(self, key: str, reply: ChatReply) -> None:
        """Keep `reply`; what was not used for longest makes room.

        Raises:
            CacheError: The file cannot be used.
        """
        kept = _reply.dump_json(reply)
        if len(kept) > self._max_bytes:
            return
        with self._transaction() as connection:
            connection.execute(
                f"INSERT OR REPLACE INTO replies VALUES (?, ?, ?, {_NEXT})", (key, kept, len(kept))
            )
            connection.execute(
                "DELETE FROM replies WHERE used <= coalesce((SELECT used FROM (SELECT used, "
                "sum(bytes) OVER (ORDER BY used DESC) AS newer FROM replies) "
                "WHERE newer > ? ORDER BY used DESC LIMIT 1), -1)",
                (self._max_bytes,),
            )

    def size(self) -> tuple[int, int]:
        """Return how many replies are kept, and their bytes.

        Raises:
            CacheError: The file cannot be used.
        """
        if not self._file.exists():
            return 0, 0
        with self._transaction() as connection:
            row = connection.execute("SELECT count(*), coalesce(sum(bytes), 0) FROM replies")
            count, total = row.fetchone()
        return int(count), int(total)

    def clear(self) -> int:
        """Take all replies out for good, and return how many there were.

        Raises:
            CacheError: The file cannot be used.
        """
        if not self._file.exists():
            return 0
        with self._transaction() as connection:
            count = connection.execute("DELETE FROM replies").rowcount
        with self._connected() as connection:
            connection.execute("VACUUM")
        return int(count)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; what is done with it is kept whole, or not at all."""
        with self._connected() as connection:
            # The lock is taken at the start, where SQLite waits for it: a reader that turns into
            # a writer, or a change of the journal's mode, is refused at once.
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                for statement in _SCHEMA:
                    connection.execute(statement)
                yield connection

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            # What somebody reads is nobody else's business.
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(
                sqlite3.connect(self._file, timeout=_WAIT_S, isolation_level=None)
            ) as connection:
                self._file.chmod(0o600)
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise CacheError(
                f"the kept replies in {str(self._file)!r} cannot be used: {error}. "
                "Say `--no-cache`, or move the file away."
            ) from error
