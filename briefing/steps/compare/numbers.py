"""One quantity of one thing for which two sentences give different figures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from briefing.data.article import Sentence
from briefing.steps.compare.conversion import converted, is_rounded
from briefing.steps.compare.found import Found
from briefing.steps.compare.frames import Frame, alike, are_apart, meet
from briefing.steps.compare.grouping import (
    MOST_IN_A_SENTENCE,
    Claim,
    around,
    differ_at,
    disagreements,
    two_values,
)
from briefing.steps.compare.place import Place
from briefing.steps.compare.reading import Reading
from briefing.steps.compare.updated import TOLL, later_figure
from briefing.steps.compare.vague import vague
from briefing.text.clauses import VERB
from briefing.text.dates import DateMention, Period, resolve
from briefing.text.numbers import Number
from briefing.text.numbers import numbers as numbers_in
from briefing.text.words import STOPWORDS, content_stems, stem, words

_AT_LEAST = re.compile(
    r"\b(?:over|more than|at least|above|no fewer than|upwards? of)\s+(?:a\s+|[$€£¥]\s*)?$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:up to|under|below|less than|fewer than|at most|no more than|nearly|almost|close to)"
    r"\s+(?:a\s+|[$€£¥]\s*)?$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:alone|of them|of whom|of which|of it|of these|of those|among them|including|"
    r"so far|another|a further|an additional|other|only(?!\s+\d))\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:each|every|per(?![ -]?cent)|apiece|(?:a|the) (?:day|week|month|year))\b", re.IGNORECASE
)
_NEAR_CHARS, _LEAD_CHARS = 16, 60
_AMONG = re.compile(r"\W*(?:and\s+)?among (?:those|the|them)\b", re.IGNORECASE)
_CHANGE = re.compile(r"\bfrom\s+[$€£]?[\d.,]+(?:\s+\w+){0,3}\s+to\s+(?:\w+\s+)?$")
_ROOM = re.compile(r"\b(?:can|could|capacity|licensed|room for|seats|designed)\b")
_WHOLE = re.compile(
    r"\b(?:in all|in total|total(?:ling)?|altogether|overall|whole|entire|combined|across"
    r"|nationwide|worldwide|together)\b",
    re.IGNORECASE,
)
_NAME_NUMBER = re.compile(
    r"(?:\b(?:No\.?|number|resolution|article|flight|highway|route|page|chapter)|[#/:.-])\s?$",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(
    r"[-–:/]\d|-in-|\s+in\s+(?:\d{1,2}|two|three|four|five|ten)\b"
    r"(?!\s+(?:[A-Z]|days|weeks|months|years))"
    r"|\s?(?:[ap]\.?m\b|o['’]clock|hours? (?:GMT|local)|GMT|in the (?:morning|afternoon|evening))",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|compared (?:with|to)|against|(?:up|down) from)\s+(?:[\d.,]+\s+)?(?:in|for)?\s*$"
)
"""Behind these stands the time of another figure: "four more than in 2029"."""

_AHEAD = re.compile(r"\b(?:will|shall|next|to be|(?:is|are) (?:to|due|expected|set|planned))\b")
_FORECAST = re.compile(r"\b(?:expected|forecast|projected|predicted|estimated) to\b")
_GAUGED = frozenset(
    map(
        stem,
        "magnitude majority margin turnout speed temperature capacity lead strength rate".split(),
    )
)
"""Words for what a figure is a measure of: then no verb beside it says more."""

_AND = re.compile(r"\s+and\s+$")
_TIMES = frozenset("second minute hour day week month year decade century".split())
_ROUGH = Decimal("0.1")
"""How far figures with "about" may lie apart and be the same."""

_LONG_AGO = timedelta(days=300)
_DIMENSIONS = {
    stem(word): name
    for name, forms in {
        "height": "high tall height",
        "depth": "deep depth",
        "length": "long length",
        "width": "wide width",
        "weight": "weigh weighs weight heavy",
        "age": "old age aged",
        "cost": "cost price worth pay spend buy value",
    }.items()
    for word in forms.split()
}
_HELD_ALIKE = 0.3
"""How alike the words beside two figures must be that somebody holds against each other."""

_MONEY = frozenset("usd eur gbp jpy cny rupee rouble franc crown mark dinar lira".split())
_FEWEST_SHARED = 2
_SMALL = 3
"""Counts up to this are told of all kinds of things; the words beside them must agree more."""


@dataclass(frozen=True, slots=True)
class _Figure:
    number: Number
    frame: Frame
    counted: frozenset[str]
    """Stems of the words that say what is counted: the noun behind, or that before "of"."""

    periods: tuple[Period, ...]
    kind: tuple[bool, ...]
    """Whether it is a part, one of each, a whole, the end of "from 33 to 48", room for so many, or
    a forecast.

    Figures of two kinds are not of one thing.
    """

    at_least: bool
    at_most: bool

    @property
    def sentence(self) -> Sentence:
        return self.frame.sentence


def numbers(reading: Reading) -> list[Found]:
    """Return the quantities for which sentences give figures that cannot both be right.

    Figures are of one thing where unit, counted word, subject and most other words agree, and no
    year, place, part or whole sets them apart. Rounding, "nearly" and "over" are no conflict.
    """
    return [
        later_figure(one, amount=lambda figure: figure.number.value)
        or two_values(
            "number", one, given="the figures given", differ="The sources give different figures"
        )
        for one in disagreements(
            _claims(reading.story.sentences, reading),
            reading,
            are_opposed=lambda one, other: _are_opposed(one, other, reading),
            are_same=_are_same,
            is_vague=lambda one: one.number.ends is not None,
        )
    ]


def _claims(sentences: Iterable[Sentence], reading: Reading) -> list[Claim[_Figure]]:
    return [
        Claim(figure, sentence, number.text, figure.frame)
        for sentence in sentences
        for number in _given(sentence, reading)
        if (figure := _figure(number, sentence, reading)) is not None
    ]


def _given(sentence: Sentence, reading: Reading) -> tuple[Number, ...]:
    """Return the figures of a sentence, those in words that give no number behind the others."""
    exact = reading.analysis(sentence).numbers[:MOST_IN_A_SENTENCE]
    return (*map(converted, exact), *vague(sentence.text)[:MOST_IN_A_SENTENCE])


def _figure(number: Number, sentence: Sentence, reading: Reading) -> _Figure | None:
    text = sentence.text
    lead = text[max(0, number.span.start - _LEAD_CHARS) : number.span.start]
    if number.ordinal or _NAME_NUMBER.search(lead) or _NO_FIGURE.match(text, number.span.end):
        return None
    frame = reading.frame(sentence, number.span)
    measure = _measure(number, frame)
    frame = replace(frame, stems=frame.stems | measure)
    clause = reading.clause_at(sentence, number.span)
    near = _stretch(text, number, clause.span.start, clause.span.end)
    counted_words = _counted(number, text)
    if not number.measured and not number.unit and TOLL.search(clause.text):
        counted_words = frozenset({stem("people")})
    if not counted_words and not number.measured:
        return None
    day = reading.day(sentence)
    dates = reading.analysis(sentence).dates
    beside = [m for m in dates if clause.span.start <= m.span.start < clause.span.end]
    beside = [*_own_dates(number, beside, reading.analysis(sentence).numbers)]
    if not beside and len(dates) == 1:
        beside = [m for m in dates if not m.is_relative]
    periods = tuple(
        period
        for mention in beside
        if not _COMPARED.search(text[: mention.span.start])
        for period in resolve(mention, day)
        # "Saturday" is the last one, but in a plan.
        if mention.weekday is None or day is None or period.first <= day or _AHEAD.search(text)
    )
    before = text[max(0, number.span.start - 24) : number.span.start]
    return _Figure(
        number=number,
        frame=frame,
        counted=counted_words,
        periods=periods,
        kind=(
            bool(_PART.search(near) or _AMONG.match(clause.text) or _is_summand(number, text)),
            bool(_EACH.search(text[clause.span.start : number.span.end + _NEAR_CHARS])),
            bool(_WHOLE.search(clause.text)),
            bool(_CHANGE.search(text[: number.span.start])),
            bool(_ROOM.search(clause.text)),
            bool(_FORECAST.search(clause.text)),
        ),
        at_least=bool(_AT_LEAST.search(before)),
        at_most=bool(_AT_MOST.search(before)),
    )


def _is_summand(number: Number, text: str) -> bool:
    """Whether another count stands before its "and": "14 workers and two crew"."""
    before = _AND.search(text[: number.span.start])
    return before is not None and any(
        not one.measured and not one.ordinal and one.span.end > before.start() - _NEAR_CHARS
        for one in numbers_in(text[: before.start()])
    )


def _own_dates(
    number: Number, beside: Sequence[DateMention], figures: Sequence[Number]
) -> Sequence[DateMention]:
    """Return the dates that belong to a figure: of "61 in 2029 and 64 in 2030" one each."""
    starts = [figure.span.start for figure in figures if not figure.ordinal]
    if len(beside) < 2 or len(starts) < 2:
        return beside
    following = min((start for start in starts if start > number.span.start), default=None)
    behind = [
        date
        for date in beside
        if date.span.start > number.span.end and (following is None or date.span.start < following)
    ]
    return behind[:1] or beside


def _measure(number: Number, frame: Frame) -> frozenset[str]:
    """Return the name of what is measured, where words of other forms give it: high, height."""
    found = {_DIMENSIONS[one] for one in content_stems(frame.clause) if one in _DIMENSIONS}
    if number.unit in {"kilogram", "tonne"} and "-" in number.text:
        found.add("weight")
    special = {"cost"} if number.unit in _MONEY else {"age"} if number.unit == "year" else set()
    return frozenset(
        found & special if special else found - {"cost", "age"} if number.measured else ()
    )


def _stretch(text: str, number: Number, start: int, end: int) -> str:
    """Return the words between the commas round a number."""
    left = max(text.rfind(mark, start, number.span.start) for mark in (", ", "; ", "("))
    right = [at for mark in (", ", "; ", ")") if (at := text.find(mark, number.span.end, end)) >= 0]
    return text[max(start, left) : min(right, default=end)]


def _counted(number: Number, text: str) -> frozenset[str]:
    """Return the stems that say what the number counts."""
    found: set[str] = set()
    if not number.measured or number.unit == "percent":
        behind = re.match(
            r"\s+of\s+(?:the\s+)?(?:[\w'’-]+\s*){0,2}"
            if number.measured
            else r"[\s-]*(?:[\w'’-]+\s*){0,3}",
            text[number.span.end :],
        )
        for word in words(behind[0])[:4] if behind else ():
            if word.lower() in {"of", "the"} and number.measured:
                continue
            if word.lower() in STOPWORDS or VERB.fullmatch(word):
                break
            found.add(stem(word))
        if number.unit and not number.measured and number.unit not in STOPWORDS:
            found.add(number.unit)
    before = re.search(
        r"([\w-]+)\s+(?:of|was|is|to|at|reached|by|came to)\s+(?:\w+\s+)?$",
        text[: number.span.start],
    )
    if (
        before
        and (not number.unit or stem(before[1]) in _GAUGED)
        and before[1].lower() not in STOPWORDS
    ):
        found.add(stem(before[1]))
    return frozenset(found)


def _are_same(one: _Figure, other: _Figure) -> bool:
    left, right = one.number.value, other.number.value
    if left == right or _overlap(one.number, other.number):
        return True
    low, high = sorted((one, other), key=lambda figure: figure.number.value)
    if low.at_least or high.at_most or (one.number.hedged and other.number.hedged):
        if low.number.value and high.number.value / low.number.value <= Decimal("1.35"):
            return True
        if low.at_least and not low.at_most and high.number.value <= 2 * low.number.value:
            return True
    if (one.number.hedged or other.number.hedged) and abs(left - right) <= _ROUGH * abs(right):
        return True
    return is_rounded(left, right) or is_rounded(right, left)


def _overlap(one: Number, other: Number) -> bool:
    """Whether a range, "30 to 40" or "dozens", holds the other figure or meets the other range."""
    if one.ends is None and other.ends is None:
        return False
    left, right = one.ends or (one.value,) * 2, other.ends or (other.value,) * 2
    return left[0] <= right[1] and right[0] <= left[1]


def _are_opposed(one: _Figure, other: _Figure, reading: Reading) -> bool:
    if one.sentence.article == other.sentence.article or _are_same(one, other):
        # Two figures of one article are of two things, but for misprints.
        return False
    if not _are_of_one_thing(one, other):
        return False
    names, stems = reading.shared(one.frame, other.frame)
    if not names and (_have_names(one, other) or one.frame.pronoun or other.frame.pronoun):
        return False
    same_period = bool(one.periods and other.periods)
    is_toll = any(TOLL.search(figure.frame.clause) for figure in (one, other))
    if len(names) + len(stems) + same_period + is_toll < _FEWEST_SHARED or not stems:
        return False
    least = 0.5
    small = not one.number.measured and min(one.number.value, other.number.value) <= _SMALL
    if small or one.number.unit in _TIMES:
        least = 0.6
    return reading.likeness(one.frame, other.frame) >= least


def _are_of_one_thing(one: _Figure, other: _Figure) -> bool:
    left, right = one.number, other.number
    if left.measured != right.measured or (left.measured and left.unit != right.unit):
        return False
    if one.counted and other.counted and not meet(one.counted, other.counted):
        return False
    if bool(one.counted) != bool(other.counted) and not left.measured:
        return False
    if one.kind != other.kind:
        return False
    if (
        one.periods
        and other.periods
        and not any(a.holds(b) or b.holds(a) for a in one.periods for b in other.periods)
    ):
        return False
    if bool(one.periods) != bool(other.periods) and (_is_past(one) or _is_past(other)):
        return False
    gauged = one.counted & other.counted & _GAUGED
    if not left.measured and not gauged and not _do_alike(one.frame, other.frame):
        return False
    return not are_apart(one.frame, other.frame)


def _do_alike(one: Frame, other: Frame) -> bool:
    """Whether no verb speaks against it: so many killed are not so many displaced."""
    if not one.verb or not other.verb or alike(one.verb, other.verb):
        return True
    return one.verb in content_stems(other.clause) or other.verb in content_stems(one.clause)


def _have_names(one: _Figure, other: _Figure) -> bool:
    """Whether both name somebody or some place, "the two sides" counting as any names."""
    left, right = one.frame, other.frame
    return bool(left.names and right.names) and not left.pair and not right.pair


def _is_past(figure: _Figure) -> bool:
    """Whether the words beside it speak of a time long before the article's."""
    day = figure.frame.day
    return day is not None and any(p.last < day - _LONG_AGO for p in figure.periods)


def are_rival_figures(one: Place, other: Place, reading: Reading) -> bool:
    """Whether two places that somebody holds against each other give one thing two figures.

    What sets figures apart for `numbers` does so here; only the words beside them need be less
    alike, since somebody has read them together.
    """
    return differ_at(
        (one, other),
        _claims(around((one, other), reading), reading),
        reading,
        span=lambda figure: figure.number.span,
        are_opposed=lambda left, right: (
            _are_of_one_thing(left, right)
            and bool(left.frame.names & right.frame.names or not _may_be_others(left, right))
            and reading.likeness(left.frame, right.frame) >= _HELD_ALIKE
        ),
        are_same=_are_same,
    )


def _may_be_others(one: _Figure, other: _Figure) -> bool:
    """Whether both name somebody, or one says "it": with no name in common, two may be meant."""
    return one.frame.pronoun or other.frame.pronoun or _have_names(one, other)
