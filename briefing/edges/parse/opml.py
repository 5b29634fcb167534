"""OPML: a list of feeds, which has no article in it."""

import re
from collections.abc import Iterator
from html import unescape

from briefing.data.document import Document, RawDocument
from briefing.data.feed import Feed
from briefing.edges.parse import charset
from briefing.edges.parse.feed import check_harmless
from briefing.edges.parse.web import web_address
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_OUTLINE = re.compile(r"<outline\b[^<>]{0,8000}", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(xmlurl|title|text)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def documents(raw: RawDocument, limits: LimitSettings) -> Iterator[Document]:
    """Refuse the list, and say what it is for.

    Raises:
        SourceError: Always.
    """
    count = len(feeds(raw))
    raise SourceError(
        f"it lists {count:,} feeds and holds no article. Follow them with `briefing fetch "
        f"{raw.source}`."
    )
    yield  # Makes this a generator, like the other kinds.


def feeds(raw: RawDocument) -> tuple[Feed, ...]:
    """Return the feeds of a list, in its order, each address once; what is no address is left out.

    Raises:
        SourceError: Its XML declares something of its own.
    """
    read = charset.decode(raw.content)
    check_harmless(read.text)
    found: dict[str, Feed] = {}
    for outline in _OUTLINE.finditer(read.text):
        said = {name.lower(): unescape(a or b) for name, a, b in _ATTRIBUTE.findall(outline[0])}
        url = web_address(said.get("xmlurl", ""))
        if url:
            name = " ".join((said.get("title") or said.get("text") or "").split())
            found.setdefault(url, Feed(url=url, name=name))
    return tuple(found.values())
