"""No figure stands where the source, in the same words, has another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.dates import same_date
from briefing.text.kept import kept

_WORD = re.compile(r"\S+")
_AROUND = 3
"""Words on each side of a figure that tell its place."""

_ALL = 2 * _AROUND

_SAME_PLACE = 4
"""Of all of them, how many must be the same, ends of the text among them."""

_SAME_WORDS = 3
"""How many of the same must be words, where not all are the same."""

_ELSEWHERE = 2
"""Words around it with which the source has the figure itself, if in another place: "in September
2020" may end a sentence as "in September 2019" ends one of two that are cited."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A word with a digit: "14", "G20", "4.0.5"."""

    span: Span
    word: str
    """In small letters, without marks."""

    digits: str
    around: tuple[str, ...]
    """The words before and behind it, from far to near; "" where the text begins or ends."""

    def alike(self, other: "_Figure") -> tuple[int, int]:
        """Return how many words around are the same, each at the same distance, and with ends."""
        same = [one for one, there in zip(self.around, other.around, strict=True) if one == there]
        return sum(map(bool, same)), len(same)


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """A figure is the source's own where the words around it are.

    Whatever it is: a count that the source has elsewhere, a year in which its day lies, a time of
    day, a number of a telephone or a version, a name such as "G20". What says the same otherwise,
    a rounded number or a day of a range, is no other figure.
    """
    figures = _figures(claim.text)
    if not figures:
        return None
    said = {figure.word for figure in figures}
    there = [(piece, other) for piece in cited for other in _figures(piece.analysis.text)]
    for figure in figures:
        own = [figure.alike(other) for _, other in there if other.digits == figure.digits]
        is_elsewhere = any(words >= _ELSEWHERE for words, _ in own)
        for piece, other in there:
            # Two figures in another order are none that was put in the place of another.
            if other.word in said or other.digits == figure.digits:
                continue
            words, places = figure.alike(other)
            is_there = words >= _SAME_WORDS and places >= _SAME_PLACE
            if (words, places) in own or (places < _ALL and (is_elsewhere or not is_there)):
                continue
            if not _says_the_same(figure, claim, other, piece):
                here = figure.span
                return differs(Reason.NUMBER_DIFFERS, here.of(claim.text), here, piece, other.span)
    return None


@kept
def _figures(text: str) -> tuple[_Figure, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[_Figure]:
    words = list(_WORD.finditer(text))
    bare = ["".join(mark for mark in word[0].casefold() if mark.isalnum()) for word in words]
    padded = [*[""] * _AROUND, *bare, *[""] * _AROUND]
    for at, word in enumerate(words):
        digits = _digits(bare[at])
        if digits:
            around = (*padded[at : at + _AROUND], *padded[at + _AROUND + 1 : at + 2 * _AROUND + 1])
            yield _Figure(Span(word.start(), word.end()), bare[at], digits, around)


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdigit())


def _says_the_same(figure: _Figure, claim: Analysis, other: _Figure, piece: Cited) -> bool:
    """Whether two figures in one place are one number, or one day, in two forms."""
    there = piece.analysis
    mine = [one for one in claim.numbers if _meets(one.span, figure.span)]
    theirs = [one for one in there.numbers if _meets(one.span, other.span)]
    # Of "7R2" only the 7 is read as a number; and "855-793" is no range.
    is_read = "".join(_digits(one.text) for one in mine) == figure.digits
    if is_read and len(mine) == len(theirs):
        return all(replace(a, ends=None).agrees(b) for a, b in zip(mine, theirs, strict=True))
    return any(
        same_date(mine, theirs, piece.published)
        for mine in claim.dates
        for theirs in there.dates
        if _meets(mine.span, figure.span) and _meets(theirs.span, other.span)
    )


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
