"""RSS, Atom and CDF feeds as files: an entry each, with its full text or marked as a summary."""

import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import feedparser

from briefing.data.document import Document, Kind, RawDocument, Refusal
from briefing.edges.parse import charset, markup
from briefing.edges.parse.records import SUMMARY
from briefing.edges.parse.web import web_address
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_INTERNAL_DTD = re.compile(r"<!DOCTYPE[^\[>]{0,500}\[", re.IGNORECASE)
_FULL_CHARS = 1_000
"""A description this long is the article itself: many feeds know no other place for it."""

Item = Document | Refusal


def documents(raw: RawDocument, limits: LimitSettings) -> Iterator[Item]:
    """Yield the feed's entries, in its order.

    Raises:
        SourceError: It is no feed, declares entities of its own, or has no entry.
    """
    read = charset.decode(raw.content)
    check_harmless(read.text)
    feed = _parsed(read.text)
    if not feed.entries:
        why = "" if feed.version else " It is XML of another kind."
        raise SourceError(f"no entry of a feed is in it.{why}")
    for number, entry in enumerate(feed.entries, start=1):
        source = f"{raw.source}#{number}"
        try:
            yield _document(source, entry, feed.feed, read.damage)
        except SourceError as error:
            yield Refusal(source=source, reason=str(error))


def check_harmless(text: str) -> None:
    """Make sure that some XML declares nothing of its own.

    Raises:
        SourceError: It holds entities or a document type, with which XML can blow itself up or
            fetch files.
    """
    if _ENTITY.search(text) or _INTERNAL_DTD.search(text[:100_000]):
        raise SourceError(
            "its XML declares entities or a document type of its own, which may do harm."
        )


def _parsed(text: str) -> Any:  # noqa: ANN401 -- feedparser has no types
    content = _DECLARATION.sub("", text.lstrip("\ufeff")).encode("utf-8", "replace")
    try:
        # As a stream: a string could be taken for an address, and fetched.
        return feedparser.parse(
            BytesIO(content),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except RecursionError:
        raise SourceError("its XML is nested too deeply.") from None


def _document(source: str, entry: Any, feed: Any, damage: tuple[str, ...]) -> Document:  # noqa: ANN401
    contents = [markup.text_of(one.get("value") or "") for one in entry.get("content") or ()]
    summary = markup.text_of(entry.get("summary") or "")
    text = max([*contents, summary], key=len)
    if not text.strip():
        raise SourceError("the entry has no text, only a title or a link.")
    is_whole = len(text) >= _FULL_CHARS or (text in contents and len(text) > len(summary))
    return Document(
        source=source,
        kind=Kind.FEED,
        text=text,
        title=markup.text_of(entry.get("title") or ""),
        outlet=markup.text_of((entry.get("source") or {}).get("title") or feed.get("title") or ""),
        author=entry.get("author") or "",
        url=web_address(entry.get("link")),
        published=_when(entry),
        language=_language(entry) or feed.get("language") or "",
        damage=damage if is_whole else (*damage, SUMMARY),
    )


def _when(entry: Any) -> date | None:  # noqa: ANN401
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None


def _language(entry: Any) -> str:  # noqa: ANN401
    details = entry.get("content") or [entry.get("summary_detail") or {}]
    return details[0].get("language") or ""
