"""What is different between two briefings."""

from pydantic import BaseModel, ConfigDict, Field

from briefing.data.briefing import CheckedSentence


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChangedSentence(_Value):
    """A sentence that tells the same thing in both, with something different in it."""

    old: CheckedSentence
    new: CheckedSentence
    what: tuple[str, ...] = Field(description="In words: `$790 million -> $793 million`.")


class Changes(_Value):
    """The sentences of two briefings, set side by side."""

    new: tuple[CheckedSentence, ...] = Field(description="Told only in the second.")
    gone: tuple[CheckedSentence, ...] = Field(description="Told only in the first.")
    changed: tuple[ChangedSentence, ...]
    disputed: tuple[CheckedSentence, ...] = Field(
        description="Of the second: an open discrepancy touches it, and did not before."
    )
    same: int = Field(ge=0, description="Sentences told in both, in whatever words.")
