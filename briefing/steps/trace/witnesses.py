"""Count the origins behind the citations of one sentence: two reprints are one witness."""

from collections.abc import Sequence
from itertools import combinations

from briefing.data.article import Story
from briefing.data.briefing import Citation
from briefing.data.origin import Copies
from briefing.steps.trace.runs import SHARED_RUN
from briefing.steps.trace.union import Groups
from briefing.text.names import names
from briefing.text.speech import SAYING
from briefing.text.wording import canonical_words


def witnesses(citations: Sequence[Citation], story: Story, copies: Copies) -> tuple[str, ...]:
    """Return the ids of the origins behind `citations`, in the order of the story.

    Two citations have one origin when they stand in one article, or in copies of one; when each
    has eight words, or all it has, from one origin in `copies`; when one repeats the other; or
    when they report what the same speaker said. Where no other article carries the words, the id
    is that of the article; for several in one group, of the earliest.
    """
    shared = [_origins(citation, copies) for citation in citations]
    group_of = {article: n for n, group in enumerate(copies.near_copies) for article in group}
    groups: Groups[int] = Groups()
    for number in range(len(citations)):
        groups.root(number)
    for one, other in combinations(range(len(citations)), 2):
        left, right = citations[one], citations[other]
        if (
            group_of.get(left.article, left.article) == group_of.get(right.article, right.article)
            or shared[one] & shared[other]
            or _repeats(left.quote, right.quote)
            or _speakers(left.quote) & _speakers(right.quote)
        ):
            groups.join(one, other)
    order = {article.id: position for position, article in enumerate(story.articles)}
    published = {article.id: article.published for article in story.articles}
    rank = {origin.id: position for position, origin in enumerate(copies.origins)}

    def age(article: str) -> tuple[bool, str, int]:
        day = published.get(article)
        return day is None, day.isoformat() if day else "", order.get(article, len(order))

    found: dict[str, tuple[bool, str, int]] = {}
    for members in groups.members().values():
        carriers = {citations[number].article for number in members}
        earliest = min(carriers, key=age)
        of_it = {origin for number in members for origin in shared[number]}
        known = of_it & order.keys()
        id_ = (
            min(known | {earliest}, key=age)
            if known
            else min(of_it, key=rank.__getitem__, default=earliest)
        )
        found[id_] = min(found.get(id_, age(earliest)), age(earliest))
    return tuple(sorted(found, key=found.__getitem__))


def _origins(citation: Citation, copies: Copies) -> frozenset[str]:
    """Return the ids of the origins that the cited words come from."""
    least = min(SHARED_RUN, len(canonical_words(citation.quote)))
    return frozenset(
        origin.id
        for origin in copies.origins
        for passage in origin.passages
        for place in passage.places
        if place.article == citation.article
        and _words_inside(citation, place.start, place.end) >= max(least, 1)
    )


def _words_inside(citation: Citation, start: int, end: int) -> int:
    first, last = max(start, citation.start), min(end, citation.end)
    if first >= last:
        return 0
    return len(canonical_words(citation.quote[first - citation.start : last - citation.start]))


def _repeats(quote: str, other: str) -> bool:
    """Whether the shorter of the two stands word for word in the longer."""
    short, long = sorted((canonical_words(quote), canonical_words(other)), key=len)
    return bool(short) and f" {' '.join(short)} " in f" {' '.join(long)} "


def _speakers(quote: str) -> set[str]:
    """Return the keys of the names within a few words of a verb of saying."""
    found = set()
    for verb in SAYING.finditer(quote):
        for name in names(quote):
            if name.span.end <= verb.start() and verb.start() - name.span.end < 25:
                found.add(name.last)
            if name.span.start >= verb.end() and name.span.start - verb.end() < 25:
                found.add(name.last)
    return found
