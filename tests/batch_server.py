"""A stand-in for a provider's Batch API: on loopback, it answers lines with what a test says.

Nothing it says comes from a model. What a test does not say is fine: each batch is completed the
first time that it is looked at.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.stand_in import completion

Line = dict[str, Any]
Answer = Callable[[Line], Line]
"""Makes the row of a result of a line that was uploaded."""


def answered(text: str) -> Answer:
    """Answer a line with a completion."""
    return lambda line: row(line, completion(text))


def row(line: Line, body: Any, *, status: int = 200) -> Line:
    """Return the row that says how one line was answered."""
    response = {"status_code": status, "request_id": "req_1", "body": body}
    return {"id": "r", "custom_id": line["custom_id"], "response": response, "error": None}


def unanswered(line: Line, code: str) -> Line:
    """Return the row that says why one line was not answered."""
    error = {"code": code, "message": f"This request: {code}."}
    return {"id": "r", "custom_id": line["custom_id"], "response": None, "error": error}


@dataclass(kw_only=True)
class Made:
    """A batch that was made."""

    id: str
    lines: list[Line]
    input_file: str
    metadata: Mapping[str, str]
    endpoint: str
    looks: int = 0
    status: str = "validating"
    results: Mapping[str, str] = field(default_factory=dict)


class BatchStandIn:
    """What a test asks of the running server, and tells it."""

    def __init__(self, port: int, answer: Answer) -> None:
        self.base_url = f"http://127.0.0.1:{port}/v1"
        self.answer = answer
        self.looks_before_the_end = 1
        """A batch ends when it is looked at for so many times."""

        self.ends_as = "completed"
        self.error: dict[str, Any] = {"code": "invalid_json_line", "message": "Not JSON."}
        """Of a batch that ends as `failed`."""

        self.before: Callable[[str, str], int | None] = lambda method, path: None
        """Called before each request with method and path; a number is the status it gets."""

        self.loses_answer_to: set[str] = set()
        """Paths of which the next POST is done, and its answer lost."""

        self.garbles_answer_to: set[str] = set()
        """Paths of which the next POST is done, and its answer no JSON."""

        self.unlisted = 0
        """For so many lists the newest batch is not in them yet."""

        self.unknown = 0
        """For so many looks at a batch it is not there yet."""

        self.batches: list[Made] = []
        self.files: dict[str, bytes] = {}
        self.deleted: list[str] = []
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.lock = threading.RLock()

    @property
    def lines(self) -> list[Line]:
        """All lines of all batches, in the order in which they came."""
        return [line for batch in self.batches for line in batch.lines]

    def keep(self, content: bytes) -> str:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return name

    def make(self, asked: Mapping[str, Any]) -> Made:
        content = self.files[asked["input_file_id"]].decode()
        made = Made(
            id=f"batch_{len(self.batches) + 1}",
            lines=[json.loads(line) for line in content.splitlines()],
            input_file=asked["input_file_id"],
            metadata=asked.get("metadata") or {},
            endpoint=asked["endpoint"],
        )
        self.batches.append(made)
        return made

    def look(self, made: Made) -> dict[str, Any]:
        made.looks += 1
        if made.status == "validating" and made.looks >= self.looks_before_the_end:
            self._end(made)
        ended = made.status != "validating"
        return {
            "id": made.id,
            "object": "batch",
            "endpoint": made.endpoint,
            "completion_window": "24h",
            "created_at": 1,
            "status": made.status,
            "input_file_id": made.input_file,
            "metadata": made.metadata,
            "errors": {"data": [self.error]} if made.status == "failed" else None,
            "request_counts": {
                "total": len(made.lines),
                "completed": len(made.lines) if ended else 0,
                "failed": 0,
            },
            **made.results,
        }

    def _end(self, made: Made) -> None:
        made.status = self.ends_as
        if made.status == "failed":
            return
        rows = [found for line in reversed(made.lines) if (found := self.answer(line))]
        fine = [one for one in rows if one["response"] and one["response"]["status_code"] == 200]
        wrong = [one for one in rows if one not in fine]
        for name, some in (("output_file_id", fine), ("error_file_id", wrong)):
            if some:
                text = "".join(json.dumps(one) + "\n" for one in some)
                made.results = {**made.results, name: self.keep(text.encode())}


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_GET(self) -> None:
        self._handle("GET")

    def do_POST(self) -> None:
        self._handle("POST")

    def do_DELETE(self) -> None:
        self._handle("DELETE")

    def _handle(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self.path.partition("?")[0].removeprefix("/v1")
        stand_in = self.server.stand_in
        status = stand_in.before(method, path)
        with stand_in.lock:
            stand_in.asked.append((method, path))
            stand_in.headers.append({k.lower(): v for k, v in self.headers.items()})
            if status is not None:
                self._send(status, json.dumps({"error": {"message": "scripted"}}).encode())
                return
            content = self._answer(method, path, body)
        if method == "POST" and path in stand_in.loses_answer_to:
            stand_in.loses_answer_to.discard(path)
            self.close_connection = True
            return
        if method == "POST" and path in stand_in.garbles_answer_to:
            stand_in.garbles_answer_to.discard(path)
            content = b"<p>Done.</p>"
        self._send(200 if content is not None else 404, content or b"{}")

    def _answer(self, method: str, path: str, body: bytes) -> bytes | None:
        stand_in = self.server.stand_in
        kind, _, rest = path.strip("/").partition("/")
        name, _, more = rest.partition("/")
        if (method, kind, name) == ("POST", "files", ""):
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            parts = message_from_bytes(head + body).get_payload()
            assert isinstance(parts, list)
            file = next(part for part in parts if part.get_filename())
            content = file.get_payload(decode=True)
            assert isinstance(content, bytes)
            return _json({"id": stand_in.keep(content), "object": "file"})
        if method == "GET" and kind == "files" and more == "content":
            return stand_in.files.get(name)
        if method == "DELETE" and kind == "files":
            stand_in.deleted.append(name)
            return _json({"id": name, "object": "file", "deleted": True})
        if (method, kind, name) == ("POST", "batches", ""):
            made = stand_in.make(json.loads(body))
            return _json(stand_in.look(made) | {"status": "validating"})
        if method == "GET" and kind == "batches":
            if not name:
                listed = stand_in.batches[: -1 if stand_in.unlisted else None]
                stand_in.unlisted -= bool(stand_in.unlisted)
                found = [stand_in.look(made) for made in reversed(listed)]
                return _json({"object": "list", "data": found, "has_more": False})
            if stand_in.unknown:
                stand_in.unknown -= 1
                return None
            made_of = {made.id: made for made in stand_in.batches}
            return _json(stand_in.look(made_of[name])) if name in made_of else None
        return None

    def _send(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep what was asked out of the test's output."""


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stand_in = BatchStandIn(self.server_port, answer)

    def handle_error(self, *_: object) -> None:
        """Be silent where socketserver prints a traceback: clients may be killed."""


@contextmanager
def batch_server(answer: Answer) -> Iterator[BatchStandIn]:
    """Serve batches on a free port of 127.0.0.1 while the block runs."""
    with _Server(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.stand_in
        finally:
            server.shutdown()
            thread.join()
