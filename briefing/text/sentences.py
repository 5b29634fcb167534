"""Paragraphs and sentences of a cleaned text, as spans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.data.article import Span

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")

# A stop, then closing marks. Western stops need a blank behind them; the full stops of Chinese
# and Japanese do not.
_STOP = re.compile(r"(?:[.!?…؟۔।]+[\"'”’)\]»]*(?=\s|$))|(?:[。！？]+[\"'”’」』）]*)")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“”‘']+$")
_OPENS = re.compile(r"[\s\"'“‘«(\[]*")

_NEVER_LAST = frozenset(
    "mr mrs ms dr prof gen lt col maj capt cmdr sgt adm brig st ste rev hon sen rep gov pres "
    "amb messrs mme mlle fr sr vs v no nos vol pp p fig art sec al approx est dept cf eg e.g "
    "i.e ie jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""Abbreviations that stand before something: never the last word of a sentence."""

_SOMETIMES_LAST = frozenset("inc ltd co corp jr etc a.m p.m am pm".split())
"""Abbreviations that end a sentence when the next word looks like a beginning."""

_FULL_TITLES = frozenset("general colonel major admiral captain marshal senator governor".split())
"""Titles that bad translations follow with a full stop: "the general. Anders Holm"."""

_STARTERS = frozenset(
    "the a an he she it they we i you his her its their this that these those there in on at "
    "for but and or so as if when while after before during since with by from to however "
    "meanwhile earlier later both all some many most no not what who why how where".split()
)


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """Where a sentence stands in its text."""

    span: Span
    paragraph: int
    in_quotation: bool
    """It begins inside a quotation that the same paragraph opened in an earlier sentence."""


def sentences(text: str) -> tuple[SentenceSpan, ...]:
    """Return the sentences of `text` in order; none is empty or crosses a blank line.

    A paragraph without a full stop, such as a headline, is one sentence. Decimals, initials,
    "Gen.", "U.S.", '' quotation marks and the full stops of Arabic, Hindi, Chinese and Japanese
    are known.
    """
    found: list[SentenceSpan] = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        body = paragraph[0]
        quotation = _QuotationState()
        for start, end in _pieces(body):
            piece = Span(paragraph.start() + start, paragraph.start() + end)
            found.append(SentenceSpan(piece, number, quotation.is_open))
            quotation.read(body[start:end])
    return tuple(found)


def _pieces(paragraph: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(paragraph):
        if stop.end() <= start or not _ends_here(paragraph, start, stop):
            continue
        yield from _trimmed(paragraph, start, stop.end())
        start = stop.end()
    yield from _trimmed(paragraph, start, len(paragraph))


def _trimmed(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and paragraph[start].isspace():
        start += 1
    while end > start and paragraph[end - 1].isspace():
        end -= 1
    if any(char.isalnum() for char in paragraph[start:end]):
        yield start, end


def _ends_here(paragraph: str, start: int, stop: re.Match[str]) -> bool:
    after = paragraph[stop.end() : stop.end() + 80]
    if not after.strip():
        return True
    if stop[0][0] in "。！？":
        return True
    opening = _OPENS.match(after)
    following = after[opening.end() :] if opening else after
    if not following or not _may_begin(following[0]):
        return False
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    word = _WORD_BEFORE.search(paragraph, max(start, stop.start() - 40), stop.start())
    return word is None or _may_end(word[0], following, paragraph[start : stop.start()])


def _may_begin(char: str) -> bool:
    return not char.islower() and char not in ",;:.!?)]}"


def _may_end(word: str, following: str, before: str) -> bool:
    bare = word.strip(".").lower()
    next_word = following.split(maxsplit=1)[0].strip(".,;:\"'”’").lower()
    if bare in _NEVER_LAST:
        return False
    if len(bare) == 1 and word.isupper() and word != "I":
        return next_word in _STARTERS
    if bare in _SOMETIMES_LAST or ("." in word.strip(".") and len(bare) <= 6):
        return next_word in _STARTERS
    if bare in _FULL_TITLES:
        return not (_introduces_title(before) and next_word not in _STARTERS)
    return True


def _introduces_title(before: str) -> bool:
    return bool(re.search(r"\b[Tt]he\s+\w+$", before))


class _QuotationState:
    """Whether a quotation is open, counting marks as they come."""

    def __init__(self) -> None:
        self.is_open = False

    def read(self, piece: str) -> None:
        for mark in re.finditer(r"''|[\"“”«»]", piece):
            if mark[0] in "“«":
                self.is_open = True
            elif mark[0] in "”»":
                self.is_open = False
            else:
                self.is_open = not self.is_open
