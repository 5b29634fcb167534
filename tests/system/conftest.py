"""The command line on an empty desk: no settings, no key, and two small articles to read."""

import logging
import os
import sys
from contextlib import closing
from secrets import token_hex

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from briefing.cli.main import app, main
from briefing.edges.database import open_database
from tests.mail_server import aiosmtpd_server
from tests.system.desk import COURIER, WIRE, Outcome, empty_desk, put
from tests.system.digest_desk import NEWS, settings

POSTGRES = os.environ.get("BRIEFING_TEST_POSTGRES")
"""A PostgreSQL to test with, as postgresql://USER@HOST/NAME; each test has a schema of its own."""


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


@pytest.fixture
def database(tmp_path):
    """A library of its own, on SQLite."""
    with closing(open_database(f"sqlite:///{tmp_path}/library.sqlite3")) as opened:
        yield opened


@pytest.fixture
def room(desk):
    """A mail server, an article, and the settings of a digest that is due."""
    put("news/courier.txt", NEWS)
    with aiosmtpd_server() as running:
        settings(running)
        yield running
