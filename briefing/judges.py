"""The optional judge: a chat model that is asked about what the checks cannot tell."""

import logging
from collections.abc import Callable, Sequence

from briefing.data.briefing import Usage
from briefing.errors import ModelError
from briefing.ports import ChatModel, ChatReply, ChatRequest, Doubt, Exchange, Ruling
from briefing.steps import judge

_log = logging.getLogger(__name__)


class ModelJudge:
    """Asks a chat model once for each group of doubts; a fault of the model rules on nothing."""

    def __init__(
        self,
        model: ChatModel,
        name: str,
        *,
        price: Callable[[int, int], float | None] = lambda *tokens: None,
    ) -> None:
        """Take the model, its name on the server, and what its tokens cost."""
        self._model = model
        self._name = name
        self._price = price
        self._exchanges: list[Exchange] = []

    @property
    def usage(self) -> Usage:
        """The sum over the calls made, with its price where one is known."""
        spent = sum((exchange.reply.usage for exchange in self._exchanges), start=Usage())
        cost = self._price(spent.prompt_tokens, spent.completion_tokens)
        return spent.model_copy(update={"cost_usd": cost}) if spent.calls else spent

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The calls made, in order, with their replies."""
        return tuple(self._exchanges)

    def rule(self, doubts: Sequence[Doubt]) -> tuple[Ruling | None, ...]:
        """Return a ruling on each doubt, in order; None where the model gave none."""
        if not doubts:
            return ()
        try:
            return judge.parse(self._ask(judge.request(doubts, model=self._name)), doubts)
        except ModelError as error:
            _log.warning("%d uncertain sentences were not judged: %s", len(doubts), error)
            return (None,) * len(doubts)

    def _ask(self, request: ChatRequest) -> ChatReply:
        reply = self._model.complete(request)
        self._exchanges.append(Exchange(request=request, reply=reply))
        return reply
