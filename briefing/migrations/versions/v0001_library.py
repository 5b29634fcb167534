"""Articles, the versions of their pages, feeds, and the words to search by."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "articles",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("published_at", _MOMENT),
        sa.Column("described", sa.Date),
        sa.Column("day", sa.Date, nullable=False, index=True),
        sa.Column("added", _MOMENT, nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
    )
    op.create_table(
        "versions",
        sa.Column("page", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column(
            "sha256",
            sa.String(64),
            sa.ForeignKey("articles.sha256", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("seen", _MOMENT, nullable=False),
    )
    op.create_table(
        "forgotten",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("since", _MOMENT, nullable=False),
    )
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("fetched", _MOMENT),
        sa.Column("error", sa.Text),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_WORDS if on_sqlite else _POSTGRESQL_WORDS:
        op.execute(statement)


# The index holds no text of its own. FTS5 has to be told what goes, and articles never change.
_SQLITE_WORDS = (
    """
    CREATE VIRTUAL TABLE article_words USING fts5(
        title, text, content='articles', content_rowid='number',
        tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER article_words_come AFTER INSERT ON articles BEGIN
        INSERT INTO article_words(rowid, title, text)
        VALUES (new.number, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER article_words_go AFTER DELETE ON articles BEGIN
        INSERT INTO article_words(article_words, rowid, title, text)
        VALUES ('delete', old.number, old.title, old.text);
    END
    """,
)
# A tsvector holds at most 1 MiB; 150,000 characters fit in any script.
_POSTGRESQL_WORDS = (
    """
    ALTER TABLE articles ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english'::regconfig, left(title, 1000)), 'A')
        || setweight(to_tsvector('english'::regconfig, left(text, 150000)), 'B')
    ) STORED
    """,
    "CREATE INDEX ix_articles_words ON articles USING gin (words)",
)
