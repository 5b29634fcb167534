"""Keeps replies in a file of SQLite, so that the same call is never paid twice."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from briefing.edges.state_file import StateFile, state_file
from briefing.ports import ChatReply

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, reply BLOB NOT NULL, "
    "bytes INTEGER NOT NULL, used INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS replies_by_use ON replies (used)",
)
_NEXT = "(SELECT coalesce(max(used), 0) + 1 FROM replies)"

_reply = TypeAdapter(ChatReply)


def default_file() -> Path:
    """Return where replies are kept: in the user's folder for state."""
    return state_file("replies.sqlite3")


class ReplyCache:
    """A `ReplyStore` that survives the process. Several processes and threads may share it."""

    def __init__(self, file: Path | None = None, *, max_bytes: int = 64 * 1024 * 1024) -> None:
        """Take the file, and how many bytes of replies it may hold."""
        self._kept = StateFile(
            file or default_file(),
            _SCHEMA,
            called="the kept replies",
            remedy="Say `--no-cache`, or move the file away.",
        )
        self._max_bytes = max_bytes

    def get(self, key: str) -> ChatReply | None:
        """Return what was put under `key`, or None.

        Raises:
            CacheError: The file cannot be used.
        """
        if not self._kept.path.exists():
            return None
        with self._kept.transaction() as connection:
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
        with self._kept.transaction() as connection:
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
        if not self._kept.path.exists():
            return 0, 0
        with self._kept.transaction() as connection:
            row = connection.execute("SELECT count(*), coalesce(sum(bytes), 0) FROM replies")
            count, total = row.fetchone()
        return int(count), int(total)

    def clear(self) -> int:
        """Take all replies out for good, and return how many there were.

        Raises:
            CacheError: The file cannot be used.
        """
        if not self._kept.path.exists():
            return 0
        with self._kept.transaction() as connection:
            count = connection.execute("DELETE FROM replies").rowcount
        self._kept.compact()
        return int(count)
