"""The headline of a briefing."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from briefing.data.article import Article, Story
from briefing.data.briefing import Verdict
from briefing.data.template import Template
from briefing.steps.assemble import as_of
from briefing.steps.verify import Sources, retrieve
from briefing.text.words import content_stems, stem

_UNTITLED = "Briefing"

_ABOUT_IT = 0.75
"""Of the share of articles that have its words, on the average, where that is the largest: from
there on a headline is about the story, not about one side of it. Set on our five events."""


def headline(
    story: Story,
    template: Template | None,
    *,
    focus: str | None,
    garbled: Collection[str] = (),
) -> str:
    """Return a headline that the articles' own text bears out, else a plain one.

    Of those that are about what most articles are about the newest is taken, and one of an article
    that reads like a bad translation last.

    Args:
        story: The articles.
        template: Its title begins a plain headline; None: nothing does.
        focus: What the reader asked about, or None; a headline of theirs is plain.
        garbled: Ids of the articles that read like a bad translation.
    """
    kind = _kind(story, template) if template else ""
    if focus:
        return f"{kind}: {focus}"
    bare = replace(story, articles=tuple(replace(article, title="") for article in story.articles))
    sources = Sources(bare)
    for article in _by_fitness(story, garbled):
        if retrieve(article.title, sources).verdict is Verdict.SUPPORTED:
            return article.title
    day = as_of(story)
    return f"{kind}, {day.day} {day:%B %Y}" if day else kind


def _by_fitness(story: Story, garbled: Collection[str]) -> list[Article]:
    """Return the articles that have a headline, the one whose headline suits the story first."""
    told: dict[str, set[str]] = {article.id: set() for article in story.articles}
    for sentence in story.sentences:
        told[sentence.article].update(content_stems(sentence.text))
    counts = Counter(one for stems in told.values() for one in stems)
    shares = {
        article.id: sum(counts[one] for one in stems) / len(stems)
        for article in story.articles
        if (stems := set(content_stems(article.title)))
    }
    enough = _ABOUT_IT * max(shares.values(), default=0.0)
    return sorted(
        (article for article in story.articles if article.id in shares),
        key=lambda one: (
            one.id in garbled,
            shares[one.id] < enough,
            -one.day.toordinal() if one.day else 0,
        ),
    )


def _kind(story: Story, template: Template) -> str:
    """Return what the document is called: one that tells of no visit is no visit briefing."""
    cues = set(map(stem, template.title_cues))
    telling = {s.article for s in story.sentences if cues.intersection(content_stems(s.text))}
    return template.title if not cues or 2 * len(telling) >= len(story.articles) else _UNTITLED
