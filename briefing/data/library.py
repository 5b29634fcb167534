"""What a library of articles keeps, and what it says of its work."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from briefing.data.article import Article

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")
_USUAL_PORTS = {None, 80, 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """How many of the articles that were brought are of each kind."""

    new: int = 0
    """Their text was not there, and their page, if they have one, neither."""

    known: int = 0
    """Their text was there already; nothing changed."""

    changed: int = 0
    """Their page was there with another text: a new version of it."""

    def __add__(self, other: "Added") -> "Added":
        return Added(
            new=self.new + other.new,
            known=self.known + other.known,
            changed=self.changed + other.changed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An article as a library has it."""

    article: Article
    added: datetime
    """When it came into the library."""

    version: int = 1
    """The how-manieth text of its page it is; 1 too where it has no page."""

    is_latest: bool = True
    """No later text of its page is known."""


def page_key(url: str | None) -> str | None:
    """Return the page behind an address, for telling whether two addresses mean one.

    `http` is `https`, the host is folded, the fragment and what only tracks the reader go. None
    where the address names no single page, such as the front page of a site: articles that give
    it for themselves are not versions of one another.
    """
    try:
        parts = urlsplit((url or "").strip())
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not pair[0].lower().startswith(_TRACKING)
    ]  # fmt: skip
    if parts.path in {"", "/"} and not query:
        return None
    at = host if port in _USUAL_PORTS else f"{host}:{port}"
    return urlunsplit(("https", at, parts.path or "/", urlencode(query), ""))
