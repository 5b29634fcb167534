"""Paragraphs and sentences of a cleaned text, as spans."""
# ruff: noqa: RUF001 (letters and marks of other scripts look like ours)

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from briefing.data.article import Span
from briefing.text.sentence_words import (
    ALSO_WORDS,
    ARTICLES,
    BEFORE_NUMBER,
    FULL_TITLES,
    GERMAN_MONTHS,
    GROUPS,
    HINDI_INITIALS,
    NEVER_LAST,
    OFTEN_LAST,
    PARTICLES,
    SOMETIMES_LAST,
    STARTERS,
    STATES,
    SUBJECTS,
    TITLES,
)

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")

# A run of stops, then closing marks and reference marks. Every quantifier is possessive and a
# Western run is entered at its first stop only, so that a page of dots costs one pass. “ and « are
# closing marks in German, but after the full stops of scripts without blanks they open.
_STOP = re.compile(
    r"(?<![.!?…])(?P<stops>[.!?…]++)[\"'”’“‘»«›‹)\]}]*+(?:\[\d{1,3}\])*+"
    r"|(?P<free>[。！？｡؟۔।॥][。！？｡؟۔।॥.!?…]*+)[\"'”’»›)\]}」』）】]*+"
)
_LATE_CLOSER = re.compile(r"\s++(?:[\"»”]|'')(?=[\s.,;:]|\Z)")
_OPENS = re.compile(r"(?:[\s\"'“”‘’„‚«»‹›(\[¿¡—–「『（…-]|\.(?=\.)|(?<=\.)\.)*+")
_ALPHANUMERIC = re.compile(r"[^\W_]")
_QUOTATION_MARK = re.compile(r"''|``|[\"“”„«»「」『』]")
_CLOSED_BY = {
    '"': ('"', "”"),
    "''": ("''", '"'),
    "``": ("''", '"'),
    "“": ("”", '"'),
    "”": ("”",),
    "„": ("“", "”", '"'),
    "«": ("»", '"'),
    "»": ("«", '"'),
    "「": ("」",),
    "『": ("』",),
}
_BOTH_WAYS = frozenset(('"', "''", "”", "»"))
"""Marks that open in one place, or language, and close in another: the blank beside them tells."""

_AROUND = "\"'“”‘’„‚«»‹›()[]¿¡—–`-"
_APOSTROPHE = re.compile("['’]")
_HESITATIONS = frozenset(("..", "...", "....", "…"))
_NEVER_FIRST = frozenset(",;:.!?…)]}%،؛؟۔।、，；：。！？》〉")
_STOPPED = re.compile(r"[.!?…。！？｡؟۔।॥]\W*\Z")
_MIXED_CASE = re.compile(r"[a-z]{1,2}[A-Z]")
_LETTER_WITHOUT_CASE = re.compile(r"[\u05d0-\u05ea\u0620-\u06d3]")

_NEAR = 40
"""How many characters before a stop can matter. A longer word is no abbreviation."""

_AHEAD = 120
"""How many characters behind a stop can matter: a speaker's name and the verb."""

_HEADLINE = 150
"""How many characters a headline has at most."""

_ITEM = re.compile(
    r"^[ \t]*+(?:(?P<bullet>[•▪‣◦])|(?P<dash>[*·–—-])|(?P<number>\(?\d{1,2}[.)])"
    r"|(?P<letter>\(?[a-z]\)))[ \t]++(?=\S)",
    re.MULTILINE,
)

_VOWELLESS = re.compile("[b-df-hj-np-tv-xzçğñşбвгджзйклмнпрстфхцчшщ]{2,6}")
"""No word of the languages of `sentence_words` is spelt without a vowel; some Czech ones are."""

_SHORT = re.compile(r"\W*[^\W\d_]{1,2}\.")
_INITIALS = re.compile(r"[^\W\d_](?:[.-]+[^\W\d_])+")
_ELISION = re.compile(r"^(?:l|d|qu|all|dell|nell)'(?=\w)")
_NUMERAL = re.compile(r"\d|§|[IVXLC]{2,}\b")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")

_ORDINAL_BEFORE = re.compile(
    r"(?:d(?:er|ie|as|em|en|es)|(?:[msd]ein|unser|ihr|jed|kein)(?:e[nmrs]?)?|am|im|zum|zur|vom|beim"
    r"|ab|bis|seit)\Z",
    re.IGNORECASE,
)
_TURKISH = re.compile(r"[ğşıİ]")
_ANNOUNCES = re.compile(r"[^\W\d_][:;]\Z")
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.")
_REST_OF_DATE = re.compile(r"\d{1,2}\.(?!\d)|(?:19|20)\d\d\b")
_DAY = re.compile(r"\d{1,2}\.")

_NAME = r"(?:[^\W\d_a-z][\w'’-]*+\.?|de|van|von|al|bin)"
_SAYS = re.compile(
    rf"\s++(?P<first>{_NAME})\s(?:{_NAME}\s){{0,6}}(?i:asked|said|says|replied|answered|shouted|cried"
    r"|added|wrote|told|yelled|insisted"
    r"|wanted to know|demanded|exclaimed|wondered|dedi|sordu)\b"
    r"\s?(?P<full>[.,])?(?!\s(?:for|that|he|she|it|they|there|the|a|an|his|her|its|no)\b)"
)
# Verbs that end their clause. What ends with one of these, right behind a quotation, is no
# sentence of its own.
_SAYS_LAST = re.compile(
    r"(?P<first>[^.!?…。！？؟۔।,،，、：:\n\"“”«»「」]{1,40}?)(?:پرسید|گفت|کہا|پوچھا|कहा|पूछा|बताया|说|問|问|道|說|表示|言った"
    r"|述べた|尋ねた|答えた|語った|話した|말했다|물었다|밝혔다|답했다)(?:(?P<full>[.。।۔])|[,،，、])"
)
_SAYS_FIRST = re.compile(r"\s++(?:قالت?|سألت?|تساءلت?|أضافت?|أجابت?|ردت?|صاحت?|هتفت?)\s")
_QUOTING_PARTICLE = re.compile(
    r"\s*+(?:と(?!ころ|はい|にか|りわ|もに)|って|など|を|が|は(?!い)|に(?!も)|の(?!ち)|も(?![しっうち])"
    r"|で(?![もはす])|や(?!が)|(?:이?라(?:고|며|면서|는)|하고|고|며)\s)"
)


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """Where a sentence stands in its text."""

    span: Span
    paragraph: int
    in_quotation: bool
    """It begins inside a quotation that the same paragraph opened in an earlier sentence."""


@dataclass(frozen=True, slots=True)
class _Following:
    """What stands behind a stop, without the marks that open it."""

    text: str
    in_doubt: bool
    """A capital says little here: it stands in a headline ("U.S. To Send Grain"), that is a short
    paragraph without a last stop, or behind the dash of a dateline ("SALM, S.C. - The mayor")."""

    @property
    def first(self) -> str:
        """The first word in lower case, up to an apostrophe."""
        word = self.text.split(maxsplit=1)[0].strip(_AROUND + ".,;:!?")
        return _APOSTROPHE.split(word)[0].lower()

    @property
    def may_begin(self) -> bool:
        """Whether it can be the beginning of a sentence at all."""
        if not self.text or self.text[0] in _NEVER_FIRST:
            return False
        return not self.text[0].islower() or bool(_MIXED_CASE.match(self.text))

    def begins(self, *, names: bool = False, groups: bool = False) -> bool:
        """Whether it starts as sentences do.

        With `names` it must not start as a surname may; with `groups` it may start with those who
        speak to newspapers.
        """
        word = self.text.split(maxsplit=1)[0]
        if self.in_doubt or _SHORT.fullmatch(word):
            return False
        first = self.first
        if len(word) > 1 and word.isupper():  # a capital says nothing here
            return first in SUBJECTS
        if first in PARTICLES:
            return not names
        return first in STARTERS or (groups and first in GROUPS)


def sentences(text: str) -> tuple[SentenceSpan, ...]:
    """Return the sentences of `text` in order; none is empty or crosses a blank line.

    A paragraph without a full stop, such as a headline, is one sentence, and so is each item of a
    list. The sentences of a quotation count one by one; "she asked" belongs to what she asked.
    Where it is unsure whether a stop ends a sentence, it does not.
    """
    found: list[SentenceSpan] = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        for start, end, quoted in _pieces(paragraph[0]):
            piece = Span(paragraph.start() + start, paragraph.start() + end)
            found.append(SentenceSpan(piece, number, quoted))
    return tuple(found)


def _pieces(paragraph: str) -> Iterator[tuple[int, int, bool]]:
    quotation = _Quotation()
    for first, last in _blocks(paragraph):
        for start, end, quoted in _cut(paragraph[first:last], quotation):
            yield first + start, first + end, quoted


def _blocks(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield the items of a list, and the whole of any other paragraph.

    One line that begins with a dash or a number is wrapped prose; two are a list.
    """
    items = [
        (found.start(), found["dash"] or found.lastgroup) for found in _ITEM.finditer(paragraph)
    ]
    counts = Counter(kind for _, kind in items)
    starts = [at for at, kind in items if at and (kind == "bullet" or counts[kind] > 1)]
    yield from pairwise([0, *starts, len(paragraph)])


def _cut(text: str, quotation: "_Quotation") -> Iterator[tuple[int, int, bool]]:
    start = read = 0
    quoted = quotation.is_open
    first = _ALPHANUMERIC.search(text)
    for stop in _STOP.finditer(text):
        if first is None:
            break
        quotation.read(text, read, stop.end())
        read = end = stop.end()
        if stop.start() < first.start():
            continue
        late = _LATE_CLOSER.match(text, end) if quotation.is_open else None
        if late:
            end = late.end()
        if not _ends_here(text, start, stop, end):
            continue
        quotation.read(text, read, end)
        yield *_trimmed(text, start, end), quoted
        start = read = end
        quoted = quotation.is_open
        first = _ALPHANUMERIC.search(text, start)
    quotation.read(text, read, len(text))
    if first:
        yield *_trimmed(text, start, len(text)), quoted


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _ends_here(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    after = text[end : end + _AHEAD]
    if not after or after.isspace():
        return True
    free = stop["free"] is not None or _stands_between_unspaced(text, stop)
    if text[stop.start() - 1] in "([（" or not (free or after[0].isspace()):
        return False
    in_headline = len(text) <= _HEADLINE and not _STOPPED.search(text[-5:])
    following = _Following(
        _OPENS.sub("", after, count=1), in_headline or after.lstrip().startswith(("-", "–", "—"))
    )
    if not following.may_begin or _is_attributed(stop[0], after):
        return False
    if free or stop["stops"] != ".":
        return not (stop["stops"] in _HESITATIONS and following.first == "i")
    return _word_may_end(text[max(start, stop.start() - _NEAR) : stop.start()].split(), following)


def _stands_between_unspaced(text: str, stop: re.Match[str]) -> bool:
    return (
        set(stop["stops"]) <= set("!?")
        and _is_unspaced(text[stop.end() : stop.end() + 1])
        and _is_unspaced(text[max(0, stop.start() - 1)])
    )


def _is_unspaced(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff"


def _is_attributed(stop: str, after: str) -> bool:
    """Whether what follows a quotation says who spoke, as in "When?" Lund asked."""
    asks = any(mark in "?!？！؟" for mark in stop)
    closed = any(mark in "\"'”’“»«」』" for mark in stop)
    if (closed or asks) and _QUOTING_PARTICLE.match(after):
        return True
    if not closed:
        return False
    if asks and _SAYS_FIRST.match(after):
        return True
    said = _SAYS.match(after) or _SAYS_LAST.match(after)
    if said is None:
        return False
    if said["first"].lower() in STARTERS:
        return said["full"] == "."
    return asks or said["full"] is not None


def _word_may_end(before: list[str], following: _Following) -> bool:
    """Whether the last of the words `before` a single full stop can end a sentence."""
    word = before.pop().strip(_AROUND) if before else ""
    if not word:
        return True
    spaced = False
    while before and len(word.replace(".", "")) <= 2 and _SHORT.fullmatch(before[-1]):
        word = before.pop().lstrip(_AROUND) + word
        spaced = True
    if word.isdigit():
        return _number_may_end(word, before, following)
    if (len(word) == 1 or (len(word) == 2 and word.isupper())) and _SHORT.match(following.text):
        return False  # the first half of "z. B." or "EE. UU."
    if len(word) == 1 and word.isupper():
        return _initial_may_end(word, before, following)
    if spaced and word.isupper() and _INITIALS.fullmatch(word):
        return following.begins(names=True)
    if _LETTER_WITHOUT_CASE.fullmatch(word) or HINDI_INITIALS.issuperset(word.split(".")):
        return bool(before) and before[-1].isdigit()
    if word in FULL_TITLES and before and before[-1].lower() in ARTICLES:
        return following.begins(groups=True)
    return _abbreviation_may_end(word, before, following)


def _number_may_end(number: str, before: list[str], following: _Following) -> bool:
    if len(number) <= 3 and (not before or _ANNOUNCES.search(before[-1])):
        return False  # it numbers an item
    if len(number) > 2:
        return not _DATE.match(following.text)
    if _REST_OF_DATE.match(following.text):
        return False
    ordinal = (
        bool(before and (_ORDINAL_BEFORE.fullmatch(before[-1]) or _DAY.fullmatch(before[-1])))
        or following.first in GERMAN_MONTHS
        or (before[-1:] != ["yüzde"] and bool(_TURKISH.search(" ".join([*before, following.text]))))
    )
    return not ordinal or following.begins()


def _initial_may_end(letter: str, before: list[str], following: _Following) -> bool:
    if not before:
        return False  # it letters an item, or the sentence is about J. R. Calder
    return letter == "I" or following.begins(names=True)


def _abbreviation_may_end(word: str, before: list[str], following: _Following) -> bool:
    bare = word.lower().replace("’", "'")
    if bare not in TITLES:
        bare = _ELISION.sub("", bare)
    if bare in NEVER_LAST:
        return False
    if bare in BEFORE_NUMBER or bare.endswith("str"):
        return not _NUMERAL.match(following.text)
    if bare in ALSO_WORDS and not word.istitle():
        return not following.text[0].isdigit()
    if all(part in TITLES for part in re.split(r"[.-]+", bare)):  # "Prof.Dr." is two
        return word.islower() and following.begins(names=True)
    if bare in SOMETIMES_LAST or _looks_abbreviated(word, bare, before[-1] if before else ""):
        return following.begins(groups=word.islower())
    return True


def _looks_abbreviated(word: str, bare: str, previous: str) -> bool:
    if bare in OFTEN_LAST:
        return False
    if _DOTTED.fullmatch(word):
        return True
    if word[0].isupper() and bare in STATES:
        return previous.endswith(",")
    if word[:2] in {"D-", "I-", "R-"}:
        return bare[2:] in STATES
    # Behind a number it is a unit, and units end sentences.
    return word[1:].islower() and bool(_VOWELLESS.fullmatch(bare)) and not previous[-1:].isdigit()


class _Quotation:
    """Whether a quotation is open, as the marks come."""

    def __init__(self) -> None:
        self._closed_by: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether what comes next stands inside a quotation."""
        return bool(self._closed_by)

    def read(self, text: str, start: int, end: int) -> None:
        """Take note of the marks in `text[start:end]`."""
        for found in _QUOTATION_MARK.finditer(text, start, end):
            mark = found[0]
            before = text[found.start() - 1 : found.start()]
            after = text[found.end() : found.end() + 1]
            opens = not before.strip() and bool(after.strip())
            closes = bool(before.strip()) and (not after.strip() or after in _NEVER_FIRST)
            if mark in self._closed_by:
                if not (opens and mark in _BOTH_WAYS):
                    self._closed_by = ()
            elif not self._closed_by and not (closes and mark in _BOTH_WAYS):
                self._closed_by = _CLOSED_BY.get(mark, ())
