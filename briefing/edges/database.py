"""Opens the database that state is kept in, and brings its tables up to date.

SQLite on this machine by default, PostgreSQL by address. Of several processes at once each sees
what another has finished, and one writes at a time; what a killed one had begun is not there.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import sqlalchemy as sa
from platformdirs import user_data_path
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from briefing.errors import ConfigError, LibraryError
from briefing.migrations import HEAD

_WAIT_S = 60
"""How long to wait for another process to finish writing."""

_LOCK = 0x6272_6965_6669_6E67  # "briefing": the one lock that its writers on PostgreSQL share.

# What SQLite says, in our words. The first that its name begins with is meant.
_REASONS = {
    "SQLITE_FULL": "the disk is full. Make room.",
    "SQLITE_READONLY": "it may only be read. Allow this user to write to it and to its folder.",
    "SQLITE_CANTOPEN": "it cannot be opened. Allow this user to write to it and to its folder.",
    "SQLITE_PERM": "permission denied. Allow this user to read and write it.",
    "SQLITE_NOTADB": "it is not a database. Name another file.",
    "SQLITE_CORRUPT": "it is damaged. Put a copy of it back, or move it away to begin anew.",
    "SQLITE_BUSY": f"another process has been writing for {_WAIT_S} s. Try again later.",
    "SQLITE_LOCKED": f"another process has been writing for {_WAIT_S} s. Try again later.",
    "SQLITE_IOERR": "the disk does not read or write. Is it full, or gone?",
    "SQLITE_TOOBIG": "an article is too large for it. Lower `limits.article_chars`.",
}


class Database:
    """An open database, with its tables as this release needs them."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self.name = name
        """What to call it in a message: its file, or its address without a password."""

    @property
    def is_sqlite(self) -> bool:
        """It is a file of SQLite; otherwise a PostgreSQL server."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection that sees one state of the database, whoever writes meanwhile.

        Raises:
            LibraryError: The database fails.
        """
        with self._reporting(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend the connection that alone may write; all of its work is kept, or none.

        Raises:
            LibraryError: The database fails, or another process does not stop writing.
        """
        with self._reporting(), self._engine.connect() as connection:
            connection.execution_options(is_writing=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise LibraryError(f"the library {self.name!r} fails: {_reason(error)}") from error


def default_url() -> str:
    """Return the address of the library in the user's data folder."""
    file = user_data_path("briefing", appauthor=False) / "library.sqlite3"
    return URL.create("sqlite", database=str(file)).render_as_string()


def open_database(url: str | None = None) -> Database:
    """Return the database at `url`, made and brought up to date where it needs it.

    Args:
        url: `sqlite:///FILE` or `postgresql://USER@HOST/NAME`; None for `default_url`.

    Raises:
        ConfigError: It cannot be the address of a database, or a package for it is missing.
        LibraryError: It cannot be opened, or a newer release has made it.
    """
    address = _address(url or default_url())
    if address.get_backend_name() == "sqlite":
        _make_folder(Path(str(address.database)))
    try:
        engine = sa.create_engine(address)
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"a library on PostgreSQL needs the package {error.name!r}. "
            "Run: pip install 'briefing[postgres]'"
        ) from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
    database = Database(engine, _name(address))
    try:
        _bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return database


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise _no_address() from error
    match address.drivername:
        case "sqlite" if address.database and address.database != ":memory:":
            return address.set(database=str(Path(address.database).expanduser()))
        case "postgresql" | "postgres":
            return address.set(drivername="postgresql+psycopg")
        case _:
            raise _no_address()


def _no_address() -> ConfigError:
    return ConfigError(
        "`library.url` should look like 'sqlite:///FILE' or 'postgresql://USER@HOST/NAME'."
    )


def _name(address: URL) -> str:
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    return address.set(drivername="postgresql").render_as_string(hide_password=True)


def _make_folder(file: Path) -> None:
    try:
        # What somebody reads is nobody else's business.
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        words = error.strerror or str(error)
        raise LibraryError(
            f"cannot make the folder of the library {str(file)!r}: {words}. Set `library.url`."
        ) from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Set what SQLite keeps for a connection only, and WAL, which it keeps for good."""
    connection.isolation_level = None  # Python would begin its transactions too late.
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_S * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        _switch_to_wal(connection)


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # SQLite does not wait here, however long its time-out, if another process does the same.
    until = monotonic() + _WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            name = error.sqlite_errorname
            if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
                return  # It can be read all the same; a writer will hear of it.
            if not name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or monotonic() > until:
                raise
            sleep(0.02)
        else:
            return


def _begin(connection: Connection) -> None:
    # A reader that turns writer half-way can only fail if another has written meanwhile.
    is_writing = connection.get_execution_options().get("is_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _bring_up_to_date(database: Database) -> None:
    with database.reading() as connection:
        found = _revision(connection)
    if found == HEAD:
        return
    with database.writing() as connection:
        found = _revision(connection)  # Another process may have been here meanwhile.
        if found is not None and found > HEAD:
            raise LibraryError(
                f"the library {database.name!r} was made by a newer release of briefing "
                f"(step {found}, this release knows {HEAD}). Upgrade briefing."
            )
        if found != HEAD:
            _migrate(connection)


def _revision(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        sa.text("SELECT version_num FROM alembic_version")
    ).scalar()
    return found


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    steps = Config(attributes={"connection": connection})
    folder = str(files("briefing") / "migrations")
    steps.set_main_option("script_location", folder.replace("%", "%%"))
    command.upgrade(steps, "head")


def _reason(error: Exception) -> str:
    ours: Any = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(ours, "sqlite_errorname", "")
    for start, reason in _REASONS.items():
        if code.startswith(start):
            return reason
    said = getattr(getattr(ours, "diag", None), "message_primary", None) or str(ours)
    words = " ".join(said.split())[:300] or type(ours).__name__
    return words if words.endswith((".", "?", "!")) else f"{words}."
