"""Keeps articles in a database: each text once, each page with all its versions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from briefing.data.article import Article
from briefing.data.feed import FeedState
from briefing.data.library import Added, Kept, page_key
from briefing.edges.article_rows import harmless, read_article, row_of, storable
from briefing.edges.article_search import matching
from briefing.edges.database import Database
from briefing.edges.tables import articles, feeds, forgotten, versions
from briefing.errors import SourceError
from briefing.ports import Clock

_T = TypeVar("_T")

_BATCH = 250
"""Articles a transaction. One that is killed loses no more; each costs one write to the disk."""

_PREFIX = re.compile(r"[0-9a-f]{4,64}")
_INSTANT = timedelta(microseconds=1)


class Library:
    """Articles by the hash of their text, in SQLite or PostgreSQL.

    It keeps the ports `ArticleLibrary` and `FeedLibrary`. Two processes may use it at once.
    """

    def __init__(self, database: Database, *, now: Clock) -> None:
        self._database = database
        self._now = now

    def add(self, articles: Sequence[Article], *, also_forgotten: bool = False) -> Added:
        """Keep what is not kept yet; what is known already stays exactly as it is.

        Where several have one page, each is a version of it, and the last is the latest. A page
        that says again what it said before has that text as its latest once more.

        Args:
            articles: In the order in which they were seen.
            also_forgotten: Take in again what `forget` took out. Otherwise it counts as known.

        Raises:
            LibraryError: The library fails. What came before is kept, in steps of 250.
        """
        kept = [harmless(article) for article in articles]
        latest = {page_key(article.url): article.sha256 for article in kept}
        added = Added()
        for batch in _batches(kept):
            with self._database.writing() as connection:
                work = _Batch(connection, latest, self._now())
                added += work.add(batch, also_forgotten=also_forgotten)
        return added

    def find(
        self,
        about: str = "",
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        language: str = "",
        limit: int | None = None,
        is_latest_only: bool = True,
    ) -> tuple[Kept, ...]:
        """Return the articles that hold all words of `about`.

        They come the best match first, or without words the newest first. Words in quotation
        marks have to stand side by side.

        Args:
            about: Words of the headline or the text, in any form that their stem has; of more
                than 50 different ones the first 50.
            since: Published at this moment or later. An article of which only the day is known
                counts for all of that day; one that is not dated, for when it was added.
            until: Published before this moment, in the same way.
            language: Two letters. An article in no known language is left out.
            limit: Most articles.
            is_latest_only: Leave out what its page has replaced by another text.

        Raises:
            LibraryError: The library fails.
        """
        chosen = sa.select(articles)
        order = [articles.c.day.desc(), articles.c.published_at.desc(), articles.c.sha256]
        if is_latest_only:
            chosen = chosen.where(_is_latest())
        if since is not None:
            chosen = chosen.where(_when(since, at_or_after=True))
        if until is not None:
            chosen = chosen.where(_when(until, at_or_after=False))
        if not language.isascii():
            return ()
        if language:
            code = sa.func.lower(articles.c.language)
            chosen = chosen.where(
                sa.or_(code == language.lower(), code.startswith(f"{language.lower()}-"))
            )
        found = matching(chosen, about, is_sqlite=self._database.is_sqlite)
        if found is None:
            return ()
        chosen, rank = found
        order = order if rank is None else [rank, *order]
        with self._database.reading() as connection:
            return _kept(connection, chosen.order_by(*order).limit(limit))

    def get(self, prefix: str) -> Kept:
        """Return the one article whose hash begins with `prefix`.

        Raises:
            SourceError: There is none, or more than one.
            LibraryError: The library fails.
        """
        with self._database.reading() as connection:
            found = _kept(connection, sa.select(articles).where(_begins(prefix)).limit(2))
        if len(found) == 1:
            return found[0]
        number = "more than one" if found else "no"
        raise SourceError(
            f"{number} article in the library has an id that begins with {prefix!r}. "
            "See `briefing articles list`."
        )

    def versions(self, url: str) -> tuple[Kept, ...]:
        """Return what a page has said, in that order: a text that came back is there twice.

        Raises:
            LibraryError: The library fails.
        """
        chosen = (
            sa.select(articles, versions.c.number.label("version"))
            .join(versions, versions.c.sha256 == articles.c.sha256)
            .where(versions.c.page == page_key(url))
            .order_by(versions.c.number)
        )
        with self._database.reading() as connection:
            rows = connection.execute(chosen).mappings().all()
        return tuple(_read(row, row["version"], row is rows[-1]) for row in rows)

    def forget(
        self,
        prefixes: Sequence[str] = (),
        *,
        url: str | None = None,
        older_than: datetime | None = None,
        is_rehearsal: bool = False,
    ) -> int:
        """Take articles out for good, and return how many: any that one argument names.

        Args:
            prefixes: Each the start of one article's hash.
            url: A page, with all its versions.
            older_than: When an article was added, not when it was published.
            is_rehearsal: Only count.

        Raises:
            SourceError: A prefix fits no article, or more than one. Nothing is forgotten.
            LibraryError: The library fails.
        """
        named = [self.get(prefix).article.sha256 for prefix in prefixes]
        which: sa.ColumnElement[bool] = articles.c.sha256.in_(named)
        if url is not None:
            which |= articles.c.sha256.in_(
                sa.select(versions.c.sha256).where(versions.c.page == page_key(url))
            ) | (articles.c.url == url)
        if older_than is not None:
            which |= articles.c.added < older_than
        with self._database.writing() as connection:
            found = connection.scalars(sa.select(articles.c.sha256).where(which)).all()
            if found and not is_rehearsal:
                gone = [{"sha256": sha256, "since": self._now()} for sha256 in found]
                for batch in _batches(found):
                    connection.execute(sa.delete(articles).where(articles.c.sha256.in_(batch)))
                connection.execute(sa.insert(forgotten), gone)
        return len(found)

    def seen(self, url: str) -> datetime | None:
        """Return when a page last had a text that was new; None for a page that is not kept.

        Raises:
            LibraryError: The library fails.
        """
        last = sa.select(sa.func.max(versions.c.seen)).where(versions.c.page == page_key(url))
        with self._database.reading() as connection:
            found: datetime | None = connection.scalar(last)
        return found

    def feed_state(self, url: str) -> FeedState:
        """Return what is known of a feed; of a new one, nothing but its address.

        Raises:
            LibraryError: The library fails.
        """
        with self._database.reading() as connection:
            row = connection.execute(sa.select(feeds).where(feeds.c.url == url)).mappings().first()
        return FeedState(**row) if row else FeedState(url=url)

    def keep_feed_state(self, state: FeedState) -> None:
        """Remember `state` in place of what was known of the feed.

        Raises:
            LibraryError: The library fails.
        """
        row = {
            name: storable(value) if isinstance(value, str) else value
            for name, value in asdict(state).items()
        }
        with self._database.writing() as connection:
            connection.execute(sa.delete(feeds).where(feeds.c.url == state.url))
            connection.execute(sa.insert(feeds).values(row))


@dataclass(slots=True)
class _Batch:
    """The articles of one transaction, weighed against what is there, then written at once."""

    connection: Connection
    latest: dict[str | None, str]
    """The text that each page has in the end, as the whole of this `add` says."""

    now: datetime
    rows: list[dict[str, Any]] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)

    def add(self, batch: Sequence[Article], *, also_forgotten: bool) -> Added:
        hashes = {article.sha256 for article in batch}
        texts = self._those_of(articles.c.sha256, hashes)
        gone = self._those_of(forgotten.c.sha256, hashes)
        history = self._history({at for article in batch if (at := page_key(article.url))})
        added = Added()
        for article in batch:
            if article.sha256 in gone and not also_forgotten:
                added += Added(known=1)
                continue
            is_new = article.sha256 not in texts
            if is_new:
                texts.add(article.sha256)
                self.rows.append(row_of(article, self.now))
            added += self._place(article, history, is_new=is_new)
        if self.rows:
            self.connection.execute(sa.insert(articles), self.rows)
        if self.seen:
            self.connection.execute(sa.insert(versions), self.seen)
        if gone and also_forgotten:
            self.connection.execute(sa.delete(forgotten).where(forgotten.c.sha256.in_(gone)))
        return added

    def _place(
        self, article: Article, history: dict[str, list[tuple[int, str]]], *, is_new: bool
    ) -> Added:
        at = page_key(article.url)
        if at is None:
            return Added(new=1) if is_new else Added(known=1)
        past = history.setdefault(at, [])
        had_other = bool(past) and past[-1][1] != article.sha256
        is_known_here = any(sha256 == article.sha256 for _, sha256 in past)
        is_back = is_known_here and had_other and self.latest[at] == article.sha256
        if is_known_here and not is_back:
            return Added(known=1)
        number = past[-1][0] + 1 if past else 1
        past.append((number, article.sha256))
        self.seen.append({"page": at, "number": number, "sha256": article.sha256, "seen": self.now})
        if had_other:
            return Added(changed=1)
        return Added(new=1) if is_new else Added(known=1)

    def _those_of(self, column: sa.Column[str], hashes: set[str]) -> set[str]:
        return set(self.connection.scalars(sa.select(column).where(column.in_(hashes))))

    def _history(self, pages: set[str]) -> dict[str, list[tuple[int, str]]]:
        past: dict[str, list[tuple[int, str]]] = {}
        chosen = sa.select(versions.c.page, versions.c.number, versions.c.sha256)
        for at, number, sha256 in self.connection.execute(
            chosen.where(versions.c.page.in_(pages)).order_by(versions.c.number)
        ):
            past.setdefault(at, []).append((number, sha256))
        return past


def _is_latest() -> sa.ColumnElement[bool]:
    """Some page has it as its latest text, or no page has it at all."""
    has_page = sa.exists().where(versions.c.sha256 == articles.c.sha256)
    return sa.or_(~has_page, has_page.where(_is_last_of_page()))


def _is_last_of_page() -> sa.ColumnElement[bool]:
    later = versions.alias()
    return ~sa.exists().where(later.c.page == versions.c.page, later.c.number > versions.c.number)


def _when(moment: datetime, *, at_or_after: bool) -> sa.ColumnElement[bool]:
    """The article is of `moment` or later, or before it; of the same day in either case."""
    at, day, added = articles.c.published_at, articles.c.published, articles.c.added
    if at_or_after:
        tests = (at >= moment, day >= moment.date(), added >= moment)
    else:
        # At midnight the day that begins is not before it.
        last = (moment - _INSTANT).date()
        tests = (at < moment, day <= last, added < moment)
    return sa.case((at.is_not(None), tests[0]), (day.is_not(None), tests[1]), else_=tests[2])


def _begins(prefix: str) -> sa.ColumnElement[bool]:
    prefix = prefix.lower()
    if not _PREFIX.fullmatch(prefix):
        return sa.false()
    return articles.c.sha256.startswith(prefix)


def _kept(connection: Connection, chosen: sa.Select[Any]) -> tuple[Kept, ...]:
    rows = connection.execute(chosen).mappings().all()
    places = _places(connection, [row["sha256"] for row in rows])
    return tuple(_read(row, *places.get(row["sha256"], (1, True))) for row in rows)


def _places(connection: Connection, hashes: Sequence[str]) -> dict[str, tuple[int, bool]]:
    """Return, of each text that a page has, its number there and whether it is the latest."""
    found: dict[str, tuple[int, bool]] = {}
    is_latest = _is_last_of_page().label("is_latest")
    for batch in _batches(hashes):
        chosen = (
            sa.select(versions.c.sha256, versions.c.number, is_latest)
            .where(versions.c.sha256.in_(batch))
            .order_by("is_latest", versions.c.number)
        )
        for sha256, number, last in connection.execute(chosen):
            found[sha256] = (number, bool(last))
    return found


def _read(row: RowMapping, version: int, is_latest: bool) -> Kept:
    return Kept(article=read_article(row), added=row["added"], version=version, is_latest=is_latest)


def _batches(all_of_them: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(all_of_them), _BATCH):
        yield all_of_them[start : start + _BATCH]
