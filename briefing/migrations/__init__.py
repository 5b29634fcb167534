"""The steps from an older set of tables to the newest; `briefing.edges.database` takes them."""

HEAD = "0004"
"""The newest step. Known here too, so that a library up to date opens without Alembic."""
