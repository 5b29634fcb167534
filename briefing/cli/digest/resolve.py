"""`briefing digest resolve`: a person says what became of letters in doubt."""

from typing import Annotated

import typer

from briefing.cli import options


def resolve_command(
    letters: Annotated[
        list[str] | None,
        typer.Argument(metavar="MESSAGE-ID...", help="Which letters; all that are held otherwise."),
    ] = None,
    arrived: Annotated[bool, typer.Option("--arrived", help="They arrived.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Send them again.")] = False,
    lost: Annotated[bool, typer.Option("--lost", help="Give them up.")] = False,
    config: options.Config = None,
) -> None:
    """List the letters that are held, or say what became of them.

    With `policy = "hold"` a letter that was under way when a run ended is held: nobody knows
    whether the server took it. Look for its Message-ID in the server's log. Exit codes: 0 done,
    2 usage or settings.

    Example: briefing digest resolve --arrived
    """
    from briefing.cli import post
    from briefing.data.address import masked
    from briefing.data.digest import State
    from briefing.edges import clock, settings_file
    from briefing.errors import ConfigError

    deeds = {State.SENT: arrived, State.READY: again, State.FAILED: lost}
    chosen = [state for state, is_wanted in deeds.items() if is_wanted]
    if len(chosen) > 1:
        raise ConfigError("give one of `--arrived`, `--again` and `--lost`.")
    with post.opened(settings_file.load(config=config)) as opened:
        held = {letter.message_id.strip("<>"): letter for letter in opened.outbox.held()}
        named = [one.strip("<>") for one in letters or held]
        unknown = [one for one in named if one not in held]
        if unknown:
            raise ConfigError(f"no letter {unknown[0]!r} is held. See `briefing digest resolve`.")
        if not chosen:
            for one in named:
                letter = held[one]
                typer.echo(f"{one} {letter.digest} {letter.day} {masked(letter.recipient)}")
            return
        now = clock.now()
        done = sum(
            opened.outbox.resolve(held[one].message_id, chosen[0], now, reason="as a person said")
            for one in named
        )
    typer.echo(f"{done} {'letter' if done == 1 else 'letters'}: {chosen[0]}")
