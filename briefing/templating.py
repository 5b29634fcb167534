"""Find the templates that say which sections a briefing has."""

import tomllib
from difflib import get_close_matches
from importlib.resources import files

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from briefing.data.template import PeoplePlan, Question, SectionPlan, Template
from briefing.errors import ConfigError

FILE = "template.toml"
"""What a template's folder holds."""

AUTO = "auto"
"""What stands for a template that is chosen by what the articles tell: of `CHOICES`."""

CHOICES = ("visit", "story")

_ROOT = files("briefing") / "templates"

_TABLES: dict[str, type[BaseModel]] = {
    "sections": SectionPlan,
    "people": PeoplePlan,
    "questions": Question,
}
"""What stands under a key of a template that is a table, or a list of them."""


def template_names() -> tuple[str, ...]:
    """Return the names of the templates that come with briefing, sorted."""
    return tuple(sorted(one.name for one in _ROOT.iterdir() if (one / FILE).is_file()))


def source(name: str) -> str:
    """Return the `template.toml` of the template called `name`, which comes with briefing.

    Raises:
        ConfigError: There is none.
    """
    if name == AUTO:
        raise ConfigError(
            f"{AUTO!r} is no template: `generate` and `estimate` choose {' or '.join(CHOICES)} by "
            f"what the articles tell. Name one of {', '.join(template_names())}."
        )
    if name not in template_names():
        near = get_close_matches(name, template_names(), n=1)
        raise ConfigError(
            f"no template {name!r}; there are {', '.join(template_names())}, and any folder with a "
            f"{FILE}, given by its path." + (f" Did you mean {near[0]!r}?" if near else "")
        )
    return (_ROOT / name / FILE).read_text("utf-8")


def template(name: str) -> Template:
    """Return the template called `name`, which comes with briefing.

    Raises:
        ConfigError: There is none.
    """
    return parse(source(name), name)


def parse(text: str, name: str) -> Template:
    """Return the template that `text`, a `template.toml`, describes.

    Args:
        text: TOML.
        name: What to call it in a message.

    Raises:
        ConfigError: It is no TOML, or a key in it is unknown, missing or wrong; the first is named.
    """
    try:
        return Template.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"template {name!r} is no TOML: {error}.") from error
    except ValidationError as error:
        # A misspelt key is missing under its right name too: it is the one to tell of.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise ConfigError(f"template {name!r}: {_fault(first)}{more}.") from error


def _fault(error: ErrorDetails) -> str:
    """Return what is wrong with one key, in our words where pydantic's speak of Python."""
    where = _path(error["loc"]) or "the whole"
    if error["type"] == "extra_forbidden":
        *above, key = map(str, error["loc"])
        known = list((_TABLES[above[0]] if above else Template).model_fields)
        near = get_close_matches(key, known, n=1)
        return f"{where}: unknown key{f', did you mean {near[0]!r}?' if near else ''}"
    if error["type"] == "missing":
        return f"{where}: it is missing"
    if error["type"] == "tuple_type":
        return f"{where}: it should be a list"
    return f"{where}: {error['msg'].removeprefix('Value error, ').replace('Input', 'it', 1)}"


def _path(loc: tuple[int | str, ...]) -> str:
    """Return the way to a key, entries counted from 1: `sections[3].most`."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc)
    return "".join(parts).removeprefix(".")


def of_length(found: Template, words: int) -> Template:
    """Return a template of running text with another length.

    Raises:
        ConfigError: Its length is that of its sections.
    """
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
