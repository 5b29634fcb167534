"""Small files of SQLite in the user's folder for state, shared by threads and processes."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from platformdirs import user_state_path

from briefing.errors import CacheError

_WAIT_S = 30


def state_file(name: str) -> Path:
    """Return where the file called `name` is: in the user's folder for state."""
    return user_state_path("briefing", appauthor=False) / name


class StateFile:
    """A file of SQLite that is made when something is first kept in it."""

    def __init__(
        self,
        file: Path,
        schema: Sequence[str],
        *,
        called: str,
        remedy: str = "Move the file away, if nothing in it is waited for.",
    ) -> None:
        """Take the file, the statements that make its tables, and how to speak of it.

        Args:
            file: Where it is.
            schema: Statements that make its tables where there are none.
            called: What it holds, in words.
            remedy: What to do where it cannot be used.
        """
        self.path = file
        self._schema = tuple(schema)
        self._called = called
        self._remedy = remedy

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; what is done with it is kept whole, or not at all.

        Raises:
            CacheError: The file cannot be used.
        """
        with self._connected() as connection:
            # The lock is taken at the start, where SQLite waits for it: a reader that turns into
            # a writer, or a change of the journal's mode, is refused at once.
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                for statement in self._schema:
                    connection.execute(statement)
                yield connection

    def compact(self) -> None:
        """Give back the room of what was deleted, and leave none of it in the file.

        Raises:
            CacheError: The file cannot be used.
        """
        with self._connected() as connection:
            connection.execute("VACUUM")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            # What somebody reads is nobody else's business.
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(
                sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)
            ) as connection:
                self.path.chmod(0o600)
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise CacheError(
                f"{self._called} in {str(self.path)!r} cannot be used: {error}. {self._remedy}"
            ) from error
