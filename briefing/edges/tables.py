"""The tables that briefing keeps its state in; `briefing.migrations` makes them."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone: kept in UTC, since SQLite knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone, which is UTC."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("url", Text),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published", Date),
    Column("published_at", Moment),
    Column("described", Date),
    Column("day", Date, nullable=False, index=True),  # Of publication, else of `added`.
    Column("added", Moment, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("notes", JSON, nullable=False),  # What cleaning did: damage, repaired, removed.
)
"""An article a row, once per text. A row never changes."""

versions = Table(
    "versions",
    metadata,
    Column("page", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column(
        "sha256",
        String(64),
        ForeignKey("articles.sha256", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("seen", Moment, nullable=False),
)
"""What each page said, from the first text (1) on; a text that comes back is there twice."""

forgotten = Table(
    "forgotten",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("since", Moment, nullable=False),
)
"""Hashes of texts that were taken out, so that a feed which still has them is not asked twice."""

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("fetched", Moment),
    Column("error", Text),
)
"""What is known of each feed since it was asked last."""

stories = Table(
    "stories",
    metadata,
    Column("number", Integer, primary_key=True),
    Column(
        "sha256",
        String(64),
        ForeignKey("articles.sha256", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("story", String(12), nullable=False, index=True),
    Column("founded", String(12)),  # The story that began with this article.
)
"""Which story each article is in, in the order in which they were placed."""

pins = Table(
    "pins",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("article", String(12), primary_key=True),
    Column("together", Boolean, nullable=False),
)
"""What a person has decided: the articles of a number belong together, or each apart."""

calls = Table(
    "calls",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("run", String(32), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("day", Date, nullable=False, index=True),  # On the clock of the machine that asked.
    Column("profile", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("cost", BigInteger),  # In picodollars.
    Column("is_estimate", Boolean, nullable=False),
)
"""Each try of a model call that was made, or may have been, with what it took."""
