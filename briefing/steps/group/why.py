"""Why an article is in its story: what it shares with the article there that is most like it."""

from collections.abc import Sequence

from briefing.data.article import Article
from briefing.data.grouping import Cluster, Pins, Reason
from briefing.steps.group.board import Board
from briefing.steps.group.signature import Signature, signature
from briefing.text.names import key, names
from briefing.text.rarity import rarity
from briefing.text.words import stem, words

MOST_SHARED = 5
_CHARS = 20_000


def why(cluster: Cluster, pins: Pins, *, mix_languages: bool = False) -> tuple[Reason | None, ...]:
    """Return, for each article of `cluster`, its reason; None for one that is alone.

    Words weigh as much as they are rare in the news at large and within the story's own articles.
    """
    articles = cluster.articles
    if len(articles) == 1:
        return (None,)
    board = Board(mix_languages=mix_languages)
    signatures = [signature(article) for article in articles]
    for each in signatures:
        board.count(each)
    for number, each in enumerate(signatures):
        board.add(number, each)
    pinned = {
        id_
        for group in pins.together
        for id_ in group
        if sum(article.id in group for article in articles) > 1
    }
    return tuple(
        _reason(number, articles, signatures, board, is_pinned=article.id in pinned)
        for number, article in enumerate(articles)
    )


def _reason(
    number: int,
    articles: Sequence[Article],
    signatures: Sequence[Signature],
    board: Board,
    *,
    is_pinned: bool,
) -> Reason:
    others = [(board.similarity(number, other), -other) for other in range(len(articles))]
    similarity, nearest = max(one for one in others if one[1] != -number)
    if not similarity:
        return Reason(
            nearest=None, similarity=0, names=(), terms=(), days_apart=None, pinned=is_pinned
        )
    one, other = articles[number], articles[-nearest]
    seen, its = signatures[number], signatures[-nearest]
    weight = {
        term: frequency * its.terms[term] * rarity(term, 0, 0, seen.language) ** 2
        for term, frequency in seen.terms.items()
        if term in its.terms
    }
    shared, used = _names(one, other, weight)
    terms = sorted((term for term in weight if term not in used), key=lambda t: (-weight[t], t))
    forms = _forms(one)
    days = seen.days_from(its)
    return Reason(
        nearest=other.id,
        similarity=round(min(similarity, 1.0), 3),
        names=shared,
        terms=tuple(forms.get(term, term) for term in terms[:MOST_SHARED]),
        days_apart=None if days is None else round(days, 1),
        pinned=is_pinned,
    )


def _names(
    one: Article, other: Article, weight: dict[str, float]
) -> tuple[tuple[str, ...], set[str]]:
    """Return the names of both articles, those that weigh most first, and the stems in them."""
    theirs = {key(name.text) for name in names(other.text[:_CHARS])}
    found: dict[str, str] = {}
    for name in names(one.text[:_CHARS]):
        if key(name.text) in theirs:
            found.setdefault(key(name.text), " ".join(name.text.split()))
    stems = {text: [stem(word) for word in words(text)] for text in found.values()}
    best = sorted(stems, key=lambda text: (-sum(weight.get(s, 0.0) for s in stems[text]), text))
    chosen: list[str] = []
    for text in best:
        if len(chosen) < MOST_SHARED and not any(set(stems[text]) <= set(stems[c]) for c in chosen):
            chosen.append(text)
    return tuple(chosen), {s for of in stems.values() for s in of}


def _forms(article: Article) -> dict[str, str]:
    """Return how each stem is first written in an article."""
    forms: dict[str, str] = {}
    for word in words(f"{article.title}\n{article.text[:_CHARS]}"):
        for part in word.split("-"):
            forms.setdefault(stem(part), part.lower())
    return forms
