"""The headline of a briefing."""

from dataclasses import replace

from briefing.data.article import Story
from briefing.data.briefing import Verdict
from briefing.data.template import Template
from briefing.steps.assemble import as_of
from briefing.steps.verify import Sources, retrieve
from briefing.text.words import content_stems, stem

_UNTITLED = "Briefing"


def headline(story: Story, template: Template | None, *, focus: str | None) -> str:
    """Return the first headline that the articles' own text bears out, else a plain one.

    Args:
        story: The articles.
        template: Its title begins a plain headline; None: nothing does.
        focus: What the reader asked about, or None; a headline of theirs is plain.
    """
    kind = _kind(story, template) if template else ""
    if focus:
        return f"{kind}: {focus}"
    bare = replace(story, articles=tuple(replace(article, title="") for article in story.articles))
    sources = Sources(bare)
    for article in story.articles:
        if article.title and retrieve(article.title, sources).verdict is Verdict.SUPPORTED:
            return article.title
    day = as_of(story)
    return f"{kind}, {day.day} {day:%B %Y}" if day else kind


def _kind(story: Story, template: Template) -> str:
    """Return what the document is called: one that tells of no visit is no visit briefing."""
    cues = set(map(stem, template.title_cues))
    telling = {s.article for s in story.sentences if cues.intersection(content_stems(s.text))}
    return template.title if not cues or 2 * len(telling) >= len(story.articles) else _UNTITLED
