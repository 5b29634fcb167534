"""Number the sentences of a story's articles."""

from collections.abc import Sequence

from briefing.data.article import Article, Sentence, Story
from briefing.text.sentences import sentences


def split(articles: Sequence[Article]) -> Story:
    """Return the articles with their sentences, numbered S1.1, S1.2 … S2.1 and on.

    An article whose text an earlier one has already is left out: it is the same article.
    """
    unique = tuple({article.id: article for article in reversed(articles)}.values())[::-1]
    return Story(
        articles=unique,
        sentences=tuple(
            Sentence(
                id=f"S{number}.{count}",
                article=article.id,
                span=found.span,
                text=found.span.of(article.text),
                paragraph=found.paragraph,
                in_quotation=found.in_quotation,
            )
            for number, article in enumerate(unique, start=1)
            for count, found in enumerate(sentences(article.text), start=1)
        ),
    )
