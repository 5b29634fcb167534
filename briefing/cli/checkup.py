"""What `briefing doctor` looks at, one row a finding."""

from dataclasses import dataclass, replace
from typing import Literal

from briefing.asking import Asker
from briefing.cli import servers
from briefing.cli.models import Models
from briefing.errors import BriefingError, ConfigError, ModelError
from briefing.ports import ChatReply
from briefing.probing import ability
from briefing.samples import SAMPLES
from briefing.settings import ModelSettings, Step
from briefing.text.reply import is_bare_json

_FORMATS: tuple[Literal["json_schema", "json_object", "text"], ...] = (
    "json_schema",
    "json_object",
    "text",
)

_APIS = {"chat": "Chat Completions", "responses": "Responses"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One finding."""

    what: str
    is_ok: bool | None
    """None: it is neither good nor bad."""

    found: str
    advice: str = ""
    """What to do, or to write into the settings."""

    is_needed: bool = False
    """Without it the model cannot be used."""


def checkup(asked: Models, *, alone: bool) -> tuple[Row, ...]:
    """Return the findings about the models that the steps use, each model once."""
    steps: tuple[Step, ...] = ("draft",) if alone else asked.steps()
    rows: list[Row] = []
    seen: list[str] = []
    for step in steps:
        name = asked.choice.profile(step)
        if name not in seen:
            seen.append(name)
            rows += _rows(asked, step, name)
    return tuple(rows)


def _rows(asked: Models, step: Step, name: str) -> list[Row]:
    try:
        model = asked.choice.settings(step)
        if model.is_extractive:
            found = "none set: sentences are taken from the articles; no key, no network"
            advice = "To draft with a model, set BRIEFING_MODEL and OPENAI_BASE_URL or a key."
            return [Row(what=f"{name}: model", is_ok=True, found=found, advice=advice)]
        asker = asked.asker(step)
    except BriefingError as error:
        return [Row(what=f"{name}: model", is_ok=False, found=str(error), is_needed=True)]
    rows = [_listed(name, model)]
    reply, format_row = _formats(asked, step, name, model)
    rows.append(format_row)
    if reply is None:
        return rows
    rows.append(Row(what=f"{name}: API", is_ok=True, found=f"{_APIS[model.api]} answers"))
    has_usage = not reply.usage.estimated_calls
    rows.append(
        Row(
            what=f"{name}: usage",
            is_ok=has_usage or None,
            found="reported" if has_usage else "not reported: the worst case of a call is counted",
        )
    )
    if model.price is None:
        rows.append(Row(what=f"{name}: price", is_ok=None, found="not set: no cost is stated"))
    rows.append(_ability(asked, step, name, asker))
    return rows


def _listed(name: str, model: ModelSettings) -> Row:
    what = f"{name}: models"
    try:
        served = servers.served(model)
    except ModelError as error:
        return Row(what=what, is_ok=None, found=str(error))
    found = f"{len(served)} listed"
    mine = next((one for one in served if one.name == model.name), None)
    if mine is None:
        return Row(what=what, is_ok=None, found=f"{found}, {model.name!r} is not among them")
    if mine.window_tokens is None or model.window_tokens is not None:
        said = f"window set to {model.window_tokens:,}" if model.window_tokens else "no window told"
        return Row(what=what, is_ok=True, found=f"{found}, {model.name!r} among them; {said}")
    return Row(
        what=what,
        is_ok=True,
        found=f"{found}, {model.name!r} among them; a window of {mine.window_tokens:,} tokens",
        advice=f"In {name}: window_tokens = {mine.window_tokens}",
    )


def _formats(
    asked: Models, step: Step, name: str, model: ModelSettings
) -> tuple[ChatReply | None, Row]:
    """Ask for JSON, from the best way to the plainest, until one gives it."""
    what = f"{name}: JSON"
    request = SAMPLES["rewrite"]()
    reply = None
    for form in _FORMATS:
        chat = servers.server(
            model.model_copy(update={"structured_output": form}), meter=asked.meter(step)
        )
        try:
            reply = chat.complete(replace(request, model=model.name))
        except (ModelError, ConfigError) as error:
            return None, Row(what=what, is_ok=False, found=str(error), is_needed=True)
        if chat.reply_format == form and is_bare_json(reply.text):
            advice = f'In {name}: structured_output = "{form}"'
            is_set = form == model.structured_output
            return reply, Row(what=what, is_ok=True, found=form, advice="" if is_set else advice)
    return reply, Row(what=what, is_ok=None, found="with words round it, which are passed over")


def _ability(asked: Models, step: Step, name: str, asker: Asker) -> Row:
    found, model = ability(asker), asked.choice.settings(step)
    is_named = asked.choice.names_strategy(step)
    if not is_named:
        asked.choice.keep_strategy(step, found.strategy)
    if found.strategy is None:
        return Row(
            what=f"{name}: drafting",
            is_ok=False,
            found=found.reason,
            advice=f"{model.name!r} cannot draft. Take a more capable model, or none.",
            is_needed=True,
        )
    what = f"{found.strategy}: {found.reason}"
    if not is_named:
        what = f"{what}. From now on it drafts so, unless `strategy` is set"
    is_set = not is_named or found.strategy == model.strategy
    return Row(
        what=f"{name}: drafting",
        is_ok=True,
        found=what,
        advice="" if is_set else f'In {name}: strategy = "{found.strategy}"',
    )
