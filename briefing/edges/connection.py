"""One GET over one connection, to addresses that were checked before.

Loading it takes a third of a second: import it where it is used.
"""

import asyncio
import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import httpcore2

from briefing.edges.answer import Answer
from briefing.edges.unpacking import Damaged, Overflow, Unpacker, unpacked_over
from briefing.edges.urls import Target
from briefing.errors import (
    SourceBroken,
    SourceError,
    SourceOverLimit,
    SourceRefused,
    SourceUnavailable,
)

_CONNECT_S = 5.0
"""For one of several addresses; a dead IPv6 route must leave time for the next."""

_MOST_ADDRESSES = 4
_HEADER_CHARS = 9_000  # More than an address may have, so that it is seen to be too long.
_HEAD_BYTES = 256 * 1024
"""Until the answer proper begins: h11 counts each promise of one (1xx) by itself."""

_TOO_LONG = 431
_ENDLESS_HEAD = "headers without end. Check the address."

_LIBRARY_ERRORS = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
    OSError,  # Bad records in the middle of TLS come through as they are.
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of which server, and how much may come back."""

    target: Target
    addresses: tuple[str, ...]
    """All of them checked. No others are connected to, and no name is looked up again."""

    headers: Mapping[str, str]
    raw_bytes: int
    """Of all that comes over the line, headers and framing included."""

    decoded_bytes: int
    is_cut_short: bool = False
    """What is beyond a limit is left out, and no error."""

    certificates: ssl.SSLContext | None = None
    """What to trust; None is what this machine does."""

    network: httpcore2.AsyncNetworkBackend | None = None
    """What opens connections; None is the real thing."""


def ask(question: Question, *, timeout_s: float) -> Answer:
    """Return what the server answers, with the unpacked body where its status is 2xx.

    Raises:
        SourceUnavailable: There was no connection, or it broke off.
        SourceRefused: The server's certificate is not trusted.
        SourceOverLimit: More came than is allowed.
        SourceBroken: What came is no proper HTTP, or cannot be unpacked.
        TimeoutError: It was not all there in time.
    """
    subject = question.target.subject
    try:
        return asyncio.run(_ask(question, timeout_s))
    except Overflow as error:
        raise SourceOverLimit(f"{subject} sends {error}") from error
    except Damaged as error:
        raise SourceBroken(
            f"{subject} cannot be unpacked ({error}). Try again, or save the page by hand."
        ) from error
    except _Failed as failed:
        raise _error_of(failed, subject) from failed.error


class _Failed(Exception):  # noqa: N818 -- carries what went wrong
    def __init__(self, error: Exception, *, by_hanging_up: bool) -> None:
        self.error = error
        self.by_hanging_up = by_hanging_up


async def _ask(question: Question, timeout_s: float) -> Answer:
    target = question.target
    url = httpcore2.URL(
        scheme=target.scheme.encode(),
        host=target.host.encode(),
        port=target.port,
        target=target.path.encode(),
    )
    dialler = _Dialler(question)
    async with asyncio.timeout(timeout_s):
        try:
            async with (
                # Neither this nor what it rests on reads the environment: no proxy, no .netrc.
                httpcore2.AsyncConnectionPool(
                    ssl_context=question.certificates or _trusted(),
                    network_backend=dialler,
                ) as pool,
                pool.stream("GET", url, headers=list(question.headers.items())) as response,
            ):
                dialler.line.is_at_head = False
                headers = _headers(response.headers)
                body = await _body(response, headers, question)
                return Answer(status=response.status, headers=headers, body=body)
        except _LIBRARY_ERRORS as error:
            raise _Failed(error, by_hanging_up=dialler.line.has_ended) from error


async def _body(
    response: httpcore2.Response, headers: Mapping[str, str], question: Question
) -> bytes:
    if not 200 <= response.status < 300:
        return b""
    unpacker = Unpacker(headers.get("content-encoding", ""), most_bytes=question.decoded_bytes)
    body = BytesIO()  # Unlike a bytearray, it hands its bytes over without a copy.
    try:
        async for data in response.aiter_stream():
            for piece in unpacker.feed(data):
                body.write(piece)
                if body.tell() > question.decoded_bytes:
                    raise Overflow(unpacked_over(question.decoded_bytes))
        unpacker.finish()
    except Overflow:
        if not question.is_cut_short:
            raise
    return body.getvalue()


def _headers(sent: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by their names in lower case; of several, the first, of packings all."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in sent:
        name = raw_name.decode("ascii").lower()
        try:
            value = raw_value.decode("utf-8")
        except UnicodeDecodeError:
            value = raw_value.decode("latin-1")
        value = "".join(char for char in value if char.isprintable()).strip()
        if name == "content-encoding" and name in headers:
            value = f"{headers.pop(name)}, {value}"
        headers.setdefault(name, value[:_HEADER_CHARS])
    return headers


class _Dialler(httpcore2.AsyncNetworkBackend):
    """Connects to the checked addresses, whatever the name of the host says by now.

    TLS and the `Host` header go on using the name, which is all that httpcore2 knows.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self._network = question.network or httpcore2.AnyIOBackend()
        self.line = _Line(question.raw_bytes)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        assert (host, port) == (self._question.target.host, self._question.target.port)
        failed: Exception | None = None
        for address in self._question.addresses[:_MOST_ADDRESSES]:
            try:
                stream = await self._network.connect_tcp(address, port, timeout=_CONNECT_S)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = failed or error
            else:
                return _Metered(stream, self.line)
        assert failed is not None
        raise failed


class _Line:
    """What has come over a connection, in clear or unwrapped from TLS."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._read_bytes = 0
        self.is_at_head = True
        """The answer proper has not begun."""

        self.has_ended = False
        """The server will send no more."""

    def count(self, data: bytes) -> None:
        self.has_ended = not data
        self._read_bytes += len(data)
        if self.is_at_head and self._read_bytes > _HEAD_BYTES:
            raise Overflow(_ENDLESS_HEAD)
        if self._read_bytes > self._most_bytes:
            limit = f"more than {self._most_bytes:,} bytes"
            raise Overflow(f"{limit}. If that is right, raise `fetch.raw_bytes`.")


class _Metered(httpcore2.AsyncNetworkStream):
    """Ends a connection over which more comes than is allowed.

    Only here is everything counted: headers, what frames the chunks, and answers (1xx)
    that never come to the point.
    """

    def __init__(self, stream: httpcore2.AsyncNetworkStream, line: "_Line") -> None:
        self._stream = stream
        self._line = line

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._stream.read(max_bytes, timeout)
        self._line.count(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        return _Metered(stream, self._line)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 -- httpcore2's signature
        return self._stream.get_extra_info(info)


@cache
def _trusted() -> ssl.SSLContext:
    """Return the certificates to trust; a user's SSL_CERT_FILE counts, as in every program."""
    return httpcore2.default_ssl_context()


def _error_of(failed: _Failed, subject: str) -> SourceError:
    """Return the error of ours for one of the library's, by the exceptions that led to it."""
    error = failed.error
    causes = tuple(_causes(error))

    def caused_by(kind: type[BaseException]) -> bool:
        return any(isinstance(cause, kind) for cause in causes)

    if any(getattr(cause, "error_status_hint", None) == _TOO_LONG for cause in causes):
        return SourceOverLimit(f"{subject} sends {_ENDLESS_HEAD}")
    reason = next((str(cause) for cause in reversed(causes) if str(cause)), "no reason given")
    reason = "".join(char for char in " ".join(reason.split()) if char.isprintable())[:200]
    if failed.by_hanging_up:
        return SourceUnavailable(f"{subject} broke the connection off. Try again later.")
    if isinstance(error, httpcore2.ProtocolError):
        return SourceBroken(
            f"{subject} does not answer in proper HTTP ({reason}). Try again later."
        )
    if caused_by(ssl.SSLCertVerificationError):
        return SourceRefused(
            f"{subject} shows a certificate that is not trusted ({reason}). Check the address."
        )
    if caused_by(ConnectionRefusedError):
        what = "is on a server that refuses connections. Check the address, or try again later."
    elif caused_by(ssl.SSLError):
        what = f"does not speak proper TLS ({reason}). Check the address."
    elif isinstance(error, httpcore2.ConnectTimeout):
        what = "is on a server that does not take the connection. Try again later."
    else:
        what = f"cannot be reached, or broke off ({reason}). Try again later."
    return SourceUnavailable(f"{subject} {what}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        yield cause
        seen.add(id(cause))
        cause = cause.__cause__ or cause.__context__
