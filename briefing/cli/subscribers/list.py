"""`briefing subscribers list`: who there is."""

from typing import Annotated

import typer

from briefing.cli import options


def list_command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Only of this digest; all otherwise.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Whole addresses.")] = False,
    config: options.Config = None,
) -> None:
    """List who gets a digest, who is asked, and who has gone.

    Addresses are shown by their first letter and their host, unless `--full` is given. Exit
    codes: 0 done, 2 usage or settings.

    Example: briefing subscribers list morning
    """
    from briefing.cli import post
    from briefing.data.address import masked
    from briefing.edges import settings_file

    with post.opened(settings_file.load(config=config)) as opened:
        if name is not None:
            post.digest_named(name, opened.settings)
        for one in opened.readers.all(name):
            address = one.address if full else masked(one.address)
            listed = " (in the settings)" if one.is_listed else ""
            typer.echo(f"{one.digest} {one.wish} {address}{listed}")
