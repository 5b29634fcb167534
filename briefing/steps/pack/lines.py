"""Sentences as the prompt prints them."""

from collections.abc import Sequence

from briefing.data.article import Sentence


def line(sentence: Sentence) -> str:
    """Return a sentence as the prompt prints it, and as its tokens are counted."""
    return f"[{sentence.id}] {' '.join(sentence.text.split())}"


def lines(sentences: Sequence[Sentence]) -> str:
    """Return sentences as the prompt prints them, one a line."""
    return "\n".join(map(line, sentences))
