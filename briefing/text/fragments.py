"""Text fragments: the part of a web address that leads to words on the page."""

from urllib.parse import quote

_EDGE_WORDS = 5
"""Words at either end that name a longer quotation."""


def text_fragment(words: str) -> str:
    """Return the fragment that leads a browser to `words`, without the `#`.

    A long quotation is named by its first and last words, so that the address stays short
    (WICG, URL Fragment Text Directives, 2.1).
    """
    parts = words.split()
    if len(parts) <= 2 * _EDGE_WORDS:
        return f":~:text={_encoded(parts)}"
    return f":~:text={_encoded(parts[:_EDGE_WORDS])},{_encoded(parts[-_EDGE_WORDS:])}"


def _encoded(words: list[str]) -> str:
    # A dash begins or ends the context of a directive, and `quote` leaves it as it is.
    return quote(" ".join(words), safe="").replace("-", "%2D")
