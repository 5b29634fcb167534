"""Find and fill the prompt templates."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import PromptError

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

# A wheel carries prompts/ inside the package; a checkout keeps it beside the package.
_INSTALLED = files("briefing") / "prompts"
ROOT = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[1] / "prompts"

_SUFFIX = ".jinja"
_MOST_CHARS = 200_000


def names() -> tuple[str, ...]:
    """Return the names of all templates, sorted."""
    return tuple(sorted(one.name for one in ROOT.iterdir() if one.name.endswith(_SUFFIX)))


def read(name: str) -> str:
    """Return the source of one template, such as `draft.user.jinja`.

    Raises:
        PromptError: There is no such template.
    """
    if name in _own:
        return _own[name]
    try:
        return (ROOT / name).read_text("utf-8")
    except FileNotFoundError:
        raise PromptError(f"no prompt template {name!r} in {ROOT}") from None


def fill(name: str, **values: object) -> str:
    """Return template `name` filled with `values`.

    Raises:
        PromptError: No such template, or a variable in it has no value.
    """
    from jinja2 import TemplateError  # A run without a model does not wait for it.

    try:
        return _environment().get_template(name).render(values)
    except TemplateError as error:
        raise PromptError(f"cannot fill prompt {name!r}: {error}") from error


def versions(*steps: str) -> dict[str, str]:
    """Return the first 12 digits of SHA-256 over the templates of each step, by its name."""
    return {
        step: sha256(
            "\0".join(read(name) for name in names() if name.split(".")[0] == step).encode()
        ).hexdigest()[:12]
        for step in sorted(set(steps))
    }


def variables(source: str) -> frozenset[str]:
    """Return the variables that a template takes.

    Raises:
        PromptError: It is no template.
    """
    from jinja2 import TemplateError, meta

    try:
        return frozenset(meta.find_undeclared_variables(_environment().parse(source)))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise PromptError(f"{error}" + (f" (line {line})" if line else "")) from error


@contextmanager
def using(folder: Path | None) -> Iterator[None]:
    """Take the templates in `folder` before those that come with briefing; None changes nothing.

    Raises:
        PromptError: The folder cannot be read, has none, or has one of a name that is not known.
    """
    before = dict(_own)
    _own.update(_from_folder(folder) if folder else {})
    try:
        yield
    finally:
        _own.clear()
        _own.update(before)


def _from_folder(folder: Path) -> Mapping[str, str]:
    try:
        found = {
            file.name: file.read_text("utf-8")
            for file in sorted(folder.iterdir())
            if file.name.endswith(_SUFFIX)
        }
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "a file is not UTF-8"
        raise PromptError(
            f"cannot read the prompts in {str(folder)!r}: {why}. Check it."
        ) from error
    unknown = [name for name in found if name not in names()]
    if unknown or not found:
        what = f"no step takes {unknown[0]!r}" if unknown else f"it holds no file *{_SUFFIX}"
        raise PromptError(
            f"cannot use the prompts in {str(folder)!r}: {what}. Name a file there as one of "
            f"{', '.join(names())}."
        )
    long = next((name for name, text in found.items() if len(text) > _MOST_CHARS), None)
    if long:
        raise PromptError(f"the prompt {long!r} is longer than {_MOST_CHARS:,} characters.")
    return found


_own: dict[str, str] = {}
"""Templates that a user put in the place of ours, by name."""


def _environment() -> "SandboxedEnvironment":
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    # No autoescape: a prompt is plain text, and an escaped quotation could not be found again.
    # A sandbox: a folder of prompts may be somebody else's.
    return SandboxedEnvironment(
        loader=FunctionLoader(read),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
