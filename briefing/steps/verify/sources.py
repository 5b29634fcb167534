"""The sources of a run, indexed for the checks."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice

from briefing.data.article import Article, Sentence, Span, Story
from briefing.data.briefing import Citation
from briefing.text.analysis import Analysis, Token
from briefing.text.countries import country, is_named
from briefing.text.dates import dates
from briefing.text.names import is_among
from briefing.text.offices import Holders, Office
from briefing.text.speech import SAYING
from briefing.text.words import Weights, stem, words

_FEWEST_REPORTS = 2
"""Undated texts that name a day and a speaker, from which all are taken for news. A single one may
be anything that quotes a report: an encyclopaedia, a summary, an answer."""

_MOST_SAME = 20
"""Words of one stem, in one piece, that are looked at; no ordinary sentence has half as many."""

_LAST_CLAIMS = 8
"""Claims whose analysis is kept: several are checked side by side, and each is asked for often."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One cited piece of an article with what may be read beside it."""

    id: str
    """Of its first sentence: `S2.7`."""

    article: Article
    analysis: Analysis
    """The whole sentences that the citation touches: nothing is cut out of what it stands in."""

    start: int
    """Where `analysis.text` begins in the article's text."""

    before: tuple[Analysis, ...]
    """The sentences of the same paragraph before it, and the one before that: antecedents."""

    headline: Analysis

    @property
    def published(self) -> date | None:
        """The day that the article counts from."""
        return self.article.day

    def part(self, span: Span) -> Citation:
        """Return the citation of the words at `span` of `analysis.text`."""
        return Citation(
            article=self.article.id,
            start=self.start + span.start,
            end=self.start + span.end,
            quote=span.of(self.analysis.text),
        )

    @property
    def citation(self) -> Citation:
        """The citation of all of it."""
        return self.part(Span(0, len(self.analysis.text)))

    def says(self, span: Span) -> str:
        """Return, for a reason, what the words at `span` of `analysis.text` are."""
        return f"{self.id} says {' '.join(span.of(self.analysis.text).split())!r}"


def same_words(stemmed: str, cited: Sequence[Cited]) -> list[tuple[Cited, Token]]:
    """Return each word of a stem in the cited words, with where it is cited from.

    Of a piece that says nothing else, the first few: what is about a word is read for each one.
    """
    return [
        found
        for piece in cited
        for found in islice(
            ((piece, token) for token in piece.analysis.tokens if token.stem == stemmed), _MOST_SAME
        )
    ]


def always_led(
    stemmed: str, lead: re.Pattern[str], cited: Sequence[Cited]
) -> tuple[Cited, Span] | None:
    """Return the first place of a stem with the `lead` before it, if it never stands without.

    None where it stands without, or nowhere. The span is of the lead and the word.
    """
    first: tuple[Cited, Span] | None = None
    for piece, token in same_words(stemmed, cited):
        found = lead.search(piece.analysis.text, 0, token.span.start)
        if found is None:
            return None
        first = first or (piece, Span(found.start(), token.span.end))
    return first


def nearest(claim: Analysis, cited: Sequence[Cited]) -> Cited:
    """Return the cited piece that shares most content words with the claim, the first of equals."""
    return max(cited, key=lambda piece: len(claim.stem_set & piece.analysis.stem_set))


def _are_news(articles: Sequence[Article]) -> bool:
    if any(article.day for article in articles):
        return True
    return sum(_reports(article.text) for article in articles) >= _FEWEST_REPORTS


def _reports(text: str) -> bool:
    """Return whether a text tells, as reports do, on which day it was and who said so."""
    return SAYING.search(text) is not None and any(
        mention.weekday is not None or mention.day is not None for mention in dates(text)
    )


class Sources:
    """A story's articles and sentences, with what they say in common; for several threads."""

    def __init__(
        self,
        story: Story,
        disputes: Mapping[str, str] | None = None,
        *,
        is_news: bool | None = None,
    ) -> None:
        """Take a story, and for the ids of disputed sentences what is disputed.

        `is_news` says that its articles are news reports, of which sentences are weighed more
        strictly; None: they are where any has a day, or several name days and speakers.
        """
        self.story = story
        self.is_news = _are_news(story.articles) if is_news is None else is_news
        self.disputes: Mapping[str, str] = disputes or {}
        self.articles: Mapping[str, Article] = {article.id: article for article in story.articles}
        self._by_article: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in story.sentences:
            self._by_article[sentence.article].append(sentence)
        self._analyses: dict[str, Analysis] = {}
        # Safe where several threads check claims; a dictionary of the last ones would not be.
        self._claims = lru_cache(maxsize=_LAST_CLAIMS)(Analysis)
        self._cited: dict[tuple[str, int, int], Cited] = {}
        self._headlines: dict[str, Analysis] = {}
        self._whole: dict[str, Analysis] = {}

    def read(self, sentences: Iterable[Sentence]) -> None:
        """Work out now what the checks of a claim ask of the sources, if it cites `sentences`."""
        for sentence in sentences:
            self.analysis(sentence).read()
        _ = self.weights, self.holders

    @cached_property
    def weights(self) -> Weights:
        """How much each stem tells, over the sentences."""
        return Weights(sentence.text for sentence in self.story.sentences)

    def claim(self, text: str) -> Analysis:
        """Return the analysis of a sentence to be checked; the last ones asked for are kept."""
        return self._claims(text)

    def analysis(self, sentence: Sentence) -> Analysis:
        """Return the analysis of a sentence, the same object each time."""
        known = self._analyses.get(sentence.id)
        return known or self._analyses.setdefault(sentence.id, Analysis(sentence.text))

    def sentences_of(self, article: str) -> Sequence[Sentence]:
        """Return the sentences of an article, in order."""
        return self._by_article[article]

    def cited(self, citation: Citation) -> Cited | None:
        """Return what `citation` points at, or None where its words do not stand there."""
        article = self.articles.get(citation.article)
        if article is None or citation.end - citation.start != len(citation.quote):
            return None
        if article.text[citation.start : citation.end] != citation.quote:
            return None
        place = (citation.article, citation.start, citation.end)
        known = self._cited.get(place)
        if known is not None:
            return known
        found = self._read(article, citation.start, citation.end)
        return None if found is None else self._cited.setdefault(place, found)

    def _read(self, article: Article, start: int, end: int) -> Cited | None:
        inside = self._by_article[article.id]
        at = [
            position
            for position, sentence in enumerate(inside)
            if sentence.span.start < end and start < sentence.span.end
        ]
        if not at:
            return None
        first, last = inside[at[0]], inside[at[-1]]
        paragraph = [s for s in inside[: at[0]] if s.paragraph == first.paragraph]
        before = paragraph or inside[max(0, at[0] - 1) : at[0]]
        whole = Span(first.span.start, last.span.end)
        return Cited(
            id=first.id,
            article=article,
            analysis=self.analysis(first) if len(at) == 1 else Analysis(whole.of(article.text)),
            start=whole.start,
            before=tuple(self.analysis(sentence) for sentence in before),
            headline=self.headline(article),
        )

    def headline(self, article: Article) -> Analysis:
        """Return the analysis of an article's headline, the same object each time."""
        return self._headlines.setdefault(article.id, Analysis(article.title))

    def has_word(self, wanted: str, article: Article) -> bool:
        """Whether an article, its headline or its outlet has a word of this key."""
        if article.id not in self._whole:
            whole = f"{article.title}\n{article.text}\n{article.outlet}"
            self._whole[article.id] = Analysis(whole)
        whole_ = self._whole[article.id]
        meant = country(wanted)
        return (
            wanted in whole_.word_keys
            or is_among(wanted, whole_.name_keys)
            or (meant is not None and is_named(meant, whole_.name_keys))
        )

    def has_anywhere(self, wanted: str) -> bool:
        """Whether some article has a word of this key."""
        return any(self.has_word(wanted, article) for article in self.story.articles)

    def uses(self, word: str) -> bool:
        """Whether some article has `word`, or an inflection of it, without a capital."""
        return stem(word) in self._lower_stems

    def uses_root(self, root: str) -> bool:
        """Whether some article has a word that begins like `root`, without a capital."""
        return any(one.startswith(root) for one in self._lower_stems)

    @cached_property
    def _lower_stems(self) -> frozenset[str]:
        return frozenset(
            stem(word)
            for article in self.story.articles
            for word in words(article.text)
            if word[0].islower()
        )

    @cached_property
    def offices(self) -> tuple[tuple[Sentence, Office], ...]:
        """Every office that the articles name, with its sentence."""
        return tuple(
            (sentence, office)
            for sentence in self.story.sentences
            for office in self.analysis(sentence).offices
        )

    @cached_property
    def holders(self) -> Holders:
        """Who holds which office, over all articles."""
        return Holders({s.id: (s, self.analysis(s).offices) for s in self.story.sentences})
