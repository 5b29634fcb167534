"""Settings to models: what `wiring` is for the rest."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import typer

from briefing import prompting
from briefing.asking import Asker, Threads
from briefing.cli import servers
from briefing.cli.choosing import Choice
from briefing.cli.model_settings import (
    as_recorded,
    ceilings,
    most_at_once,
    secrets,
    shown,
)
from briefing.cli.tape import Tape
from briefing.drafters import ExtractiveDrafter, ModelDrafter, RewriteDrafter
from briefing.edges import clock, writing
from briefing.edges.aside import WhileWaiting
from briefing.edges.purse import Purse, PurseMeter
from briefing.edges.settings_file import Configuration
from briefing.errors import ConfigError
from briefing.judges import ModelJudge
from briefing.ports import ChatModel, Crew, Drafter, ReplyStore
from briefing.settings import ModelSettings, Settings, Step, StepSettings

if TYPE_CHECKING:
    from briefing.edges.batch_rounds import BatchRounds

_DRAFTING: tuple[Step, ...] = ("draft", "map")
_AROUND_DRAFTING: tuple[Step, ...] = ("repair", "map")


class Models:
    """The models that the steps of one run ask, each made when it is first asked for."""

    def __init__(
        self,
        configuration: Configuration,
        purse: Purse,
        *,
        may_ask: bool = True,
        store: ReplyStore | None = None,
        is_taped: bool = False,
        is_replay: bool = False,
        judge: str | None = None,
        rounds: "BatchRounds | None" = None,
        stack: ExitStack | None = None,
        aside: WhileWaiting | None = None,
    ) -> None:
        """Take the settings, the money, whether servers may be asked, and the kept replies.

        The judge is the model called `judge`; None: nobody judges. With `rounds` the models are
        asked in batches. What has to be closed when the run ends is put on `stack`.
        """
        self._configuration = configuration
        self._settings = configuration.settings
        self._purse = purse
        self._may_ask = may_ask
        self._store = store
        self._is_replay = is_replay
        self._judge = judge
        self.aside = aside or WhileWaiting()
        """Does while a model is waited for what is wanted after it."""

        self._chats: dict[tuple[str | None, str | None], ChatModel] = {}
        self._stack = stack or ExitStack()
        self._rounds = rounds
        self.choice = Choice(
            configuration,
            may_ask=may_ask,
            is_replay=is_replay,
            is_batch=rounds is not None,
            judge=judge,
            stack=self._stack,
        )
        self._in_turn = is_taped or is_replay
        self._crew: Crew = rounds or self._threads()

    def following(self, profile: str) -> "Models":
        """Return the models of the same run where every step asks one profile.

        They spend the same money, and share connections and kept replies.
        """
        other = copy(self)
        steps = StepSettings(profile=profile)
        other._settings = self._settings.model_copy(update={"steps": steps})
        other.choice = self.choice.following(profile)
        other._crew = self._rounds or other._threads()
        return other

    def steps(self) -> tuple[Step, ...]:
        """Return the step that drafts, and those that have a profile of their own."""
        others: tuple[Step, ...] = ("map", "repair", "judge")
        named = (step for step in others if getattr(self._settings.steps, step) is not None)
        return ("draft", *named)

    def window_tokens(self) -> int | None:
        """Return what prompt and reply of a drafting call may take; None where that is not known.

        Where the parts of a story are drafted by another model, it is the smaller of two windows.
        """
        if self.choice.settings("draft").is_extractive:
            return None
        found = (self.choice.settings(step) for step in _DRAFTING)
        windows = [
            max(1, model.window_tokens - model.reasoning_tokens)
            for model in found
            if model.window_tokens is not None
        ]
        return min(windows, default=None)

    def batched(self, *, wait_s: float | None = None) -> "Models":
        """Return the same models asked in batches, by the same money and kept replies.

        It waits so many seconds for all of them; None: as the settings say.
        """
        # A run without batches does not wait for what makes them.
        from briefing.edges.batch_rounds import BatchRounds
        from briefing.edges.batch_state import BatchState

        batch = self._settings.batch
        rounds = BatchRounds(
            BatchState(now=clock.now),
            wait_s=batch.wait_s if wait_s is None else wait_s,
            longest_pause_s=batch.poll_s,
            say=lambda words: typer.echo(f"briefing: {words}", err=True),
        )
        self._stack.callback(rounds.finish)
        return Models(
            self._configuration,
            self._purse,
            may_ask=self._may_ask,
            store=self._store,
            judge=self._judge,
            rounds=rounds,
            stack=self._stack,
            aside=self.aside,
        )

    def crew_of_stories(self) -> Crew:
        """Return what works on several stories at once: nobody, where no model is waited for."""
        return Threads() if self.choice.settings("draft").is_extractive else self._crew

    def drafter(self) -> Drafter:
        """Return a drafter as the settings choose; each knows its own calls alone.

        Raises:
            ConfigError: There is no address or key for the model, or it cannot be used.
        """
        chosen = self.choice.settings("draft")
        if chosen.is_extractive:
            if self._rounds is not None:
                raise ConfigError(
                    "`--batch` needs a model. Name one with `--model`, or leave `--batch` out."
                )
            return ExtractiveDrafter()
        if chosen.strategy == "rewrite":
            return RewriteDrafter(self.asker("draft"))
        drafting = self.asker("draft")
        repairing, mapping = (
            drafting if self.choice.key(step) == self.choice.key("draft") else self.asker(step)
            for step in _AROUND_DRAFTING
        )
        return ModelDrafter(drafting, repairing, mapping=mapping)

    def judge(self) -> ModelJudge | None:
        """Return a judge, which knows its own calls alone; None where none is named.

        Raises:
            ConfigError: There is no address or key for the model, or it cannot be used.
        """
        return None if self._judge is None else ModelJudge(self.asker("judge"))

    def asker(self, step: Step) -> Asker:
        """Return what asks the model of `step`; it knows its own calls alone.

        Raises:
            ConfigError: There is no address or key for it, or it cannot be used.
        """
        model, key = self.choice.settings(step), self.choice.key(step)
        if model.is_extractive:
            raise ConfigError(
                f"`steps.{step}` needs a model, and {shown(key[0])} has none. Set its `name`."
            )
        if key not in self._chats:
            self._chats[key] = self._chat(model, step)
        return Asker(
            self._chats[key],
            model.name,
            store=self._store,
            place=servers.place(model, self.choice.local),
            crew=self._crew,
        )

    def _chat(self, model: ModelSettings, step: Step) -> ChatModel:
        meter = self.meter(step)
        if self._rounds is None:
            return servers.server(
                model, meter=meter, is_replay=self._is_replay, on_wait=self.aside.begin
            )
        from briefing.edges.batch_chat import BatchChat

        server = servers.batch_server(model, longest_pause_s=self._settings.batch.poll_s)
        return BatchChat(server, self._rounds, meter, servers.manners(model).dialect)

    def meter(self, step: Step) -> PurseMeter:
        """Return what knows the price of the model of `step`.

        Raises:
            ConfigError: Money is limited, and the price is not known.
        """
        model, profile = self.choice.settings(step), self._settings.profile_of(step)
        limits = self._settings.spending
        if model.price is None and (limits.max_usd, limits.max_usd_per_day) != (None, None):
            raise ConfigError(
                f"money is limited, and the price of {model.name!r} is not known. Set "
                f"`prompt_usd_per_million` and `completion_usd_per_million` of {shown(profile)} "
                "(0 for a model of your own)."
            )
        price = model.price
        if price is not None and self._rounds is not None:
            price = price.less(model.batch_discount)
        return PurseMeter(
            self._purse,
            profile=profile or "model",
            price=price,
            count=servers.token_counter(model),
            window_tokens=model.window_tokens,
            reasoning_tokens=model.reasoning_tokens,
        )

    def _threads(self) -> Threads:
        # One after the other, a run asks for the same in the same order each time.
        return Threads(
            1 if self._in_turn else most_at_once(self._settings, has_judge=self._judge is not None)
        )


@contextmanager
def loading(settings: Settings, *, is_asked: bool) -> Iterator[WhileWaiting]:
    """Lend what loads, while articles are parsed in a process of their own, what comes after it.

    That is what counts tokens and, if a model is asked, the library that asks it; what is not begun
    when all are read is left to who wants it.
    """
    ahead = WhileWaiting()
    ahead(partial(servers.token_counter(settings.model_of("draft")), "any text"))
    if is_asked:
        ahead(partial(import_module, "openai"))
    try:
        yield ahead
    finally:
        ahead.end()


@contextmanager
def lent(
    configuration: Configuration,
    *,
    may_ask: bool = True,
    tape: Tape | None = None,
    judge: str | None = None,
    is_batch: bool = False,
) -> Iterator[Models]:
    """Lend the models of one run, and close at its end what they needed.

    Its judge is the model called `judge`, on the server of the step; None: nobody judges. A run
    that is recorded or replayed neither uses nor fills the cache, and one that is replayed books
    nothing.

    Raises:
        ReplayMismatch: A replayed run differs from the recorded one.
        SourceError: There is no recording to play.
        OutputError: A recording cannot be written.
    """
    tape = tape or Tape()
    settings = configuration.settings
    with ExitStack() as stack:
        aside = WhileWaiting()
        stack.callback(aside.end)
        folder = settings.draft.prompts
        stack.enter_context(prompting.using(Path(folder) if folder else None))
        if tape.replay is not None:
            # The rest of a run does not wait for what records.
            from briefing.edges import recording

            file = Path(tape.replay)
            configuration = as_recorded(configuration, recording.recorded(file))
            stack.enter_context(recording.replaying(file))
            # What the run may spend decides on its calls; what other runs spent that day does not.
            purse = Purse(replace(ceilings(settings), usd_per_day=None))
            yield Models(configuration, purse, is_replay=True, judge=judge, aside=aside)
            return
        if tape.record is not None:
            from briefing.edges import recording

            writing.check_writable(tape.record)
            stack.enter_context(recording.recording(Path(tape.record), secrets=secrets(settings)))
        is_kept = settings.cache.enabled and tape.record is None
        asked = Models(
            configuration,
            _purse(settings, stack),
            may_ask=may_ask,
            store=_store(settings) if is_kept else None,
            is_taped=tape.record is not None,
            judge=judge,
            stack=stack,
            aside=aside,
        )
        yield asked.batched() if is_batch else asked


def _purse(settings: Settings, stack: ExitStack) -> Purse:
    from briefing.edges.lazy_ledger import LazyLedger

    run = f"{clock.now():%Y%m%d-%H%M%S}-{token_hex(2)}"
    ledger = LazyLedger(settings.library.url, run=run, now=clock.now)
    stack.callback(ledger.shut)
    return Purse(ceilings(settings), ledger)


def _store(settings: Settings) -> ReplyStore:
    from briefing.edges.reply_cache import ReplyCache

    return ReplyCache(max_bytes=settings.cache.max_bytes)
