"""The optional judge: a chat model that is asked about what the checks cannot tell."""

import logging
from collections.abc import Mapping, Sequence

from briefing import prompting
from briefing.asking import Asker
from briefing.data.briefing import Usage
from briefing.errors import ModelError
from briefing.ports import Doubt, Exchange, Ruling
from briefing.steps import judge

_log = logging.getLogger(__name__)


class ModelJudge:
    """Asks a chat model once for each group of doubts; a fault of the model rules on nothing."""

    def __init__(self, asker: Asker) -> None:
        """Take who is asked."""
        self._asker = asker

    @property
    def usage(self) -> Usage:
        """The sum over the calls, with its price where one is known."""
        return self._asker.usage

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The calls, in order, with their replies."""
        return self._asker.exchanges

    @property
    def prompts(self) -> Mapping[str, str]:
        """The hash of the prompts, if anything was asked."""
        return prompting.versions(*(one.request.step for one in self.exchanges))

    def rule(self, doubts: Sequence[Doubt]) -> tuple[Ruling | None, ...]:
        """Return a ruling on each doubt, in order; None where the model gave none."""
        if not doubts:
            return ()
        request = judge.request(doubts, model=self._asker.name)
        try:
            return self._asker.ask(request, lambda reply: judge.parse(reply, doubts))
        except ModelError as error:
            _log.warning("%d uncertain sentences were not judged: %s", len(doubts), error)
            return (None,) * len(doubts)
