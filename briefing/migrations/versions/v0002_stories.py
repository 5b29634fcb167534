"""Which story each article is in, and what a person has decided about it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "stories",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "sha256",
            sa.String(64),
            sa.ForeignKey("articles.sha256", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sa.Column("story", sa.String(12), nullable=False, index=True),
        sa.Column("founded", sa.String(12)),
    )
    op.create_table(
        "pins",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("article", sa.String(12), primary_key=True),
        sa.Column("together", sa.Boolean, nullable=False),
    )
