"""A stand-in for a chat server: on loopback, it answers with what a test wrote down.

Nothing it says comes from a model.
"""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

MODEL = "stand-in-model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer, byte for byte, and how it trickles or breaks."""

    status: int = 200
    headers: Mapping[str, str | None] = field(default_factory=dict)
    """On top of Content-Type and Content-Length, or in their place; None leaves one out."""

    body: bytes | str | dict[str, Any] | list[Any] = b""
    """What is no text is sent as JSON."""

    delay_s: float = 0.0
    """Silence before the first byte."""

    drip_s: float = 0.0
    """Silence after each byte of what `drips` names."""

    drips: Literal["body", "headers"] = "body"
    end: Literal["whole", "unanswered", "midway", "reset"] = "whole"
    """Where the connection is closed: `midway` through the body; `reset` without a word."""

    raw: bytes = b""
    """Sent as it is, in place of status, headers and body."""

    @property
    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()

    @property
    def head(self) -> bytes:
        usual = {"Content-Type": "application/json", "Content-Length": str(len(self.content))}
        headers = usual | dict(self.headers)
        lines = [f"{name}: {value}" for name, value in headers.items() if value is not None]
        return "\r\n".join([f"HTTP/1.1 {self.status} Stand-in", *lines, "", ""]).encode()


_NO_MODELS = Reply(status=404)


def completion(text: str | None = "{}", *, finish: str = "stop", **more: Any) -> dict[str, Any]:
    """Return a chat completion as OpenAI's API words it; `more` replaces its top level."""
    message = {"role": "assistant", "content": text}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": MODEL,
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15},
    } | more


def response(text: str | None = "{}", *, status: str = "completed", **more: Any) -> dict[str, Any]:
    """Return a reply as OpenAI's Responses API words it; `more` replaces its top level."""
    said = [{"type": "output_text", "text": text, "annotations": []}] if text is not None else []
    message = {"id": "msg_1", "type": "message", "role": "assistant", "content": said}
    thoughts = {"id": "rs_1", "type": "reasoning", "summary": []}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "model": MODEL,
        "output": [thoughts, message],
        "usage": {
            "input_tokens": 12,
            "input_tokens_details": {"cached_tokens": 8},
            "output_tokens": 3,
            "output_tokens_details": {"reasoning_tokens": 2},
            "total_tokens": 15,
        },
    } | more


def error(message: str, **more: Any) -> dict[str, Any]:
    """Return an error as OpenAI's API words it."""
    return {"error": {"message": message, "type": None, "param": None, "code": None} | more}


Scripted = Reply | Callable[[dict[str, Any]], Reply]
"""A reply, or what makes one of the body that came in."""


class StandIn:
    """What a test asks of the running server."""

    def __init__(self, port: int, script: tuple[Scripted, ...], models: Reply) -> None:
        self.port = port
        self.base_url = f"http://127.0.0.1:{port}/v1"
        self.script = script
        """One reply a call; the last one also answers all further calls."""

        self.models = models
        """What it answers when asked which models it has."""

        self.whole = 0
        """Replies that were written to their end while somebody listened."""

        self._lock = threading.Lock()
        self.paths: list[str] = []
        """Path and query of each call."""

        self.asked: list[dict[str, Any]] = []
        """The JSON bodies that came in."""

        self.headers: list[dict[str, str]] = []
        """Their headers, names in lower case."""

    def next_reply(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        with self._lock:
            self.asked.append(json.loads(body))
            self.headers.append({name.lower(): value for name, value in headers.items()})
            scripted = self.script[min(len(self.asked), len(self.script)) - 1]
        return scripted if isinstance(scripted, Reply) else scripted(json.loads(body))


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # So that closing waits for the handlers and their sockets.

    def __init__(self, script: tuple[Scripted, ...], models: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stand_in = StandIn(self.server_port, script, models)
        self.closing = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Be silent where socketserver prints a traceback: clients that hang up are the point."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._answer(self.server.stand_in.models)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.stand_in.paths.append(self.path)
        self._answer(self.server.stand_in.next_reply(body, self.headers))

    def _answer(self, reply: Reply) -> None:
        self.server.closing.wait(reply.delay_s)
        if reply.end == "reset":
            at_once = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
            socket.close(self.connection.detach())
        elif reply.raw:
            self.wfile.write(reply.raw)
        elif reply.end != "unanswered":
            content = reply.content
            if reply.end == "midway":
                content = content[: len(content) // 2]
            self._write(reply.head, reply.drip_s if reply.drips == "headers" else 0)
            self._write(content, reply.drip_s if reply.drips == "body" else 0)
            self.server.stand_in.whole += not self.server.closing.is_set()

    def _write(self, data: bytes, pause_s: float) -> None:
        for piece in [data[i : i + 1] for i in range(len(data))] if pause_s else [data]:
            self.wfile.write(piece)
            if self.server.closing.wait(pause_s):
                return

    def log_message(self, *_: object) -> None:
        """Keep what was asked out of the test's output."""


def models(*names: str, **more: Any) -> Reply:
    """Return a list of models, each with `more` said of it."""
    return Reply(body={"object": "list", "data": [{"id": name, **more} for name in names]})


@contextmanager
def stand_in_server(*script: Scripted, models: Reply = _NO_MODELS) -> Iterator[StandIn]:
    """Serve `script` on a free port of 127.0.0.1 while the block runs."""
    with _Server(script, models) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.stand_in
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
