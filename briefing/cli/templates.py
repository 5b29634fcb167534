"""`briefing templates`: the prompts and the kinds of briefing."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Look at prompts and templates, and check yours.")

_FAULTY = 1


@app.callback()
def _group() -> None:
    """Look at prompts and templates, and check yours."""


@app.command(name="list")
def list_command() -> None:
    """Print the kinds of briefing, and each prompt with its variables.

    Example: briefing templates list
    """
    from briefing import prompting, templating

    for name in templating.template_names():
        sections = ", ".join(section.id for section in templating.template(name).sections)
        typer.echo(f"{name}: {sections}")
    for name in prompting.names():
        variables = ", ".join(sorted(prompting.variables(prompting.read(name)))) or "none"
        typer.echo(f"{name}: {variables}")


@app.command(name="check")
def check_command(
    prompts: Annotated[
        str | None,
        typer.Option("--prompts", help="Folder of prompts to check with ours.", metavar="DIR"),
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print each prompt, filled.")] = False,
    config: Annotated[
        str | None, typer.Option("--config", help="Settings file.", metavar="FILE")
    ] = None,
) -> None:
    """Fill each prompt with sample data, and name what is missing or unknown. Exits 1 if any is.

    Example: briefing templates check --prompts my-prompts
    """
    from briefing import prompting, samples, templating
    from briefing.edges import settings_file
    from briefing.errors import BriefingError, PromptError

    settings = settings_file.load(config=config, overrides={"draft.prompts": prompts}).settings
    folder = settings.draft.prompts
    faults: list[str] = []
    for name in templating.template_names():
        try:
            templating.template(name)
        except BriefingError as error:
            faults.append(str(error))
    with prompting.using(Path(folder) if folder else None):
        for name in prompting.names():
            try:
                faults += [f"{name}: {one}" for one in samples.problems(prompting.read(name), name)]
            except PromptError as error:
                faults.append(f"{name}: {error}")
        for step, sample in samples.SAMPLES.items():
            try:
                filled = sample()
            except PromptError as error:
                faults.append(str(error))
                continue
            if show:
                typer.echo(f"--- {step}: system\n{filled.system}\n--- {step}: user\n{filled.user}")
        versions = prompting.versions(*samples.SAMPLES)
    for fault in faults:
        typer.echo(f"briefing: {fault}", err=True)
    for step, version in versions.items():
        typer.echo(f"{step} {version}")
    raise typer.Exit(_FAULTY if faults else 0)
