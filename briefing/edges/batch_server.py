"""A provider's Batch API: calls are uploaded as lines of a file, and answered within a day."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from briefing.edges.answer import Answer, Call
from briefing.edges.batch_replies import Batch, batch_of, result_of
from briefing.edges.completion import PATHS
from briefing.edges.model_errors import (
    Failure,
    classify,
    late,
    no_batch_api,
    odd_batch,
    unreachable,
)
from briefing.edges.openai_chat import checked_key, checked_url
from briefing.edges.openai_client import OPENAI_URL, Manners, opened, own_headers
from briefing.edges.patience import Patience
from briefing.errors import MalformedReply, ModelError, ModelUnavailable

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_REPLY_BYTES = 256 * 1024
_PER_LINE_BYTES = 64 * 1024
"""Of a line of results, what stands round the reply."""

_MOST_PAGES = 10
"""Of a hundred batches each: an older one has long ended."""

_MOST_CREATIONS = 3

_LOOKS = 5
"""Before a batch is taken to be missing: what was just made may not be listed, or found, at once.
With a second before the second look and twice as long before each later one it is a quarter of a
minute. How long a provider needs is not documented."""

_NOT_THERE = 404

_log = logging.getLogger(__name__)


class BatchServer:
    """Sends calls to one server as batches, and fetches what comes of them."""

    def __init__(
        self,
        key: SecretStr | str,
        base_url: str | None,
        *,
        manners: Manners,
        reply_bytes: int = _REPLY_BYTES,
        patience: Patience | None = None,
        longest_pause_s: float = 60.0,
    ) -> None:
        """Take what every call of it needs, and the longest pause between two looks at a batch.

        Raises:
            ConfigError: The key or the address cannot be used.
        """
        self._key = SecretStr(checked_key(key))
        self.base_url = checked_url(base_url or OPENAI_URL)
        self._manners = manners
        self._reply_bytes = reply_bytes
        self._patience = patience or Patience()
        self._longest_pause_s = longest_pause_s

    def __repr__(self) -> str:
        return f"BatchServer({urlsplit(self.base_url).hostname!r})"

    @property
    def path(self) -> str:
        """Where each line of a batch is asked, as the server names it."""
        return f"/v1{PATHS[self._manners.dialect.api]}"

    def call(self, model: str, max_tokens: int = 0) -> Call:
        """Return what errors about one call have to name, and to hide."""
        return Call(
            model=model,
            base_url=self.base_url,
            max_tokens=max_tokens,
            reply_bytes=self._reply_bytes,
            api=self._manners.dialect.api,
            key=self._key.get_secret_value(),
            secrets=tuple(self._manners.headers.values()),
        )

    def upload(self, lines: bytes) -> str:
        """Upload the lines of a batch, and return the server's name of the file.

        Raises:
            ModelError: The server does not take it.
        """
        sent = self._json(
            lambda client, options: client.files.with_raw_response.create(
                file=("briefing.jsonl", lines), purpose="batch", **options
            )
        )
        return str(sent.get("id") or "")

    def create(self, file: str, name: str) -> Batch:
        """Have the lines of a file answered; where that was done before, as `name`, only say so.

        Raises:
            ModelError: The server does not take it. Where it may have done so all the same, it is
                a `ModelUnavailable`.
        """

        def send(client: "AsyncOpenAI", options: dict[str, Any]) -> Awaitable[Any]:
            path: Any = self.path
            return client.batches.with_raw_response.create(
                input_file_id=file,
                endpoint=path,
                completion_window="24h",
                metadata={"briefing": name},
                **options,
            )

        for tried in range(1, _MOST_CREATIONS + 1):
            try:
                # Once: a second try after a lost answer might make a second batch.
                return batch_of(self._json(send, tries=1), self.call(""))
            except (ModelUnavailable, MalformedReply) as error:
                if (found := self._made(name, error)) is not None:
                    return found
                if isinstance(error, MalformedReply):
                    raise ModelUnavailable(str(error)) from error
                if tried == _MOST_CREATIONS:
                    raise
                _log.info("%s Trying again.", error)
                self._patience.sleep(self._patience.random() * 2**tried)
        raise AssertionError("the last try returns or raises")

    def _made(self, name: str, error: ModelError) -> Batch | None:
        """Return the batch that was made as `name` although `error` was all that was heard.

        Raises:
            ModelUnavailable: That cannot be told now, so nothing may be sent again.
        """
        try:
            return self.sought(name)
        except ModelError as other:
            raise ModelUnavailable(f"{error} {other}") from other

    def sought(self, name: str) -> Batch | None:
        """Return the batch that was made under `name`; None where it is not listed in a while.

        The API knows no idempotency key, so our name in the metadata has to do: a list that is
        slow may not have the newest batch yet.

        Raises:
            ModelError: The server does not list its batches.
        """
        for look in range(_LOOKS):
            self._pause(look)
            if (found := self.named(name)) is not None:
                return found
        return None

    def _pause(self, look: int) -> None:
        """Wait before a later look; before the first there is nothing to wait for."""
        if look:
            self._patience.sleep(min(2.0 ** (look - 1), self._longest_pause_s))

    def named(self, name: str) -> Batch | None:
        """Return the batch that was made under `name`; None where there is none.

        Raises:
            ModelError: The server does not list its batches.
        """
        after: str | None = None
        for _ in range(_MOST_PAGES):
            page = self._page(after)
            rows = [row for row in page.get("data") or () if isinstance(row, dict)]
            for row in rows:
                metadata = row.get("metadata")
                if isinstance(metadata, dict) and metadata.get("briefing") == name:
                    return batch_of(row, self.call(""))
            if not page.get("has_more") or not rows:
                break
            after = str(rows[-1].get("id"))
        return None

    def get(self, batch: str) -> Batch:
        """Return how far a batch is; one that the server does not find in a while has ended.

        Raises:
            ModelError: The server does not say.
        """
        for look in range(_LOOKS):
            self._pause(look)
            answer = self._ask(
                lambda client, options: client.batches.with_raw_response.retrieve(batch, **options),
                may_lack=True,
            )
            if answer.status != _NOT_THERE:
                return batch_of(self._read(answer), self.call(""))
        return Batch(id=batch, state="ended", status="no longer known")

    def results(self, batch: Batch, lines: int) -> dict[str, Answer]:
        """Return what each line of an ended batch was answered, in whatever order it came.

        A line that was not answered has the status of an error.

        Raises:
            ModelError: They cannot be had.
        """
        most = lines * (self._reply_bytes + _PER_LINE_BYTES)
        call = self.call("")
        found: dict[str, Answer] = {}
        for file in batch.files:
            answer = self._ask(partial(_content, file), most_bytes=most)
            for row in answer.body.splitlines():
                one = result_of(call.hidden(row.decode("utf-8", "replace")))
                # What was answered counts, should a line be in both files.
                if one is not None and one[0] not in found:
                    found[one[0]] = one[1]
        return found

    def forget(self, batch: Batch) -> None:
        """Have the server delete the files of a batch; that it does not is no error."""
        for file in filter(None, (batch.input_file, *batch.files)):
            try:
                self._json(partial(_delete, file), tries=1)
            except ModelError as error:
                _log.info("the file %s stays where it is: %s", file, error)

    def failure(self, batch: Batch, call: Call) -> Failure:
        """Return what it means for a call that its batch failed."""
        answer = Answer(
            status=400, headers={}, body=json.dumps({"error": batch.problem or {}}).encode()
        )
        found = classify(answer, call)
        assert isinstance(found, Failure)
        return found

    def _page(self, after: str | None) -> dict[str, Any]:
        more: dict[str, Any] = {} if after is None else {"after": after}
        return self._json(
            lambda client, options: client.batches.with_raw_response.list(
                limit=100, **more, **options
            )
        )

    def _json(self, send: "_Send", *, tries: int | None = None) -> dict[str, Any]:
        return self._read(self._ask(send, tries=tries))

    def _read(self, answer: Answer) -> dict[str, Any]:
        try:
            found = json.loads(answer.body)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise odd_batch(self.call("")).error
        return found

    def _ask(
        self,
        send: "_Send",
        *,
        most_bytes: int = _REPLY_BYTES * 4,
        tries: int | None = None,
        may_lack: bool = False,
    ) -> Answer:
        patience = self._patience
        if tries is not None:
            patience = replace(patience, tries=tries)
        until = patience.clock() + patience.timeout_s
        tried = 0
        while True:
            outcome = self._try(send, most_bytes, until)
            if isinstance(outcome, Answer):
                if may_lack or outcome.status != _NOT_THERE:
                    return outcome
                outcome = no_batch_api(outcome, self.call(""))
            tried += 1
            patience.pause(outcome, tried, until)

    def _try(self, send: "_Send", most_bytes: int, until: float) -> Answer | Failure:
        call = self.call("")
        left_s = until - self._patience.clock()
        if left_s <= 0:
            return late(self._patience.timeout_s, call)
        try:
            answer = asyncio.run(self._send(send, most_bytes, left_s))
        except TimeoutError:
            return late(self._patience.timeout_s, call)
        if isinstance(answer, Failure) or 200 <= answer.status < 300:
            return answer
        if answer.status == _NOT_THERE:
            return answer
        found = classify(answer, call)
        assert isinstance(found, Failure)
        return found

    async def _send(self, send: "_Send", most_bytes: int, left_s: float) -> Answer | Failure:
        import openai  # Takes half a second to load.

        key, manners = self._key.get_secret_value(), self._manners
        async with (
            asyncio.timeout(left_s),
            opened(key, self.base_url, manners, most_bytes=most_bytes, timeout_s=left_s) as client,
        ):
            try:
                raw = await send(client, {"extra_headers": own_headers(manners)})
            except openai.APIStatusError as error:
                response = error.response
            except openai.APIConnectionError as error:
                return unreachable(error, self.call(""))
            else:
                response = raw.http_response
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(status=response.status_code, headers=headers, body=response.content)


def _content(file: str, client: "AsyncOpenAI", options: dict[str, Any]) -> Awaitable[Any]:
    return client.files.with_raw_response.content(file, **options)


def _delete(file: str, client: "AsyncOpenAI", options: dict[str, Any]) -> Awaitable[Any]:
    return client.files.with_raw_response.delete(file, **options)


_Send = Callable[["AsyncOpenAI", dict[str, Any]], Awaitable[Any]]
"""Asks once, with a client and the options that every call takes."""
