"""Alembic's door: the connection, and the transaction, are those of the caller."""

from alembic import context

from briefing.edges import digest_tables  # noqa: F401 -- its tables are in the metadata too
from briefing.edges.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite can do most changes only by making the table anew.
    render_as_batch=True,
)
context.run_migrations()
