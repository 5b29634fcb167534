"""The child that opens files from outside, with little memory, no network and no output.

It answers each request with the items found, then with `done`. What it cannot survive is for
`edges.sandbox` to notice.
"""

import os
import sys
from contextlib import suppress
from typing import BinaryIO

from briefing.data.document import Document, Kind, RawDocument, Refusal
from briefing.edges.parse import wire
from briefing.edges.parse.mojibake import mended
from briefing.edges.parse.readers import reader_of
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_FORBIDDEN = (
    "socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
    "urllib.Request", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork",
    "os.spawn", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.rmtree",
)  # fmt: skip


def main(limits_json: str) -> None:
    """Serve requests from standard input until it ends."""
    requests, replies = _own_streams()
    limits = LimitSettings.model_validate_json(limits_json)
    _confine(limits.parse_memory_bytes)
    wire.send(replies, {"is": "ready"})
    while True:
        try:
            header, content = wire.receive(requests)
        except EOFError:
            return
        raw = RawDocument(source=header["source"], content=content)
        try:
            _serve(raw, Kind(header["kind"]), limits, replies)
        except MemoryError:
            os._exit(wire.MEMORY_EXIT)


def _serve(raw: RawDocument, kind: Kind, limits: LimitSettings, replies: BinaryIO) -> None:
    try:
        reader = reader_of(kind)
        # Importing a parser takes a second on a busy machine: that is not the document's fault.
        wire.send(replies, {"is": "ready"})
        for item in reader(raw, limits):
            found = mended(item) if isinstance(item, Document) else item
            wire.send(replies, *wire.packed(found))
    except SourceError as error:
        wire.send(replies, *wire.packed(Refusal(source=raw.source, reason=str(error))))
    except MemoryError:
        raise
    except RecursionError:
        reason = "its parts are nested too deeply. Save it as plain text."
        wire.send(replies, *wire.packed(Refusal(source=raw.source, reason=reason)))
    except Exception as error:
        # Parsers fail on hostile input in ways of their own (traps, 11).
        if "memory" in str(error).lower():
            raise MemoryError from error
        reason = f"its {kind} reader failed ({type(error).__name__}). Save it as plain text."
        wire.send(replies, *wire.packed(Refusal(source=raw.source, reason=reason)))
    wire.send(replies, {"is": "done"})


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output for ourselves; what a parser prints goes nowhere."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return requests, replies


def _confine(memory_bytes: int) -> None:
    def refuse(event: str, _: object) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"{event} is not for a reader")

    sys.addaudithook(refuse)
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit holds there too.
        return
    for limit, value in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
