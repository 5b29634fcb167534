"""Verdicts on sentences that somebody else wrote."""

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from briefing.data.briefing import Check, Citation, Verdict


class Claim(BaseModel):
    """A sentence to be checked: one line of a JSONL file of claims."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, coerce_numbers_to_str=True, populate_by_name=True
    )

    id: str
    text: str = Field(validation_alias=AliasChoices("text", "claim"))
    sources: tuple[str, ...] = ()
    """Only these articles count: names of files, ids or titles. Empty: all of them."""


class VerifiedSentence(BaseModel):
    """A sentence of any text, with the best evidence found for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: str
    verdict: Verdict
    score: float = Field(
        ge=0, le=1, description="How likely the evidence bears it out; 0.5 or more: supported."
    )
    probability: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="The same before any check refuses: to rank and to measure by.",
    )
    uncertain: bool = Field(
        default=False, description="The score is too near to 0.5 to tell: look for yourself."
    )
    recited: bool = Field(
        default=False, description="Other words bear it out than those that it cited."
    )
    reason: str
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...] = ()


class VerificationCounts(BaseModel):
    """How many sentences got which verdict."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentences: int
    supported: int
    contradicted: int
    unsupported: int
    uncertain: int = Field(default=0, description="Of all of these, those that it cannot tell.")


class Verification(BaseModel):
    """What `briefing verify --json` prints."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentences: tuple[VerifiedSentence, ...]
    counts: VerificationCounts
    notes: tuple[str, ...] = Field(
        default=(), description="What was not checked, and why: the file is of an older version."
    )

    @property
    def holds(self) -> bool:
        """Whether every sentence is supported."""
        return self.counts.supported == self.counts.sentences
