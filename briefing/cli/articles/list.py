"""`briefing articles list`: what the library holds."""

from typing import Annotated

import typer

from briefing.cli import options


def list_command(
    about: Annotated[
        str, typer.Option("--about", help='Words that it must have; "in a row".', metavar="WORDS")
    ] = "",
    since: Annotated[
        str | None,
        typer.Option(
            "--since", help="Of this age at most, or from this day on.", metavar="AGE|DAY"
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", help="Older than this, or up to this day.", metavar="AGE|DAY"),
    ] = None,
    language: Annotated[
        str, typer.Option("--lang", help="Of this language, such as en.", metavar="CODE")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", help="Most articles.", min=1)] = 50,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Also what its page has replaced since.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    config: options.Config = None,
) -> None:
    """List the articles of the library, the newest or, with --about, the best match first.

    Example: briefing articles list --since 7d --about "Pakistan Russia"
    """
    from briefing.cli import shelf
    from briefing.edges import clock, settings_file
    from briefing.steps.catalogue import catalogue
    from briefing.text.moments import moment

    now = clock.now()
    start = None if since is None else moment(since, now, option="--since")
    end = None if until is None else moment(until, now, option="--until", is_end=True)
    with shelf.opened(settings_file.load(config=config).settings.library) as library:
        found = library.find(
            about,
            since=start,
            until=end,
            language=language,
            limit=limit,
            is_latest_only=not all_versions,
        )
    typer.echo(catalogue(found, as_json=as_json), nl=False)
