"""Read the articles of a story against each other for the words that they share."""

from briefing.data.article import Story
from briefing.data.origin import Copies
from briefing.steps.trace.changes import changes
from briefing.steps.trace.near import near_copies
from briefing.steps.trace.origins import origins
from briefing.steps.trace.passages import passages
from briefing.steps.trace.repeats import repeats
from briefing.steps.trace.rows import rows
from briefing.steps.trace.runs import shared_texts
from briefing.text.wording import wording


def trace(story: Story) -> Copies:
    """Return what the story's articles share, the same whatever their order."""
    texts = {article.id: article.text for article in story.articles}
    wordings = {article: wording(text) for article, text in texts.items()}
    alignments = shared_texts(wordings)
    copied = near_copies({article: of_it.keys for article, of_it in wordings.items()})
    of_articles = rows(story, wordings)
    return Copies(
        alignments=alignments,
        origins=origins(story, passages(alignments, wordings, texts), copied),
        near_copies=copied,
        repeats=repeats(story, alignments, of_articles),
        changes=changes(story, alignments, of_articles),
    )
