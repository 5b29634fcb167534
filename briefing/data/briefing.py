"""The finished document: the only definition of the JSON that briefing writes."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from briefing.data.article import Sentence
from briefing.data.origin import Origin
from briefing.data.reason import Reason


class Verdict(StrEnum):
    """Whether the cited spans bear a sentence out, in the three labels of fact checking.

    FEVER calls them SUPPORTS, REFUTES and NOT ENOUGH INFO.
    """

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"


class Kind(StrEnum):
    """What sort of sentence it is."""

    FACT = "fact"
    ATTRIBUTED = "attributed"
    ANALYSIS = "analysis"
    GAP = "gap"


class Stage(StrEnum):
    """How far what a sentence tells had come on the as-of date."""

    DONE = "done"
    UNDER_WAY = "under way"
    PLANNED = "planned"
    ANNOUNCED = "announced"
    """It was to happen by then, or some day, but the sentence was written before it could."""


class Confidence(StrEnum):
    """How many independent origins stand behind a supported sentence."""

    CONFIRMED = "confirmed"
    """Two origins or more, in two articles or more, no open discrepancy."""

    REPORTED = "reported"
    """One origin."""

    DISPUTED = "disputed"
    """An open discrepancy touches it."""


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(_Value):
    """Words of an article that stand at `start:end` of its cleaned text."""

    article: str = Field(description="Article id.")
    start: int = Field(ge=0, description="First code point.")
    end: int = Field(gt=0, description="One past the last code point.")
    quote: str = Field(description="Equal to text[start:end].")

    @classmethod
    def of(cls, sentence: Sentence) -> "Citation":
        """Return the citation of a whole source sentence."""
        return cls(
            article=sentence.article,
            start=sentence.span.start,
            end=sentence.span.end,
            quote=sentence.text,
        )


class Words(_Value):
    """Some words of a checked sentence."""

    start: int = Field(ge=0, description="First code point of the sentence.")
    end: int = Field(gt=0, description="One past the last code point.")
    text: str = Field(description="Equal to the sentence's [start:end].")


class Check(_Value):
    """The result of one check of a sentence against its citations."""

    name: str
    ok: bool
    code: Reason | None = Field(
        default=None, description="Why it fails, or what is to be noted; else null."
    )
    refuses: bool = Field(
        default=False,
        description="It alone refuses the sentence; else its failure is weighed with the rest.",
    )
    detail: str = Field(default="", description="What is wrong, with the offending words.")
    words: Words | None = Field(default=None, description="The offending words.")
    against: tuple[Citation, ...] = Field(
        default=(), description="The words of the sources that speak against them."
    )


class When(_Value):
    """A date that a sentence gives to what it tells."""

    words: str = Field(description="As the sentence has them.")
    first: date
    last: date = Field(description="Equal to `first` for a single day.")
    basis: str = Field(description="How the days were worked out; empty where the words say them.")


class CheckedSentence(_Value):
    """A sentence with its verdict and the evidence for it."""

    id: str = Field(description="Stable: a hash of the text and the citations.")
    text: str
    kind: Kind
    verdict: Verdict
    reason: str
    confidence: Confidence
    origins: tuple[str, ...] = Field(
        description="Ids of entries in the briefing's origins; of an article, for its own words."
    )
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    discrepancies: tuple[str, ...] = Field(default=(), description="Ids of discrepancies.")
    when: tuple[When, ...] = Field(default=(), description="In the order of the sentence.")
    stage: Stage | None = Field(
        default=None, description="How far it had come on the as-of date; null: not said."
    )
    figures: tuple[str, ...] = Field(default=(), description="Measured amounts, as printed.")
    sides: tuple[str, ...] = Field(
        default=(), description="Whose line it gives: sides that speak in it or want something."
    )
    uncertain: bool = Field(
        default=False,
        description="Supported so narrowly that a judge was asked, who found it in its citations.",
    )


class Section(_Value):
    """A section of the template with its sentences."""

    id: str
    title: str
    label: Literal["", "dates", "stage", "figures", "sides"] = Field(
        default="", description="What stands before each of its sentences."
    )
    sentences: tuple[CheckedSentence, ...]
    people: tuple["Person", ...] = Field(default=(), description="Of the section that lists them.")


class Role(_Value):
    """An office that the articles give to a person."""

    title: str
    citations: tuple[Citation, ...] = Field(description="The office and the name, exactly.")


class Person(_Value):
    """A person to whom the articles give an office."""

    name: str = Field(description="The fullest name, in its most frequent spelling.")
    variants: tuple[str, ...] = Field(description="The other forms that the articles print.")
    side: str = Field(description="The state or body; empty where no article says it.")
    roles: tuple[Role, ...]
    discrepancies: tuple[str, ...] = Field(default=(), description="Ids of discrepancies.")


class ArticleEntry(_Value):
    """A source as the document lists it."""

    id: str = Field(description="First 12 hex digits of sha256.")
    path: str | None = None
    url: str | None = None
    outlet: str
    title: str
    published: date | None
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Of the cleaned text in UTF-8.")
    chars: int = Field(ge=0, description="Code points of the cleaned text.")
    language: str = Field(
        default="", description="Two letters (ISO 639-1), or `und`; empty in older files."
    )
    damage: tuple[str, ...] = Field(
        default=(), description="What is wrong with the text that was read, in words."
    )


class Side(_Value):
    """One side of a disagreement."""

    label: str
    citations: tuple[Citation, ...]


class Discrepancy(_Value):
    """A place where the sources disagree."""

    id: str
    type: Literal[
        "date",
        "number",
        "title",
        "event status",
        "quotation wording",
        "attribution lost",
        "emphasis",
        "spelling",
        "translation damage",
    ]
    severity: Literal["high", "medium", "low"]
    status: Literal["resolved", "unresolved"]
    reason: str
    wording: str = Field(description="The words to print about it.")
    sides: tuple[Side, ...]
    by: Literal["rules", "model"] = Field(
        default="rules",
        description="What came upon it. What a model proposes is listed only where both quotations "
        "stand in the articles and the rules hold them to be of one thing.",
    )

    @property
    def garbled(self) -> frozenset[str]:
        """Ids of the articles of which it says that they read like a bad translation."""
        if self.type != "translation damage":
            return frozenset()
        return frozenset(one.article for side in self.sides[-1:] for one in side.citations)


class Dropped(_Value):
    """A drafted sentence that is not printed, with the reason."""

    text: str
    reason: str
    checks: tuple[Check, ...]


class Counts(_Value):
    """The numbers of the document's first line."""

    sentences: int = Field(ge=0, description="Printed.")
    supported: int = Field(ge=0, description="Printed and supported.")
    gaps: int = Field(ge=0, description="With the plans of which nothing more is said.")
    dropped: int = Field(ge=0)
    differences_refused: int = Field(
        default=0,
        ge=0,
        description="Proposed by the model and not listed: a check failed, or too many.",
    )
    warnings: int = Field(default=0, ge=0, description="Unresolved discrepancies.")
    articles: int = Field(default=0, ge=0, description="Read.")
    origins: int = Field(
        default=0, ge=0, description="Of the articles: copies of one article have one."
    )


class Coverage(_Value):
    """How much of the articles the drafter was given."""

    sentences: int = Field(ge=0, description="In the articles.")
    given: int = Field(ge=0, description="Given to the drafter.")
    repeats: int = Field(ge=0, description="Not given: a sentence that was has the same words.")
    left_out: int = Field(ge=0, description="Not given: no room in the budget.")
    unread: int = Field(default=0, ge=0, description="Not read: the call that had them failed.")
    calls: int = Field(default=1, ge=1, description="Parts that the evidence was given in.")
    tokens: int = Field(ge=0, description="Of what was given.")
    budget_tokens: int = Field(ge=1, description="Most tokens of one part.")


class Usage(_Value):
    """What the model calls took."""

    calls: int = Field(default=0, ge=0)
    prompt_tokens: int = Field(default=0, ge=0)
    completion_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(
        default=0, ge=0, description="Of the prompt tokens, those that the server had read before."
    )
    reasoning_tokens: int = Field(
        default=0, ge=0, description="Of the completion tokens, those that the model thought with."
    )
    cost_usd: float | None = Field(
        default=None, description="Null where the price of a call is not known."
    )
    estimated_calls: int = Field(
        default=0,
        ge=0,
        description="Calls whose server did not say what they took: the worst case is counted.",
    )

    def __add__(self, other: "Usage") -> "Usage":
        costs = [usage.cost_usd for usage in (self, other) if usage.calls]
        known = [cost for cost in costs if cost is not None]
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
            # Sums of binary fractions end in noise; a picodollar is the smallest that is counted.
            cost_usd=round(sum(known), 12) if known and len(known) == len(costs) else None,
            estimated_calls=self.estimated_calls + other.estimated_calls,
        )


class DrafterEntry(_Value):
    """Who wrote the sentences."""

    kind: Literal["extractive", "model"]
    name: str
    strategy: Literal["compose", "rewrite"] | None = Field(
        default=None, description="Null where no model is asked."
    )


class Seals(_Value):
    """Hashes of what no article tells, by which a change of the saved file shows."""

    parts: dict[str, str] = Field(description="Of parts of the document, by their keys.")
    sentences: dict[str, str] = Field(
        description="Of each sentence, by its id: its section, verdict, reason and checks."
    )


WITHOUT_MODEL = "checked without the entailment model"
"""What a briefing notes that the words and rules alone have checked."""

NO_MENTION = "no article mentions the focus"
"""What a briefing notes where its articles have no word of what the reader asks about."""

COMPLETED = "completed with quotations: too little of the draft could be verified"
"""What a briefing notes where not all of it was drafted by its model."""


class Briefing(_Value):
    """A briefing: checked sentences in sections, with all that is needed to check them again."""

    version: Literal[1] = 1
    title: str
    focus: str | None
    template: str
    as_of: date | None = Field(description="The date of the newest article.")
    drafter: DrafterEntry
    articles: tuple[ArticleEntry, ...]
    origins: tuple[Origin, ...] = Field(
        default=(), description="The texts that several articles carry, the longest first."
    )
    sections: tuple[Section, ...]
    discrepancies: tuple[Discrepancy, ...]
    gaps: tuple[str, ...]
    unreported: tuple[Citation, ...] = Field(
        default=(),
        description="Plans whose day has come, of which no article says what became.",
    )
    dropped: tuple[Dropped, ...]
    counts: Counts
    coverage: Coverage | None = Field(
        default=None, description="Null in files that were saved before it was counted."
    )
    usage: Usage
    usd_per_supported: float | None = Field(
        default=None, description="Cost of a printed sentence that is supported."
    )
    prompts: dict[str, str] = Field(
        default_factory=dict,
        description="Of each step that asked a model, the hash of its prompts.",
    )
    missing: tuple[str, ...] = Field(
        default=(), description="What could not be done, and why: the document is partial."
    )
    notes: tuple[str, ...] = Field(
        default=(), description="What the reader must know of how it was made."
    )
    translations: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="The template's titles and gaps in other languages, by the language's code.",
    )
    seals: Seals | None = Field(
        default=None, description="Null in files that were saved before there were any."
    )

    @property
    def sentences(self) -> tuple[CheckedSentence, ...]:
        """All printed sentences, in order."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)
