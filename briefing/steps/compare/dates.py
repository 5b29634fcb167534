"""One event that two sentences date differently."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from briefing.data.article import Sentence
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
from briefing.text.analysis import Analysis
from briefing.text.dates import DateMention, Period, resolve
from briefing.text.words import stem

_PLANNED = re.compile(
    r"\b(?:will|shall|(?:is|are|be) (?:to|due|set|scheduled|expected|planned|to be)|to be|plans? to"
    r"|planned|scheduled|expected|due|next|tomorrow|coming)\b|['’]ll\b"
)
_PAST = re.compile(
    r"\b(?:has|have|had|was|were|did|[a-z]{2,}ed|met|held|left|took|gave|made|spoke|began|saw|came"
    r"|went|broke|flew|won|lost|fell|struck|hit|shot)\b"
)
_SAID = frozenset(stem(w) for w in "said say told added tweeted wrote posted stated quoted".split())
_ANNOUNCED = re.compile(
    r"\b(?:announced|reported|confirmed|warned|denied|insisted|issued|released|published|called"
    r"|repeated|dated)\W*$"
)
"""A date beside these is the day on which somebody spoke, not that of what they spoke about."""

_OF_ANOTHER = re.compile(
    r"\b(?:since|after|before|until)\s+(?:a|an|his|her|their|its)\s+(?:[\w-]+\s+){1,4}(?:on|in)?\s*$"
)
"""Behind these a date is that of what the event came after: "the first since a session in May"."""

_WEATHER = frozenset(map(stem, "rain snow hail fog wind frost ice".split()))
"""What comes on one day and on another too."""

_PREPOSITION = re.compile(r"(?:\s+(?:on|in|late|early|at))+\s*$")
_EDGE = re.compile(r"\bthe\s+(?P<edge>end|close|beginning|start)\s*$")
"""What stands before "of December" and means its last or its first days."""

_EDGE_DAYS = timedelta(days=10)
_RELATION = re.compile(
    r"\b(?P<word>by|until|till|before|through|since|from|after)\s+(?:the\s+)?"
    r"(?:(?:end|close|beginning|start)\s+)?$"
)
_STANDS_APART = re.compile(
    r"(?:^|[,;(]|\b(?:in|on|at|of|by|since|until|till|before|after|from|late|early|mid|around|about"
    r"|last|this|next|and|to|between|for|dated|nearly))\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_PREPOSED = re.compile(
    r"(?:in|last|this|next|of|since|until|by|during|early|late|mid|from|on)\b", re.IGNORECASE
)
_RELATIONS = {
    **dict.fromkeys(("by", "until", "till", "before", "through"), "until"),
    **dict.fromkeys(("since", "from", "after"), "since"),
}
_LEAD_CHARS = 60
_UNSURE_DAYS = {"day": 1, "week": 4, "month": 16, "year": 366}
"""How far "two weeks ago" or "yesterday" may be off: the file's day is not always the day meant."""

_HELD_ALIKE = 0.3
"""How alike the words beside two dates must be that somebody holds against each other."""

_FEWEST_SHARED = 3
_WITHOUT_VERB = 0.7
"""How alike two sentences must be where one only says that somebody "was" there."""

_BEGIN = stem("begin")
_BEGINNINGS = (_BEGIN, stem("join"), stem("establish"), stem("appoint"), stem("marry"))
_ONE_DEED, _SOON = 0.1, 40
"""How much less alike they need be that have a verb and a name in common, up to how many days."""


@dataclass(frozen=True, slots=True)
class _Dated:
    mention: DateMention
    frame: Frame
    periods: tuple[Period, ...]
    relation: str
    """`on`, `since` or `until`."""

    edge: str
    """`end` or `beginning` of the month or year that the mention names; else empty."""

    is_planned: bool

    @property
    def sentence(self) -> Sentence:
        return self.frame.sentence

    @property
    def days(self) -> int:
        """How long the longest period is: the grain of the date."""
        return max((p.last - p.first).days + 1 for p in self.periods)


def dates(reading: Reading) -> list[Found]:
    """Return the events that are dated differently, relative dates counted from their article.

    Two dates are of one event where the words beside them are mostly the same, the more so the
    further the dates lie apart; never where one article has both, where a plan meets a report, or
    where places or people differ.
    """
    return [
        two_values("date", one, given="the dates given", differ="The sources date this differently")
        for one in disagreements(
            _claims(reading.story.sentences, reading),
            reading,
            are_opposed=lambda one, other: _are_opposed(one, other, reading),
            are_same=_are_same,
        )
    ]


def _claims(sentences: Iterable[Sentence], reading: Reading) -> list[Claim[_Dated]]:
    return [
        Claim(dated, sentence, _label(dated), dated.frame)
        for sentence in sentences
        for mention in reading.analysis(sentence).dates[:MOST_IN_A_SENTENCE]
        if (dated := _dated(mention, sentence, reading)) is not None
    ]


def _dated(mention: DateMention, sentence: Sentence, reading: Reading) -> _Dated | None:
    lead = sentence.text[max(0, mention.span.start - _LEAD_CHARS) : mention.span.start]
    stands = mention.is_relative or _PREPOSED.match(mention.text) or _STANDS_APART.search(lead)
    if not stands or _ANNOUNCED.search(_PREPOSITION.sub("", lead)) or _OF_ANOTHER.search(lead):
        return None
    frame = reading.frame(sentence, mention.span)
    if frame.verb in _SAID or frame.heads & _WEATHER:
        return None
    planned = bool(_PLANNED.search(frame.text))
    edge = _edge(mention, lead)
    periods = tuple(_at(edge, one) for one in _periods(mention, frame, is_planned=planned))
    if not periods:
        return None
    # "The vote takes place on 10 October."
    planned = planned or (frame.day is not None and all(p.first > frame.day for p in periods))
    relation = _RELATION.search(lead)
    word = relation["word"] if relation else mention.text.split()[0].lower()
    return _Dated(mention, frame, periods, _RELATIONS.get(word, "on"), edge, planned)


def _edge(mention: DateMention, lead: str) -> str:
    found = _EDGE.search(lead) if mention.text.lower().startswith("of") else None
    if found is None:
        return ""
    return "end" if found["edge"] in {"end", "close"} else "beginning"


def _at(edge: str, period: Period) -> Period:
    """Return the days that "the end" or "the beginning" of a period means."""
    match edge:
        case "end":
            return Period(max(period.first, period.last - _EDGE_DAYS), period.last)
        case "beginning":
            return Period(period.first, min(period.last, period.first + _EDGE_DAYS))
    return period


def _periods(mention: DateMention, frame: Frame, *, is_planned: bool) -> tuple[Period, ...]:
    on = frame.day
    found = resolve(mention, on)
    # A plan printed late may mean the day before.
    is_past = not is_planned and bool(_PAST.search(frame.text))
    if mention.weekday is not None and on is not None and is_past:
        found = tuple(period for period in found if period.first <= on)
    if mention.offset is not None:
        unit = mention.offset[1]
        slack = _UNSURE_DAYS[unit] if "ago" in mention.text or unit == "day" else 0
        found = tuple(
            Period(p.first - timedelta(days=slack), p.last + timedelta(days=slack)) for p in found
        )
    return found


def _gap(one: _Dated, other: _Dated) -> int:
    """Return the days between the two dates, 0 where they may be the same."""
    return min(
        max((b.first - a.last).days, (a.first - b.last).days, 0)
        for a in one.periods
        for b in other.periods
    )


def _are_same(one: _Dated, other: _Dated) -> bool:
    return _gap(one, other) == 0


def _are_opposed(one: _Dated, other: _Dated, reading: Reading) -> bool:
    if one.sentence.article == other.sentence.article:
        # An article that gives two dates tells of two events.
        return False
    gap = _gap(one, other)
    if not gap or one.is_planned != other.is_planned or not _have_one_relation(one, other):
        return False
    if are_apart(one.frame, other.frame) or _of_figures(one, other):
        return False
    verbs = one.frame.verb, other.frame.verb
    if all(verbs) and not alike(*verbs) and not _begins(one, other) and not _begins(other, one):
        return False
    names, stems = reading.shared(one.frame, other.frame)
    if len(names) + len(stems) < _FEWEST_SHARED or not stems:
        return False
    least = _least(gap, max(one.days, other.days))
    if not _have_one_verb(one.frame, other.frame):
        least = max(least, _WITHOUT_VERB)
    elif names and all(verbs) and gap <= _SOON:
        least -= _ONE_DEED
    return reading.likeness(one.frame, other.frame) >= least


def _have_one_relation(one: _Dated, other: _Dated) -> bool:
    """Whether both say on, since or until when; what began on a day is there since that day."""
    if one.relation == other.relation:
        return True
    on, since = (one, other) if one.relation == "on" else (other, one)
    if (on.relation, since.relation) != ("on", "since"):
        return False
    verbs = (*_BEGINNINGS, since.frame.verb)
    return any(alike(on.frame.verb, verb) for verb in verbs if verb)


def _begins(one: _Dated, other: _Dated) -> bool:
    """Whether `one` says that there began what `other` has a verb for: a strike, they struck."""
    return alike(one.frame.verb, _BEGIN) and meet(one.frame.heads, frozenset({other.frame.verb}))


def _have_one_verb(one: Frame, other: Frame) -> bool:
    """Whether both have one verb, or one the verb and the other a noun of it: elected, election."""
    if one.verb and other.verb:
        return True
    return any(
        left.verb and any(alike(left.verb, stemmed) for stemmed in right.stems)
        for left, right in ((one, other), (other, one))
    )


def _of_figures(one: _Dated, other: _Dated) -> bool:
    """Whether the dates belong to figures that differ: trade of one year and of the next."""
    left, right = (
        {number.value for number in Analysis(dated.frame.text).numbers if not number.ordinal}
        for dated in (one, other)
    )
    return bool(left and right and not left & right)


def _least(gap: int, grain: int) -> float:
    """Return how alike two sentences must be whose dates lie `gap` days apart."""
    if grain <= 31:
        return 0.5 if gap <= 3 * grain else 0.6 if gap <= 40 else 0.7 if gap <= 100 else 0.85
    return 0.6 if gap <= 3 * 366 else 0.7 if gap <= 15 * 366 else 0.85


def _label(dated: _Dated) -> str:
    named = _named(dated)
    return f"the {dated.edge} {named}" if dated.edge else named


def _named(dated: _Dated) -> str:
    mention = dated.mention
    if not mention.is_relative and mention.year is not None:
        return mention.text
    periods = resolve(mention, dated.frame.day) if mention.offset else dated.periods
    period = periods[-1] if dated.is_planned else periods[0]
    if mention.month is not None:
        return f"{mention.text} {period.first.year}"
    if "ago" in mention.text:
        return f"{mention.text} (about {_printed(period)})"
    return f"{mention.text} ({_printed(period)})"


def _printed(period: Period) -> str:
    first, last = period.first, period.last
    if first == last:
        return f"{first.day} {first:%B %Y}"
    if (last - first).days > 40:
        return str(first.year)
    if (last - first).days > 26:
        return f"{first:%B %Y}"
    return f"{first.day} {first:%B} to {last.day} {last:%B %Y}"


def are_rival_dates(one: Place, other: Place, reading: Reading) -> bool:
    """Whether two places that somebody holds against each other date one event differently.

    What sets dates apart for `dates` does so here; only the words beside them need be less alike,
    since somebody has read them together.
    """
    return differ_at(
        (one, other),
        _claims(around((one, other), reading), reading),
        reading,
        span=lambda dated: dated.mention.span,
        are_opposed=lambda left, right: (
            left.is_planned == right.is_planned
            and (left.relation == "until") == (right.relation == "until")
            and not are_apart(left.frame, right.frame)
            and not _of_figures(left, right)
            and _may_be_one(left.frame, right.frame)
            and reading.likeness(left.frame, right.frame) >= _HELD_ALIKE
        ),
        are_same=_are_same,
    )


def _may_be_one(one: Frame, other: Frame) -> bool:
    """Whether neither verbs nor names speak against one deed of one doer."""
    if one.verb and other.verb and not alike(one.verb, other.verb):
        return False
    if one.names & other.names:
        return True
    is_sure = not one.pronoun and not other.pronoun
    return is_sure and (not one.names or not other.names)
