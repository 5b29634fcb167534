"""The tables of digests: editions, letters on their way, and who wants them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from briefing.edges.tables import Moment, metadata

digests = Table(
    "digests",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("since", Moment, nullable=False),
)
"""When each digest was first seen: it has no past before that."""

editions = Table(
    "editions",
    metadata,
    Column("digest", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("due", Moment, nullable=False),
    Column("made", Moment, nullable=False),
    Column("note", Text, nullable=False),  # Why it has no letters, where it has none.
    Column("content", Text, nullable=False),  # JSON of the edition.
)
"""An edition a row, by its local date; a row never changes."""

letters = Table(
    "letters",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("digest", String(40), nullable=False),
    Column("day", Date, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subscriber", String(40), nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("message", LargeBinary, nullable=False),  # zlib of the exact bytes; empty once pruned.
    Column("policy", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    ForeignKeyConstraint(["digest", "day"], ["editions.digest", "editions.day"]),
    Index("ix_letters_key", "digest", "day", "recipient", unique=True),
    Index("ix_letters_state", "state", "next_try"),
)
"""An edition on its way to one recipient."""

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("digest", String(40), nullable=False),
    Column("address", Text, nullable=False),
    Column("folded", Text, nullable=False),  # The address in lower case.
    Column("state", String(12), nullable=False),
    Column("listed", Boolean, nullable=False),  # In the settings, so that nobody has to confirm.
    Column("changed", Moment, nullable=False),
    Index("ix_subscribers_key", "digest", "folded", unique=True),
)
"""Who wants a digest, and who no longer does. Nobody is taken out: a refusal is to be kept."""

suppressed = Table(
    "suppressed",
    metadata,
    Column("folded", Text, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)
"""Addresses that are dead: their servers say that there is nobody of that name."""
