"""Join passages and copied articles into origins, and tell who had each first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import combinations

from briefing.data.article import Article, Sentence, Story
from briefing.data.origin import Origin, Passage
from briefing.steps.trace.credit import sources
from briefing.steps.trace.union import Groups

_SAME_CARRIERS = 0.5
"""Share of the articles that carry either of two passages that carry both: then they are parts of
one text. The five articles on a visit that the project began with share one statement so."""


def origins(
    story: Story, passages: Sequence[Passage], near_copies: Sequence[Sequence[str]]
) -> tuple[Origin, ...]:
    """Return the texts behind `passages`, the one with most words first.

    Two passages have one origin where two articles or more carry both, and they are half of those
    that carry either; where the carriers give both to the same source; or where they stand in
    copies of one article.
    """
    articles = {article.id: article for article in story.articles}
    sentences: dict[str, list[Sentence]] = {article: [] for article in articles}
    for sentence in story.sentences:
        sentences[sentence.article].append(sentence)
    named = sources(passages, articles, sentences)
    groups: Groups[int] = Groups()
    for number in range(len(passages)):
        groups.root(number)
    for one, other in _together(passages, named, near_copies):
        groups.join(one, other)
    found = [
        _origin(
            [passages[n] for n in sorted(members)], [named[n] for n in sorted(members)], articles
        )
        for members in groups.members().values()
    ]
    return tuple(sorted(_as_one(found, near_copies), key=lambda one: (-one.words, one.id)))


def _together(
    passages: Sequence[Passage],
    named: Sequence[str | None],
    near_copies: Sequence[Sequence[str]],
) -> Iterator[tuple[int, int]]:
    by_carriers: dict[frozenset[str], list[int]] = defaultdict(list)
    by_source: dict[str, int] = {}
    group_of = {article: number for number, group in enumerate(near_copies) for article in group}
    by_group: dict[int, int] = {}
    for number, passage in enumerate(passages):
        by_carriers[passage.articles].append(number)
        label = named[number]
        if label is not None:
            yield by_source.setdefault(label, number), number
        copied = {group_of.get(article, -1) for article in passage.articles}
        if len(copied) == 1 and -1 not in copied:
            yield by_group.setdefault(copied.pop(), number), number
    for numbers in by_carriers.values():
        for number in numbers[1:]:
            yield numbers[0], number
    for one, other in combinations(by_carriers, 2):
        both = len(one & other)
        if both >= 2 and both >= _SAME_CARRIERS * len(one | other):
            yield by_carriers[one][0], by_carriers[other][0]


def _origin(
    passages: Sequence[Passage], named: Sequence[str | None], articles: Mapping[str, Article]
) -> Origin:
    carriers = sorted({article for passage in passages for article in passage.articles})
    words: dict[str, int] = defaultdict(int)
    for passage, label in zip(passages, named, strict=True):
        if label is not None:
            words[label] += passage.words
    label = min(words, key=lambda name: (-words[name], name), default=None)
    first = _first_of([articles[article] for article in carriers], label)
    places = "|".join(f"{p.article}:{p.start}:{p.end}" for one in passages for p in one.places)
    return Origin(
        id=first or "o" + sha256(places.encode()).hexdigest()[:10],
        articles=tuple(carriers),
        copied=(),
        first=first,
        source=label,
        passages=tuple(passages),
    )


def _as_one(found: Sequence[Origin], near_copies: Sequence[Sequence[str]]) -> Iterator[Origin]:
    """Join the origins that one article had first: they are that article's own text."""
    by_id: dict[str, list[Origin]] = defaultdict(list)
    for origin in found:
        by_id[origin.id].append(origin)
    for id_, same in by_id.items():
        passages = sorted(
            (passage for origin in same for passage in origin.passages),
            key=lambda one: (-one.words, one.places[0].article, one.places[0].start),
        )
        carriers = {article for origin in same for article in origin.articles}
        copied = (carriers & set(group) for group in near_copies)
        labels = [origin.source for origin in sorted(same, key=lambda one: -one.words)]
        yield Origin(
            id=id_,
            articles=tuple(sorted(carriers)),
            copied=tuple(sorted(one for group in copied if len(group) > 1 for one in group)),
            first=same[0].first,
            source=next(filter(None, labels), None),
            passages=tuple(passages),
        )


def _first_of(carriers: Sequence[Article], label: str | None) -> str | None:
    """Return the id of the article that had a shared text before the others, or None.

    It is the one whose outlet is the source that the others name; else the one that is dated
    before all others. An article without a date, or two of one day, leave it open.
    """
    if label is not None:
        wanted = label.casefold()
        named = [one for one in carriers if wanted in one.outlet.casefold().split(" / ")]
        if len(named) == 1:
            return named[0].id
    for one in carriers:
        if all(_is_before(one, other) for other in carriers if other is not one):
            return one.id
    return None


def _is_before(one: Article, other: Article) -> bool:
    if one.published_at and other.published_at:
        return _moment(one.published_at) < _moment(other.published_at)
    mine, theirs = _day(one), _day(other)
    return mine is not None and theirs is not None and mine < theirs


def _day(article: Article) -> date | None:
    return article.published_at.date() if article.published_at else article.published


def _moment(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
