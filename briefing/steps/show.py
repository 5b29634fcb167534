"""Print one sentence of a briefing with its evidence, in the place where it stands."""

from collections.abc import Iterator, Mapping
from textwrap import fill

from briefing.data.article import Article
from briefing.data.briefing import ArticleEntry, Briefing, CheckedSentence, Citation
from briefing.text.canonical import clean
from briefing.text.dates import in_words, period_in_words

_INDENT = "    "
_WIDTH = 80


def show(sentence: CheckedSentence, briefing: Briefing, articles: Mapping[str, Article]) -> str:
    """Return `sentence` with its verdict, its checks, and each cited span in its paragraph.

    Args:
        sentence: One of the briefing's.
        briefing: Names the sources and the discrepancies.
        articles: By id; of a source that is not among them only the quotation is printed.
    """
    sources = {article.id: article for article in briefing.articles}
    parts = [_wrapped(sentence.text), "\n".join(_verdict(sentence))]
    parts += [
        "\n".join(_cited(citation, sources.get(citation.article), articles.get(citation.article)))
        for citation in sentence.citations
    ]
    parts += [
        _wrapped(f"{found.type}, {found.status}: {found.wording}")
        for found in briefing.discrepancies
        if found.id in sentence.discrepancies
    ]
    return "\n\n".join(parts) + "\n"


def _verdict(sentence: CheckedSentence) -> Iterator[str]:
    yield _wrapped(f"{sentence.verdict}: {sentence.reason}")
    origins = len(sentence.origins)
    yield f"{sentence.confidence}: {origins} {'origin' if origins == 1 else 'origins'}"
    for when in sentence.when:
        why = f", from {when.basis}" if when.basis else ""
        yield _wrapped(f"{when.words!r}: {period_in_words(when.first, when.last)}{why}")
    failed = [check for check in sentence.checks if not check.ok]
    held = ", ".join(check.name for check in sentence.checks if check.ok)
    if held:
        yield _wrapped(f"held: {held}")
    for check in failed:
        yield _wrapped(f"failed: {check.name}: {check.detail}")


def _cited(
    citation: Citation, source: ArticleEntry | None, article: Article | None
) -> Iterator[str]:
    yield _wrapped(_named(citation, source))
    if article is None or article.text[citation.start : citation.end] != citation.quote:
        yield _wrapped(f"“{citation.quote}” (the article is not at hand)", _INDENT)
        return
    start = article.text.rfind("\n\n", 0, citation.start) + 2 if citation.start else 0
    start = 0 if start == 1 else start
    end = article.text.find("\n\n", citation.end)
    before = article.text[start : citation.start]
    after = article.text[citation.end : end if end >= 0 else None]
    yield _wrapped(f"{before}>>{citation.quote}<<{after}", _INDENT)


def _named(citation: Citation, source: ArticleEntry | None) -> str:
    place = f"{citation.start}:{citation.end}"
    if source is None:
        return f"a source that is not listed, {place}"
    day = in_words(source.published) if source.published else "no date"
    where = source.url or source.path or ""
    outlet = "outlet not known" if source.outlet in {"", "unknown"} else source.outlet
    return f"{outlet}, {day}, {where} {place}"


def _wrapped(text: str, indent: str = "") -> str:
    return fill(
        " ".join(clean(text).split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
