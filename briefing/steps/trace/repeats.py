"""Tell which sentences say what another says in the same words."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.data.article import Span, Story
from briefing.data.origin import Alignment
from briefing.text.dates import dates
from briefing.text.names import key, names
from briefing.text.numbers import numbers
from briefing.text.wording import Wording, wording

_CARRIED = 0.8
"""Share of a sentence's words that another must hold to say what it says."""

_LONGEST_WORDS = 300
"""What is longer is a page without full stops, and only equal to what is equal word for word."""

_NEGATIONS = frozenset("not no never nor neither without cannot t".split())
"""`t` is what `wording` makes of the end of "won't"."""

_FEWEST_WORDS = 5
"""Of sentences that no shared run can find, and that are equal word for word."""


def repeats(
    story: Story, alignments: Sequence[Alignment], wordings: Mapping[str, Wording]
) -> Mapping[str, tuple[str, ...]]:
    """Return, for each sentence that carries others, their ids in the order of the story.

    See `Copies.repeats` for what counts.

    Args:
        story: The articles.
        alignments: What they share.
        wordings: By article id.
    """
    place = {sentence.id: number for number, sentence in enumerate(story.sentences)}
    rows = _rows(story, wordings)
    facts = _Facts()
    found: dict[str, set[str]] = defaultdict(set)
    for alignment in alignments:
        shared = _shared_words(alignment, rows[alignment.left], rows[alignment.right])
        for (left, right), words in shared.items():
            for carrier, carried in ((left, right), (right, left)):
                if words >= _CARRIED * carried.words and facts.holds(carrier, carried):
                    found[carrier.id].add(carried.id)
    for same in _equal(rows, wordings):
        for id_ in same:
            found[id_].update(set(same) - {id_})
    return {
        id_: tuple(sorted(found[id_], key=place.__getitem__))
        for id_ in sorted(found, key=place.__getitem__)
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence as a stretch of the words of its article."""

    id: str
    text: str
    first: int
    last: int
    """One past the last word."""

    @property
    def words(self) -> int:
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class _Rows:
    """The sentences of one article that have words, in order."""

    wording: Wording
    sentences: tuple[_Row, ...]
    ends: tuple[int, ...]

    def parts(self, span: Span) -> Iterator[tuple[int, int, _Row]]:
        """Yield the sentences in a shared run: their first and last word in it, from 0."""
        first = bisect_left(self.wording.starts, span.start)
        last = bisect_left(self.wording.starts, span.end)
        for row in self.sentences[bisect_right(self.ends, first) :]:
            if row.first >= last:
                return
            yield max(row.first, first) - first, min(row.last, last) - first, row


def _rows(story: Story, wordings: Mapping[str, Wording]) -> dict[str, _Rows]:
    found: dict[str, list[_Row]] = {article.id: [] for article in story.articles}
    for sentence in story.sentences:
        starts = wordings[sentence.article].starts
        first = bisect_left(starts, sentence.span.start)
        last = bisect_left(starts, sentence.span.end)
        if first < last:
            found[sentence.article].append(_Row(sentence.id, sentence.text, first, last))
    return {
        article: _Rows(wordings[article], tuple(rows), tuple(row.last for row in rows))
        for article, rows in found.items()
    }


def _shared_words(alignment: Alignment, left: _Rows, right: _Rows) -> dict[tuple[_Row, _Row], int]:
    """Return how many words each two sentences share in it."""
    shared: dict[tuple[_Row, _Row], int] = defaultdict(int)
    for run in alignment.runs:
        others = list(right.parts(run.right))
        for first, last, one in left.parts(run.left):
            for other_first, other_last, other in others:
                both = min(last, other_last) - max(first, other_first)
                if both > 0:
                    shared[one, other] += both
    return shared


def _equal(rows: Mapping[str, _Rows], wordings: Mapping[str, Wording]) -> Iterator[list[str]]:
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for article, of_it in rows.items():
        for row in of_it.sentences:
            if row.words >= _FEWEST_WORDS:
                same[wordings[article].keys[row.first : row.last]].append(row.id)
    return (ids for ids in same.values() if len(ids) > 1)


class _Facts:
    """What must not differ between a sentence and its copy, read once a sentence."""

    def __init__(self) -> None:
        self._read: dict[str, _Read] = {}

    def holds(self, carrier: _Row, carried: _Row) -> bool:
        """Whether `carrier` has all numbers, dates and names of `carried`, and denies as much."""
        if max(carrier.words, carried.words) > _LONGEST_WORDS:
            return False
        one, other = self._of(carrier), self._of(carried)
        return other.named <= one.named and other.negations == one.negations

    def _of(self, sentence: _Row) -> "_Read":
        if sentence.id not in self._read:
            text = sentence.text
            values = {number.value for number in numbers(text)}
            days = {(d.year, d.month, d.day, d.weekday, d.offset) for d in dates(text)}
            named = {key(word) for name in names(text) for word in name.text.split()}
            self._read[sentence.id] = _Read(
                named=frozenset(values | days | named),
                negations=sum(word in _NEGATIONS for word in wording(text).keys),
            )
        return self._read[sentence.id]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    named: frozenset[object]
    negations: int
