"""What the printed forms of a report share: each sentence, made harmless."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.data.article import Article
from briefing.data.briefing import Citation
from briefing.data.verification import Verification, VerifiedSentence
from briefing.text.canonical import clean

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{}|]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words of a source, with where they stand."""

    quote: str
    where: str
    """The path or address that the article was read from."""

    span: str
    """`120:171`, in characters of the cleaned text."""

    url: str
    """The article's web address, http or https; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What one check found, with the offending words."""

    check: str
    code: str
    detail: str
    words: str
    against: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A sentence with its verdict, ready to print; every text is one line."""

    id: str
    text: str
    before: str
    """The sentence up to the offending words; all of it where there are none."""

    offending: str
    after: str
    verdict: str
    score: str
    uncertain: bool
    recited: bool
    reason: str
    problems: tuple[Problem, ...]
    evidence: tuple[Evidence, ...]


def entries(result: Verification, articles: Sequence[Article]) -> tuple[Entry, ...]:
    """Return what is to be printed of each sentence, in order."""
    by_id = {article.id: article for article in articles}
    return tuple(_entry(sentence, by_id) for sentence in result.sentences)


def summary(result: Verification) -> str:
    """Return the line on top: how many sentences got which verdict, and what was not checked."""
    counts = result.counts
    counted = (
        f"{counts.supported} of {counts.sentences} sentences supported, "
        f"{counts.contradicted} contradicted, {counts.unsupported} unsupported"
    )
    doubt = [f"{counts.uncertain} uncertain"] if counts.uncertain else []
    return "; ".join([counted, *doubt, *map(line, result.notes)])


def _entry(sentence: VerifiedSentence, articles: Mapping[str, Article]) -> Entry:
    failed = [check for check in sentence.checks if not check.ok]
    # What refuses comes first: those words are the ones to look at.
    failed.sort(key=lambda check: not check.refuses)
    words = next((check.words for check in failed if check.words), None)
    text = sentence.text
    cut = (words.start, words.end) if words else (len(text), len(text))
    return Entry(
        id=line(sentence.id),
        text=line(text),
        before=line(text[: cut[0]]),
        offending=line(text[cut[0] : cut[1]]),
        after=line(text[cut[1] :]),
        verdict=str(sentence.verdict),
        score=f"{sentence.score:.2f}",
        uncertain=sentence.uncertain,
        recited=sentence.recited,
        reason=line(sentence.reason),
        problems=tuple(
            Problem(
                check=check.name,
                code=str(check.code or ""),
                detail=line(check.detail),
                words=line(check.words.text) if check.words else "",
                against=tuple(_evidence(cited, articles) for cited in check.against),
            )
            for check in failed
        ),
        evidence=tuple(_evidence(cited, articles) for cited in sentence.citations),
    )


def _evidence(cited: Citation, articles: Mapping[str, Article]) -> Evidence:
    article = articles.get(cited.article)
    url = (article.url or article.source) if article else ""
    return Evidence(
        quote=line(cited.quote),
        where=line(article.source if article else cited.article),
        span=f"{cited.start}:{cited.end}",
        url=url if _WEB_ADDRESS.fullmatch(url) else "",
    )


def line(text: str) -> str:
    """Return `text` on one line, without anything that could act."""
    return " ".join(clean(text).split())
