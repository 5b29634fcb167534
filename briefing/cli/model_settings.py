"""What the settings say of models, before any is asked."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from briefing.data.spending import Ceilings
from briefing.edges.settings_file import COMMAND_LINE, Configuration
from briefing.settings import ModelSettings, Settings, Step

if TYPE_CHECKING:
    from pydantic import SecretStr

    from briefing.edges.recording import Recorded

_OVERRIDDEN = ("name", "base_url")
"""What an option says of the model that drafts, whichever profile that is."""

_STEPS: tuple[Step, ...] = ("draft", "map", "repair", "judge")


def ceilings(settings: Settings) -> Ceilings:
    """Return how much the settings allow to be spent."""
    limits = settings.spending
    return Ceilings(
        usd=limits.max_usd, tokens=limits.max_tokens, usd_per_day=limits.max_usd_per_day
    )


def as_recorded(configuration: Configuration, found: "Recorded | None") -> Configuration:
    """Return the settings with the recorded server and model where none are set."""
    settings = configuration.settings
    if found is None:
        return configuration
    profile = settings.profile_of("draft")
    if profile is not None:
        own = settings.profiles[profile]
        if found.strategy is None or "strategy" in own.model_fields_set:
            return configuration
        own = own.model_copy(update={"strategy": found.strategy})
        profiles = {**settings.profiles, profile: own}
        return replace(configuration, settings=settings.model_copy(update={"profiles": profiles}))
    said: dict[str, Any] = {"base_url": found.base_url, "name": found.model, "api": found.api}
    said["strategy"] = found.strategy
    if settings.model.is_local:
        said |= usual_here(settings.model)
    known = settings.model.model_fields_set - ({"name"} if settings.model.is_local else set())
    missing = {name: value for name, value in said.items() if value and name not in known}
    model = settings.model.model_copy(update=missing)
    return replace(configuration, settings=settings.model_copy(update={"model": model}))


def named(configuration: Configuration, profile: str | None) -> ModelSettings:
    """Return a model as the settings name it; for the one that drafts, as the options do."""
    settings = configuration.settings
    if profile is None:
        return settings.model
    model = settings.profiles[profile]
    if profile != settings.profile_of("draft"):
        return model
    said = {
        name: getattr(settings.model, name)
        for name in _OVERRIDDEN
        if configuration.origins.get(f"model.{name}") == COMMAND_LINE
    }
    return model.model_copy(update=said)


def asks_none(configuration: Configuration) -> bool:
    """Return whether the sentences are to be picked without a model."""
    model = named(configuration, configuration.settings.profile_of("draft"))
    # Where a server is named and no model, it is asked which one it has.
    is_left_open = "name" not in model.model_fields_set and model.base_url is not None
    return model.is_extractive and not is_left_open


def usual_here(model: ModelSettings) -> dict[str, Any]:
    """Return how a model on this machine is asked, where the settings do not say: gently."""
    usual = {"strategy": "rewrite", "timeout_s": 1_800.0, "tries": 1, "calls_at_once": 1}
    return {name: value for name, value in usual.items() if name not in model.model_fields_set}


def most_at_once(settings: Settings, *, has_judge: bool) -> int:
    """Return how many calls of a run may be under way: as many as each of its models allows."""
    models = [settings.model_of(step) for step in _STEPS if step != "judge" or has_judge]
    usual = [one.model_copy(update=usual_here(one)) for one in models if one.is_local]
    return min(model.calls_at_once for model in (*models, *usual))


def report_key_use(configuration: Configuration) -> None:
    """Say on stderr where the key goes, if a file beside the articles may have chosen it."""
    settings = configuration.settings
    model, profile = settings.model_of("draft"), settings.profile_of("draft")
    place = "model.base_url" if profile is None else f"profiles.{profile}"
    origin = configuration.origins.get(place, "")
    unused = "name" in model.model_fields_set and model.is_extractive
    if origin.endswith(".toml") and model.base_url and model.api_key is not None and not unused:
        name = model.api_key_env or "OPENAI_API_KEY"
        typer.echo(f"briefing: {name} goes to {model.base_url}, as {origin!r} says", err=True)


def secrets(settings: Settings) -> list[str]:
    """Return what no recording may hold."""
    found: list[SecretStr] = []
    for model in (settings.model, *settings.profiles.values()):
        found += [*model.headers.values(), *([model.api_key] if model.api_key else [])]
    return [secret.get_secret_value() for secret in found]


def shown(profile: str | None) -> str:
    """Return a profile as it stands in a settings file."""
    return "[model]" if profile is None else f"[profiles.{profile}]"
