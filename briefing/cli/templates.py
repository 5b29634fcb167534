"""`briefing templates`: the kinds of briefing, and kinds of your own."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Look at the kinds of briefing, or make one.")

_NAME = typer.Argument(metavar="NAME", help="Of a template, or the path of a folder with one.")


@app.callback()
def _group() -> None:
    """Look at the kinds of briefing, or make one."""


@app.command(name="list")
def list_command() -> None:
    """List the templates that come with briefing, with their sections.

    Example: briefing templates list
    """
    from briefing.templating import template, template_names

    for name in template_names():
        plan = template(name)
        sections = ", ".join(section.title for section in plan.sections)
        typer.echo(f"{name}: {plan.title}: {sections}")


@app.command(name="show")
def show_command(name: Annotated[str, _NAME]) -> None:
    """Print a template as it stands in its file.

    Example: briefing templates show visit
    """
    from briefing.cli import wiring

    typer.echo(wiring.template_source(name), nl=False)


@app.command(name="check")
def check_command(name: Annotated[str, _NAME]) -> None:
    """Tell whether a template can be used, or what is wrong with it.

    Example: briefing templates check templates/board
    """
    from briefing.cli import wiring

    plan = wiring.template(name)
    typer.echo(
        f"{plan.name}: {len(plan.sections)} sections, at most "
        f"{sum(section.most for section in plan.sections)} sentences"
    )


@app.command(name="new")
def new_command(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="To make; its name is used.")],
    like: Annotated[
        str, typer.Option("--like", help="Template to begin with.", metavar="NAME")
    ] = "story",
) -> None:
    """Make a template of your own in a new folder, to edit and use with `--template FOLDER`.

    Example: briefing templates new templates/board --like visit
    """
    from briefing.cli import wiring
    from briefing.edges import files
    from briefing.errors import ConfigError, OutputError
    from briefing.templating import FILE, parse

    name = Path(folder).resolve().name
    text = wiring.template_source(like)
    old = parse(text, like).name
    path = Path(folder) / FILE
    if path.exists():
        raise OutputError(f"{str(path)!r} is there already. Name another folder.")
    if '"' in name or "\\" in name or not name.isprintable():
        raise ConfigError(f"{name!r} cannot be the name of a template. Use letters and digits.")
    files.make_folder(folder)
    files.write_atomic(path, text.replace(f'name = "{old}"', f'name = "{name}"', 1))
    typer.echo(f"made {path}; use it with: briefing generate PATH --template {folder}")
