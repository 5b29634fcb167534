"""`briefing config`: what is set, and where."""

import typer

from briefing.cli import options

app = typer.Typer(no_args_is_help=True, help="Look at the settings.")


@app.callback()
def _group() -> None:
    """Look at the settings."""


@app.command(name="show")
def show_command(
    config: options.Config = None,
) -> None:
    """Print every setting, its value, and the file or variable it comes from.

    Example: briefing config show
    """
    from briefing.edges import settings_file

    for row in settings_file.describe(settings_file.load(config=config)):
        typer.echo(f"{row.key} = {row.value or '(not set)'}  # {row.origin}")
