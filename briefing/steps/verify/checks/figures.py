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

_SAME_PLACE = 4
"""Of these six, how many must be the same: of 24,000 sentences with one figure changed, of open
texts, this sees all but those that have less than four words around it."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A word with a digit: "14", "G20", "4.0.5"."""

    span: Span
    digits: str
    around: tuple[str, ...]
    """The words before and behind it, from far to near; "" where the text begins or ends."""

    def alike(self, other: "_Figure") -> int:
        """Return how many words around are the same, each at the same distance."""
        return sum(mine == theirs for mine, theirs in zip(self.around, other.around, strict=True))


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """A figure is the source's own where the words around it are.

    Whatever it is: a count that the source has elsewhere, a year in which its day lies, a time of
    day, a number of a telephone or a version, a name such as "G20". What says the same otherwise,
    a rounded number or a day of a range, is no other figure.
    """
    for figure in _figures(claim.text):
        there = [(piece, other) for piece in cited for other in _figures(piece.analysis.text)]
        own = max((figure.alike(o) for _, o in there if o.digits == figure.digits), default=0)
        for piece, other in there:
            likeness = figure.alike(other)
            if likeness < _SAME_PLACE or likeness <= own or other.digits == figure.digits:
                continue
            if not _says_the_same(figure, claim, other, piece):
                said = figure.span.of(claim.text)
                return differs(Reason.NUMBER_DIFFERS, said, figure.span, piece, other.span)
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
            yield _Figure(Span(word.start(), word.end()), digits, around)


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
