"""Print what following the feeds came to."""

from collections.abc import Sequence

from briefing.data.feed import FeedReport
from briefing.text.canonical import clean


def newsround(reports: Sequence[FeedReport]) -> str:
    """Return a line for each feed: what was added, or why it failed."""
    return "".join(f"{_line(report.feed.called)}: {_result(report)}\n" for report in reports)


def _result(report: FeedReport) -> str:
    if report.error is not None:
        return f"failed: {_line(report.error)}"
    if report.is_unchanged:
        return "nothing new"
    added = report.added
    counts = f"{added.new:,} new, {added.changed:,} changed, {added.known:,} known"
    return counts + (f", {len(report.refused):,} left out" if report.refused else "")


def _line(text: str) -> str:
    return " ".join(clean(text).split())
