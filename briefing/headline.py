"""The headline of a briefing."""

from dataclasses import replace

from briefing.data.article import Story
from briefing.data.briefing import Verdict
from briefing.steps.assemble import as_of
from briefing.steps.verify import Sources, retrieve


def headline(story: Story, *, kind: str, focus: str | None) -> str:
    """Return the first headline that the articles' own text bears out, else a plain one.

    Args:
        story: The articles.
        kind: The title of the template, which a plain headline begins with.
        focus: What the reader asked about, or None; a headline of theirs is plain.
    """
    if focus:
        return f"{kind}: {focus}"
    bare = replace(story, articles=tuple(replace(article, title="") for article in story.articles))
    sources = Sources(bare)
    for article in story.articles:
        if article.title and retrieve(article.title, sources).verdict is Verdict.SUPPORTED:
            return article.title
    day = as_of(story)
    return f"{kind}, {day.day} {day:%B %Y}" if day else kind
