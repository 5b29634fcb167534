"""What every table of the settings has in common."""

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """One [table], frozen, without a key that is not known."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )


def is_plain(text: str) -> bool:
    """Say whether a text is ASCII without a space, and so may stand in a header."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text
