"""Which form an output has, where only the name of its file tells."""

from enum import StrEnum
from pathlib import PurePath
from typing import TypeVar

from briefing.errors import ConfigError

_Form = TypeVar("_Form", bound=StrEnum)

HELP = "Form of the output; else as the name of -o ends."

_ENDINGS = {"markdown": "md", "htm": "html"}


def form_of(output: str | None, *, among: type[_Form], otherwise: _Form) -> _Form:
    """Return the form that the ending of `output` names, or `otherwise` where it names none.

    Raises:
        ConfigError: It is the name of a PDF file, which a browser makes.
    """
    ending = PurePath(output or "").suffix.lower().removeprefix(".")
    if ending == "pdf":
        raise ConfigError(
            f"{output!r} would be no PDF. Write HTML, and print it from a browser: "
            "chromium --headless --print-to-pdf FILE.html"
        )
    ending = _ENDINGS.get(ending, ending)
    return among(ending) if ending in set(among) - {otherwise} else otherwise
