"""What a robots.txt lets us fetch."""

import re

MOST_BYTES = 512 * 1024
"""RFC 9309 asks for 500 KiB at least; what comes after is not read."""

_ROBOT = "briefing"
_LONGEST_LINE_CHARS = 8_192
_MARKS = re.compile(r"[\s:_-]+")


class Rules:
    """The rules of one robots.txt that are meant for us, after RFC 9309.

    Protego reads them, not `urllib.robotparser`: until Python 3.15 that one takes the
    first rule, not the longest, and knows no `*`; to it, `Disallow: /*` forbids nothing.
    """

    def __init__(self, content: bytes) -> None:
        """Take the file as it came; what is no rule in it is passed over."""
        from protego import Protego

        lines = content[:MOST_BYTES].decode("utf-8-sig", "replace").splitlines()
        self._protego = Protego.parse("\n".join(map(_for_us, lines)))

    def allow(self, url: str) -> bool:
        """Whether we may fetch `url`."""
        return self._protego.can_fetch(url, _ROBOT)

    @property
    def delay_s(self) -> float:
        """The pause between two pages that is asked for; not part of the RFC, but usual."""
        return self._protego.crawl_delay(_ROBOT) or 0.0


def _for_us(line: str) -> str:
    """Return the line, or one name for all other robots.

    Protego keeps each rule once for each robot of its group: with 20,000 rules for
    20,000 robots, half a megabyte of text would take gigabytes.
    """
    if len(line) > _LONGEST_LINE_CHARS:
        return ""
    key = _MARKS.sub("", line.lower())
    if not key.startswith("useragent"):
        return line
    name = re.split("[#/]", key.removeprefix("useragent"), maxsplit=1)[0]
    return f"User-agent: {name if name in {'*', _ROBOT} else 'another'}"
