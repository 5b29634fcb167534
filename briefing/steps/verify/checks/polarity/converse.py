"""What one buys another sells, which is no opposite."""

import re
from collections.abc import Iterable

from briefing.data.article import Span
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis, Token
from briefing.text.names import Name, key
from briefing.text.words import stem

_PAIRS = frozenset(
    frozenset(map(stem, pair.split()))
    for pair in (
        "buy sell",
        "lend borrow",
        "export import",
        "win lose",
        "victory defeat",
        "husband wife",
    )
)
"""Words for the two sides of one thing."""

_BY = re.compile(r"\bby\s+(?:the\s+)?$")


def is_told(claim: Analysis, word: Token, piece: Cited, other: Span) -> bool:
    """Whether a claim tells of one side with `word` what the source tells of the other side.

    "Velm buys ferries from Salm" is "Salm sells Velm ferries": who stands before the one word
    stands behind the other, and is not the one by whom it is done.
    """
    source = piece.analysis
    if frozenset((word.stem, stem(other.of(source.text)))) not in _PAIRS:
        return False
    mine = _keys(name for name in claim.names if name.span.end <= word.span.start)
    before = _keys(name for name in source.names if name.span.end <= other.start)
    behind = _keys(
        name
        for name in source.names
        if name.span.start >= other.end and not _BY.search(source.text, 0, name.span.start)
    )
    return bool(mine & behind) and not mine & before


def _keys(names: Iterable[Name]) -> set[str]:
    """Return the keys of the first and last words: Salm, and what Salm Ltd. ends with."""
    return {one for name in names for one in (key(name.text.split()[0]), name.last)}
