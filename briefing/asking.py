"""One model as the steps use it: asked through a cache, asked again where it cannot be read."""

import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeVar

from briefing import prompting
from briefing.data.briefing import Usage
from briefing.errors import CacheError, MalformedReply, ModelError, Remedy
from briefing.ports import ChatModel, ChatReply, ChatRequest, Exchange, ReplyStore

_Read = TypeVar("_Read")

_KEY_VERSION = 1
"""Raised when the same request may get another reply for a reason that it does not show."""

_log = logging.getLogger(__name__)


class Asker:
    """Asks one model, and remembers what was asked and answered."""

    def __init__(
        self,
        model: ChatModel,
        name: str,
        *,
        store: ReplyStore | None = None,
        place: Mapping[str, Any] | None = None,
        calls_at_once: int = 1,
    ) -> None:
        """Take the model and its name on the server.

        Args:
            model: What answers.
            name: As requests name it.
            store: Where replies are kept that were read without fault.
            place: Address and options that decide on a reply beside the request.
            calls_at_once: How many threads `ask_all` may use.
        """
        self.name = name
        self._model = model
        self._store = store
        self._place = dict(place or {})
        self._calls_at_once = calls_at_once
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The calls made or found in the cache, in order, with their replies."""
        return tuple(self._exchanges)

    @property
    def usage(self) -> Usage:
        """What the replies took when they were made, those from the cache included."""
        return sum((exchange.reply.usage for exchange in self._exchanges), start=Usage())

    def ask(self, request: ChatRequest, read: Callable[[ChatReply], _Read]) -> _Read:
        """Return what `read` makes of the reply; where it cannot, ask once more and say why.

        Replies are kept when `read` was content in the end, and so is one that could not be read
        before it: a run that came to its end finds all its replies again.

        Raises:
            ModelError: The model cannot be reached, or its replies cannot be read.
        """
        exchanges: list[Exchange] = []
        try:
            return self._ask(request, read, exchanges)
        finally:
            with self._lock:
                self._exchanges += exchanges

    def ask_all(
        self, requests: Sequence[ChatRequest], read: Callable[[ChatReply, int], _Read]
    ) -> tuple[_Read | ModelError, ...]:
        """Return for each request what `read` makes of its reply, or the error, in order.

        `read` is told the number of the request, from 0. After an error that every further call
        would meet too, no more calls are begun.
        """
        stopped: list[ModelError] = []

        def one(number: int) -> tuple[_Read | ModelError, list[Exchange]]:
            exchanges: list[Exchange] = []
            if stopped:
                return stopped[0], exchanges
            try:
                found: _Read | ModelError = self._ask(
                    requests[number], lambda reply: read(reply, number), exchanges
                )
            except ModelError as error:
                if error.remedy is Remedy.STOP:
                    stopped.append(error)
                found = error
            return found, exchanges

        with ThreadPoolExecutor(max_workers=self._calls_at_once) as pool:
            done = list(pool.map(one, range(len(requests))))
        with self._lock:
            self._exchanges += [exchange for _, exchanges in done for exchange in exchanges]
        return tuple(found for found, _ in done)

    def _ask(
        self, request: ChatRequest, read: Callable[[ChatReply], _Read], exchanges: list[Exchange]
    ) -> _Read:
        reply = self._reply(request)
        exchanges.append(Exchange(request=request, reply=reply))
        try:
            found = read(reply)
        except MalformedReply as error:
            _log.info("%s Asking once more.", error)
            problem = error.problem or "it could not be read"
            again = prompting.fill("again.user.jinja", asked=request.user, problem=problem)
            request = replace(request, user=again)
            reply = self._reply(request)
            exchanges.append(Exchange(request=request, reply=reply))
            found = read(reply)
            self._keep(exchanges[0])
        self._keep(exchanges[-1])
        return found

    def _reply(self, request: ChatRequest) -> ChatReply:
        kept = None
        if self._store is not None:
            try:
                kept = self._store.get(self.key(request))
            except CacheError as error:
                self._do_without(error)
        return kept or self._model.complete(request)

    def _keep(self, exchange: Exchange) -> None:
        if self._store is not None:
            try:
                self._store.put(self.key(exchange.request), exchange.reply)
            except CacheError as error:
                self._do_without(error)

    def _do_without(self, error: CacheError) -> None:
        _log.warning("%s", error)
        self._store = None

    def key(self, request: ChatRequest) -> str:
        """Return the hash of all that decides on the reply to `request`."""
        decides = {
            "version": _KEY_VERSION,
            "place": self._place,
            "model": request.model,
            "system": request.system,
            "user": request.user,
            "schema": dict(request.reply_schema),
            "max_tokens": request.max_tokens,
        }
        canonical = json.dumps(decides, sort_keys=True, ensure_ascii=True)
        return sha256(canonical.encode()).hexdigest()
