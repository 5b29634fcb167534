"""The sources of a run, indexed for the checks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from briefing.data.article import Article, Sentence, Story
from briefing.data.briefing import Citation
from briefing.text.analysis import Analysis
from briefing.text.offices import Holders
from briefing.text.words import Weights, stem, words


@dataclass(frozen=True, slots=True)
class Cited:
    """One cited piece of an article with what may be read beside it."""

    citation: Citation
    article: Article
    analysis: Analysis
    before: tuple[Analysis, ...]
    """The sentences of the same paragraph before it, and the one before that: antecedents."""

    headline: Analysis

    @property
    def published(self) -> date | None:
        """The day that the article counts from."""
        return self.article.day


class Sources:
    """A story's articles and sentences, with what they say in common."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.articles: Mapping[str, Article] = {article.id: article for article in story.articles}
        self._by_article: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in story.sentences:
            self._by_article[sentence.article].append(sentence)
        self._analyses: dict[str, Analysis] = {}

    @cached_property
    def weights(self) -> Weights:
        """How much each stem tells, over the sentences."""
        return Weights(sentence.text for sentence in self.story.sentences)

    def analysis(self, sentence: Sentence) -> Analysis:
        """Return the analysis of a sentence, the same object each time."""
        if sentence.id not in self._analyses:
            self._analyses[sentence.id] = Analysis(sentence.text)
        return self._analyses[sentence.id]

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
        inside = self._by_article[article.id]
        at = [
            position
            for position, sentence in enumerate(inside)
            if sentence.span.start < citation.end and citation.start < sentence.span.end
        ]
        if not at:
            return None
        first = inside[at[0]]
        whole = len(at) == 1 and first.text == citation.quote
        paragraph = [s for s in inside[: at[0]] if s.paragraph == first.paragraph]
        before = paragraph or inside[max(0, at[0] - 1) : at[0]]
        return Cited(
            citation=citation,
            article=article,
            analysis=self.analysis(first) if whole else Analysis(citation.quote),
            before=tuple(self.analysis(sentence) for sentence in before),
            headline=Analysis(article.title),
        )

    def uses(self, word: str) -> bool:
        """Whether some article has `word`, or an inflection of it, without a capital."""
        return stem(word) in self._lower_stems

    @cached_property
    def _lower_stems(self) -> frozenset[str]:
        return frozenset(
            stem(word)
            for article in self.story.articles
            for word in words(article.text)
            if word[0].islower()
        )

    @cached_property
    def holders(self) -> Holders:
        """Who holds which office, over all articles."""
        return Holders({s.id: (s, self.analysis(s).offices) for s in self.story.sentences})
