"""The command line on an empty desk: no settings, no key, and two small articles to read."""

import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from briefing.cli.main import app, main

POSTGRES = os.environ.get("BRIEFING_TEST_POSTGRES")
"""A PostgreSQL to test with, as postgresql://USER@HOST/NAME; each test has a schema of its own."""

COURIER = """date 2031-04-07
Lund arrived in Port Salm on Monday

Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail.

"We came to listen and to settle the tariff," Lund told reporters in Salm. The new rail line cost \
3.2 million crowns, the harbour office reported.
"""
WIRE = """PORT SALM, (Salm Wire - 8th Apr, 2031 ) : Foreign Minister Lund will call on President \
Bo Hall in Port Salm on Wednesday. No agreement was signed during the visit, a spokesman for \
the port said.

The line carries 410 passengers a day between Salm and Ondresk.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command leaves behind."""

    code: int
    out: str
    err: str

    @property
    def complaint(self):
        """The one line on stderr."""
        assert self.err.startswith("briefing: ")
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        assert "Traceback" not in self.err
        return self.err


def put(name, content):
    """Write a file, and its folders, under the working folder."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def everything():
    """Each file under the working folder with its content."""
    files = [path for path in sorted(Path().rglob("*")) if path.is_file()]
    return {str(path): path.read_bytes() if path.stat().st_size < 10**6 else b"" for path in files}


def empty_desk(monkeypatch, folder):
    """Go to `folder`, where no setting of the user's is seen."""
    for name in os.environ:
        if name.startswith(("BRIEFING_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    monkeypatch.chdir(folder)


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """An empty working folder; loggers as they were before."""
    empty_desk(monkeypatch, tmp_path)
    log = logging.getLogger("briefing")
    handlers, level = log.handlers[:], log.level
    yield tmp_path
    log.handlers[:] = handlers
    log.setLevel(level)


@pytest.fixture
def news(desk):
    """A folder with two articles that are in order."""
    put("news/courier.txt", COURIER)
    put("news/wire.txt", WIRE)
    return "news"


@pytest.fixture
def briefing(desk, monkeypatch, capsys):
    """Runs the command with its error boundary, as the installed script does."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["briefing", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        return Outcome(stopped.value.code or 0, *capsys.readouterr())

    return run


@pytest.fixture
def cli(desk):
    """Runs the command in typer's runner, which has no terminal."""

    def run(*arguments, stdin=None):
        result = CliRunner().invoke(app, [*map(str, arguments)], input=stdin)
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(params=["sqlite", "postgresql"])
def library_url(request, tmp_path):
    """The address of a library that is not there yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/kept/library.sqlite3"
        return
    if not POSTGRES:
        pytest.skip("No PostgreSQL: set BRIEFING_TEST_POSTGRES to postgresql://USER@HOST/NAME.")
    engine = sa.create_engine(POSTGRES.replace("postgresql:", "postgresql+psycopg:", 1))
    schema = f"briefing_{token_hex(6)}"
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
    engine.dispose()
