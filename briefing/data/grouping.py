"""Stories that articles were grouped into, and why each article is in."""

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from briefing.data.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """What a person has decided; grouping keeps to it. Articles are named by their id."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    """Of each of these, no two are in one story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Articles about one event, found by grouping."""

    id: str
    """The id of the article that founded the story: it stays as articles come."""

    articles: tuple[Article, ...]
    """In the order of their days, those without one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Which story an article was put into."""

    sha256: str
    story: str
    founded: str | None = None
    """The story that began with this article, where one did; it may be part of an older one now."""


class Reason(BaseModel):
    """Why an article is in its story: what it has in common with the one most like it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nearest: str | None = Field(description="Id of the article in the story that is most like it.")
    similarity: float = Field(ge=0, description="Cosine of their weighted words, 0 to 1.")
    names: tuple[str, ...] = Field(description="Names that stand in both, the rarest first.")
    terms: tuple[str, ...] = Field(description="Other words of both, those that weigh most first.")
    days_apart: float | None = Field(description="Days between the two; null without dates.")
    pinned: bool = Field(description="A person has put it together with another article.")


class GroupedArticle(BaseModel):
    """An article in its story."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    path: str
    outlet: str
    title: str
    published: date | None
    reason: Reason | None = Field(description="Null for an article that is alone in its story.")


class GroupedStory(BaseModel):
    """A story with its articles."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int = Field(ge=1, description="What `generate --group` takes; counted anew each time.")
    id: str = Field(
        description="Id of the article that founded it; `generate --group` takes it too."
    )
    title: str
    language: str
    first: date | None = Field(description="The day of the earliest article.")
    last: date | None
    articles: tuple[GroupedArticle, ...]


class Grouping(BaseModel):
    """What `briefing groups --json` prints."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: int
    stories: tuple[GroupedStory, ...]
    """Those with the most articles first."""
