"""An article, and the places inside it that a citation can point at."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """What an edge brought in, before anything in it is believed."""

    source: str
    """The path or URL it came from, as the user named it; `-` for standard input."""

    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A source that gave no article."""

    source: str
    reason: str
    """One line: what is wrong, then what to do."""


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters: `text[start:end]`, counted in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}:{self.end}")

    def of(self, text: str) -> str:
        """Return the characters that this span covers in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedLine:
    """A line that cleaning took out of an article, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article as every later step sees it.

    `text` is what `steps.clean` made of the document. It never changes again, so a
    `Span` into it stays true from the draft to the printed footnote.
    """

    source: str
    """The path or URL it was read from."""

    text: str
    """NFC, one blank line between paragraphs, no headline, dateline or page artefact."""

    title: str = ""
    """The headline, or empty where the document has none."""

    outlet: str = "unknown"
    """Who published it, where the document says so."""

    author: str = ""
    """Who wrote it, where the document says so."""

    url: str | None = None
    """The address it gives for itself; `source` is where it was read."""

    language: str = ""
    """Two letters (ISO 639-1), or `und` where the text does not show it."""

    published: date | None = None
    """The day of publication: as its container gives it, else as the text does."""

    published_at: datetime | None = None
    """The moment of publication, with its time zone, where the container gives one."""

    described: date | None = None
    """The day that its dateline names: what "today" means in it."""

    damage: tuple[str, ...] = ()
    """What is wrong with the text, in words: a wrong encoding, a cut-off end."""

    repaired: tuple[str, ...] = ()
    """What was mended before cleaning, in words: letters garbled by a wrong encoding."""

    removed: tuple[RemovedLine, ...] = ()
    """What cleaning took out, in order."""

    sha256: str = field(init=False)
    """Of `text` in UTF-8, in hexadecimal."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", sha256(self.text.encode("utf-8")).hexdigest())

    @property
    def id(self) -> str:
        """First 12 hex digits of `sha256`: the same text is the same article."""
        return self.sha256[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A numbered sentence of one article: what a drafter cites."""

    id: str
    """`S2.7`: sentence 7 of article 2 in this run."""

    article: str
    """The article's id."""

    span: Span
    text: str
    """`span` of the article's text, exactly."""

    paragraph: int
    """Counted from 0 within the article."""

    in_quotation: bool = False
    """It begins inside a quotation that an earlier sentence opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event, with their sentences numbered."""

    articles: tuple[Article, ...]
    sentences: tuple[Sentence, ...]
    """In the order of the articles, then of the text."""
