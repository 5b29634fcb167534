"""Feeds followed with a scripted source into a library in memory."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from briefing.data.document import Refusal
from briefing.data.feed import Feed, FeedReply, FeedReport, FeedState
from briefing.data.library import Added
from briefing.errors import LibraryError, SourceError
from briefing.following import follow
from briefing.steps.newsround import newsround
from tests import make
from tests.fakes import MemoryLibrary, ScriptedFeeds

NOW = datetime(2031, 4, 7, 9, tzinfo=UTC)
COURIER = Feed(url="https://courier.example/feed", name="Courier")
WIRE = Feed(url="https://wire.example/rss")
TALKS = make.document("Maronde opened talks in Port Salm on Monday.")
RAIL = make.document("The new rail line cost 3.2 million crowns in all.", source="b")
EMPTY = make.document(" \n", source="empty")


def followed(library, replies, *, now=NOW, feeds=(COURIER, WIRE)):
    source = ScriptedFeeds(replies)
    reports = follow(feeds, source=source, library=library, now=lambda: now, max_chars=1_000)
    return reports, source.asked


def test_a_feed_that_fails_is_a_line_and_the_next_is_followed():
    library = MemoryLibrary()
    reports, _ = followed(
        library, {COURIER.url: SourceError("no answer."), WIRE.url: FeedReply(documents=(TALKS,))}
    )
    assert newsround(reports).splitlines() == [
        "Courier: failed: no answer.",
        "https://wire.example/rss: 1 new, 0 changed, 0 known",
    ]
    assert library.feed_state(COURIER.url) == FeedState(url=COURIER.url, error="no answer.")


def test_a_feed_is_asked_with_what_it_said_last():
    library = MemoryLibrary()
    said = FeedReply(documents=(TALKS,), etag='"1"', last_modified="Mon")
    followed(library, {COURIER.url: said}, feeds=[COURIER])
    later = NOW + timedelta(hours=1)
    reports, asked = followed(
        library, {COURIER.url: FeedReply(is_unchanged=True)}, feeds=[COURIER], now=later
    )
    assert [(state.etag, state.last_modified) for state in asked] == [('"1"', "Mon")]
    assert newsround(reports) == "Courier: nothing new\n"
    assert library.feed_state(COURIER.url).fetched == later
    assert library.feed_state(COURIER.url).etag == '"1"'


def test_after_a_failure_a_feed_is_asked_with_what_it_said_before():
    library = MemoryLibrary()
    followed(library, {COURIER.url: FeedReply(etag='"1"')}, feeds=[COURIER])
    followed(library, {COURIER.url: SourceError("gone.")}, feeds=[COURIER])
    _, asked = followed(library, {COURIER.url: FeedReply(is_unchanged=True)}, feeds=[COURIER])
    assert (asked[0].etag, asked[0].error) == ('"1"', "gone.")
    assert library.feed_state(COURIER.url).error is None


def test_a_feed_with_an_entry_still_to_be_had_is_asked_for_all_of_it_again():
    library = MemoryLibrary()
    reply = FeedReply(documents=(TALKS,), etag='"1"', last_modified="Mon", is_complete=False)
    followed(library, {COURIER.url: reply}, feeds=[COURIER])
    state = library.feed_state(COURIER.url)
    assert (state.etag, state.last_modified, state.fetched) == (None, None, NOW)


def test_what_gives_no_article_is_left_out_and_counted():
    reply = FeedReply(
        documents=(TALKS, EMPTY, RAIL), refused=(Refusal(source="c", reason="not there."),)
    )
    reports, _ = followed(MemoryLibrary(), {COURIER.url: reply}, feeds=[COURIER])
    assert [one.source for one in reports[0].refused] == ["c", "empty"]
    assert newsround(reports) == "Courier: 2 new, 0 changed, 0 known, 2 left out\n"


def test_a_feed_is_remembered_only_after_its_articles_are_kept():
    library = MemoryLibrary(fails=True)
    with pytest.raises(LibraryError):
        followed(library, {COURIER.url: FeedReply(documents=(TALKS,), etag="1")}, feeds=[COURIER])
    assert library.feed_state(COURIER.url).etag is None


def test_logs_a_line_a_feed_without_its_address(caplog):
    with caplog.at_level(logging.INFO, logger="briefing.following"):
        followed(MemoryLibrary(), {COURIER.url: SourceError("no."), WIRE.url: FeedReply()})
    lines = [record.message for record in caplog.records if record.name == "briefing.following"]
    assert lines == [
        "feed 1 of 2: 0 new, 0 changed, 0 known, 0 refused, failed",
        "feed 2 of 2: 0 new, 0 changed, 0 known, 0 refused",
    ]


def test_nothing_of_a_feed_acts_on_the_terminal():
    feed = Feed(url="https://x.example/", name="A\x1b[31m\nB")
    report = FeedReport(feed=feed, error="\x1b[2Jgone\u202e")
    assert newsround([report]) == "A[31m B: failed: [2Jgone\n"
    assert newsround([FeedReport(feed=feed, added=Added(new=1_000))]).count("\n") == 1
