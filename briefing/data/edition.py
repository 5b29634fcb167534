"""What one edition of a digest holds: the one object that all parts of a mail are made of."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from briefing.data.briefing import Briefing


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EditionStory(_Value):
    """One story, with only those sentences that its readers have not had."""

    briefing: Briefing
    changes: Mapping[str, str] = Field(
        default_factory=dict,
        description="By sentence id, in words: what an earlier edition had in place of a figure.",
    )
    known: int = Field(default=0, ge=0, description="Sentences left out: sent before.")


class Edition(_Value):
    """A day's stories for the readers of one digest."""

    version: Literal[1] = 1
    digest: str
    title: str
    day: date
    headings: str = Field(default="en", description="Language of headings, labels and dates.")
    focus: str | None = None
    stories: tuple[EditionStory, ...]
    quiet: int = Field(default=0, ge=0, description="Stories of which nothing is new.")
    unbriefed: int = Field(default=0, ge=0, description="Stories that gave nothing to print.")
    left_over: int = Field(default=0, ge=0, description="Stories beyond the most that it may have.")

    @property
    def is_empty(self) -> bool:
        """There is no news."""
        return not self.stories
