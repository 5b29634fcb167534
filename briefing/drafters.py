"""The two drafters behind one port: one picks sentences, one asks a model."""

from collections.abc import Callable, Sequence

from briefing.data.briefing import DrafterEntry, Usage
from briefing.data.draft import Draft, DraftSentence, Rejected
from briefing.ports import Brief, ChatModel, ChatReply, ChatRequest, Exchange
from briefing.steps import draft, repair
from briefing.steps.extract import extract

Price = Callable[[int, int], float | None]
"""US dollars for so many prompt and completion tokens; None where no price is known."""


class ExtractiveDrafter:
    """Picks source sentences: no model, no key, no network, the same bytes each time."""

    entry = DrafterEntry(kind="extractive", name="extractive")
    sends_evidence = False
    usage = Usage()
    exchanges: tuple[Exchange, ...] = ()

    def requests(self, brief: Brief) -> tuple[ChatRequest, ...]:
        """Return nothing: no call is made."""
        return ()

    def draft(self, brief: Brief) -> Draft:
        """Return the sentences that carry the story."""
        return extract(brief)

    def repair(
        self, brief: Brief, rejected: Sequence[Rejected]
    ) -> tuple[DraftSentence | None, ...]:
        """Return None for each: a quotation cannot be said better."""
        return (None,) * len(rejected)


class ModelDrafter:
    """Asks a chat model once for the draft and, where sentences fail, once more for those."""

    sends_evidence = True

    def __init__(self, model: ChatModel, name: str, *, price: Price = lambda *tokens: None) -> None:
        """Take the model, its name on the server, and what its tokens cost."""
        self._model = model
        self._name = name
        self._price = price
        self._exchanges: list[Exchange] = []

    @property
    def entry(self) -> DrafterEntry:
        """The name that the user gave the model."""
        return DrafterEntry(kind="model", name=self._name)

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

    def requests(self, brief: Brief) -> tuple[ChatRequest, ...]:
        """Return the call that `draft` would make."""
        return (draft.request(brief, model=self._name),)

    def draft(self, brief: Brief) -> Draft:
        """Ask, and read the answer.

        Raises:
            ModelError: The model cannot be reached, or its reply cannot be read.
        """
        return draft.parse(self._ask(draft.request(brief, model=self._name)), brief)

    def repair(
        self, brief: Brief, rejected: Sequence[Rejected]
    ) -> tuple[DraftSentence | None, ...]:
        """Ask once for all that failed.

        Raises:
            ModelError: The model cannot be reached, or its reply cannot be read.
        """
        asked = repair.request(rejected, brief.story, model=self._name)
        return repair.parse(self._ask(asked), rejected)

    def _ask(self, request: ChatRequest) -> ChatReply:
        reply = self._model.complete(request)
        self._exchanges.append(Exchange(request=request, reply=reply))
        return reply
