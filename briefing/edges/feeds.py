"""Pages and feeds on the web as documents."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from briefing.data.document import Document, RawDocument, Refusal
from briefing.data.feed import Feed, FeedReply, FeedState
from briefing.edges.parse.records import SUMMARY
from briefing.edges.reading import Opening
from briefing.edges.sandbox import Sandbox
from briefing.edges.web import Fetcher
from briefing.errors import SourceError, SourceUnavailable
from briefing.ports import Seen
from briefing.settings import LimitSettings


class WebFeeds:
    """Asks feeds for their entries over the web, and pages whose entry is only a summary."""

    def __init__(self, fetcher: Fetcher, limits: LimitSettings, sandbox: Sandbox) -> None:
        self._fetcher = fetcher
        self._limits = limits
        self._sandbox = sandbox

    def pages(self, urls: Sequence[str]) -> tuple[tuple[Document, ...], tuple[Refusal, ...]]:
        """Return the documents at `urls`, pages and feeds alike, and what was refused.

        An entry of a feed that is only a summary is replaced by its page, where that can be had.
        """
        documents: list[Document] = []
        refused: list[Refusal] = []
        for url in urls:
            try:
                page = self._fetcher.get(url)
            except SourceError as error:
                refused.append(Refusal(source=url, reason=str(error)))
                continue
            for found in self._opened(url, page.content, address=page.final_url):
                if isinstance(found, Refusal):
                    refused.append(found)
                else:
                    documents.append(self._as_whole_as_possible(found, page.final_url))
        return tuple(documents), tuple(refused)

    def whole(self, documents: Sequence[Document]) -> tuple[Document, ...]:
        """Return `documents` with the pages of those that are only summaries in their place."""
        return tuple(self._as_whole_as_possible(one, one.source) for one in documents)

    def _as_whole_as_possible(self, found: Document, address: str) -> Document:
        if SUMMARY not in found.damage or found.url is None or found.url == address:
            return found
        try:
            return self._whole(found, found.url)
        except SourceError:
            return found

    def read(self, feed: Feed, state: FeedState, *, seen: Seen) -> FeedReply:
        """Return what is new in a feed.

        An entry that is only a summary is replaced by its page, unless that was seen after the
        entry was last updated. A page that cannot be had leaves the summary out, with the reason.

        Raises:
            SourceError: The feed itself cannot be had, or is none.
        """
        page = self._fetcher.get(feed.url, etag=state.etag, last_modified=state.last_modified)
        if page.is_unchanged:
            return FeedReply(is_unchanged=True)
        documents: list[Document] = []
        refused: list[Refusal] = []
        is_complete = True
        known = 0
        for entry in self._opened(feed.url, page.content):
            if isinstance(entry, Refusal):
                refused.append(entry)
            elif entry.url is None or SUMMARY not in entry.damage:
                documents.append(entry)
            elif _is_known(entry, seen(entry.url)):
                known += 1
            else:
                try:
                    documents.append(self._whole(entry, entry.url))
                except SourceError as error:
                    refused.append(Refusal(source=entry.url, reason=str(error)))
                    is_complete = is_complete and not isinstance(error, SourceUnavailable)
        if not documents and not page.content:
            raise SourceError("the feed is empty.")
        return FeedReply(
            documents=tuple(documents),
            refused=tuple(refused),
            etag=page.etag,
            last_modified=page.last_modified,
            known=known,
            is_complete=is_complete,
        )

    def _whole(self, entry: Document, url: str) -> Document:
        page = self._fetcher.get(url)
        for found in self._opened(url, page.content, address=page.final_url):
            if isinstance(found, Refusal):
                raise SourceError(found.reason)
            # The feed knows its own entry better than the page's furniture does.
            return replace(
                found,
                title=entry.title or found.title,
                published=entry.published or found.published,
                outlet=found.outlet or entry.outlet,
                author=found.author or entry.author,
            )
        raise SourceError("it holds no text.")

    def _opened(
        self, source: str, content: bytes, *, address: str | None = None
    ) -> list[Document | Refusal]:
        raw = RawDocument(source=source, content=content)
        found = list(Opening(self._limits, self._sandbox).documents(raw))
        if address is None:
            return found
        return [
            replace(one, url=one.url or address) if isinstance(one, Document) else one
            for one in found
        ]


def _is_known(entry: Document, last: datetime | None) -> bool:
    if last is None:
        return False
    if entry.published is None or not isinstance(entry.published, datetime):
        return True
    return entry.published <= (last if last.tzinfo else last.replace(tzinfo=UTC))
