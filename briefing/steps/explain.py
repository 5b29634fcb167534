"""Say what was read as what, and what cleaning did to it."""

from collections.abc import Iterator, Sequence

from briefing.data.article import Article

_WIDEST = 100


def explain(articles: Sequence[Article]) -> str:
    """Return some lines on each article: what it is, its damage, and every line taken out."""
    return "".join(f"{line}\n" for article in articles for line in _about(article))


def _about(article: Article) -> Iterator[str]:
    when = article.published_at.isoformat() if article.published_at else article.published
    yield f"{article.source}: article {article.id}, {len(article.text):,} characters"
    yield f"  title: {article.title or 'none'}"
    by = f", by {article.author}" if article.author else ""
    yield f"  outlet: {article.outlet}{by}; language: {article.language}"
    described = f"; its dateline says {article.described}" if article.described else ""
    yield f"  published: {when or 'unknown'}{described}"
    if article.url:
        yield f"  address: {article.url}"
    for one in article.damage:
        yield f"  damage: {one}"
    for one in article.repaired:
        yield f"  mended: {one}"
    for line in article.removed:
        yield f"  removed ({line.reason}): {_short(line.text)}"


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 2].rstrip()} …"
