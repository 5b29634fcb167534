"""Keeps the child process that opens files from outside, and ends it when it goes too far.

One child serves many files, so its start costs once. A file on which it crashes, hangs or runs
out of memory is refused with the limit that it met; the next file gets a new child.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import IO, BinaryIO, Self, cast

from briefing.data.document import Document, Kind, RawDocument, Refusal
from briefing.edges.parse import wire
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_START_S = 60
"""To start Python and import a parser, even on a machine that is very busy."""

_MAIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from briefing.edges.parse.worker import main; main(sys.argv[1])"
)
# So says the child itself; the system's own killer (SIGKILL); the C library, which aborts.
_OUT_OF_MEMORY = frozenset({wire.MEMORY_EXIT, -9, -6})

# No key, token or proxy is any business of a parser.
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH")

Item = Document | RawDocument | Refusal


class Sandbox:
    """A place to open files in; use it in a `with` block."""

    def __init__(
        self, limits: LimitSettings, *, on_wait: Callable[[], None] = lambda: None
    ) -> None:
        """Take the limits, and what is called when a child has begun to load and is waited for."""
        self._limits = limits
        self._on_wait = on_wait
        self._child: subprocess.Popen[bytes] | None = None
        self.starts = 0
        """How many children it has needed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    @property
    def pid(self) -> int | None:
        """Of the child at work."""
        return self._child.pid if self._child else None

    def open(self, raw: RawDocument, kind: Kind) -> Iterator[Item]:
        """Yield what is in `raw`, as its reader finds it.

        What was found before a limit was met is kept: the error comes after it.

        Raises:
            SourceError: It met a limit, or its reader crashed.
        """
        child = self._child or self._start()
        is_done = False
        try:
            # The first word comes when the parser is imported, which is not the file's fault.
            with self._deadline(child, _START_S):
                wire.send(_stream(child.stdin), {"source": raw.source, "kind": kind}, raw.content)
                header, content = wire.receive(_stream(child.stdout))
            while header["is"] != "done":
                if header["is"] != "ready":
                    yield wire.unpacked(header, content)
                with self._deadline(child, self._limits.parse_s):
                    header, content = wire.receive(_stream(child.stdout))
            is_done = True
        except (EOFError, OSError, ValueError, KeyError) as error:
            raise self._why(child) from error
        finally:
            if not is_done:
                self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [
                sys.executable, "-P", "-B", "-c", _MAIN,
                self._limits.model_dump_json(), _paths(),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
        )  # fmt: skip
        self._child = child
        self.starts += 1
        self._on_wait()
        try:
            with self._deadline(child, _START_S):
                wire.receive(_stream(child.stdout))
        except (EOFError, OSError, ValueError) as error:
            self._end()
            raise SourceError(
                "the process that reads such files does not start. Give plain text, or raise "
                "`limits.parse_memory_bytes`."
            ) from error
        return child

    @contextmanager
    def _deadline(self, child: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._too_late, [child])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _too_late(self, child: subprocess.Popen[bytes]) -> None:
        child.is_late = True  # type: ignore[attr-defined]
        child.kill()

    def _why(self, child: subprocess.Popen[bytes]) -> SourceError:
        if getattr(child, "is_late", False):
            return SourceError(
                f"reading it takes longer than {self._limits.parse_s:g} s. "
                "Leave it out, or raise `limits.parse_s`."
            )
        with suppress(subprocess.TimeoutExpired):
            child.wait(1)
        code = child.poll()
        if code in _OUT_OF_MEMORY:
            mebibytes = self._limits.parse_memory_bytes // (1024 * 1024)
            return SourceError(
                f"reading it needs more than {mebibytes} MiB of memory. "
                "Leave it out, or raise `limits.parse_memory_bytes`."
            )
        how = f" ({signal.Signals(-code).name})" if code is not None and code < 0 else ""
        return SourceError(f"its reader crashed{how}. Leave it out, or save it as plain text.")

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for stream in (child.stdin, child.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        child.wait()


def _stream(pipe: IO[bytes] | None) -> BinaryIO:
    assert pipe is not None
    return cast("BinaryIO", pipe)


def _paths() -> str:
    return json.dumps([os.path.abspath(path) for path in sys.path])  # noqa: PTH100
