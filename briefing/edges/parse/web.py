"""Addresses that a container names."""

from urllib.parse import urlsplit

_LONGEST = 2_000


def web_address(url: object) -> str | None:
    """Return `url` where it is a whole http or https address, else None."""
    text = url.strip() if isinstance(url, str) else ""
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in {"http", "https"} and parts.hostname and len(text) <= _LONGEST
    except ValueError:
        return None
    return text if is_whole and text.isprintable() and " " not in text else None
