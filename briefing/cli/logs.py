"""What is logged, and as what: lines for people, or one JSON object a record for machines."""

import io
import json
import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import TextIO

import typer

from briefing.errors import BriefingError

_PREFIX = "briefing: "
_ADDRESS = re.compile(r"[^\s<>()\"',;:=]+@[^\s<>()\"',;:]+")
_OWN_ID = re.compile(r"[0-9a-f]{40}@.+|[a-z]+\.[0-9a-f]{24}\.\d{14}@.+")
"""Our Message-IDs: to be looked for in the log of a mail server, and nobody's address."""


class LogFormat(StrEnum):
    """How records are written."""

    TEXT = "text"
    JSON = "json"


class JsonLines(logging.Formatter):
    """One JSON object a record: `time`, `level`, `logger`, `message`, and the record's `facts`.

    Addresses of mail are taken out, whoever wrote them. Of an exception only its kind is told: a
    traceback may hold what was being read.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the object on one line, in ASCII."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _ADDRESS.sub(_masked, record.getMessage()),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            said["error"] = record.exc_info[0].__name__
        return json.dumps(said, default=str)


def set_up(form: LogFormat, *, verbose: bool) -> Callable[[], None]:
    """Log on stderr from now on, and return what takes back all but the log itself.

    As JSON, what the commands say on stderr becomes records as well.
    """
    log = logging.getLogger("briefing")
    log.setLevel(logging.INFO if verbose else logging.WARNING)
    handler = logging.StreamHandler()
    log.handlers[:] = [handler]
    if form is LogFormat.TEXT:
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        return lambda: None
    handler.setFormatter(JsonLines())
    before, records = sys.stderr, _Records(log)
    sys.stderr = records

    def undo() -> None:
        records.end()
        if sys.stderr is records:
            sys.stderr = before

    return undo


def complain(error: BriefingError) -> None:
    """Say on stderr why a command ends, as the log is written."""
    log = logging.getLogger("briefing")
    if any(isinstance(handler.formatter, JsonLines) for handler in log.handlers):
        log.error("%s", error)
    else:
        typer.echo(f"{_PREFIX}{error}", err=True)


class _Records(io.TextIOBase, TextIO):
    """A stderr of which each line is a warning in the log."""

    def __init__(self, log: logging.Logger) -> None:
        super().__init__()
        self._log = log
        self._begun = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in filter(str.strip, lines):
            self._log.warning("%s", line.removeprefix(_PREFIX).strip())
        return len(text)

    def end(self) -> None:
        """Let nothing be lost that has no end of line."""
        if self._begun.strip():
            self.write("\n")


def _masked(found: re.Match[str]) -> str:
    return found[0] if _OWN_ID.fullmatch(found[0]) else "(address)"
