"""Group articles into stories: all at once, or one by one as they come."""

from collections.abc import Sequence
from datetime import date

from briefing.data.article import Article
from briefing.data.grouping import Cluster, Pins
from briefing.steps.group.board import LARGE, THRESHOLD, Board
from briefing.steps.group.link import Clusters
from briefing.steps.group.signature import signature
from briefing.steps.group.stream import MOST_ACTIVE, PinnedNumbers, Stream
from briefing.steps.group.why import why

__all__ = ["Stream", "canonical_order", "group", "why"]


def group(
    articles: Sequence[Article], *, pins: Pins | None = None, mix_languages: bool = False
) -> tuple[Cluster, ...]:
    """Return the stories that `articles` tell, whatever their order.

    The same text twice is always one story. Among few, what would be alone may follow up a story
    that it is like, though days lie between. Of more than 20,000 articles, each is placed as in a
    stream, in the order of their days.

    Args:
        articles: Any number.
        pins: What belongs together or apart whatever the words say.
        mix_languages: Compare articles of different languages; their names and numbers are all
            that they share.
    """
    ordered = canonical_order(articles)
    if len(ordered) > MOST_ACTIVE:
        return _streamed(ordered, pins or Pins(), mix_languages=mix_languages)
    board = Board(mix_languages=mix_languages)
    signatures = [signature(article) for article in ordered]
    for each in signatures:
        board.count(each)
    for number, each in enumerate(signatures):
        board.add(number, each)
    numbers = range(len(ordered))
    clusters = Clusters(numbers, board.links(numbers))
    pinned = PinnedNumbers(pins or Pins())
    first: dict[str, int] = {}
    for number, article in enumerate(ordered):
        pinned.note(number, article.id)
        clusters.join(first.setdefault(article.sha256, number), number)
    pinned.apply(clusters, numbers)
    clusters.link(THRESHOLD)
    if len(ordered) < LARGE:
        clusters.follow_up(board.links(numbers, as_follow_ups=True), THRESHOLD)
    return tuple(
        Cluster(id=ordered[members[0]].id, articles=tuple(ordered[one] for one in members))
        for members in clusters.members()
    )


def canonical_order(articles: Sequence[Article]) -> list[Article]:
    """Return articles by day, then moment, then the hash of their text; undated ones first."""
    return sorted(
        articles,
        key=lambda one: (
            one.published or one.described or date.min,
            one.published_at.timestamp() if one.published_at else 0.0,
            one.sha256,
            one.source,
        ),
    )


def _streamed(
    ordered: Sequence[Article], pins: Pins, *, mix_languages: bool
) -> tuple[Cluster, ...]:
    stream = Stream(pins=pins, mix_languages=mix_languages)
    story: dict[str, str] = {}
    for article in ordered:
        if article.sha256 not in story:
            story |= {placed.sha256: placed.story for placed in stream.place(article)}
    stories: dict[str, list[Article]] = {}
    for article in ordered:
        stories.setdefault(story[article.sha256], []).append(article)
    return tuple(Cluster(id=id_, articles=tuple(of)) for id_, of in stories.items())
