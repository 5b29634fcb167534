"""The `openai` library as we use it: no retries, no redirects, no more bytes than wanted."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from briefing.edges.answer import cut_short
from briefing.edges.dialect import Dialect

if TYPE_CHECKING:
    import ssl

    import httpx2
    from openai import AsyncOpenAI

OPENAI_URL = "https://api.openai.com/v1"
_CONNECT_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How one server wants to be spoken to, beyond what all of them take."""

    dialect: Dialect = field(default_factory=Dialect)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict)
    """Put behind every address, such as Azure's `api-version`."""

    is_key_bare: bool = False
    """The key goes into a header `api-key` of its own, not into `Authorization`."""


@asynccontextmanager
async def opened(
    key: str,
    base_url: str,
    manners: Manners,
    *,
    most_bytes: int,
    timeout_s: float,
    on_sent: Callable[[], None] = lambda: None,
) -> AsyncIterator["AsyncOpenAI"]:
    """Lend a client of the server at `base_url`; no read of it has a time-out of its own.

    Args:
        key: What the server knows us by.
        base_url: Where it answers.
        manners: How it wants to be spoken to.
        most_bytes: Of a body; the rest is not read.
        timeout_s: For a connection, if that is less than usual.
        on_sent: Called when a request is sent, and only its answer is waited for.
    """
    import openai  # Takes half a second to load.

    # Their finest lines hold headers, and so keys and cookies.
    for name in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.INFO)
    headers: dict[str, Any] = dict(manners.headers)
    # A small reply that unpacks to gigabytes cannot be cut short in time.
    headers["Accept-Encoding"] = "identity"
    if urlsplit(base_url).hostname != urlsplit(OPENAI_URL).hostname:
        # Taken from the environment by the library, and nobody else's business.
        headers = {"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()} | headers
    if manners.is_key_bare:
        headers["api-key"] = key
    async with openai.AsyncOpenAI(
        api_key=key,
        base_url=base_url,
        max_retries=0,
        timeout=openai.Timeout(None, connect=min(_CONNECT_S, timeout_s)),
        default_headers=headers,
        default_query=dict(manners.query),
        http_client=openai.DefaultAsyncHttpxClient(
            verify=_trusted(),
            # Elsewhere is not where the articles were meant to go.
            follow_redirects=False,
            event_hooks={
                "request": [partial(_followed, on_sent=on_sent)],
                "response": [partial(cut_short, most=most_bytes)],
            },
        ),
    ) as client:
        yield client


def own_headers(manners: Manners) -> dict[str, Any] | None:
    """Return what a single call has to say that its client cannot: not to send the key twice."""
    import openai

    return {"Authorization": openai.Omit()} if manners.is_key_bare else None


async def _followed(request: "httpx2.Request", *, on_sent: Callable[[], None]) -> None:
    async def trace(event: str, _: object) -> None:
        if event.endswith("send_request_body.complete"):
            on_sent()

    request.extensions = {**request.extensions, "trace": trace}


@cache
def _trusted() -> "ssl.SSLContext":
    """Return the certificates to trust: reading them takes longer than a short call."""
    import httpx2

    return httpx2.create_ssl_context()
