"""`briefing status`: how the digests do."""

import typer

from briefing.cli import options


def status_command(
    config: options.Config = None,
) -> None:
    """Say of each digest what was sent last and what comes next, and what needs a person.

    Exit codes: 0 all is well, 1 an edition is overdue, 2 settings, 5 letters of a last edition
    failed or expired, or wait for a person.

    Example: briefing status
    """
    from itertools import islice

    from briefing.cli import post
    from briefing.data.digest import State
    from briefing.digest.schedule import editions
    from briefing.edges import clock, mail_books, settings_file

    now = clock.now()
    code = 0
    with post.opened(settings_file.load(config=config)) as opened:
        for digest in post.digests_named(None, opened.settings):
            last = mail_books.standings(opened.database, digest.name, most=1)
            coming = next(islice(editions(digest.timetable, now), 1))
            typer.echo(f"{digest.name}: next {coming.day} at {coming.moment:%H:%M} UTC")
            for one in last:
                counts = ", ".join(
                    f"{number} {state}" for state, number in sorted(one.counts.items())
                )
                typer.echo(f"  last {one.day}: {counts or one.note}")
                if {State.FAILED, State.EXPIRED, State.HELD} & set(one.counts):
                    code = code or post.PARTIAL
            for late in post.overdue(opened, digest, now):
                typer.echo(f"  overdue: {late.day}. Run `briefing digest run`.")
                code = post.FAILURE
        held = len(opened.outbox.held())
        if held:
            typer.echo(f"held: {held}. See `briefing digest resolve`.")
            code = code or post.PARTIAL
        if dead := mail_books.dead_addresses(opened.database):
            typer.echo(f"dead addresses, no longer written to: {dead}")
    raise typer.Exit(code)
