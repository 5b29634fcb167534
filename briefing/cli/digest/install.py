"""`briefing digest install`: what makes the machine run it."""

from typing import Annotated

import typer

from briefing.cli import options


def install_command(
    systemd: Annotated[
        bool, typer.Option("--systemd", help="A service and a timer of the user.")
    ] = False,
    cron: Annotated[bool, typer.Option("--cron", help="A line for crontab.")] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write the units instead of printing them.")
    ] = False,
    config: options.Config = None,
) -> None:
    """Print what runs `briefing digest run` every quarter of an hour, or write it.

    Nothing is started: the last line says how. Exit codes: 0 done, 1 a unit cannot be written,
    2 usage.

    Example: briefing digest install --systemd
    """
    import shutil
    import sys
    from pathlib import Path

    from platformdirs import user_config_path

    from briefing.digest import units
    from briefing.edges import settings_file, writing
    from briefing.errors import ConfigError

    if systemd == cron:
        raise ConfigError("give one of `--systemd` and `--cron`.")
    if cron and write:
        raise ConfigError("`--write` goes with `--systemd`. Add the line with `crontab -e`.")
    settings_file.load(config=config)
    program = shutil.which("briefing") or str(Path(sys.argv[0]).resolve())
    command = [program, "digest", "run"]
    if config is not None:
        command += ["--config", str(Path(config).resolve())]
    folder = str(Path.cwd())
    if cron:
        typer.echo(units.crontab(command, folder), nl=False)
        return
    made = units.systemd(command, folder)
    place = user_config_path("systemd", appauthor=False) / "user"
    for name, text in made.items():
        if write:
            place.mkdir(parents=True, exist_ok=True)
            writing.write_atomic(place / name, text)
            typer.echo(f"wrote {place / name}")
        else:
            typer.echo(f"# {place / name}\n{text}")
    typer.echo(f"# Start it: {units.START}")
