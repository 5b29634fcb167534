"""Count the origins behind the citations of one sentence."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from briefing.data.article import Story
from briefing.data.briefing import Citation
from briefing.text.names import names
from briefing.text.speech import SAYING
from briefing.text.words import words

SHARED_RUN = 8
"""Words in a row that two outlets do not write by chance."""


def witnesses(citations: Sequence[Citation], story: Story) -> tuple[str, ...]:
    """Return, for each origin behind `citations`, the id of the article that had it first.

    Two citations have one origin when they stand in one article, share a run of eight words, or
    report what the same speaker said. First is the earliest date, then the order of the story.
    """
    order = {article.id: position for position, article in enumerate(story.articles)}
    published = {article.id: article.published for article in story.articles}
    groups: list[list[Citation]] = []
    for citation in citations:
        same = [g for g in groups if any(_one_origin(citation, other) for other in g)]
        groups = [g for g in groups if g not in same]
        groups.append([citation, *(member for group in same for member in group)])

    def age(article: str) -> tuple[bool, str, int]:
        day = published.get(article)
        return day is None, day.isoformat() if day else "", order.get(article, len(order))

    firsts = {min((member.article for member in group), key=age) for group in groups}
    return tuple(sorted(firsts, key=age))


def _one_origin(one: Citation, other: Citation) -> bool:
    if one.article == other.article:
        return True
    left = [word.lower() for word in words(one.quote)]
    right = [word.lower() for word in words(other.quote)]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    run = matcher.find_longest_match(0, len(left), 0, len(right)).size
    least = min(SHARED_RUN, len(left), len(right))
    return run >= least or bool(_speakers(one.quote) & _speakers(other.quote))


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
