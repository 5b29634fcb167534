"""`briefing schedule`: when digests are due."""

from typing import Annotated

import typer

from briefing.cli import options

app = typer.Typer(no_args_is_help=True, help="Look at when digests are due.")


@app.callback()
def _group() -> None:
    """Look at when digests are due."""


@app.command(name="next")
def next_command(
    name: options.OnlyDigest = None,
    most: Annotated[int, typer.Option("-n", help="How many of each.", min=1, max=1_000)] = 5,
    config: options.Config = None,
) -> None:
    """List the editions to come, in the time of their zone and in UTC.

    Where the clocks of the zone leave the hour out or have it twice, the line says what that
    means. Exit codes: 0 done, 2 usage or settings.

    Example: briefing schedule next -n 10
    """
    from itertools import islice
    from zoneinfo import ZoneInfo

    from briefing.cli import post
    from briefing.digest.schedule import editions
    from briefing.edges import clock, settings_file

    settings = settings_file.load(config=config).settings
    for digest in post.digests_named(name, settings):
        timetable = digest.timetable
        zone = ZoneInfo(timetable.zone)
        for one in islice(editions(timetable, clock.now()), most):
            local = one.moment.astimezone(zone)
            note = f"  # {one.note}" if one.note else ""
            typer.echo(
                f"{digest.name}  {one.day:%a} {one.day}  {local:%H:%M} {timetable.zone} "
                f"(UTC{local:%z})  {one.moment:%Y-%m-%dT%H:%MZ}{note}"
            )
