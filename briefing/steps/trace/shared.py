"""Read the articles of a story against each other for the words that they share."""

from briefing.data.article import Story
from briefing.data.origin import Copies
from briefing.steps.trace.passages import passages
from briefing.steps.trace.repeats import repeats
from briefing.steps.trace.runs import shared_texts
from briefing.text.wording import wording


def trace(story: Story) -> Copies:
    """Return what the story's articles share, the same whatever their order."""
    wordings = {article.id: wording(article.text) for article in story.articles}
    alignments = shared_texts(wordings)
    return Copies(
        alignments=alignments,
        passages=passages(alignments),
        repeats=repeats(story, alignments, wordings),
    )
