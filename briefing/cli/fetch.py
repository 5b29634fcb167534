"""`briefing fetch`: follow the feeds of the settings into the library."""

from typing import Annotated

import typer

PARTIAL = 5


def fetch_command(
    config: Annotated[
        str | None, typer.Option("--config", help="Settings file.", metavar="FILE")
    ] = None,
) -> None:
    """Bring what is new in the [[feeds]] of the settings into the library.

    A line for each feed says what was added, or why it failed. Exit codes: 0 done, 2 usage or
    settings, 5 done but a feed failed.

    Example: briefing fetch
    """
    from briefing.cli import shelf, wiring
    from briefing.data.feed import Feed
    from briefing.edges import clock, settings_file
    from briefing.errors import ConfigError
    from briefing.following import follow
    from briefing.steps.newsround import newsround

    settings = settings_file.load(config=config).settings
    if not settings.feeds:
        raise ConfigError(
            "no feed is set. Add `[[feeds]]` with a `url` to briefing.toml, once for each."
        )
    with (
        shelf.opened(settings.library) as kept,
        wiring.web(settings) as web,
        wiring.progress() as progress,
    ):
        reports = follow(
            [Feed(url=feed.url, name=feed.name) for feed in settings.feeds],
            source=web,
            library=kept,
            now=clock.now,
            max_chars=settings.limits.article_chars,
            progress=progress,
        )
        shelf.forget_old(kept, settings.library)
    typer.echo(newsround(reports), nl=False)
    raise typer.Exit(PARTIAL if any(report.error for report in reports) else 0)
