"""The sentences of a story as stretches of the words of their articles."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.data.article import Span, Story
from briefing.data.origin import Alignment
from briefing.text.wording import Wording


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as a stretch of the words of its article."""

    id: str
    text: str
    first: int
    last: int
    """One past the last word."""

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Rows:
    """The sentences of one article that have words, in order."""

    wording: Wording
    sentences: tuple[Row, ...]
    ends: tuple[int, ...]

    def parts(self, span: Span) -> Iterator[tuple[int, int, Row]]:
        """Yield the sentences in a shared run: their first and last word in it, from 0."""
        first = bisect_left(self.wording.starts, span.start)
        last = bisect_left(self.wording.starts, span.end)
        for row in self.sentences[bisect_right(self.ends, first) :]:
            if row.first >= last:
                return
            yield max(row.first, first) - first, min(row.last, last) - first, row


def rows(story: Story, wordings: Mapping[str, Wording]) -> dict[str, Rows]:
    """Return the sentences of each article, by its id."""
    found: dict[str, list[Row]] = {article.id: [] for article in story.articles}
    for sentence in story.sentences:
        starts = wordings[sentence.article].starts
        first = bisect_left(starts, sentence.span.start)
        last = bisect_left(starts, sentence.span.end)
        if first < last:
            found[sentence.article].append(Row(sentence.id, sentence.text, first, last))
    return {
        article: Rows(wordings[article], tuple(of_it), tuple(row.last for row in of_it))
        for article, of_it in found.items()
    }


def shared_words(alignment: Alignment, left: Rows, right: Rows) -> dict[tuple[Row, Row], int]:
    """Return how many words each two sentences share in it."""
    shared: dict[tuple[Row, Row], int] = defaultdict(int)
    for run in alignment.runs:
        others = list(right.parts(run.right))
        for first, last, one in left.parts(run.left):
            for other_first, other_last, other in others:
                both = min(last, other_last) - max(first, other_first)
                if both > 0:
                    shared[one, other] += both
    return shared
