"""What the steps in the middle need from the world, as small protocols.

The real ones live in `briefing.edges`, the stand-ins in `tests/fakes.py`.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from briefing.data.article import Article, Story
from briefing.data.briefing import DrafterEntry, Usage
from briefing.data.draft import Draft, DraftSentence, Rejected
from briefing.data.evidence import Evidence
from briefing.data.origin import Copies
from briefing.data.template import Template
from briefing.errors import ModelError, Remedy

if TYPE_CHECKING:
    # Most commands need neither the library nor stories and feeds.
    from briefing.data.feed import Feed, FeedReply, FeedState
    from briefing.data.grouping import Pins, Placement
    from briefing.data.library import Added, Kept

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")

_AROUND_TOKENS = 64
"""What a server puts round two messages: role marks, a name for the schema, a date."""

CountTokens = Callable[[str], int]
"""Tokens of a text for the model that will read it."""

Progress = Callable[[str], None]
"""Told, in words, which step begins."""

Aside = Callable[[Callable[[], Any]], Callable[[], Any]]
"""Takes work that can be done while a model is waited for, and returns what gives its result."""

Clock = Callable[[], datetime]
"""The moment now, with its time zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entailment:
    """What a premise says of a claim, as probabilities; what is left to 1 is neither."""

    supported: float
    contradicted: float


Entails = Callable[[Sequence[tuple[str, str]]], Sequence[Entailment]]
"""Reads pairs of a premise and a claim. A pair's answer never depends on the other pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """One call to a chat model."""

    model: str
    system: str
    user: str
    reply_schema: Mapping[str, Any]
    """JSON Schema of the reply."""

    schema_name: str
    max_tokens: int
    step: str = ""
    """The prompts it is filled from; `schema_name` unless given."""

    def __post_init__(self) -> None:
        if not self.step:
            object.__setattr__(self, "step", self.schema_name)

    def most_tokens(self, count: CountTokens) -> tuple[int, int]:
        """Return the tokens of prompt and reply at most, by what counts those of a text."""
        schema = json.dumps(dict(self.reply_schema), ensure_ascii=False, separators=(",", ":"))
        return sum(map(count, (self.system, self.user, schema))) + _AROUND_TOKENS, self.max_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatReply:
    """What came back."""

    text: str
    model: str
    usage: Usage
    is_cut: bool = False
    """The model reached the most tokens it was allowed: the end is missing."""

    @property
    def remedy(self) -> Remedy:
        """What is worth doing about it."""
        return Remedy.SPLIT if self.is_cut else Remedy.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A call that was made, with its reply."""

    request: ChatRequest
    reply: ChatReply


class ChatModel(Protocol):
    """A model that answers one request."""

    def complete(self, request: ChatRequest) -> ChatReply:
        """Answer `request`, or raise `ModelError`."""
        ...


class Crew(Protocol):
    """Does pieces of work side by side, as many at once as there is room for."""

    def each(self, work: Callable[[_Item], _Done], items: Sequence[_Item]) -> tuple[_Done, ...]:
        """Return what `work` makes of each item, in their order.

        Work may share its own pieces out again. Where some fails, the first error is raised, by
        the order of the items, when nothing is under way any more.
        """
        ...


class Reservation(Protocol):
    """What is set aside for one try of a call, until it is known what the try took."""

    @property
    def tokens(self) -> int:
        """Most tokens that the try may take, prompt and reply together."""
        ...

    def settle(self, usage: Usage | None) -> Usage:
        """Book what the try took, and return it with its price.

        None where the server does not say: then all that was set aside is booked. It is as well
        where this is never called.
        """
        ...


class Meter(Protocol):
    """Knows what a call may take at most, and whether there is room for that."""

    def reserve(self, request: ChatRequest) -> Reservation:
        """Set aside the worst case of one try.

        Raises:
            CeilingReached: It might cost more than may be spent.
            PromptTooLong: It does not fit the model's window.
        """
        ...


class ReplyStore(Protocol):
    """Keeps replies that were read without fault, so that the same call is never paid twice."""

    def get(self, key: str) -> ChatReply | None:
        """Return what was put under `key`, or None."""
        ...

    def put(self, key: str, reply: ChatReply) -> None:
        """Keep `reply`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that a drafter is given."""

    story: Story
    evidence: Evidence
    template: Template
    focus: str | None
    disputed: frozenset[str]
    """Ids of sentences that other sources contradict: not to be printed as fact."""

    copies: Copies
    """What the articles share."""

    garbled: frozenset[str] = frozenset()
    """Ids of articles that read like a bad translation: better not quoted."""

    is_part: bool = False
    """The evidence is one part of what is drafted from, and others are given the rest."""


class Drafter(Protocol):
    """Writes sentences from evidence."""

    @property
    def entry(self) -> DrafterEntry:
        """How the document names this drafter."""
        ...

    @property
    def usage(self) -> Usage:
        """What has been spent so far."""
        ...

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The calls made so far, in order, with their replies."""
        ...

    @property
    def prompts(self) -> Mapping[str, str]:
        """The hash of the prompts of each step that has asked a model, by its name."""
        ...

    @property
    def missing(self) -> tuple[str, ...]:
        """What could not be drafted so far, and why."""
        ...

    @property
    def has_quotations(self) -> bool:
        """A quotation stands behind each sentence, so that a poor draft needs no completion."""
        ...

    @property
    def sends_evidence(self) -> bool:
        """One call is given all the evidence of a brief, so that it has to fit its window."""
        ...

    def requests(self, brief: Brief) -> tuple[ChatRequest, ...]:
        """Return the calls that `draft` would make first, without making them."""
        ...

    def draft_all(self, briefs: Sequence[Brief]) -> tuple[Draft | ModelError, ...]:
        """Return the sentences of each brief, or why there are none, in order.

        After an error that all would meet no more is begun; it stands for the rest too.
        """
        ...

    def repair(
        self, brief: Brief, rejected: Sequence[Rejected]
    ) -> tuple[DraftSentence | None, ...]:
        """Return one better sentence, or None, for each that was rejected, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A sentence that the checks cannot tell about, with all that a judge may see."""

    text: str
    quotes: tuple[str, ...]
    """The cited words, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a judge says of one doubt."""

    is_supported: bool
    reason: str
    """In a few words."""


class Judge(Protocol):
    """Rules on doubts; what it says may lower a verdict, and raises none."""

    @property
    def usage(self) -> Usage:
        """What has been spent so far."""
        ...

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The calls made so far, in order, with their replies."""
        ...

    @property
    def prompts(self) -> Mapping[str, str]:
        """The hash of the prompts of each step that has asked a model, by its name."""
        ...

    def rule(self, doubts: Sequence[Doubt]) -> tuple[Ruling | None, ...]:
        """Return a ruling on each doubt, in order; None where there is none. Never fails."""
        ...


class ArticleLibrary(Protocol):
    """Keeps articles by the hash of their text, and the versions of each page."""

    def add(self, articles: Sequence[Article], *, also_forgotten: bool = False) -> "Added":
        """Keep what is not kept yet, or raise `LibraryError`."""
        ...

    def find(
        self,
        about: str = "",
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        language: str = "",
        limit: int | None = None,
        is_latest_only: bool = True,
    ) -> "tuple[Kept, ...]":
        """Return the articles that hold all words of `about`, the best first."""
        ...

    def get(self, prefix: str) -> "Kept":
        """Return the one article whose hash begins so, or raise `SourceError`."""
        ...

    def versions(self, url: str) -> "tuple[Kept, ...]":
        """Return all that is kept of a page, in the order in which it was seen."""
        ...

    def forget(
        self,
        prefixes: Sequence[str] = (),
        *,
        url: str | None = None,
        older_than: datetime | None = None,
        is_rehearsal: bool = False,
    ) -> int:
        """Take articles out for good, and return how many."""
        ...


Seen = Callable[[str], datetime | None]
"""When the page at an address last had a text that was new to us; None: never."""


class FeedLibrary(Protocol):
    """Keeps what feeds bring, and what each said last, so that nothing is sent twice."""

    def add(self, articles: Sequence[Article]) -> "Added":
        """Keep what is not kept yet, or raise `LibraryError`."""
        ...

    def seen(self, url: str) -> datetime | None:
        """Return when a page last had a text that was new; None for a page not kept."""
        ...

    def feed_state(self, url: str) -> "FeedState":
        """Return what is known of a feed; of a new one, nothing."""
        ...

    def keep_feed_state(self, state: "FeedState") -> None:
        """Remember `state` in place of what was known."""
        ...


class FeedSource(Protocol):
    """Asks feeds for their entries, and the pages of entries that are only a summary."""

    def read(self, feed: "Feed", state: "FeedState", *, seen: Seen) -> "FeedReply":
        """Return what is new in a feed, or raise `SourceError`.

        The page of an entry is not asked for again where `seen` has it, unless the entry says
        that it was updated since.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """The articles of a library that are in no story yet."""

    articles: tuple[tuple[Article, date], ...]
    """In the order of their days, each with its day: of publication, else when it came."""

    mark: int
    """Where placing stands; see `StoryLibrary.keep`."""


class StoryLibrary(Protocol):
    """Keeps which story each article is in, and what a person has decided about it."""

    def unplaced(self) -> Unplaced:
        """Return what is still to be placed."""
        ...

    def placed(
        self, *, since: date | None, also: Collection[str]
    ) -> "tuple[tuple[Article, Placement, date], ...]":
        """Return what was placed of a day or later, and some articles by id, as it was placed."""
        ...

    def keep(self, placements: "Sequence[Placement]", mark: int) -> int | None:
        """Keep where articles are and return the new mark; None where somebody else was faster."""
        ...

    def stories(self) -> dict[str, str]:
        """Return the story of each article by its hash."""
        ...

    def pins(self) -> "Pins":
        """Return what a person has decided."""
        ...

    def keep_pins(self, pins: "Pins") -> None:
        """Keep `pins` in place of those before."""
        ...
