"""A web page: its article, found by trafilatura, and what its metadata says."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from briefing.data.document import Document, Kind, RawDocument
from briefing.edges.parse import charset, markup
from briefing.edges.parse.web import web_address
from briefing.edges.parse.when import moment
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished']/@datetime",
    "//meta[@name='pubdate' or @name='publishdate' or @name='date' or @name='DC.date.issued']"
    "/@content",
)
_JSON_LD = "//script[@type='application/ld+json']"
_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*("[^"\\]{4,40}")')
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Dates as the page states them, and no guess from its footer or address.
_DATES = {"original_date": True, "extensive_search": False}


def documents(raw: RawDocument, limits: LimitSettings) -> Iterator[Document]:
    """Yield the page's article.

    Raises:
        SourceError: It has none.
    """
    read = charset.decode(raw.content)
    tree = markup.tree_of(read.text)
    if tree is None:
        raise SourceError("it is an empty web page.")
    # trafilatura changes the tree that it works on.
    published = _published(tree)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    found = _extracted(tree, precise=True) or _extracted(markup.tree_of(read.text), precise=False)
    if found is None or not (found.text or "").strip():
        raise SourceError("no article was found in the page. Save its text as a text file.")
    hosts = {found.hostname, (urlsplit(found.url or "").hostname or "").removeprefix("www.")}
    yield Document(
        source=raw.source,
        kind=Kind.HTML,
        text=found.text,
        title=found.title or "",
        # Without a name trafilatura takes the host's: that is where it stands, not who wrote it.
        outlet="" if found.sitename in hosts else found.sitename or "",
        author=(found.author or "").replace("; ", ", "),
        url=web_address(found.url),
        published=published or moment(found.date),
        language=language.strip() if _LANGUAGE.fullmatch(language.strip()) else "",
        damage=read.damage,
    )


def _extracted(tree: Any, *, precise: bool) -> Any | None:  # noqa: ANN401
    return trafilatura.bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        favor_precision=precise,
        date_extraction_params=_DATES,
    )


def _published(tree: Any) -> date | None:  # noqa: ANN401
    said = [value for path in _PUBLISHED for value in tree.xpath(path)[:1]]
    for script in tree.xpath(_JSON_LD)[:10]:
        said += [json.loads(one) for one in _DATE_PUBLISHED.findall(script.text or "")[:1]]
    return next(filter(None, map(moment, said)), None)
