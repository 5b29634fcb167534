"""The result of one match or one vote that two sentences give differently."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from briefing.data.article import Sentence, Span
from briefing.steps.compare.found import Found
from briefing.steps.compare.frames import Frame, are_apart
from briefing.steps.compare.grouping import Claim, disagreements, two_values
from briefing.steps.compare.reading import Reading
from briefing.text.dates import Period, resolve

_SCORE = re.compile(
    r"(?<![\d/.,:–-])(?P<one>\d{1,3})(?:\s?[-–:]\s?| votes to | to )(?P<other>\d{1,3})"
    r"(?![\d/%]|[.,:–-]\d| (?:years?|months?|days?|hours?|minutes?|per cent|percent|million|billion"
    r"|kilomet|metres|people))"
)
_PLAYED = re.compile(
    r"\b(?:beat|beaten|beats|won|wins?|lost|loses?|defeat(?:s|ed)?|draw|drew|drawn|final|semi-?final"
    r"|match|game|victory|score[ds]?|result|thrash(?:ed)?|edged|votes?|voted|majority|approved"
    r"|passed|rejected|adopted)\b"
)
_STAGE = re.compile(
    r"\b(?:half[- ]time|after (?:the )?(?:first|second)|first leg|second leg|shoot-?out|penalties"
    r"|aggregate|last year|last season|previous|in the (?:first|second) (?:half|set|leg)"
    r"|led|ahead|was leading)\b",
    re.IGNORECASE,
)
"""What makes a score that of a part, or of another match."""

_SAME_DAY = timedelta(days=1)
_FEWEST_SHARED = 3
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class _Score:
    frame: Frame
    points: tuple[int, int]
    """The higher first: who lost 2-1 was beaten 1-2."""

    periods: tuple[Period, ...]
    is_part: bool


def scores(reading: Reading) -> list[Found]:
    """Return the matches and votes for which sentences of two articles give two results.

    Both sentences must speak of playing or voting, and of the same sides or the same matter; a
    score at half-time, of another leg or of another day is another one.
    """
    claims = [
        Claim(score, sentence, label, score.frame)
        for sentence in reading.story.sentences
        for label, score in _scores(sentence, reading)
    ]
    return [
        two_values(
            "number", one, given="the results given", differ="The sources give different results"
        )
        for one in disagreements(
            claims,
            reading,
            are_opposed=lambda one, other: _are_opposed(one, other, reading),
            are_same=lambda one, other: one.points == other.points,
        )
    ]


def _scores(sentence: Sentence, reading: Reading) -> Iterator[tuple[str, _Score]]:
    if not _PLAYED.search(sentence.text):
        return
    day = reading.day(sentence)
    for found in _SCORE.finditer(sentence.text):
        span = Span(*found.span())
        clause = reading.clause_at(sentence, span)
        points = sorted((int(found["one"]), int(found["other"])), reverse=True)
        periods = tuple(
            period
            for mention in reading.analysis(sentence).dates
            for period in resolve(mention, day)
            if day is None or period.first <= day
        )
        yield (
            found[0],
            _Score(
                reading.frame(sentence, span),
                (points[0], points[1]),
                periods,
                bool(_STAGE.search(clause.text)),
            ),
        )


def _are_opposed(one: _Score, other: _Score, reading: Reading) -> bool:
    if one.frame.sentence.article == other.frame.sentence.article or one.points == other.points:
        return False
    if one.is_part != other.is_part or are_apart(one.frame, other.frame):
        return False
    if one.periods and other.periods and not _same_day(one, other):
        return False
    names, stems = reading.shared(one.frame, other.frame)
    return (
        bool(names)
        and len(names) + len(stems) >= _FEWEST_SHARED
        and reading.likeness(one.frame, other.frame) >= _ALIKE
    )


def _same_day(one: _Score, other: _Score) -> bool:
    return any(
        a.first - _SAME_DAY < b.last and b.first < a.last + _SAME_DAY
        for a in one.periods
        for b in other.periods
    )
