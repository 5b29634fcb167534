"""Keeps in the library which story each article is in."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from briefing.data.article import Article
from briefing.data.grouping import Pins, Placement
from briefing.edges.article_rows import read_article
from briefing.edges.database import Database
from briefing.edges.tables import articles, pins, stories
from briefing.ports import Unplaced

_MOST_NAMED = 500
"""Databases have a limit of their own for the values of one statement."""


class Stories:
    """Stories of the articles in a library. It keeps the port `StoryLibrary`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unplaced(self) -> Unplaced:
        """Return what is still to be placed.

        Raises:
            LibraryError: The library fails.
        """
        chosen = (
            sa.select(articles)
            .where(~sa.exists().where(stories.c.sha256 == articles.c.sha256))
            .order_by(articles.c.day, articles.c.published_at, articles.c.sha256)
        )
        with self._database.reading() as connection:
            rows = connection.execute(chosen).mappings().all()
            mark = _mark(connection)
        return Unplaced(articles=tuple((read_article(row), row["day"]) for row in rows), mark=mark)

    def placed(
        self, *, since: date | None, also: Collection[str]
    ) -> tuple[tuple[Article, Placement, date], ...]:
        """Return what was placed of a day or later, and some articles by id, as it was placed.

        With an article come the others of its story.

        Raises:
            LibraryError: The library fails.
        """
        named = sa.func.substr(articles.c.sha256, 1, 12)
        with self._database.reading() as connection:
            about: set[str] = set()
            ids = sorted(also)
            for start in range(0, len(ids), _MOST_NAMED):
                some = sa.select(stories.c.story).join(
                    articles, articles.c.sha256 == stories.c.sha256
                )
                about |= set(
                    connection.scalars(some.where(named.in_(ids[start : start + _MOST_NAMED])))
                )
            which: sa.ColumnElement[bool] = stories.c.story.in_(sorted(about)[:_MOST_NAMED])
            if since is not None:
                which |= articles.c.day >= since
            chosen = (
                sa.select(articles, stories.c.story, stories.c.founded)
                .join(stories, stories.c.sha256 == articles.c.sha256)
                .where(which)
                .order_by(stories.c.number)
            )
            rows = connection.execute(chosen).mappings().all()
        return tuple(
            (
                read_article(row),
                Placement(sha256=row["sha256"], story=row["story"], founded=row["founded"]),
                row["day"],
            )
            for row in rows
        )

    def keep(self, placements: Sequence[Placement], mark: int) -> int | None:
        """Keep where articles are and return the new mark; None where somebody else was faster.

        Raises:
            LibraryError: The library fails.
        """
        if not placements:
            return mark
        with self._database.writing() as connection:
            if _mark(connection) != mark:
                return None
            hashes = [placement.sha256 for placement in placements]
            known: set[str] = set()
            there: set[str] = set()
            for start in range(0, len(hashes), _MOST_NAMED):
                some = hashes[start : start + _MOST_NAMED]
                of_stories = sa.select(stories.c.sha256).where(stories.c.sha256.in_(some))
                of_articles = sa.select(articles.c.sha256).where(articles.c.sha256.in_(some))
                known |= set(connection.scalars(of_stories))
                there |= set(connection.scalars(of_articles))
            for placement in placements:
                values = {"story": placement.story, "founded": placement.founded}
                if placement.sha256 in known:
                    row = sa.update(stories).where(stories.c.sha256 == placement.sha256)
                    connection.execute(row.values(values))
                elif placement.sha256 in there:  # Not forgotten meanwhile.
                    row_new = sa.insert(stories).values(sha256=placement.sha256, **values)
                    connection.execute(row_new)
            return _mark(connection)

    def stories(self) -> dict[str, str]:
        """Return the story of each article by its hash.

        Raises:
            LibraryError: The library fails.
        """
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(stories.c.sha256, stories.c.story))
            return {row.sha256: row.story for row in rows}

    def pins(self) -> Pins:
        """Return what a person has decided.

        Raises:
            LibraryError: The library fails.
        """
        chosen = sa.select(pins).order_by(pins.c.number, pins.c.article)
        found: dict[tuple[int, bool], list[str]] = {}
        with self._database.reading() as connection:
            for number, article, together in connection.execute(chosen):
                found.setdefault((number, bool(together)), []).append(article)
        return Pins(
            together=tuple(tuple(of) for (_, is_together), of in found.items() if is_together),
            apart=tuple(tuple(of) for (_, is_together), of in found.items() if not is_together),
        )

    def keep_pins(self, decided: Pins) -> None:
        """Keep `decided` in place of those before.

        Raises:
            LibraryError: The library fails.
        """
        groups = [(each, True) for each in decided.together]
        groups += [(each, False) for each in decided.apart]
        rows = [
            {"number": number, "article": article, "together": together}
            for number, (each, together) in enumerate(dict.fromkeys(groups), start=1)
            for article in each
        ]
        with self._database.writing() as connection:
            connection.execute(sa.delete(pins))
            if rows:
                connection.execute(sa.insert(pins), rows)


def _mark(connection: Connection) -> int:
    """Return a number that grows with each article that is placed."""
    return connection.scalar(sa.select(sa.func.max(stories.c.number))) or 0
