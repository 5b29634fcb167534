"""Any server that speaks OpenAI's chat completions, or its Responses, as a `ChatModel`."""

import asyncio
import logging
import os
import random as random_numbers
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from briefing.data.briefing import Usage
from briefing.edges.answer import NO_KEY, Answer, Call
from briefing.edges.breaker import CircuitBreaker
from briefing.edges.dialect import Dialect
from briefing.edges.gate import Gate
from briefing.edges.model_errors import (
    Failure,
    classify,
    late,
    left_alone,
    no_turn,
    unreachable,
)
from briefing.edges.openai_client import OPENAI_URL, Manners, opened, own_headers
from briefing.edges.patience import Patience
from briefing.errors import ConfigError
from briefing.ports import ChatReply, ChatRequest, Meter, Reservation

_log = logging.getLogger(__name__)


class OpenAIChat:
    """Answers requests over any server that speaks OpenAI's chat completions, or its Responses.

    What a server does not take (`response_format`, `seed`, …) is left out from then on.
    Holds nothing open between two calls. Inside a running event loop, call it in a thread.
    """

    def __init__(
        self,
        key: SecretStr | str,
        base_url: str | None = None,
        *,
        timeout_s: float = 120.0,
        tries: int = 4,
        reply_bytes: int = 256 * 1024,
        manners: Manners | None = None,
        gate: Gate | None = None,
        breaker: CircuitBreaker | None = None,
        meter: Meter | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = random_numbers.random,
        on_wait: Callable[[], None] = lambda: None,
    ) -> None:
        """Take what every call needs.

        Args:
            key: Empty for a server that wants none.
            base_url: OPENAI_BASE_URL or OpenAI itself unless given.
            timeout_s: For one `complete`, all tries and pauses included.
            tries: At most so many, if the errors are worth it.
            reply_bytes: A longer reply is an error.
            manners: What this server wants beside the usual.
            gate: Holds calls back until there is room.
            breaker: Says when a server that keeps failing is left alone.
            meter: Books what each try takes. Without one nothing is counted.
            clock: Seconds, from any start.
            sleep: Waits so many seconds between two tries.
            random: A number from 0 to 1, which spreads the tries of many clients.
            on_wait: Called each time that a request is sent, and only its answer is waited for.

        Raises:
            ConfigError: The key or the base URL cannot be used.
        """
        self._key = SecretStr(checked_key(key))
        self._base_url = checked_url(base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI_URL)
        self._timeout_s = timeout_s
        self._patience = Patience(
            tries=tries, timeout_s=timeout_s, clock=clock, sleep=sleep, random=random
        )
        self._reply_bytes = reply_bytes
        self._clock = clock
        self._manners = manners or Manners()
        self._dialect = self._manners.dialect
        self._gate = gate or Gate()
        self._breaker = breaker or CircuitBreaker(clock=clock)
        self._meter = meter or _Unmetered()
        self._on_wait = on_wait

    @property
    def reply_format(self) -> str:
        """How JSON is asked for, by all that the server has complained about so far."""
        return self._dialect.reply_format

    def complete(self, request: ChatRequest) -> ChatReply:
        """Answer `request`.

        Raises:
            ModelUnavailable: The server is down, busy or slow.
            ModelRefused: The key, the model or the request is turned down.
            MalformedReply: What came back is no whole reply.
            CeilingReached: The call might cost more than may be spent.
        """
        call = Call(
            model=request.model,
            base_url=self._base_url,
            max_tokens=request.max_tokens + self._dialect.reasoning_tokens,
            api=self._dialect.api,
            reply_bytes=self._reply_bytes,
            key=self._key.get_secret_value(),
            secrets=tuple(self._manners.headers.values()),
        )
        began = self._clock()
        dialect = self._dialect
        tried = 0
        while True:
            outcome = self._ask(request, dialect, call, began + self._timeout_s)
            if isinstance(outcome, ChatReply):
                # Only now: what was left out on a request that fails anyway was not at fault.
                self._dialect = dialect
                spent, seconds = outcome.usage, self._clock() - began
                counts = (spent.prompt_tokens, spent.completion_tokens, seconds)
                _log.info("%s: %d tokens in, %d out, %.1f s", request.model, *counts)
                return outcome
            if plainer := dialect.plainer(outcome.complaint):
                _log.info("%s Asking for less.", outcome.error)
                dialect = plainer
                continue
            tried += 1
            self._patience.pause(outcome, tried, began + self._timeout_s)

    def _ask(
        self, request: ChatRequest, dialect: Dialect, call: Call, until: float
    ) -> ChatReply | Failure:
        """Make one try, and book what it took."""
        left_s = until - self._clock()
        if left_s <= 0:
            return late(self._timeout_s, call)
        if rest_s := self._breaker.rest_s():
            return left_alone(self._breaker.failures, rest_s, call)
        reservation = self._meter.reserve(request)
        outcome = self._try(dialect.body(request), call, until, reservation.tokens)
        if isinstance(outcome, ChatReply):
            self._breaker.note(is_outage=False)
            told = outcome.usage if outcome.usage.completion_tokens else None
            return replace(outcome, usage=reservation.settle(told))
        self._breaker.note(is_outage=outcome.is_outage)
        reservation.settle(outcome.usage)
        return outcome

    def _try(
        self, body: dict[str, Any], call: Call, until: float, tokens: int
    ) -> ChatReply | Failure:
        has_turn = False
        try:
            with self._gate.turn(tokens, timeout_s=until - self._clock()):
                has_turn = True
                answer = asyncio.run(self._send(body, call, until - self._clock()))
        except TimeoutError:
            return late(self._timeout_s, call) if has_turn else no_turn(call)
        # Raised later and not chained: the library's errors hold the request, and so the key.
        return answer if isinstance(answer, Failure) else classify(answer, call)

    async def _send(self, body: dict[str, Any], call: Call, left_s: float) -> Answer | Failure:
        """Ask once; raise `TimeoutError` when `left_s` is over, however the bytes drip in.

        No time-out of httpx2 does that: each is for one read, not for the whole reply.
        """
        import openai  # Takes half a second to load.

        manners = self._manners
        async with (
            asyncio.timeout(left_s),
            opened(
                call.key,
                call.base_url,
                manners,
                most_bytes=self._reply_bytes,
                timeout_s=left_s,
                on_sent=self._on_wait,
            ) as client,
        ):
            asked: Any = client.chat.completions if call.api == "chat" else client.responses
            try:
                raw = await asked.with_raw_response.create(
                    **body, extra_headers=own_headers(manners)
                )
            except openai.APIStatusError as error:
                response = error.response
            except openai.APIConnectionError as error:
                return unreachable(error, call)
            else:
                response = raw.http_response
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(status=response.status_code, headers=headers, body=response.content)

    def __repr__(self) -> str:
        return f"OpenAIChat({urlsplit(self._base_url).hostname!r})"


class _Unmetered:
    """Sets nothing aside, and books nothing."""

    tokens = 0

    def reserve(self, request: ChatRequest) -> Reservation:
        return self

    def settle(self, usage: Usage | None) -> Usage:
        return usage or Usage(calls=1)


def checked_key(key: SecretStr | str) -> str:
    """Return a key as a header can carry it; what is sent where there is none.

    Raises:
        ConfigError: No header can.
    """
    text = (key.get_secret_value() if isinstance(key, SecretStr) else key).strip()
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ConfigError(
            "OPENAI_API_KEY holds a blank or a character that no key has. Copy it again."
        )
    return text or NO_KEY


def checked_url(url: str) -> str:
    """Return the address of a server.

    Raises:
        ConfigError: It is none.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        shown = url.rpartition("@")[2]  # What stands before it may be a password.
        raise ConfigError(
            "OPENAI_BASE_URL (or `--base-url`) must look like http://127.0.0.1:8080/v1, "
            f"and is {shown!r}."
        )
    return url
