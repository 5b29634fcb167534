"""One setting as it was found, and where."""

from typing import Any, NamedTuple

from briefing.edges.toml_lines import line_of


class Setting(NamedTuple):
    """A value as it was found; `key` is `table.name`, or the table alone where it is kept whole."""

    key: str
    value: Any
    origin: str
    text: str = ""
    """Of the file that it comes from."""

    def place(self, *path: str | int) -> str:
        """Return the origin, and of a file the line of what stands at `path`."""
        line = line_of(self.text, path) if self.text else None
        return f"{self.origin!r}, line {line}," if line else repr(self.origin)
