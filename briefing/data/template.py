"""The sections that a kind of briefing has."""

from pydantic import BaseModel, ConfigDict, Field


class SectionPlan(BaseModel):
    """One section: what belongs there, said for a model and for the extractive drafter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    ask: str
    """What the section holds, in words that a model reads."""

    most: int = Field(gt=0, le=20)
    """Most sentences."""

    gap: str = ""
    """What to say under "not in the sources" when nothing was found; empty: say nothing."""

    cues: tuple[str, ...] = ()
    """Words that mark a sentence for this section; any inflection counts."""

    traits: tuple[str, ...] = ()
    """Traits of a sentence that mark it for this section: see `steps.extract`."""

    avoid: tuple[str, ...] = ()
    """Traits of a sentence that belongs elsewhere."""


class Template(BaseModel):
    """A kind of briefing, as its `template.toml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    sections: tuple[SectionPlan, ...] = Field(min_length=1)
