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
    return tuple(
        sorted(entry.name for entry in _ROOT.iterdir() if (entry / "template.toml").is_file())
    )


def template(name: str) -> Template:
    """Return the template called `name`.

    Raises:
        ConfigError: There is none, or its `template.toml` is not one.
    """
    if name not in template_names():
        near = get_close_matches(name, template_names(), n=1)
        raise ConfigError(
            f"no template {name!r}; there are {', '.join(template_names())}."
            + (f" Did you mean {near[0]!r}?" if near else "")
        )
    text = (_ROOT / name / "template.toml").read_text("utf-8")
    try:
        return Template.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"template {name!r} cannot be used: {error}") from error
