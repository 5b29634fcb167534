"""`briefing fetch`: follow the feeds of the settings into the library."""

from typing import Annotated

import typer

from briefing.cli import options

PARTIAL = 5
NOTHING = 4


def fetch_command(
    lists: Annotated[
        list[str] | None,
        typer.Argument(metavar="LIST...", help="OPML files of feeds, besides the settings'."),
    ] = None,
    config: options.Config = None,
) -> None:
    """Bring what is new in feeds into the library: the [[feeds]] of the settings, and lists.

    A line for each feed says what was added, or why it failed, and on stderr a line for each page
    that could not be had says why. Exit codes: 0 done, 2 usage or settings, 4 a list holds no feed,
    or no feed gave an article, 5 done but a feed failed or a page was left out.

    Example: briefing fetch
    """
    from briefing.cli import shelf, wiring
    from briefing.data.feed import Feed
    from briefing.edges import clock, settings_file
    from briefing.errors import ConfigError
    from briefing.following import follow
    from briefing.steps.newsround import newsround

    settings = settings_file.load(config=config).settings
    feeds = [Feed(url=feed.url, name=feed.name) for feed in settings.feeds]
    feeds += wiring.listed_feeds(lists or (), settings.limits)
    if not feeds:
        raise ConfigError(
            "no feed is set. Add `[[feeds]]` with a `url` to briefing.toml, once for each, or "
            "name an OPML list."
        )
    with (
        shelf.opened(settings.library) as kept,
        wiring.web(settings) as web,
        wiring.progress() as progress,
    ):
        reports = follow(
            list({feed.url: feed for feed in reversed(feeds)}.values())[::-1],
            source=web,
            library=kept,
            now=clock.now,
            max_chars=settings.limits.article_chars,
            progress=progress,
        )
        shelf.forget_old(kept, settings.library)
    typer.echo(newsround(reports), nl=False)
    wiring.report_refused([one for report in reports for one in report.refused])
    if all(report.is_clean for report in reports):
        return
    raise typer.Exit(PARTIAL if any(report.has_articles for report in reports) else NOTHING)
