"""Find and fill the prompt templates."""

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError

from briefing.errors import PromptError

# A wheel carries prompts/ inside the package; a checkout keeps it beside the package.
_INSTALLED = files("briefing") / "prompts"
ROOT = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[1] / "prompts"


def read(name: str) -> str:
    """Return the source of one template, such as `draft.user.jinja`.

    Raises:
        PromptError: There is no such template.
    """
    try:
        return (ROOT / name).read_text("utf-8")
    except FileNotFoundError:
        raise PromptError(f"no prompt template {name!r} in {ROOT}") from None


def fill(name: str, **values: object) -> str:
    """Return template `name` filled with `values`.

    Raises:
        PromptError: No such template, or a variable in it has no value.
    """
    try:
        return _ENVIRONMENT.get_template(name).render(values)
    except TemplateError as error:
        raise PromptError(f"cannot fill prompt {name!r}: {error}") from error


# No autoescape: a prompt is plain text, and an escaped quotation could not be found again.
_ENVIRONMENT = Environment(
    loader=FunctionLoader(read),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=False,
)
