"""Settings to models: what `wiring` is for the rest."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import typer
from pydantic import SecretStr

from briefing import prompting
from briefing.asking import Asker, Threads
from briefing.cli import servers
from briefing.cli.tape import Tape
from briefing.data.spending import Ceilings, Price, usd
from briefing.drafters import ExtractiveDrafter, ModelDrafter, RewriteDrafter
from briefing.edges import clock, writing
from briefing.edges.purse import Purse, PurseMeter
from briefing.edges.settings_file import COMMAND_LINE, Configuration
from briefing.edges.windows import window_tokens
from briefing.errors import BatchPending, BriefingError, ConfigError
from briefing.judges import ModelJudge
from briefing.ports import ChatModel, ChatRequest, Crew, Drafter, ReplyStore
from briefing.settings import ModelSettings, Settings, Step, StepSettings
from briefing.steps.estimate import CallEstimate, Estimate, estimate

if TYPE_CHECKING:
    from briefing.edges.batch_rounds import BatchRounds
    from briefing.edges.local_server import LocalModel
    from briefing.edges.recording import Recorded

_NAMELESS = "(whichever the server has)"
_NOT_YET = "http://127.0.0.1/v1"
"""Where a file on this machine would be served, if anything were asked."""

_DRAFTING: tuple[Step, ...] = ("draft", "map")
_STEPS: tuple[Step, ...] = ("draft", "map", "repair", "judge")
_AROUND_DRAFTING: tuple[Step, ...] = ("repair", "map")

_OVERRIDDEN = ("name", "base_url")
"""What an option says of the model that drafts, whichever profile that is."""


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
    ) -> None:
        """Take the settings, the money, whether servers may be asked, and the kept replies.

        The judge is the model called `judge`; None: nobody judges. With `rounds` the models are
        asked in batches. What has to be closed when the run ends is put on `stack`.
        """
        self._settings = configuration.settings
        self._origins = configuration.origins
        self._purse = purse
        self._may_ask = may_ask
        self._store = store
        self._is_taped = is_taped or is_replay
        self._is_replay = is_replay
        self._judge = judge
        self._chosen: dict[tuple[str | None, str | None], ModelSettings] = {}
        self._chats: dict[tuple[str | None, str | None], ChatModel] = {}
        self._stack = stack or ExitStack()
        # At most one; a list, since those that follow another profile share it.
        self._served: list[LocalModel] = []
        self._rounds = rounds
        self._crew: Crew = rounds or Threads(self._at_once())

    def following(self, profile: str) -> "Models":
        """Return the models of the same run where every step asks one profile.

        They spend the same money, and share connections and kept replies.
        """
        other = copy(self)
        steps = StepSettings(profile=profile)
        other._settings = self._settings.model_copy(update={"steps": steps})
        other._crew = self._rounds or Threads(other._at_once())
        return other

    def settings(self, step: Step) -> ModelSettings:
        """Return the settings of the model that `step` asks, with the name its server gives it.

        Raises:
            ConfigError: The server has several models, and one has to be chosen.
            ModelUnavailable: The server does not list its models.
        """
        key = self._key(step)
        if key not in self._chosen:
            model = self._named(*key)
            self._chosen[key] = model.model_copy(update={"window_tokens": window_tokens(model)})
        return self._chosen[key]

    def steps(self) -> tuple[Step, ...]:
        """Return the step that drafts, and those that have a profile of their own."""
        others: tuple[Step, ...] = ("map", "repair", "judge")
        named = (step for step in others if getattr(self._settings.steps, step) is not None)
        return ("draft", *named)

    def profile(self, step: Step) -> str:
        """Return the table that `step` takes its model from, as it stands in a settings file."""
        return _shown(self._settings.profile_of(step))

    def window_tokens(self) -> int | None:
        """Return what prompt and reply of a drafting call may take; None where that is not known.

        Where the parts of a story are drafted by another model, it is the smaller of two windows.
        """
        if self.settings("draft").is_extractive:
            return None
        found = (self.settings(step) for step in _DRAFTING)
        windows = [
            max(1, model.window_tokens - model.reasoning_tokens)
            for model in found
            if model.window_tokens is not None
        ]
        return min(windows, default=None)

    def crew_of_stories(self) -> Crew:
        """Return what works on several stories at once: nobody, where no model is waited for."""
        return Threads() if self.settings("draft").is_extractive else self._crew

    def drafter(self) -> Drafter:
        """Return a drafter as the settings choose; each knows its own calls alone.

        Raises:
            ConfigError: There is no address or key for the model, or it cannot be used.
        """
        chosen = self.settings("draft")
        if chosen.is_extractive:
            if self._rounds is not None:
                raise ConfigError("`--batch` needs a model. Name one, or say it without.")
            return ExtractiveDrafter()
        if chosen.strategy == "rewrite":
            return RewriteDrafter(self.asker("draft"))
        drafting = self.asker("draft")
        repairing, mapping = (
            drafting if self._key(step) == self._key("draft") else self.asker(step)
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
        model, key = self.settings(step), self._key(step)
        if model.is_extractive:
            raise ConfigError(
                f"`steps.{step}` needs a model, and {_shown(key[0])} has none. Set its `name`."
            )
        if key not in self._chats:
            self._chats[key] = self._chat(model, step)
        return Asker(
            self._chats[key],
            model.name,
            store=self._store,
            place=servers.place(model, next(iter(self._served), None)),
            crew=self._crew,
        )

    def _chat(self, model: ModelSettings, step: Step) -> ChatModel:
        meter = self.meter(step)
        if self._rounds is None:
            return servers.server(model, meter=meter, is_replay=self._is_replay)
        # A run without batches does not wait for what makes them.
        from briefing.edges.batch_chat import BatchChat

        server = servers.batch_server(model)
        return BatchChat(server, self._rounds, meter, servers.manners(model).dialect)

    def meter(self, step: Step) -> PurseMeter:
        """Return what knows the price of the model of `step`.

        Raises:
            ConfigError: Money is limited, and the price is not known.
        """
        model, profile = self.settings(step), self._settings.profile_of(step)
        limits = self._settings.spending
        if model.price is None and (limits.max_usd, limits.max_usd_per_day) != (None, None):
            raise ConfigError(
                f"money is limited, and the price of {model.name!r} is not known. Set "
                f"`prompt_usd_per_million` and `completion_usd_per_million` of {_shown(profile)} "
                "(0 for a model of your own)."
            )
        return PurseMeter(
            self._purse,
            profile=profile or "model",
            price=self._price(model),
            count=servers.token_counter(model),
            window_tokens=model.window_tokens,
            reasoning_tokens=model.reasoning_tokens,
        )

    def _price(self, model: ModelSettings) -> Price | None:
        if model.price is None or self._rounds is None:
            return model.price
        return model.price.less(model.batch_discount)

    def estimate(self, requests: Sequence[ChatRequest], step: Step) -> Estimate:
        """Return what calls to the model of `step` would take at most."""
        if not requests:
            return estimate(())
        meter = self.meter(step)
        return estimate(
            [
                CallEstimate(
                    step=worst.step,
                    model=worst.model,
                    prompt_tokens=worst.prompt_tokens,
                    completion_tokens=worst.completion_tokens,
                    cost_usd=None if worst.cost is None else usd(worst.cost),
                )
                for worst in map(meter.worst, requests)
            ]
        )

    def report_key_use(self) -> None:
        """Say on stderr where the key goes, if a file beside the articles may have chosen it."""
        model = self._settings.model_of("draft")
        profile = self._settings.profile_of("draft")
        place = "model.base_url" if profile is None else f"profiles.{profile}"
        origin = self._origins.get(place, "")
        unused = "name" in model.model_fields_set and model.is_extractive
        if origin.endswith(".toml") and model.base_url and model.api_key is not None and not unused:
            name = model.api_key_env or "OPENAI_API_KEY"
            typer.echo(f"briefing: {name} goes to {model.base_url}, as {origin!r} says", err=True)

    def _at_once(self) -> int:
        """Return how many calls may be under way: as many as each model of the run allows."""
        if self._is_taped:
            # One after the other, a run asks for the same in the same order each time.
            return 1
        models = [
            self._settings.model_of(step)
            for step in _STEPS
            if step != "judge" or self._judge is not None
        ]
        usual = [model.model_copy(update=_usual_here(model)) for model in models if model.is_local]
        return min(model.calls_at_once for model in (*models, *usual))

    def _key(self, step: Step) -> tuple[str | None, str | None]:
        """Return the profile that `step` uses, and the model of it that is named for the run."""
        return self._settings.profile_of(step), self._judge if step == "judge" else None

    def _named(self, profile: str | None, name: str | None) -> ModelSettings:
        model = self._settings.model if profile is None else self._settings.profiles[profile]
        if profile is not None and profile == self._settings.profile_of("draft"):
            said = {
                name: getattr(self._settings.model, name)
                for name in _OVERRIDDEN
                if self._origins.get(f"model.{name}") == COMMAND_LINE
            }
            model = model.model_copy(update=said)
        if name is not None:
            model = model.model_copy(update={"name": name})
        if model.is_local:
            if self._rounds is not None:
                raise ConfigError("a model on this machine has no Batch API: no `--batch` with it.")
            if self._may_ask:
                return self._served_here(model)
            return model.model_copy(update={**_usual_here(model), "base_url": _NOT_YET})
        if "name" in model.model_fields_set:
            return model
        if model.base_url is None:
            if profile is None:
                return model
            raise ConfigError(f"{_shown(profile)} names no model. Set its `name`.")
        return model.model_copy(update={"name": self._only_model(model)})

    def _served_here(self, model: ModelSettings) -> ModelSettings:
        """Serve the file on this machine, and return how to ask it, patiently and gently."""
        from briefing.edges import local_server

        chosen = self._settings.local
        if not self._served:
            weights = local_server.found_weights(chosen.weights)
            serving = local_server.serving(
                weights, threads=chosen.threads, context_tokens=chosen.context_tokens
            )
            self._served.append(self._stack.enter_context(serving))
        (local,) = self._served
        return model.model_copy(
            update={
                **_usual_here(model),
                "name": local.name,
                "base_url": local.base_url,
                "api_key": SecretStr(local.key),
                "window_tokens": model.window_tokens or chosen.context_tokens,
            }
        )

    def _only_model(self, model: ModelSettings) -> str:
        assert model.base_url is not None
        if not self._may_ask:
            return _NAMELESS
        names = [one.name for one in servers.served(model)]
        if len(names) != 1:
            named = ", ".join(map(repr, names[:8])) or "none"
            raise ConfigError(
                f"{model.base_url} has {len(names)} models ({named}). Choose one with `--model` "
                "or BRIEFING_MODEL, or `--model extractive` for none."
            )
        return names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """That the calls of a run can wait, and for how long the run does."""

    wait_s: float | None = None
    """None: as the settings say."""


@contextmanager
def lent(
    configuration: Configuration,
    *,
    may_ask: bool = True,
    tape: Tape | None = None,
    judge: str | None = None,
    batch: Batch | None = None,
) -> Iterator[Models]:
    """Lend the models of one run, and close at its end what they needed.

    Its judge is the model called `judge`, on the server of the step; None: nobody judges. A run
    that is recorded or replayed neither uses nor fills the cache, and one that is replayed books
    nothing. With `batch` its models are asked in batches.

    Raises:
        BatchPending: What is asked in a batch is not answered yet.
        ReplayMismatch: A replayed run differs from the recorded one.
        SourceError: There is no recording to play.
        OutputError: A recording cannot be written.
    """
    tape = tape or Tape()
    settings = configuration.settings
    with ExitStack() as stack:
        folder = settings.draft.prompts
        stack.enter_context(prompting.using(Path(folder) if folder else None))
        if tape.replay is not None:
            # The rest of a run does not wait for what records.
            from briefing.edges import recording

            file = Path(tape.replay)
            configuration = _as_recorded(configuration, recording.recorded(file))
            stack.enter_context(recording.replaying(file))
            # What the run may spend decides on its calls; what other runs spent that day does not.
            ceilings = replace(_ceilings(settings), usd_per_day=None)
            yield Models(configuration, Purse(ceilings), is_replay=True, judge=judge)
            return
        if tape.record is not None:
            from briefing.edges import recording

            writing.check_writable(tape.record)
            stack.enter_context(recording.recording(Path(tape.record), secrets=_secrets(settings)))
        is_kept = settings.cache.enabled and tape.record is None
        rounds = None if batch is None else _rounds(settings, batch)
        asked = Models(
            configuration,
            _purse(settings, stack),
            may_ask=may_ask,
            store=_store(settings) if is_kept else None,
            is_taped=tape.record is not None,
            judge=judge,
            rounds=rounds,
            stack=stack,
        )
        try:
            yield asked
        except BatchPending:
            raise
        except BriefingError:
            _finish(rounds)
            raise
        _finish(rounds)


def _finish(rounds: "BatchRounds | None") -> None:
    if rounds is not None:
        rounds.finish()


def _rounds(settings: Settings, batch: Batch) -> "BatchRounds":
    from briefing.edges.batch_rounds import BatchRounds
    from briefing.edges.batch_state import BatchState

    return BatchRounds(
        BatchState(now=clock.now),
        wait_s=settings.batch.wait_s if batch.wait_s is None else batch.wait_s,
        longest_pause_s=settings.batch.poll_s,
        say=lambda words: typer.echo(f"briefing: {words}", err=True),
    )


def _purse(settings: Settings, stack: ExitStack) -> Purse:
    from briefing.edges.lazy_ledger import LazyLedger

    run = f"{clock.now():%Y%m%d-%H%M%S}-{token_hex(2)}"
    ledger = LazyLedger(settings.library.url, run=run, now=clock.now)
    stack.callback(ledger.shut)
    return Purse(_ceilings(settings), ledger)


def _ceilings(settings: Settings) -> Ceilings:
    limits = settings.spending
    return Ceilings(
        usd=limits.max_usd, tokens=limits.max_tokens, usd_per_day=limits.max_usd_per_day
    )


def _store(settings: Settings) -> ReplyStore:
    from briefing.edges.reply_cache import ReplyCache

    return ReplyCache(max_bytes=settings.cache.max_bytes)


def _as_recorded(configuration: Configuration, found: "Recorded | None") -> Configuration:
    """Return the settings with the recorded server and model where none are set."""
    settings = configuration.settings
    if found is None or settings.profile_of("draft") is not None:
        return configuration
    said: dict[str, Any] = {"base_url": found.base_url, "name": found.model, "api": found.api}
    if settings.model.is_local:
        said |= _usual_here(settings.model)
    known = settings.model.model_fields_set - ({"name"} if settings.model.is_local else set())
    missing = {name: value for name, value in said.items() if value and name not in known}
    model = settings.model.model_copy(update=missing)
    return replace(configuration, settings=settings.model_copy(update={"model": model}))


def _usual_here(model: ModelSettings) -> dict[str, Any]:
    """Return how a model on this machine is asked, where the settings do not say: gently."""
    usual = {"strategy": "rewrite", "timeout_s": 1_800.0, "tries": 1, "calls_at_once": 1}
    return {name: value for name, value in usual.items() if name not in model.model_fields_set}


def _secrets(settings: Settings) -> list[str]:
    found: list[SecretStr] = []
    for model in (settings.model, *settings.profiles.values()):
        found += [*model.headers.values(), *([model.api_key] if model.api_key else [])]
    return [secret.get_secret_value() for secret in found]


def _shown(profile: str | None) -> str:
    return "[model]" if profile is None else f"[profiles.{profile}]"
