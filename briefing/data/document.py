"""What the world brought in: bytes, then one text with what its container said of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a file is, by its content."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    MAIL = "mail"
    MAILBOX = "mailbox"
    JSON = "json"
    TABLE = "table"
    FEED = "feed"
    OPML = "opml"
    GZIP = "gzip"
    ZIP = "zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """What an edge brought in, before anything in it is believed."""

    source: str
    """The path or URL it came from, as the user named it; `-` for standard input."""

    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A source that gave no article."""

    source: str
    reason: str
    """One line: what is wrong, then what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text, with what its container said of it; `steps.clean` makes an article of it.

    All of it is still as its author wrote it: nothing here has been made harmless.
    """

    source: str
    """Where it came from, the same on every run: a path, and `#3` for the third in a file."""

    text: str
    kind: Kind = Kind.TEXT

    title: str = ""
    outlet: str = ""
    """Who published it, where the container says so."""

    author: str = ""

    url: str | None = None
    """The address it gives for itself."""

    published: date | None = None
    """When it was published: a `datetime` with its time zone, or a day where no time is known."""

    language: str = ""
    """As its container declares it: `en`, `pt-BR`."""

    damage: tuple[str, ...] = ()
    """What is wrong with the text, in words."""

    repaired: tuple[str, ...] = ()
    """What was mended in the text, in words."""
