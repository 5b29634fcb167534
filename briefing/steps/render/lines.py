"""Text cut into lines by the columns it takes, so that wide characters line up too."""

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console
from rich.text import Text

from briefing.text.phrases import FIRST_STRONG_ISOLATE, POP_ISOLATE

NARROWEST = 40
"""Below this many columns nothing can be set side by side; the terminal breaks the lines."""

# Rich wraps only for a console. This one is never printed to.
_RULER = Console(file=StringIO(), width=80, height=25, force_terminal=False)


def wrap(text: Text, width: int) -> list[Text]:
    """Return `text` in lines of at most `width` columns; a longer word is cut."""
    lines = list(text.wrap(_RULER, width, overflow="fold"))
    for line in lines:
        line.rstrip()
    return list(_isolated(lines))


def _isolated(lines: Iterable[Text]) -> Iterator[Text]:
    """Close at each line's end what is isolated across it, and open it in the next.

    A screen sets every line by itself: without it the second would run in the wrong direction.
    """
    depth = 0
    for line in lines:
        opened = depth
        depth += line.plain.count(FIRST_STRONG_ISOLATE) - line.plain.count(POP_ISOLATE)
        if opened or depth:
            yield Text.assemble(FIRST_STRONG_ISOLATE * opened, line, POP_ISOLATE * depth)
        else:
            yield line


def fill(parts: Iterable[str], separator: str, width: int) -> list[str]:
    """Return `parts` joined into lines of `width` characters, broken only between them."""
    ending = separator.rstrip()
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1] + separator + part + ending) <= width:
            lines[-1] += separator + part
        else:
            lines.append(part)
    return [*(line + ending for line in lines[:-1]), *lines[-1:]]
