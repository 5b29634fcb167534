"""What one address on the web gave."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

KEPT_HEADERS = frozenset(
    {
        "cache-control",
        "content-language",
        "content-type",
        "date",
        "etag",
        "expires",
        "last-modified",
        "retry-after",
    }
)

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:+-]+)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, feed or file as its server sent it, before anything in it is believed."""

    url: str
    """As it was asked for."""

    final_url: str
    """Where the redirects led; relative links in the content count from here."""

    status: int
    """2xx, or 304 where nothing has changed since the last visit."""

    headers: Mapping[str, str]
    """Those of `KEPT_HEADERS` that came; names in lower case, no control characters."""

    content: bytes = field(repr=False)
    """Unpacked, and empty where `is_unchanged`."""

    fetched: datetime
    """In UTC."""

    @property
    def is_unchanged(self) -> bool:
        """The server says that what we have of the last visit is still good."""
        return self.status == 304

    @property
    def media_type(self) -> str:
        """What the server says it is, as `text/html`; empty where it does not say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the header names, in lower case; not checked, and often wrong."""
        named = _CHARSET.search(self.headers.get("content-type", ""))
        return named[1].lower() if named else None

    @property
    def etag(self) -> str | None:
        """For `Fetcher.get` the next time."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """For `Fetcher.get` the next time."""
        return self.headers.get("last-modified")
