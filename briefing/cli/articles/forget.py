"""`briefing articles forget`: articles out of the library, for good."""

from typing import Annotated

import typer

from briefing.cli import options


def forget_command(
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Ids, or how they begin.")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="A page, with all its versions.", metavar="URL")
    ] = None,
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than",
            help="All that were added so long ago, or before that day.",
            metavar="AGE|DAY",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many.")] = False,
    config: options.Config = None,
) -> None:
    """Take articles out of the library for good.

    A feed that still has one does not bring it back; `articles import` does. Exit codes: 0 done,
    2 nothing was named, 4 an id fits no article.

    Example: briefing articles forget --older-than 90d --dry-run
    """
    from briefing.cli import shelf
    from briefing.edges import clock, settings_file
    from briefing.errors import ConfigError
    from briefing.text.moments import moment

    if not articles and url is None and older_than is None:
        raise ConfigError("nothing to forget is named. Give an id, `--url` or `--older-than`.")
    before = older_than and moment(older_than, clock.now(), option="--older-than")
    with shelf.opened(settings_file.load(config=config).settings.library) as library:
        count = library.forget(
            articles or (), url=url, older_than=before or None, is_rehearsal=dry_run
        )
    deed = "would forget" if dry_run else "forgot"
    typer.echo(f"{deed} {count:,} {'article' if count == 1 else 'articles'}")
