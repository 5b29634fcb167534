"""A `ChatModel` whose calls can wait: they are answered in batches, for less money."""

import json
import logging
from dataclasses import replace
from hashlib import sha256
from typing import Any

from briefing.edges.answer import Answer
from briefing.edges.batch_rounds import BatchRounds, Question
from briefing.edges.batch_server import BatchServer
from briefing.edges.dialect import Dialect
from briefing.edges.model_errors import Failure, classify
from briefing.edges.purse import PurseMeter
from briefing.ports import ChatReply, ChatRequest

_MOST_TRIES = 2
"""Each may take a day."""

_log = logging.getLogger(__name__)


class BatchChat:
    """Answers requests in the rounds of a run; call it from the work that the rounds share out."""

    def __init__(
        self, server: BatchServer, rounds: BatchRounds, meter: PurseMeter, dialect: Dialect
    ) -> None:
        """Take whom to ask, with whom together, what it costs, and in which words."""
        self._server = server
        self._rounds = rounds
        self._meter = meter
        self._dialect = dialect

    def complete(self, request: ChatRequest) -> ChatReply:
        """Answer `request`.

        Raises:
            BatchPending: The answer has not come in the time that is waited.
            ModelUnavailable: The server is down, or the batch ended without an answer.
            ModelRefused: The key, the model or the request is turned down.
            MalformedReply: What came back is no whole reply.
            CeilingReached: The call might cost more than may be spent.
        """
        dialect = self._dialect
        tried = 0
        while True:
            outcome = self._ask(request, dialect)
            if isinstance(outcome, ChatReply):
                return outcome
            if plainer := dialect.plainer(outcome.complaint):
                _log.info("%s Asking for less.", outcome.error)
                dialect = plainer
                continue
            tried += 1
            if tried >= min(outcome.tries, _MOST_TRIES):
                raise outcome.error
            _log.info("%s Sending it again.", outcome.error)

    def _ask(self, request: ChatRequest, dialect: Dialect) -> ChatReply | Failure:
        body = dialect.sent(request)
        key = self._key(body)
        ticket = self._rounds.state.ticket(key)
        # What was sent before is paid for, whatever is left to spend.
        reserved = (
            self._meter.reserve(request) if ticket is None else self._meter.resume(request, ticket)
        )
        call = self._server.call(request.model, request.max_tokens + dialect.reasoning_tokens)
        outcome: Any = self._rounds.ask(
            Question(key=key, body=body, call=call, server=self._server, ticket=reserved.ticket)
        )
        if isinstance(outcome, Answer):
            outcome = classify(outcome, call)
        if isinstance(outcome, ChatReply):
            told = outcome.usage if outcome.usage.completion_tokens else None
            return replace(outcome, usage=reserved.settle(told))
        assert isinstance(outcome, Failure)
        reserved.settle(outcome.usage)
        return outcome

    def _key(self, body: dict[str, Any]) -> str:
        """Return the hash of what is asked, and where."""
        asked = [self._server.base_url.rstrip("/"), self._server.path, body]
        return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
