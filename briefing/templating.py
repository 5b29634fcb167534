"""Find the templates that say which sections a briefing has."""

import tomllib
from difflib import get_close_matches
from importlib.resources import files

from pydantic import ValidationError

from briefing.data.template import Template
from briefing.errors import ConfigError

_ROOT = files("briefing") / "templates"


def template_names() -> tuple[str, ...]:
    """Return the names of the templates that come with briefing, sorted."""
    return tuple(sorted(entry.name for entry in _ROOT.iterdir() if entry.is_dir()))


def template(name: str, *, words: int | None = None) -> Template:
    """Return the template called `name`, of about so many words where it is running text.

    Raises:
        ConfigError: There is none, its `template.toml` is not one, or it has no length to set.
    """
    if name not in template_names():
        near = get_close_matches(name, template_names(), n=1)
        raise ConfigError(
            f"no template {name!r}; there are {', '.join(template_names())}."
            + (f" Did you mean {near[0]!r}?" if near else "")
        )
    text = (_ROOT / name / "template.toml").read_text("utf-8")
    try:
        found = Template.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"template {name!r} cannot be used: {error}") from error
    return found if words is None else _of_length(found, words)


def _of_length(found: Template, words: int) -> Template:
    if not any(section.words for section in found.sections):
        raise ConfigError(
            f"the length of template {found.name!r} is that of its sections. "
            "Leave out `--words`, or take `--template summary`."
        )
    sections = (
        section.model_copy(update={"words": words}) if section.words else section
        for section in found.sections
    )
    return found.model_copy(update={"sections": tuple(sections)})
