"""Remembers which calls were sent in which batch, so that none is ever sent twice."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from briefing.edges.answer import Answer
from briefing.edges.state_file import StateFile, state_file
from briefing.errors import CacheError
from briefing.ports import Clock

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS submissions (name TEXT PRIMARY KEY, file TEXT, batch TEXT)",
    "CREATE TABLE IF NOT EXISTS lines (key TEXT PRIMARY KEY, submission TEXT NOT NULL, "
    "ticket TEXT NOT NULL, sent INTEGER NOT NULL, status INTEGER, body TEXT)",
)
_KEPT_S = 30 * 86_400
"""As long as OpenAI keeps the files of a batch."""

_LOCK_S = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Calls that were sent together, as far as that came."""

    name: str
    """Ours, which the server is told as well."""

    file: str | None = None
    """The server's name of the uploaded lines; None: they may not be there."""

    batch: str | None = None
    """The server's name of the batch; None: it may not be there."""


class BatchState:
    """What is under way. Several processes may share it.

    Nothing of a prompt is kept but the hash of its call, and of a reply what the server sent.
    """

    def __init__(self, *, now: Clock, file: Path | None = None) -> None:
        """Take the time, and the file; None is the usual one."""
        self._now = now
        self._kept = StateFile(
            file or state_file("batches.sqlite3"), _SCHEMA, called="the batches under way"
        )

    @contextmanager
    def submitting(self) -> Iterator[None]:
        """Keep other processes from sending anything meanwhile.

        Raises:
            CacheError: Another one is at it for ten minutes, or there can be no lock.
        """
        self._kept.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(f"{self._kept.path}.lock")
        try:
            lock.acquire(timeout=_LOCK_S)
        except (Timeout, OSError) as error:
            raise CacheError(
                f"cannot lock {lock.lock_file!r}: {error}. Another run may be sending a batch."
            ) from error
        try:
            yield
        finally:
            lock.release()

    def ticket(self, key: str) -> str | None:
        """Return under what the books have a call that was sent; None for one that was not."""
        with self._kept.transaction() as connection:
            row = connection.execute("SELECT ticket FROM lines WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def submissions(self, keys: Sequence[str]) -> Mapping[str, Submission]:
        """Return for each call that was sent what it was sent with."""
        now = int(self._now().timestamp())
        with self._kept.transaction() as connection:
            connection.execute("DELETE FROM lines WHERE sent < ?", (now - _KEPT_S,))
            rows = [
                row
                for key in keys
                for row in connection.execute(
                    "SELECT key, submission, file, batch FROM lines LEFT JOIN submissions "
                    "ON name = submission WHERE key = ?",
                    (key,),
                )
            ]
        return {
            key: Submission(name=name, file=file, batch=batch) for key, name, file, batch in rows
        }

    def begin(self, tickets: Mapping[str, str]) -> Submission:
        """Note that calls are about to be sent, each with its ticket in the books."""
        one = Submission(name=token_hex(16))
        sent = int(self._now().timestamp())
        with self._kept.transaction() as connection:
            connection.execute("INSERT INTO submissions (name) VALUES (?)", (one.name,))
            connection.executemany(
                "INSERT INTO lines (key, submission, ticket, sent) VALUES (?, ?, ?, ?)",
                [(key, one.name, ticket, sent) for key, ticket in tickets.items()],
            )
        return one

    def note(self, one: Submission) -> None:
        """Keep how far a submission has come."""
        with self._kept.transaction() as connection:
            connection.execute(
                "UPDATE submissions SET file = ?, batch = ? WHERE name = ?",
                (one.file, one.batch, one.name),
            )

    def drop(self, one: Submission) -> None:
        """Forget what was never sent."""
        with self._kept.transaction() as connection:
            connection.execute("DELETE FROM submissions WHERE name = ?", (one.name,))
            connection.execute("DELETE FROM lines WHERE submission = ?", (one.name,))

    def collect(self, one: Submission, answers: Mapping[str, Answer]) -> None:
        """Keep the answers of a batch that has ended; what has none may be sent again."""
        with self._kept.transaction() as connection:
            connection.executemany(
                "UPDATE lines SET status = ?, body = ? WHERE key = ? AND submission = ?",
                [
                    (answer.status, answer.body.decode("utf-8", "replace"), key, one.name)
                    for key, answer in answers.items()
                ],
            )
            connection.execute(
                "DELETE FROM lines WHERE submission = ? AND status IS NULL", (one.name,)
            )
            connection.execute("DELETE FROM submissions WHERE name = ?", (one.name,))

    def answer(self, key: str) -> Answer | None:
        """Return the answer to a call, if it has come."""
        with self._kept.transaction() as connection:
            row = connection.execute(
                "SELECT status, body FROM lines WHERE key = ? AND status IS NOT NULL", (key,)
            ).fetchone()
        if row is None:
            return None
        return Answer(status=int(row[0]), headers={}, body=str(row[1]).encode())

    def forget(self, keys: Sequence[str]) -> None:
        """Let go of answers that are used and kept elsewhere."""
        with self._kept.transaction() as connection:
            connection.executemany("DELETE FROM lines WHERE key = ?", [(key,) for key in keys])


def line(key: str, path: str, body: Mapping[str, object]) -> bytes:
    """Return one call as a line of the file that a batch is made of."""
    asked = {"custom_id": key, "method": "POST", "url": path, "body": body}
    return json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
