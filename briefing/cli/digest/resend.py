"""`briefing digest resend`: what was sent, once more."""

from typing import Annotated

import typer

from briefing.cli import options


def resend_command(
    name: options.DigestName,
    day: Annotated[str, typer.Option("--date", help="Of which day.", metavar="DATE")],
    to: Annotated[
        str | None,
        typer.Option("--to", help="Only to this recipient of it.", metavar="ADDRESS"),
    ] = None,
    config: options.Config = None,
) -> None:
    """Send an edition once more to those who got it or should have: the same bytes.

    The next run sends them. Who has unsubscribed since gets nothing. Letters are kept for two
    weeks. Exit codes: 0 done, 2 usage or settings, 4 there is nothing to send again.

    Example: briefing digest resend morning --date 2031-04-07 --to ada@host.example
    """
    from briefing.cli import post
    from briefing.cli.digest.days import day_of
    from briefing.edges import clock, settings_file
    from briefing.errors import SourceError

    with post.opened(settings_file.load(config=config)) as opened:
        digest = post.digest_named(name, opened.settings)
        when = day_of(day, digest)
        count = opened.outbox.resend(name, when, clock.now(), recipient=to)
    if not count:
        raise SourceError(
            f"{name!r} has no letter of {when} to send again. See `briefing digest log`."
        )
    typer.echo(f"{count} {'letter' if count == 1 else 'letters'} ready: run `briefing digest run`")
