"""Makes sure that one run at a time sends what is in one database.

The lock dies with its process, however that ends, so a run after a crash does not wait. On SQLite
it is a lock of the operating system on a file beside the database; on PostgreSQL an advisory lock
of a connection, so that it holds between machines too: a machine that is gone without hanging up is
noticed by the server's keepalives.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from filelock import FileLock, Timeout

from briefing.edges.database import Database
from briefing.errors import LibraryError

_LOCK = 0x6272_6965_6469_6765  # "briedige": another than the writers' own.

_KEEPALIVE = (
    ("tcp_keepalives_idle", "60"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "6"),
)
"""Two minutes until a dead machine's lock is free; PostgreSQL's own default is two hours. Without
effect on a socket of the same machine."""


@contextmanager
def only_run(database: Database, *, wait_s: float = 0) -> Iterator[bool]:
    """Lend the right to send, or False where another run has it for longer than `wait_s`.

    Raises:
        LibraryError: The lock cannot be had at all.
    """
    if database.is_sqlite:
        lock = FileLock(f"{database.name}.sending")
        try:
            lock.acquire(timeout=wait_s)
        except Timeout:
            yield False
            return
        except OSError as error:
            raise LibraryError(
                f"cannot lock {database.name!r}: {error.strerror}. Allow this user to write to "
                "its folder."
            ) from error
        try:
            yield True
        finally:
            lock.release()
        return
    with database.reading() as connection:
        for setting, value in _KEEPALIVE:
            connection.execute(sa.select(sa.func.set_config(setting, value, False)))
        taken = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LOCK)))
        try:
            yield bool(taken)
        finally:
            if taken:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))
