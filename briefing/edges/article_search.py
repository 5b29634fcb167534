"""Finds articles by their words, in the full-text index of SQLite or of PostgreSQL."""

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from briefing.edges.article_rows import storable
from briefing.edges.tables import articles

_MOST_PHRASES = 50
"""Databases have a limit of their own, and fail beyond it."""

_TITLE_WEIGHT = 4.0
"""A word of the headline says more of an article than one of the text; by hand, on no data."""

_QUERY = re.compile(r'"([^"]*)"?|([^\s"]+)')
# Chinese, Japanese, Korean, Thai, Lao, Myanmar, Khmer: without blanks between words, or with
# endings that no index of ours takes off. Such a word is looked for as it stands.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_words = sa.table("article_words", sa.column("rowid"), sa.column("article_words"))


def matching(
    chosen: sa.Select[Any], about: str, *, is_sqlite: bool
) -> tuple[sa.Select[Any], sa.ColumnElement[Any] | None] | None:
    """Narrow a selection of articles to those that hold all words of `about`.

    Args:
        chosen: A selection from `articles`.
        about: As for `Library.find`.
        is_sqlite: Which index is asked.

    Returns:
        The selection, with what the best match comes first by, where an index was asked; None
        where `about` has nothing that can be looked for.
    """
    unspaced, phrases = _parsed(about)
    for word in unspaced:
        holds = articles.c.text.contains(word, autoescape=True)
        chosen = chosen.where(holds | articles.c.title.contains(word, autoescape=True))
    if phrases:
        return (_search_sqlite if is_sqlite else _search_postgresql)(chosen, phrases)
    return None if about.strip() and not unspaced else (chosen, None)


def _parsed(about: str) -> tuple[list[str], list[str]]:
    """Return the words that are looked for as they stand, and the phrases for the index."""
    unspaced: list[str] = []
    phrases: list[str] = []
    asked = dict.fromkeys(quoted or word for quoted, word in _QUERY.findall(storable(about)))
    for phrase in list(asked)[:_MOST_PHRASES]:
        if _UNSPACED.search(phrase):
            unspaced += phrase.split()
        elif any(char.isalnum() for char in phrase):
            phrases.append(phrase)
    return unspaced, phrases


def _search_sqlite(
    chosen: sa.Select[Any], phrases: Sequence[str]
) -> tuple[sa.Select[Any], sa.ColumnElement[Any]]:
    # In quotation marks a phrase is words alone, whatever signs of FTS5 are in it.
    match = " AND ".join(f'"{phrase}"' for phrase in phrases)
    chosen = chosen.join(_words, _words.c.rowid == articles.c.number).where(
        _words.c.article_words.op("MATCH")(match)
    )
    return chosen, sa.func.bm25(sa.literal_column("article_words"), _TITLE_WEIGHT, 1.0)


def _search_postgresql(
    chosen: sa.Select[Any], phrases: Sequence[str]
) -> tuple[sa.Select[Any], sa.ColumnElement[Any]]:
    column: sa.ColumnElement[Any] = sa.literal_column("articles.words")
    for phrase in phrases:
        chosen = chosen.where(column.op("@@")(sa.func.phraseto_tsquery("english", phrase)))
    words = sa.func.plainto_tsquery("english", " ".join(phrases))
    return chosen, sa.func.ts_rank_cd(column, words).desc()
