"""Quotations of a sentence, however short, and where the cited words have them."""

import re
from collections.abc import Iterator

from briefing.data.article import Span
from briefing.steps.verify.sources import Cited
from briefing.text.canonical import canonical, find_canonical

QUOTED = re.compile(r"\"([^\"]+)\"|“([^”]+)”|''(.+?)''")
"""Words between marks of one kind; which group has them depends on the marks."""


def quotations(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield where each quotation of a text stands, its marks included, and its words."""
    for found in QUOTED.finditer(text):
        yield found, words_of(found)


def words_of(quotation: re.Match[str]) -> str:
    """Return the words between the marks of a match of `QUOTED`."""
    words: str = next(filter(None, quotation.groups()))
    return words


def place(words: str, piece: Cited) -> Span | None:
    """Return where quoted words stand in a cited piece, a stop at their end apart."""
    form = canonical(words.strip().rstrip(".,;")).form
    return find_canonical(form, piece.analysis.canonical) if form else None
