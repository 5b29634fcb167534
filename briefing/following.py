"""Follow feeds into a library: one that fails is a line in the report, not the end of the run."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from briefing.data.feed import Feed, FeedReport
from briefing.errors import SourceError
from briefing.pipeline import clean_all
from briefing.ports import Clock, FeedLibrary, FeedSource, Progress

_log = logging.getLogger(__name__)


def follow(
    feeds: Sequence[Feed],
    *,
    source: FeedSource,
    library: FeedLibrary,
    now: Clock,
    max_chars: int,
    progress: Progress = lambda step: None,
) -> tuple[FeedReport, ...]:
    """Bring what is new in each feed into the library, and report on each, in order.

    What a feed said of itself is remembered only after its articles are kept: who stops the run
    half-way loses nothing, and the next run goes on.

    Raises:
        LibraryError: The library fails; the feeds before it are done.
    """
    reports: list[FeedReport] = []
    for feed in feeds:
        progress(f"following {feed.called}")
        report = _follow(feed, source, library, now, max_chars)
        _log.info(
            "feed %d of %d: %d new, %d changed, %d known, %d refused%s",
            len(reports) + 1,
            len(feeds),
            report.added.new,
            report.added.changed,
            report.added.known,
            len(report.refused),
            ", failed" if report.error else "",
        )
        reports.append(report)
    return tuple(reports)


def _follow(
    feed: Feed, source: FeedSource, library: FeedLibrary, now: Clock, max_chars: int
) -> FeedReport:
    state = library.feed_state(feed.url)
    try:
        reply = source.read(feed, state, seen=library.seen)
    except SourceError as error:
        library.keep_feed_state(replace(state, error=str(error)))
        return FeedReport(feed=feed, error=str(error))
    if reply.is_unchanged:
        library.keep_feed_state(replace(state, fetched=now(), error=None))
        return FeedReport(feed=feed, is_unchanged=True)
    articles, unusable = clean_all(reply.documents, max_chars=max_chars)
    added = library.add(articles)
    library.keep_feed_state(
        replace(
            state,
            # With its marks the server would not send again what is still to be had.
            etag=reply.etag if reply.is_complete else None,
            last_modified=reply.last_modified if reply.is_complete else None,
            fetched=now(),
            error=None,
        )
    )
    refused = (*reply.refused, *unusable)
    return FeedReport(feed=feed, added=added, refused=refused, known=reply.known)
