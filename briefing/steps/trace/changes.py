"""Find the numbers and the dates that differ between copies of one text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from briefing.data.article import Sentence, Span, Story
from briefing.data.origin import Alignment, Change, Place, Variant
from briefing.steps.trace.rows import Row, Rows, shared_words
from briefing.steps.trace.union import Groups
from briefing.text.dates import DateMention, dates, resolve
from briefing.text.numbers import Number, numbers

_SAME_SENTENCE = 0.6
"""Share of the longer sentence's words that both have, from which one is a copy of the other."""

_FEWEST_SHARED = 5
"""Words that two sentences must share: fewer are a phrase that returns with other figures."""

_LONGEST_WORDS = 300
"""What is longer is no sentence; comparing it word by word is quadratic."""

_LONGEST_EDIT = 6
"""Words on either side of one change. Where more were rewritten, a figure is another figure."""

_UNIT = re.compile(
    r"[\d.,]*\d[ -]?(?P<unit>km/?h|kph|mph|knots?|km|kilomet\w+|miles?|mi|ft|feet|foot|yards?|m"
    r"|met(?:re|er)s?|cm|centimet\w+|mm|inch(?:es)?|kg|kilos?|kilograms?|lbs?|pounds|stone|ounces"
    r"|tonnes?|tons?|°[CF]|degrees|acres?|hectares?|lit(?:re|er)s?|gallons?|barrels?)\b"
)
"""Behind a number: one that is told in another unit was converted, not changed."""

_Kind = Literal["number", "date"]
_At = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number or a date in a sentence."""

    kind: _Kind
    span: Span
    """In the article."""

    text: str
    value: Number | DateMention
    unit: str = ""
    """As it is written behind a number in digits: `km`."""


def changes(
    story: Story, alignments: Sequence[Alignment], of_articles: Mapping[str, Rows]
) -> tuple[Change, ...]:
    """Return where copies of a sentence have other numbers or dates, in the order of the story.

    Sentences are copies of each other where they stand in one shared text and three fifths of
    their words are the same. "1,200" and "1200", "forty-one" and "41", "nearly 800" and "793",
    "2.3 million" and "2.31 million", and "today" and that day's date are no change.

    Args:
        story: The articles.
        alignments: What they share.
        of_articles: The sentences of each article, by its id.
    """
    days = {article.id: article.day for article in story.articles}
    order = {sentence.id: number for number, sentence in enumerate(story.sentences)}
    sentences = {sentence.id: sentence for sentence in story.sentences}
    groups: dict[_Kind, Groups[_At]] = {"number": Groups(), "date": Groups()}
    seen: dict[_At, tuple[_Figure, Sentence]] = {}
    for left_row, right_row in _copied(alignments, of_articles):
        left, right = sentences[left_row.id], sentences[right_row.id]
        rows = of_articles[left.article], of_articles[right.article]
        for one, other in _changed(left_row, right_row, left, right, rows):
            if _differ(one, other, days[left.article], days[right.article]):
                at = left.article, one.span.start, one.span.end
                there = right.article, other.span.start, other.span.end
                seen[at], seen[there] = (one, left), (other, right)
                groups[one.kind].join(at, there)
    found = [
        (min(order[seen[at][1].id] for at in members), _change(kind, members, seen, order))
        for kind, of_kind in groups.items()
        for members in of_kind.members().values()
    ]
    return tuple(change for _, change in sorted(found, key=lambda item: (item[0], item[1].kind)))


def _copied(
    alignments: Sequence[Alignment], of_articles: Mapping[str, Rows]
) -> Iterator[tuple[Row, Row]]:
    """Yield the sentences that are copies of each other, each with the best of an article."""
    shared: dict[tuple[str, str], dict[tuple[Row, Row], int]] = defaultdict(dict)
    for alignment in alignments:
        pair = alignment.left, alignment.right
        words = shared_words(alignment, of_articles[alignment.left], of_articles[alignment.right])
        for rows, count in words.items():
            # One sentence may lie in two shared texts, where too much between them was changed.
            shared[pair][rows] = shared[pair].get(rows, 0) + count
    for pairs in shared.values():
        best: dict[str, int] = {}
        for (left, right), count in pairs.items():
            best[left.id] = max(best.get(left.id, 0), count)
            best[right.id] = max(best.get(right.id, 0), count)
        for (left, right), count in pairs.items():
            longer = max(left.words, right.words)
            if (
                count == best[left.id] == best[right.id]
                and count >= max(_FEWEST_SHARED, _SAME_SENTENCE * longer)
                and longer <= _LONGEST_WORDS
            ):
                yield left, right


def _changed(
    left_row: Row, right_row: Row, left: Sentence, right: Sentence, rows: tuple[Rows, Rows]
) -> Iterator[tuple[_Figure, _Figure]]:
    """Yield the figures that stand at the same place of two copies, where the words differ."""
    one = rows[0].wording.keys[left_row.first : left_row.last]
    other = rows[1].wording.keys[right_row.first : right_row.last]
    if one == other:
        return
    for at, there, size, under in _edits(one, other):
        mine = _figures(left, rows[0], left_row.first + at, left_row.first + at + size)
        theirs = _figures(right, rows[1], right_row.first + there, right_row.first + there + under)
        if [figure.kind for figure in mine] == [figure.kind for figure in theirs]:
            yield from zip(mine, theirs, strict=True)
        elif size == under == 1 and one[at].isdecimal() and other[there].isdecimal():
            # "Aug. 28" made "Aug. 33", or "1,700" made "2040", which looks like a year.
            yield (
                _bare(rows[0], left_row.first + at, one[at]),
                _bare(rows[1], right_row.first + there, other[there]),
            )


def _edits(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches that were exchanged: both places, and how many words at each.

    A number in digits is first taken to be any other, so that "3, 4 and 5" made "4, 5 and 5" are
    three places and not a number lost and one added.
    """
    mine, theirs = (["0" if w[0].isdigit() else w for w in words] for words in (one, other))
    at = there = 0
    for start, begin, size in SequenceMatcher(
        None, mine, theirs, autojunk=False
    ).get_matching_blocks():
        if 0 < start - at <= _LONGEST_EDIT and 0 < begin - there <= _LONGEST_EDIT:
            yield at, there, start - at, begin - there
        for step in range(size):
            if one[start + step] != other[begin + step]:
                yield start + step, begin + step, 1, 1
        at, there = start + size, begin + size


def _bare(rows: Rows, at: int, word: str) -> _Figure:
    span = rows.wording.span(at, at + 1)
    value = Number(Decimal(word), "", False, False, "", Span(0, len(word)), word)
    return _Figure("number", span, word, value)


def _figures(sentence: Sentence, rows: Rows, first: int, last: int) -> list[_Figure]:
    """Return the figures of the sentence that words `first` to `last` of its article change."""
    edit = rows.wording.span(first, last)
    return [
        figure
        for figure in _read(sentence.text, sentence.span.start)
        if figure.span.start < edit.end and edit.start < figure.span.end
    ]


@lru_cache(maxsize=4_096)
def _read(text: str, start: int) -> tuple[_Figure, ...]:
    """Return the dates of a sentence, and the numbers that are no part of one, in order."""
    days = dates(text)
    figures: list[_Figure] = [
        _Figure("date", Span(d.span.start + start, d.span.end + start), d.text, d) for d in days
    ]
    for number in numbers(text):
        if not any(d.span.start < number.span.end and number.span.start < d.span.end for d in days):
            span = Span(number.span.start + start, number.span.end + start)
            unit = _UNIT.match(text, number.span.start)
            figures.append(
                _Figure("number", span, number.text, number, unit["unit"] if unit else "")
            )
    return tuple(sorted(figures, key=lambda figure: figure.span.start))


def _differ(one: _Figure, other: _Figure, day: date | None, other_day: date | None) -> bool:
    if isinstance(one.value, Number) and isinstance(other.value, Number):
        if one.unit and other.unit and one.unit != other.unit:
            return False  # 200ft, or 60m.
        return _are_other_numbers(one.value, other.value)
    if isinstance(one.value, DateMention) and isinstance(other.value, DateMention):
        return _are_other_days(one.value, other.value, day, other_day)
    return False


def _are_other_numbers(one: Number, other: Number) -> bool:
    if one.measured and other.measured and one.unit != other.unit:
        return False  # Ten miles, or sixteen kilometres.
    if one.value == other.value or one.agrees(other) or other.agrees(one):
        return False
    return not _is_rounded(one, other) and not _is_rounded(other, one)


def _is_rounded(coarse: Number, fine: Number) -> bool:
    """Whether a number of two digits or more is the other with its last digits rounded off."""
    digits = len(coarse.value.normalize().as_tuple().digits)
    if digits < 2 or digits >= len(fine.value.normalize().as_tuple().digits):
        return False
    step = coarse.value.normalize().as_tuple().exponent
    return isinstance(step, int) and abs(coarse.value - fine.value) * 2 <= 10**step


def _are_other_days(
    one: DateMention, other: DateMention, day: date | None, other_day: date | None
) -> bool:
    mine, theirs = resolve(one, day), resolve(other, other_day)
    if mine and theirs:
        return not any(a.first <= b.last and b.first <= a.last for a in mine for b in theirs)
    if one.offset or other.offset:
        return False
    parts = [(m.year, m.month, m.day, m.weekday) for m in (one, other)]
    both = [(a, b) for a, b in zip(*parts, strict=True) if a is not None and b is not None]
    return any(a != b for a, b in both)


def _change(
    kind: _Kind,
    members: Sequence[_At],
    seen: Mapping[_At, tuple[_Figure, Sentence]],
    order: Mapping[str, int],
) -> Change:
    by_value: dict[object, list[_At]] = defaultdict(list)
    for at in sorted(members, key=lambda at: order[seen[at][1].id]):
        value = seen[at][0].value
        key = (
            (value.value, value.unit if value.measured else "")
            if isinstance(value, Number)
            else (value.year, value.month, value.day, value.weekday, value.offset)
        )
        by_value[key].append(at)
    sides = sorted(by_value.values(), key=lambda ats: (-len(ats), order[seen[ats[0]][1].id]))
    return Change(
        kind=kind,
        variants=tuple(
            Variant(
                text=" ".join(seen[ats[0]][0].text.split()),
                places=tuple(Place(article=a, start=start, end=end) for a, start, end in ats),
                sentences=tuple(seen[at][1].id for at in ats),
            )
            for ats in sides
        ),
    )
