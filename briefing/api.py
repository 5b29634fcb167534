"""What other programs call: `briefing.verify` and `briefing.assert_supported`."""

from collections.abc import Iterable
from itertools import count
from pathlib import Path

from briefing.checking import verify_claims
from briefing.data.article import Article
from briefing.data.document import Document
from briefing.data.verification import Claim, Verification
from briefing.edges import reading
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from briefing.text.canonical import clean
from briefing.text.sentences import sentences as split_sentences

Source = Article | Path | str
"""An article, a file or folder of articles, or the text of one."""


def verify(sentences: str | Iterable[str], articles: Iterable[Source]) -> Verification:
    """Return a verdict on each of `sentences`, with the best spans found for it in `articles`.

    Args:
        sentences: Each is checked by itself; of one text, each sentence.
        articles: Articles, paths of files and folders, or texts.

    Raises:
        SourceError: A path gives no article.
    """
    if isinstance(sentences, str):
        text = clean(sentences)
        sentences = [found.span.of(text) for found in split_sentences(text)]
    claims = [
        Claim(id=str(number), text=clean(one)) for number, one in enumerate(sentences, start=1)
    ]
    return verify_claims(claims, tuple(_articles(articles)))


def assert_supported(text: str | Iterable[str], sources: Iterable[Source]) -> None:
    """Fail a test unless `sources` bear out every sentence of `text`.

    Raises:
        AssertionError: They do not; it lists each such sentence with the reason and its best span.
        SourceError: A path gives no article.
    """
    __tracebackhide__ = True
    result = verify(text, sources)
    failed = [one for one in result.sentences if one.verdict != "supported"]
    if not failed:
        return
    lines = [f"{len(failed)} of {result.counts.sentences} sentences are not supported:"]
    for one in failed:
        lines.append(f"- {one.text}\n  {one.verdict}: {one.reason}")
        lines += [f"  best: “{cited.quote}”" for cited in one.citations[:1]]
    raise AssertionError("\n".join(lines))


def _articles(sources: Iterable[Source]) -> Iterable[Article]:
    for number, source in zip(count(1), [sources] if isinstance(sources, str) else sources):
        if isinstance(source, Article):
            yield source
            continue
        limits = LimitSettings()
        if isinstance(source, Path):
            documents = reading.read([str(source)], limits).documents
        else:
            documents = (Document(source=f"text {number}", text=source),)
        found, _ = clean_all(documents, max_chars=limits.article_chars)
        yield from found
