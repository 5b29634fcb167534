"""`briefing subscribers pause`, `resume` and `remove`: what a subscriber asked for by mail."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from briefing.data.subscriber import Deed

_Name = Annotated[str, typer.Argument(metavar="NAME", help="Which digest.")]
_Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="Whose subscription.")]
_Config = Annotated[str | None, typer.Option("--config", help="Settings file.", metavar="FILE")]


def pause_command(name: _Name, address: _Address, config: _Config = None) -> None:
    """Send a subscriber nothing until they resume.

    Exit codes: 0 done, 2 usage or settings, 4 there is no such subscription.

    Example: briefing subscribers pause morning ada@host.example
    """
    from briefing.data.subscriber import Deed

    _change(name, address, Deed.PAUSE, config)


def resume_command(name: _Name, address: _Address, config: _Config = None) -> None:
    """Send a subscriber who has paused the next edition again, and one whose address was dead.

    Exit codes: 0 done, 2 usage or settings, 4 there is no such subscription.

    Example: briefing subscribers resume morning ada@host.example
    """
    from briefing.data.subscriber import Deed

    _change(name, address, Deed.RESUME, config)


def remove_command(name: _Name, address: _Address, config: _Config = None) -> None:
    """Unsubscribe an address, whether it subscribed or stands in the settings.

    The address is kept as one that wants nothing, so that nobody but its owner puts it back. Exit
    codes: 0 done, 2 usage or settings, 4 there is no such subscription.

    Example: briefing subscribers remove morning ada@host.example
    """
    from briefing.data.subscriber import Deed

    _change(name, address, Deed.UNSUBSCRIBE, config)


def _change(name: str, address: str, deed: "Deed", config: str | None) -> None:
    from briefing.cli import post
    from briefing.edges import settings_file
    from briefing.errors import SourceError

    with post.opened(settings_file.load(config=config)) as opened:
        digest = post.digest_named(name, opened.settings)
        opened.readers.enlist(name, digest.recipients)
        reader = opened.readers.find(name, address)
        wish = opened.readers.change(reader.id, deed) if reader else None
    if wish is None:
        raise SourceError(
            f"{name!r} has no subscription that this could change. See `briefing subscribers list`."
        )
    typer.echo(f"{wish}")
