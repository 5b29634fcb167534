"""Tell which sentences say what another says in the same words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.data.article import Story
from briefing.data.origin import Alignment
from briefing.steps.trace.rows import Row, Rows, shared_words
from briefing.text.dates import dates
from briefing.text.names import key, names
from briefing.text.numbers import numbers
from briefing.text.wording import canonical_words

_CARRIED = 0.8
"""Share of a sentence's words that another must hold to say what it says."""

_LONGEST_WORDS = 300
"""What is longer is a page without full stops, and only equal to what is equal word for word."""

_NEGATIONS = frozenset("not no never nor neither without cannot t".split())
"""`t` is what `canonical_words` makes of the end of "won't"."""

_FEWEST_WORDS = 5
"""Of sentences that no shared run can find, and that are equal word for word."""


def repeats(
    story: Story, alignments: Sequence[Alignment], of_articles: Mapping[str, Rows]
) -> Mapping[str, tuple[str, ...]]:
    """Return, for each sentence that carries others, their ids in the order of the story.

    See `Copies.repeats` for what counts.

    Args:
        story: The articles.
        alignments: What they share.
        of_articles: The sentences of each article, by its id.
    """
    place = {sentence.id: number for number, sentence in enumerate(story.sentences)}
    facts = _Facts()
    found: dict[str, set[str]] = defaultdict(set)
    for alignment in alignments:
        shared = shared_words(alignment, of_articles[alignment.left], of_articles[alignment.right])
        for (left, right), words in shared.items():
            for carrier, carried in ((left, right), (right, left)):
                if words >= _CARRIED * carried.words and facts.holds(carrier, carried):
                    found[carrier.id].add(carried.id)
    for same in _equal(of_articles):
        for id_ in same:
            found[id_].update(set(same) - {id_})
    return {
        id_: tuple(sorted(found[id_], key=place.__getitem__))
        for id_ in sorted(found, key=place.__getitem__)
    }


def _equal(of_articles: Mapping[str, Rows]) -> Iterator[list[str]]:
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for of_it in of_articles.values():
        for row in of_it.sentences:
            if row.words >= _FEWEST_WORDS:
                same[of_it.wording.keys[row.first : row.last]].append(row.id)
    return (ids for ids in same.values() if len(ids) > 1)


class _Facts:
    """What must not differ between a sentence and its copy, read once a sentence."""

    def __init__(self) -> None:
        self._read: dict[str, _Read] = {}

    def holds(self, carrier: Row, carried: Row) -> bool:
        """Whether `carrier` has all numbers, dates and names of `carried`, and denies as much."""
        if max(carrier.words, carried.words) > _LONGEST_WORDS:
            return False
        one, other = self._of(carrier), self._of(carried)
        return other.named <= one.named and other.negations == one.negations

    def _of(self, sentence: Row) -> "_Read":
        if sentence.id not in self._read:
            text = sentence.text
            values = {number.value for number in numbers(text)}
            days = {(d.year, d.month, d.day, d.weekday, d.offset) for d in dates(text)}
            named = {key(word) for name in names(text) for word in name.text.split()}
            self._read[sentence.id] = _Read(
                named=frozenset(values | days | named),
                negations=sum(word in _NEGATIONS for word in canonical_words(text)),
            )
        return self._read[sentence.id]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    named: frozenset[object]
    negations: int
