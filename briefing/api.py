"""What other programs call: `briefing.verify` and `briefing.assert_supported`."""

from collections.abc import Iterable
from functools import cache
from itertools import count
from pathlib import Path

from briefing.checking import verify_claims
from briefing.data.article import Article
from briefing.data.document import Document
from briefing.data.verification import Claim, Verification
from briefing.edges import reading
from briefing.edges.entailment import entails_when_asked, load_fusion
from briefing.errors import SourceError
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from briefing.steps.verify import Weigher
from briefing.text.canonical import clean
from briefing.text.sentences import sentences as split_sentences

Source = Article | Path | str
"""An article, a file or folder of articles, or the text of one."""

_LONGEST_NAME = 4096


def verify(sentences: str | Iterable[str], articles: Source | Iterable[Source]) -> Verification:
    """Return a verdict on each of `sentences`, with the best spans found for it in `articles`.

    Args:
        sentences: Each is checked by itself; of one text, each sentence.
        articles: Articles, paths of files and folders, or texts; or one of these.

    Raises:
        SourceError: A path gives no article, or stands where a text is expected.
    """
    if isinstance(sentences, str):
        text = clean(sentences)
        sentences = [found.span.of(text) for found in split_sentences(text)]
    claims = [
        Claim(id=str(number), text=clean(one)) for number, one in enumerate(sentences, start=1)
    ]
    return verify_claims(claims, tuple(_articles(articles)), weigh=_weigher())


def assert_supported(text: str | Iterable[str], sources: Source | Iterable[Source]) -> None:
    """Fail a test unless `sources` bear out every sentence of `text`.

    Raises:
        AssertionError: They do not; it lists each such sentence with the reason and its best span.
        SourceError: A path gives no article, or stands where a text is expected.
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


@cache
def _weigher() -> Weigher:
    return Weigher(load_fusion(), entails_when_asked())


def _articles(sources: Source | Iterable[Source]) -> Iterable[Article]:
    each = [sources] if isinstance(sources, Article | Path | str) else sources
    for number, source in zip(count(1), each):
        if isinstance(source, Article):
            yield source
            continue
        limits = LimitSettings()
        if isinstance(source, Path):
            documents = reading.read([str(source)], limits).documents
        else:
            _check_is_no_path(source)
            documents = (Document(source=f"text {number}", text=source),)
        found, _ = clean_all(documents, max_chars=limits.article_chars)
        yield from found


def _check_is_no_path(text: str) -> None:
    """See to it that a text is not the name of a file, which would support nothing.

    Raises:
        SourceError: It is.
    """
    try:
        is_path = len(text) < _LONGEST_NAME and bool(text.strip()) and Path(text).exists()
    except (OSError, ValueError):
        return
    if is_path:
        raise SourceError(f"a text is expected, and {text!r} is a file or folder: Path({text!r}).")
