"""What a chat server sends back, and what it says there in words."""

import base64
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic_core import from_json

from briefing.edges.completion import Api

if TYPE_CHECKING:
    import httpx2

_SAID_CHARS = 300
NO_KEY = "no-key"
"""Sent to a server that wants none, since the library wants one. It is no secret."""

_SHORTEST_SECRET = 3
"""A key of a letter or two would riddle every text."""

_CODES = (base64.b64encode, base64.urlsafe_b64encode)
_ANY_KEY = re.compile(r"\bsk-[\w-]{8,}|(?<=bearer )\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What the errors about one call have to name, and the secrets, which none may name."""

    model: str
    base_url: str
    max_tokens: int
    """Of the reply, thinking included."""

    reply_bytes: int
    key: str = field(default="", repr=False)
    api: Api = "chat"
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What else is sent that nobody may read: values of headers."""

    @property
    def host(self) -> str:
        """Host, and port where the base URL has one."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    @property
    def url(self) -> str:
        """The base URL without user, password and query."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{self.host}{parts.path.rstrip('/')}"

    def clean(self, sent: object) -> str:
        """Return text from outside as one short line, fit for a message.

        The key is gone, and so is what could steer a terminal. What is no text gives "".
        """
        if not isinstance(sent, str):
            return ""
        line = "".join(char for char in " ".join(sent.split()) if char.isprintable())
        line = _ANY_KEY.sub("[key]", self.hidden(line))
        return line if len(line) <= _SAID_CHARS else f"{line[: _SAID_CHARS - 1]}…"

    def hidden(self, text: str) -> str:
        """Return text with [key] where it repeats a secret, as it is or in base64."""
        return hidden(text, (*self.secrets, *([self.key] if self.key != NO_KEY else ())))


def hidden(text: str, secrets: Iterable[str]) -> str:
    """Return text with [key] where it repeats one of `secrets`, as it is or in base64."""
    for secret in secrets:
        if len(secret) <= _SHORTEST_SECRET:
            continue
        raw = secret.encode()
        for spelling in (secret, *(code(raw).decode() for code in _CODES)):
            text = text.replace(spelling.rstrip("="), "[key]")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent, whatever it is."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""

    # Until Python 3.13, `asyncio.run` makes a repr of its result for nothing: 160 MB of 20.
    body: bytes = field(repr=False)
    """The beginning alone of a body longer than `Call.reply_bytes`, but then still longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """The error that a body tells of, cleaned."""

    text: str
    codes: frozenset[str] = frozenset()
    """Machine-readable: OpenAI's `code` and `type`."""

    param: str = ""
    """The parameter at fault."""


def complaint(answer: Answer, call: Call) -> Complaint:
    """Return the error in a body, in any of the shapes seen in the wild.

    `{"error": {"message", "code", "type", "param"}}` of OpenAI, `{"error": "…"}` of Ollama,
    `{"detail": "…"}` and `{"detail": [{"loc", "msg"}]}` of FastAPI, or a web page's title.
    """
    try:
        data = from_json(answer.body)
    except ValueError:
        page = answer.body.decode("utf-8", "replace")
        if page.lstrip().startswith("<"):
            page = page.partition("<title>")[2].partition("</title>")[0]
        return Complaint(text=call.clean(page))
    error = data.get("error") or data if isinstance(data, dict) else data
    if not isinstance(error, dict):
        return Complaint(text=call.clean(error))
    detail = error.get("message") or error.get("detail")
    if isinstance(detail, list):  # What else an entry holds repeats the prompt.
        entries = [entry for entry in detail if isinstance(entry, dict)]
        detail = "; ".join(f"{entry.get('loc')}: {entry.get('msg')}" for entry in entries)
    return Complaint(
        text=call.clean(detail),
        codes=frozenset(call.clean(error.get(name)) for name in ("code", "type")),
        param=call.clean(error.get("param")),
    )


def retry_after_s(answer: Answer) -> float | None:
    """Return the pause that a server asks for, in any of its three spellings.

    A date counts from the `Date` header of the same answer, whatever our own clock says.
    """
    asked = answer.headers.get("retry-after", "")
    for number, unit_s in ((answer.headers.get("retry-after-ms", ""), 0.001), (asked, 1.0)):
        try:
            pause_s = float(number) * unit_s
        except ValueError:
            continue
        if math.isfinite(pause_s) and pause_s >= 0:
            return pause_s
    try:
        until, sent = map(parsedate_to_datetime, (asked, answer.headers.get("date", "")))
        return max(0.0, (until - sent).total_seconds())
    except (TypeError, ValueError):
        return None


async def cut_short(response: "httpx2.Response", *, most: int) -> None:
    """Read no more of a body than `most` bytes, and one more to tell; of a packed one nothing."""
    import httpx2

    plain = response.headers.get("content-encoding", "identity") == "identity"
    room = most + 1 if plain else 0
    body = bytearray()
    stream = response.stream
    assert isinstance(stream, httpx2.AsyncByteStream)
    async for part in stream:
        body += part
        if len(body) >= room:
            break
    await stream.aclose()
    response.stream = httpx2.ByteStream(bytes(body[:room]))
