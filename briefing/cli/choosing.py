"""Which model each step of a run asks."""

import logging
from contextlib import ExitStack
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import typer
from pydantic import SecretStr

from briefing.cli import servers
from briefing.cli.model_settings import named, shown, usual_here
from briefing.edges import clock
from briefing.edges.settings_file import Configuration
from briefing.edges.strategies import Strategies, Suited
from briefing.edges.windows import window_tokens
from briefing.errors import CacheError, ConfigError
from briefing.settings import ModelSettings, Step, StepSettings

if TYPE_CHECKING:
    from briefing.edges.local_server import LocalModel

_NAMELESS = "(whichever the server has)"
_NOT_YET = "http://127.0.0.1/v1"
"""Where a file on this machine would be served, if anything were asked."""

_log = logging.getLogger(__name__)


class Choice:
    """The settings of the model of each step, filled in where a server has to be asked.

    A server is asked for the name of its only model and for its window, and a model on this
    machine is served, when the model is first chosen.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        may_ask: bool,
        is_replay: bool,
        is_batch: bool,
        judge: str | None,
        stack: ExitStack,
    ) -> None:
        """Take the settings, whether servers may be asked, and what closes what is served.

        The judge is the model called `judge`; None: nobody judges.
        """
        self._configuration = configuration
        self._settings = configuration.settings
        self._may_ask = may_ask
        self._is_replay = is_replay
        self._is_batch = is_batch
        self._judge = judge
        self._stack = stack
        self._chosen: dict[tuple[str | None, str | None], ModelSettings] = {}
        # At most one; a list, since those that follow another profile share it.
        self._served: list[LocalModel] = []

    def following(self, profile: str) -> "Choice":
        """Return the choice of the same run where every step asks one profile."""
        other = copy(self)
        steps = StepSettings(profile=profile)
        other._settings = self._settings.model_copy(update={"steps": steps})
        return other

    def settings(self, step: Step) -> ModelSettings:
        """Return the settings of the model that `step` asks, with the name its server gives it.

        Raises:
            ConfigError: The server has several models, and one has to be chosen.
            ModelUnavailable: The server does not list its models.
        """
        key = self.key(step)
        if key not in self._chosen:
            model = self._suited(step, self._named(*key))
            self._chosen[key] = model.model_copy(update={"window_tokens": window_tokens(model)})
        return self._chosen[key]

    def names_strategy(self, step: Step) -> bool:
        """Return whether the settings say how the model of `step` drafts."""
        return "strategy" in self._settings.model_of(step).model_fields_set

    def keep_strategy(self, step: Step, found: Literal["compose", "rewrite"] | None) -> None:
        """Remember for later runs what suits the model of `step`; None: nothing does.

        Raises:
            CacheError: It cannot be kept.
        """
        model = self.settings(step)
        suited = None if found is None else Suited(strategy=found, day=clock.now().date())
        Strategies().keep(model.name, servers.place(model, self.local), suited)

    def profile(self, step: Step) -> str:
        """Return the table that `step` takes its model from, as it stands in a settings file."""
        return shown(self._settings.profile_of(step))

    def key(self, step: Step) -> tuple[str | None, str | None]:
        """Return the profile that `step` uses, and the model of it that is named for the run."""
        return self._settings.profile_of(step), self._judge if step == "judge" else None

    @property
    def local(self) -> "LocalModel | None":
        """The model that is served on this machine, if one is."""
        return next(iter(self._served), None)

    def _suited(self, step: Step, model: ModelSettings) -> ModelSettings:
        """Return the model with the strategy that suits it, where the settings name none."""
        if self._is_replay or model.is_extractive or self.names_strategy(step):
            return model
        try:
            found = Strategies().get(model.name, servers.place(model, self.local))
        except CacheError as error:
            _log.warning("%s", error)
            return model
        if found is None:
            return model
        if step == "draft":
            typer.echo(
                f"briefing: {model.name!r} is to {found.strategy}, as `briefing doctor` found on "
                f"{found.day}; `strategy` of {shown(self.key(step)[0])} overrules that",
                err=True,
            )
        return model.model_copy(update={"strategy": found.strategy})

    def _named(self, profile: str | None, name: str | None) -> ModelSettings:
        model = named(replace(self._configuration, settings=self._settings), profile)
        if name is not None:
            model = model.model_copy(update={"name": name})
        if model.is_local:
            if self._is_batch:
                raise ConfigError("a model on this machine has no Batch API: no `--batch` with it.")
            if self._may_ask:
                return self._served_here(model)
            return model.model_copy(update={**usual_here(model), "base_url": _NOT_YET})
        if "name" in model.model_fields_set:
            return model
        if model.base_url is None:
            if profile is None:
                return model
            raise ConfigError(f"{shown(profile)} names no model. Set its `name`.")
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
                **usual_here(model),
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
