"""`briefing subscribers add`: one address, to be confirmed by its owner."""

from typing import Annotated

import typer

from briefing.cli import options


def add_command(
    name: options.DigestName,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Who is to get it.")],
    confirmed: options.Confirmed = False,
    config: options.Config = None,
) -> None:
    """Send an address a mail that asks whether it wants a digest; it gets none before it says yes.

    Who has unsubscribed is asked again, and stays out until they confirm. Exit codes: 0 done,
    1 the mail cannot be sent, 2 usage or settings.

    Example: briefing subscribers add morning ada@host.example
    """
    from briefing.cli import post
    from briefing.cli.subscribers.inviting import invite
    from briefing.data.address import checked_address
    from briefing.edges import settings_file
    from briefing.errors import ConfigError

    try:
        checked = checked_address(address)
    except ValueError as error:
        raise ConfigError(f"the address cannot be used: {error}.") from error
    with post.opened(settings_file.load(config=config)) as opened:
        digest = post.digest_named(name, opened.settings)
        counts = invite(opened, digest, [checked], confirmed=confirmed)
    typer.echo(counts)
