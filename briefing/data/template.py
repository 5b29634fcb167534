"""The sections that a kind of briefing has."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Trait = Literal["lead", "dated", "planned", "attributed", "past", "history", "figure", "quotation"]
"""What a sentence can be, by rule; see `steps.extract`."""


class SectionPlan(BaseModel):
    """One section: what belongs there, said for a model and for the extractive drafter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    ask: str
    """What the section holds, in words that a model reads."""

    most: int = Field(gt=0, le=20)
    """Most sentences."""

    words: int | None = Field(default=None, gt=0)
    """Makes it running text: sentences are taken until there are so many words, and one may lean
    on the sentence that is printed before it."""

    gap: str = ""
    """What to say under "not in the sources" when nothing was found; empty: say nothing."""

    cues: tuple[str, ...] = ()
    """Words that mark a sentence for this section; any inflection counts."""

    traits: tuple[Trait, ...] = ()
    """Traits of a sentence that mark it for this section."""

    avoid: tuple[Trait, ...] = ()
    """Traits of a sentence that belongs elsewhere."""

    label: Literal["", "dates", "stage", "figures", "sides"] = ""
    """What is printed before each sentence; `stage` is the dates and how far it has come, `sides`
    whose line it gives."""

    order: Literal["rank", "time", "latest", "reported"] = "rank"
    """As drafted; by the dates that are told, the first or the latest first; or by the day of the
    article. What has no date stands at the end."""


class PeoplePlan(BaseModel):
    """The list of the people to whom the articles give an office."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    after: str
    """Id of the section after which it stands."""

    most: int = Field(gt=0, le=50)
    """Most people."""

    gap: str = ""
    """As for a section."""


class Question(BaseModel):
    """What a reader would ask; the document says so where no article has words for an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gap: str = Field(min_length=1)
    """What to say under "not in the sources"."""

    cues: tuple[str, ...] = Field(min_length=1)
    """An article that has one of these, all its words in one sentence, may hold an answer; any
    inflection counts."""

    when: tuple[str, ...] = ()
    """Asked only where a headline or a first sentence has one of these; empty: always."""


class Template(BaseModel):
    """A kind of briefing, as its `template.toml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    title_cues: tuple[str, ...] = ()
    """Words one of which half of the articles must have, in any inflection, for the title to hold;
    else the document is called a briefing, and no more. Without any the title always holds."""

    sections: tuple[SectionPlan, ...] = Field(min_length=1)

    people: PeoplePlan | None = None
    """None: the people are not listed."""

    questions: tuple[Question, ...] = ()
    """Asked of all articles."""

    asks_for_outcomes: bool = False
    """Whether plans whose day has come are listed where no article says what became of them."""

    translations: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Titles and gaps in other languages, by the language's code: `{"de": {"People": "Leute"}}`."""

    @model_validator(mode="after")
    def _sections_have_their_own_ids(self) -> "Template":
        ids = [section.id for section in self.sections]
        twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if twice:
            raise ValueError(f"two sections have the id {twice[0]!r}")
        return self

    @model_validator(mode="after")
    def _people_stand_somewhere(self) -> "Template":
        if self.people and self.people.after not in {section.id for section in self.sections}:
            raise ValueError(f"people.after names no section: {self.people.after!r}")
        return self

    @property
    def stale(self) -> tuple[str, ...]:
        """What is translated and is no title or gap of the template any more, as `de: "…"`."""
        own = {words for plan in self.sections for words in (plan.title, plan.gap)}
        own |= {self.people.title, self.people.gap} if self.people else set()
        own |= {question.gap for question in self.questions}
        return tuple(
            f"{code}: {words!r}"
            for code, translated in self.translations.items()
            for words in translated
            if words not in own
        )
