"""The words of a text in a row, as copies are compared, with the way back to the text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.data.article import Span
from briefing.text.canonical import form

# A number keeps its decimals and its thousands, or a shared run could end inside it.
_WORD = re.compile(r"\d++(?:[.,]\d++)*+|[^\W\d_]++(?:\d++[^\W\d_]*+)*+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Wording:
    """The canonical words of a text and where each stands."""

    keys: tuple[str, ...]
    """Without case, marks and the commas of thousands; `D'Avelle` is two words."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, first: int, last: int) -> Span:
        """Return the characters from word `first` up to, and without, word `last`."""
        return Span(self.starts[first], self.ends[last - 1])


def canonical_words(text: str) -> tuple[str, ...]:
    """Return the keys of `wording(text)` alone; twice as fast."""
    return tuple(map(_key, _WORD.findall(text)))


def wording(text: str) -> Wording:
    """Return the words of `text`: runs of letters and digits, numbers whole."""
    found = [(match[0], *match.span()) for match in _WORD.finditer(text)]
    return Wording(
        keys=tuple([_key(word) for word, _, _ in found]),
        starts=tuple([start for _, start, _ in found]),
        ends=tuple([end for _, _, end in found]),
    )


@lru_cache(maxsize=200_000)
def _key(word: str) -> str:
    if "," in word and _THOUSANDS.fullmatch(word):
        word = word.replace(",", "")
    return word.lower() if word.isascii() else form(word).casefold()
