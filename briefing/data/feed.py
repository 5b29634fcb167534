"""Feeds that are followed, and what came of it."""

from dataclasses import dataclass, field
from datetime import datetime

from briefing.data.document import Document, Refusal
from briefing.data.library import Added


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that the settings name."""

    url: str
    name: str = ""

    @property
    def called(self) -> str:
        """What to call it in a report."""
        return self.name or self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is known of a feed from the last time that it was asked."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    """As the server wrote it, to be sent back as it is."""

    fetched: datetime | None = None
    """When it last answered; None for a feed that never has."""

    error: str | None = None
    """Why it failed, if it did the last time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReply:
    """What a feed gave when it was asked."""

    documents: tuple[Document, ...] = ()
    """The entries, in the feed's order, that are worth a look: new, or newer than ours."""

    refused: tuple[Refusal, ...] = ()
    """Entries that gave nothing."""

    etag: str | None = None
    last_modified: str | None = None
    known: int = 0
    """Entries that are not worth a look: their pages were read before, and they are not newer."""

    is_unchanged: bool = False
    """The server says that nothing is new."""

    is_complete: bool = True
    """No entry is worth another try; otherwise the feed is asked for everything again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """What following one feed came to."""

    feed: Feed
    added: Added = field(default_factory=Added)
    refused: tuple[Refusal, ...] = ()
    is_unchanged: bool = False
    error: str | None = None
    """Why there is nothing of it."""

    known: int = 0
    """Entries that were passed over: their pages were read before, and they are not newer."""

    @property
    def is_clean(self) -> bool:
        """Whether the feed answered, and none of its entries is left out."""
        return self.error is None and not self.refused

    @property
    def has_articles(self) -> bool:
        """Whether the feed gave articles, or had given all that it has."""
        had = self.added.new + self.added.changed + self.added.known + self.known
        return had > 0 or self.is_clean
