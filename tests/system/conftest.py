"""The command line on an empty desk: no settings, no key, and two small articles to read."""

import logging
import sys

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app, main
from tests.system.desk import COURIER, WIRE, Outcome, empty_desk, put


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
