"""From articles to stories: which there are, in what order they are shown, and why they are so."""

import logging
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from briefing.data.article import Article
from briefing.data.grouping import Cluster, GroupedArticle, GroupedStory, Grouping, Pins, Placement
from briefing.errors import ConfigError, SourceError
from briefing.ports import StoryLibrary
from briefing.steps.group import Stream, canonical_order, group, why

_log = logging.getLogger(__name__)

_AT_ONCE = 250
"""Articles that are placed between two writes to the library."""

_WINDOW = timedelta(days=30)
_FEWEST_HEX = 4


def stories(
    articles: Sequence[Article], *, pins: Pins | None = None, mix_languages: bool = False
) -> tuple[Cluster, ...]:
    """Return the stories of `articles` in the order of their numbers: the largest first.

    Of two with as many articles the newer comes first.
    """
    found = in_order(group(articles, pins=pins, mix_languages=mix_languages))
    _log.info("grouped %d articles into %d stories", len(articles), len(found))
    return found


def in_order(clusters: Iterable[Cluster]) -> tuple[Cluster, ...]:
    """Return stories as they are numbered."""
    return tuple(
        sorted(
            clusters,
            key=lambda one: (-len(one.articles), -(_last(one) or date.min).toordinal(), one.id),
        )
    )


def overview(
    clusters: Sequence[Cluster], *, pins: Pins | None = None, mix_languages: bool = False
) -> Grouping:
    """Return the stories with the reason why each article is in."""
    told = tuple(
        _told(number, cluster, pins or Pins(), mix_languages=mix_languages)
        for number, cluster in enumerate(clusters, start=1)
    )
    return Grouping(articles=sum(len(one.articles) for one in clusters), stories=told)


def chosen(clusters: Sequence[Cluster], wanted: str) -> Cluster:
    """Return the story with a number, with an id, or that the article of that id is in.

    Raises:
        SourceError: There is none, or more than one.
    """
    if wanted.isdecimal() and 0 < int(wanted) <= len(clusters):
        return clusters[int(wanted) - 1]
    if len(wanted) >= _FEWEST_HEX:
        by_id = [one for one in clusters if one.id.startswith(wanted.lower())]
        by_article = [
            one
            for one in clusters
            if any(article.sha256.startswith(wanted.lower()) for article in one.articles)
        ]
        found = by_id or by_article
        if len(found) == 1:
            return found[0]
    count = f"are {len(clusters)} stories" if len(clusters) != 1 else "is one story"
    raise SourceError(
        f"no story {wanted!r}: there {count} in these articles. See `briefing groups`, and give "
        "the number or the id that it prints."
    )


def resolved(together: Sequence[str], apart: Sequence[str], articles: Sequence[Article]) -> Pins:
    """Return pins as a person gives them, `A,B`: each the start of an article's id, or its file.

    Raises:
        ConfigError: One names no article, or several, or there is only one in a pin.
    """
    return Pins(
        together=tuple(_resolved(each, articles, option="--together") for each in together),
        apart=tuple(_resolved(each, articles, option="--apart") for each in apart),
    )


def combined(earlier: Pins, later: Pins) -> Pins:
    """Return both; where they contradict each other for two articles, `later` holds."""
    split = {pair for each in later.apart for pair in _pairs(each)}
    joined = {pair for each in later.together for pair in _pairs(each)}
    return Pins(
        together=(*_without(earlier.together, split), *later.together),
        apart=(*_without(earlier.apart, joined), *later.apart),
    )


def place_new(library: StoryLibrary, *, pins: Pins | None = None) -> None:
    """Place the articles of a library that are in no story yet, and keep what a person decides.

    Articles placed before stay where they are, unless a new one shows that they belong
    elsewhere. Another process may do the same at once: who comes second begins again.

    Raises:
        LibraryError: The library fails; what came before is kept, in steps of 250.
    """
    decided = pins is not None and bool(pins.together or pins.apart)
    if pins is not None and decided:
        library.keep_pins(combined(library.pins(), pins))
    is_done = False
    while not is_done:
        is_done = _place_new(library, pins if decided else None)


def _place_new(library: StoryLibrary, decided: Pins | None) -> bool:
    state, pins = library.unplaced(), library.pins()
    days = [day for _, day in state.articles]
    if decided is not None:
        days += [day for _, _, day in library.placed(since=None, also=_named(decided))]
    if not days:
        return True
    stream = Stream(pins=pins)
    for article, placement, day in library.placed(since=min(days) - _WINDOW, also=_named(pins)):
        stream.restore(article, placement, seen=day)
    mark = library.keep(stream.pin(), state.mark) if decided else state.mark
    for start in range(0, len(state.articles), _AT_ONCE):
        if mark is None:
            return False
        moved: dict[str, Placement] = {}
        for article, day in state.articles[start : start + _AT_ONCE]:
            moved |= {one.sha256: one for one in stream.place(article, seen=day)}
        mark = library.keep(tuple(moved.values()), mark)
    _log.info("placed %d articles of the library", len(state.articles))
    return mark is not None


def _named(pins: Pins) -> frozenset[str]:
    return frozenset(article for each in (*pins.together, *pins.apart) for article in each)


def as_placed(articles: Sequence[Article], placed: dict[str, str]) -> tuple[Cluster, ...]:
    """Return the stories of `articles` that `placed` gives, by hash, in the order of numbers."""
    members: dict[str, list[Article]] = {}
    for article in canonical_order(articles):
        members.setdefault(placed.get(article.sha256, article.id), []).append(article)
    return in_order(Cluster(id=id_, articles=tuple(of)) for id_, of in members.items())


def _told(number: int, cluster: Cluster, pins: Pins, *, mix_languages: bool) -> GroupedStory:
    reasons = why(cluster, pins, mix_languages=mix_languages)
    days = sorted(day for one in cluster.articles if (day := one.published or one.described))
    titles = [one.title for one in cluster.articles if one.title]
    return GroupedStory(
        number=number,
        id=cluster.id,
        title=titles[0] if titles else " ".join(cluster.articles[0].text.split()[:12]) + " …",
        language=cluster.articles[0].language,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        articles=tuple(
            GroupedArticle(
                id=one.id,
                path=one.source,
                outlet=one.outlet,
                title=one.title,
                published=one.published,
                reason=reason,
            )
            for one, reason in zip(cluster.articles, reasons, strict=True)
        ),
    )


def _last(cluster: Cluster) -> date | None:
    return max(
        (day for one in cluster.articles if (day := one.published or one.described)), default=None
    )


def _resolved(given: str, articles: Sequence[Article], *, option: str) -> tuple[str, ...]:
    named = [part.strip() for part in given.split(",") if part.strip()]
    found = tuple(dict.fromkeys(_article(one, articles, option=option) for one in named))
    if len(found) < 2:
        raise ConfigError(f"{option} {given!r} names one article. Give two or more: A,B.")
    return found


def _article(named: str, articles: Sequence[Article], *, option: str) -> str:
    found = {
        one.id
        for one in articles
        if (len(named) >= _FEWEST_HEX and one.sha256.startswith(named.lower()))
        or one.source == named
        or one.source.endswith(f"/{named}")
    }
    if len(found) != 1:
        number = "several articles" if found else "no article"
        raise ConfigError(
            f"{option}: {named!r} is {number} of this run. Give the start of an id that "
            "`briefing groups` prints, or a file."
        )
    return found.pop()


def _pairs(articles: Sequence[str]) -> set[frozenset[str]]:
    return {
        frozenset((one, other)) for at, one in enumerate(articles) for other in articles[at + 1 :]
    }


def _without(
    pins: Iterable[tuple[str, ...]], pairs: set[frozenset[str]]
) -> tuple[tuple[str, ...], ...]:
    return tuple(each for each in pins if not _pairs(each) & pairs)
