"""Some words of a source sentence, as one side of a comparison."""

from dataclasses import dataclass

from briefing.data.article import Sentence, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a sentence."""

    sentence: Sentence
    span: Span
    """In the sentence's text."""

    @property
    def words(self) -> str:
        """What stands there."""
        return self.span.of(self.sentence.text)

    def meets(self, sentence: Sentence, span: Span) -> bool:
        """Whether a stretch of that sentence has a character in common with this one."""
        return (
            sentence is self.sentence and span.start < self.span.end and self.span.start < span.end
        )
