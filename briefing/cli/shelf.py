"""Settings to the library: what `wiring` is for the rest."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from briefing.cli import wiring
from briefing.data.article import Article
from briefing.data.document import Refusal
from briefing.edges import clock
from briefing.errors import ConfigError, SourceError
from briefing.ports import ArticleLibrary
from briefing.settings import LibrarySettings, Settings
from briefing.text.moments import moment

if TYPE_CHECKING:
    from briefing.edges.library import Library
    from briefing.edges.stories import Stories


@contextmanager
def opened(settings: LibrarySettings) -> Iterator["Library"]:
    """Lend the library that the settings name, made where it is missing.

    Raises:
        ConfigError: It cannot be the address of a library.
        LibraryError: It cannot be opened.
    """
    # A run without the library does not wait for SQLAlchemy.
    from briefing.edges.database import open_database
    from briefing.edges.library import Library

    database = open_database(settings.url)
    try:
        yield Library(database, now=clock.now)
    finally:
        database.close()


@contextmanager
def opened_stories(settings: LibrarySettings) -> Iterator["Stories"]:
    """Lend the stories of the library that the settings name.

    Raises:
        ConfigError: It cannot be the address of a library.
        LibraryError: It cannot be opened.
    """
    from briefing.edges.database import open_database
    from briefing.edges.stories import Stories

    database = open_database(settings.url)
    try:
        yield Stories(database)
    finally:
        database.close()


def forget_old(kept: ArticleLibrary, settings: LibrarySettings) -> None:
    """Forget what is older than the settings keep, and say so on stderr."""
    if settings.retention_days is None:
        return
    gone = kept.forget(older_than=clock.now() - timedelta(days=settings.retention_days))
    if gone:
        typer.echo(
            f"briefing: forgot {gone:,} {'article' if gone == 1 else 'articles'} that were added "
            f"more than {settings.retention_days:,} days ago",
            err=True,
        )


def check_narrowed(*, from_library: bool, narrowed: Sequence[str | None]) -> None:
    """Make sure that what chooses from the library has one to choose from.

    Raises:
        ConfigError: It has none.
    """
    if not from_library and any(one is not None for one in narrowed):
        raise ConfigError("`--about` chooses from the library. Add `--library`.")


def gather(
    paths: Sequence[str] | None,
    settings: Settings,
    *,
    from_library: bool,
    since: str | None,
    about: str | None,
    fetch_pages: bool,
    on_wait: Callable[[], None] = lambda: None,
) -> tuple[tuple[Article, ...], tuple[Refusal, ...]]:
    """Return the articles under `paths`, those of the library, or both, and what was refused.

    `on_wait` is called when a process that parses is waited for.

    Raises:
        SourceError: There is no article in one of the two.
        LibraryError: The library fails.
    """
    articles: tuple[Article, ...] = ()
    refused: tuple[Refusal, ...] = ()
    if paths:
        articles, refused = wiring.read_articles(
            paths, settings, fetch_pages=fetch_pages, on_wait=on_wait
        )
    if from_library:
        kept, more = articles_of(settings, about=about or "", since=since)
        articles, refused = (*articles, *kept), (*refused, *more)
    return articles, refused


def articles_of(
    settings: Settings, *, about: str, since: str | None
) -> tuple[tuple[Article, ...], tuple[Refusal, ...]]:
    """Return the latest articles of the library on a subject and of a time, best first.

    Raises:
        ConfigError: `since` is no time.
        SourceError: There is none.
        LibraryError: The library fails.
    """
    start = None if since is None else moment(since, clock.now(), option="--since")
    most = settings.limits.files
    with opened(settings.library) as kept:
        found = kept.find(about, since=start, limit=most + 1)
    if not found:
        wanted = (f" about {about!r}" if about else "") + (f" since {since!r}" if since else "")
        raise SourceError(
            f"the library holds no article{wanted}. See `briefing articles list`, or bring some "
            "in with `briefing articles import`."
        )
    too_many = Refusal(
        source="library",
        reason=f"the articles after the first {most:,} are over the limit. Narrow `--about` or "
        "`--since`, or raise `limits.files`.",
    )
    refused = (too_many,) if len(found) > most else ()
    return tuple(one.article for one in found[:most]), refused
