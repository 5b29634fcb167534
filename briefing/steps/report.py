"""Print the verdicts on sentences that somebody else wrote."""

from collections.abc import Sequence
from textwrap import indent

from briefing.data.article import Article
from briefing.data.verification import Verification, VerifiedSentence
from briefing.text.canonical import clean

_MARKS = {"supported": "ok ", "contradicted": "NO ", "unsupported": "?? "}


def report(result: Verification, articles: Sequence[Article]) -> str:
    """Return `result` as plain text: a verdict, the reason and the spans for each sentence."""
    sources = {article.id: article.source for article in articles}
    counts = result.counts
    head = (
        f"{counts.supported} of {counts.sentences} sentences supported, "
        f"{counts.contradicted} contradicted, {counts.unsupported} unsupported\n"
    )
    return head + "".join(_entry(sentence, sources) for sentence in result.sentences)


def _entry(sentence: VerifiedSentence, sources: dict[str, str]) -> str:
    lines = [f"{_MARKS[sentence.verdict]}{sentence.id}  {_line(sentence.text)}"]
    lines.append(f"{sentence.verdict}, score {sentence.score:.2f}: {_line(sentence.reason)}")
    lines += [
        f'{_line(sources.get(one.article, one.article))} {one.start}:{one.end} "{_line(one.quote)}"'
        for one in sentence.citations
    ]
    return f"\n{lines[0]}\n" + indent("\n".join(lines[1:]), "     ") + "\n"


def _line(text: str) -> str:
    return " ".join(clean(text).split())
