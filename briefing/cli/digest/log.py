"""`briefing digest log`: what was sent."""

from typing import Annotated

import typer

from briefing.cli import options


def log_command(
    name: options.OnlyDigest = None,
    day: Annotated[
        str | None,
        typer.Option("--date", help="With NAME: each letter of this edition.", metavar="DATE"),
    ] = None,
    most: Annotated[int, typer.Option("-n", help="Most editions.", min=1)] = 30,
    config: options.Config = None,
) -> None:
    """List the editions, and where their letters are; with a day, letter by letter.

    Addresses are shown by their first letter and their host. Exit codes: 0 done, 2 usage or
    settings.

    Example: briefing digest log morning --date 2031-04-07
    """
    from briefing.cli import post
    from briefing.cli.digest.days import day_of
    from briefing.data.address import masked
    from briefing.edges import mail_books, settings_file
    from briefing.errors import ConfigError

    with post.opened(settings_file.load(config=config)) as opened:
        if day is not None:
            if name is None:
                raise ConfigError("`--date` shows the letters of one digest. Name it.")
            digest = post.digest_named(name, opened.settings)
            for letter in opened.outbox.letters(name, day_of(day, digest)):
                words = f" ({letter.reason})" if letter.reason else ""
                address = masked(letter.recipient)
                typer.echo(f"{letter.message_id} {letter.state} {address}{words}")
            return
        editions = mail_books.standings(opened.database, name, most=most)
        if name is not None and not editions:
            post.digest_named(name, opened.settings)
        for one in editions:
            counts = ", ".join(f"{number} {state}" for state, number in sorted(one.counts.items()))
            typer.echo(f"{one.day} {one.digest}: {counts or one.note or 'no letters'}")
