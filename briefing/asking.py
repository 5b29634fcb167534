"""One model as the steps use it: asked through a cache, asked again where it cannot be read."""

import json
import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeVar

from briefing import prompting
from briefing.data.briefing import Usage
from briefing.errors import CacheError, MalformedReply, ModelError, Remedy
from briefing.ports import ChatModel, ChatReply, ChatRequest, Crew, Exchange, ReplyStore

_Read = TypeVar("_Read")
_Item = TypeVar("_Item")
_Done = TypeVar("_Done")

_KEY_VERSION = 1
"""Raised when the same request may get another reply for a reason that it does not show."""

_log = logging.getLogger(__name__)


class Threads:
    """A crew of threads, of which no more than a number work at once, shared out or not.

    A thread that waits for the pieces it shared out leaves its place to one of them. So a model's
    limit on calls at once is never waited for, and no time-out runs meanwhile.
    """

    def __init__(self, at_once: int = 1) -> None:
        """Take how many may work; one alone does all in the order of the items."""
        self._at_once = at_once
        self._places = threading.BoundedSemaphore(at_once)
        self._mine = threading.local()

    def each(self, work: Callable[[_Item], _Done], items: Sequence[_Item]) -> tuple[_Done, ...]:
        """Return what `work` makes of each item, in their order."""
        if self._at_once == 1 or len(items) < 2:
            return tuple(map(work, items))

        def one(item: _Item) -> _Done:
            with self._place():
                return work(item)

        with self._left(), ThreadPoolExecutor(min(len(items), self._at_once)) as pool:
            return tuple(pool.map(one, items))

    @contextmanager
    def _place(self) -> Iterator[None]:
        with self._places:
            self._mine.is_held = True
            try:
                yield
            finally:
                self._mine.is_held = False

    @contextmanager
    def _left(self) -> Iterator[None]:
        if not getattr(self._mine, "is_held", False):
            yield
            return
        self._places.release()
        try:
            yield
        finally:
            self._places.acquire()


def attempt_each(
    crew: Crew,
    work: Callable[[_Item], _Done],
    items: Sequence[_Item],
    *,
    ends: Collection[Remedy] = (Remedy.STOP,),
) -> tuple[_Done | ModelError, ...]:
    """Return for each item what `work` makes of it, or the error, in order.

    After an error whose remedy is one of `ends`, which all would meet, no more is begun: it
    stands for the rest too.
    """
    ended: list[ModelError] = []

    def one(item: _Item) -> _Done | ModelError:
        if ended:
            return ended[0]
        try:
            return work(item)
        except ModelError as error:
            if error.remedy in ends:
                ended.append(error)
            return error

    return crew.each(one, items)


class Asker:
    """Asks one model, and remembers what was asked and answered."""

    def __init__(
        self,
        model: ChatModel,
        name: str,
        *,
        store: ReplyStore | None = None,
        place: Mapping[str, Any] | None = None,
        crew: Crew | None = None,
    ) -> None:
        """Take the model and its name on the server.

        Args:
            model: What answers.
            name: As requests name it.
            store: Where replies are kept that were read without fault.
            place: Address and options that decide on a reply beside the request.
            crew: Asks for several things at once. None: one after the other.
        """
        self.name = name
        self._model = model
        self._store = store
        self._place = dict(place or {})
        self.crew = crew or Threads()
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
        branches = [self.branch() for _ in requests]

        def one(number: int) -> _Read:
            return branches[number].ask(requests[number], lambda reply: read(reply, number))

        try:
            return attempt_each(self.crew, one, range(len(requests)))
        finally:
            self.join(branches)

    def branch(self) -> "Asker":
        """Return one that asks the same model in the same way, and knows its own calls alone."""
        other = copy(self)
        other._exchanges = []
        return other

    def join(self, branches: Iterable["Asker"]) -> None:
        """Remember what `branches` were asked and answered, in their order."""
        found = [exchange for branch in branches for exchange in branch.exchanges]
        with self._lock:
            self._exchanges += found

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
