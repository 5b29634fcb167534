"""Verdicts on sentences that somebody else wrote."""

from pydantic import BaseModel, ConfigDict, Field

from briefing.data.briefing import Check, Citation, Verdict


class Claim(BaseModel):
    """A sentence to be checked: one line of a JSONL file of claims."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: str
    text: str


class VerifiedSentence(BaseModel):
    """A sentence of any text, with the best evidence found for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: str
    verdict: Verdict
    score: float = Field(ge=0, le=1, description="How much of the sentence the evidence covers.")
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


class Verification(BaseModel):
    """What `briefing verify --json` prints."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentences: tuple[VerifiedSentence, ...]
    counts: VerificationCounts

    @property
    def holds(self) -> bool:
        """Whether every sentence is supported."""
        return self.counts.supported == self.counts.sentences
