"""A web server on loopback that sends what a test wrote down, and stand-ins for the way there.

No test here leaves the machine: names come from a table, and `Detour` leads the connections
to public addresses to a server on loopback.
"""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpcore2

from tests.stand_in import Reply

PUBLIC = "93.184.216.34"
ALSO_PUBLIC = "2606:2800:220:1:248:1893:25c8:1946"

Send = Callable[[bytes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request that came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""


@dataclass(slots=True)
class WebServer:
    """What a test asks of the running server."""

    port: int
    pages: Mapping[str, Reply | Callable[[Send], None]]
    """By path; the page under "*" answers the rest."""

    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    whole: int = 0
    """Replies that were written to their end while somebody listened."""

    server_names: list[str | None] = field(default_factory=list)
    """What TLS clients called it (SNI)."""

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


def page(body=b"<p>Hello", *, status=200, type="text/html; charset=utf-8", **more):  # noqa: A002
    """A reply with a body; `etag="…"` and the like are headers, None leaves one out."""
    headers = {name.replace("_", "-"): value for name, value in more.items() if name.islower()}
    rest = {name.lower(): value for name, value in more.items() if not name.islower()}
    return Reply(status=status, body=body, headers={"Content-Type": type, **headers}, **rest)


def redirect(to, status=302):
    """A reply that points elsewhere."""
    return Reply(status=status, headers={"Location": to})


@contextmanager
def web_server(pages, *, certificate: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Serve `pages` on a free port of 127.0.0.1 while the block runs."""
    with _Server(pages, certificate) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.web
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, pages, certificate: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.web = WebServer(self.server_address[1], pages)
        self.closing = threading.Event()
        self.certificate = certificate
        if certificate:
            certificate.sni_callback = lambda _, name, __: self.web.server_names.append(name)

    def handle_error(self, *_: object) -> None:
        """Be silent where socketserver prints a traceback: clients that hang up are the point."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.server.web.connections += 1
        if self.server.certificate is None:
            self._serve(self.request)
        else:
            with self.server.certificate.wrap_socket(self.request, server_side=True) as connection:
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(20)
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(65_536)
            if not data:
                return
            head += data
            if head.startswith(b"\x16"):  # It begins TLS, and we speak none.
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
        line, *lines = head.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
        method, path, _ = line.split(" ")
        pairs = (each.partition(": ") for each in lines)
        headers = {name.lower(): value for name, _, value in pairs}
        self.server.web.asked.append(Asked(method=method, path=path, headers=headers))
        pages = self.server.web.pages
        reply = pages.get(path) or pages.get("*") or Reply(status=404)
        self._answer(reply, connection)

    def _answer(self, reply: Reply | Callable[[Send], None], connection: socket.socket) -> None:
        def send(data: bytes) -> None:
            if self.server.closing.is_set():
                raise ConnectionAbortedError
            connection.sendall(data)

        if not isinstance(reply, Reply):
            reply(send)
            return
        self.server.closing.wait(reply.delay_s)
        if reply.end == "unanswered":
            return
        content = (
            reply.content if reply.end == "whole" else reply.content[: len(reply.content) // 2]
        )
        head, body = reply.raw or reply.head, b"" if reply.raw else content
        for part, is_dripped in ((head, reply.drips == "headers"), (body, reply.drips == "body")):
            size = 1 if reply.drip_s and is_dripped else max(1, len(part))
            for begin in range(0, len(part), size):
                send(part[begin : begin + size])
                if size == 1:
                    self.server.closing.wait(reply.drip_s)
        self.server.web.whole += not self.server.closing.is_set()


class Names:
    """A resolver with a table of its own; each entry is given out in turn, the last for ever."""

    def __init__(self, **names: str | list[str] | list[list[str]]) -> None:
        self.names = {name.replace("_", "."): found for name, found in names.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        found = self.names.get(host)
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if isinstance(found, str):
            return [found]
        if found and isinstance(found[0], list):
            return found.pop(0) if len(found) > 1 else found[0]
        return list(found)


class Detour(httpcore2.AsyncNetworkBackend):
    """Leads what goes to a public address to a port on loopback; the rest goes where it says."""

    def __init__(self, *ports: int, public: tuple[str, ...] = (PUBLIC,)) -> None:
        self.to = dict(zip(public, ports, strict=True)) if len(ports) > 1 else {}
        self.port, self.public = ports[0], public
        self.dialled: list[tuple[str, int]] = []
        self._real = httpcore2.AnyIOBackend()

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.dialled.append((host, port))
        if host in self.public:
            host, port = "127.0.0.1", self.to.get(host, self.port)
        return await self._real.connect_tcp(host, port, timeout=timeout)


class Clock:
    """A clock that stands still but for naps."""

    def __init__(self) -> None:
        self.time_s = 1_000.0
        self.naps: list[float] = []

    def __call__(self) -> float:
        return self.time_s

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.time_s += seconds
