"""`briefing templates`: the kinds of briefing and the prompts, and some of your own."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from briefing.cli import options

app = typer.Typer(
    no_args_is_help=True, help="Look at kinds of briefing and prompts, check yours, or make one."
)

_FAULTY = 1
_PROMPT = ".jinja"


@app.callback()
def _group() -> None:
    """Look at kinds of briefing and prompts, check yours, or make one."""


@app.command(name="list")
def list_command() -> None:
    """List the templates with their sections, and the prompts with their variables.

    Example: briefing templates list
    """
    from briefing import prompting, templating

    typer.echo(f"{templating.AUTO}: {' or '.join(templating.CHOICES)}, as the articles suggest")
    for name in templating.template_names():
        plan = templating.template(name)
        sections = ", ".join(section.title for section in plan.sections)
        typer.echo(f"{name}: {plan.title}: {sections}")
    for name in prompting.names():
        variables = ", ".join(sorted(prompting.variables(prompting.read(name)))) or "none"
        typer.echo(f"{name}: {variables}")


@app.command(name="show")
def show_command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="Of a template, the path of a folder with one, or of a prompt."
        ),
    ],
) -> None:
    """Print a template or a prompt as it stands in its file.

    Example: briefing templates show visit

    Example: briefing templates show draft.user.jinja
    """
    from briefing import prompting
    from briefing.cli import wiring

    is_prompt = name.endswith(_PROMPT)
    typer.echo(prompting.read(name) if is_prompt else wiring.template_source(name), nl=False)


@app.command(name="check")
def check_command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="Of a template, or the path of a folder with one, or with prompts.",
        ),
    ] = None,
    prompts: Annotated[
        str | None,
        typer.Option("--prompts", help="Folder of prompts to check with ours.", metavar="DIR"),
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print each prompt, filled.")] = False,
    config: options.Config = None,
) -> None:
    """Tell whether a template or prompts can be used, or what is wrong with them.

    Prompts are filled with sample data, and what is missing or unknown in them is named. Without
    NAME and --prompts, all templates and prompts are checked that a run would find. Exits 1 where
    a prompt is faulty, 2 where a template is.

    Example: briefing templates check templates/board

    Example: briefing templates check --prompts my-prompts
    """
    from briefing import templating
    from briefing.edges import settings_file

    if name is not None and prompts is None and _holds_prompts(Path(name)):
        name, prompts = None, name
    if name is not None:
        _check_template(name)
        if prompts is None:
            return
    elif prompts is None:
        for each in templating.template_names():
            _check_template(each)
    settings = settings_file.load(config=config, overrides={"draft.prompts": prompts}).settings
    faults = _prompt_faults(settings.draft.prompts, show=show)
    for fault in dict.fromkeys(faults):  # Steps share prompts.
        typer.echo(f"briefing: {fault}", err=True)
    raise typer.Exit(_FAULTY if faults else 0)


def _holds_prompts(folder: Path) -> bool:
    from briefing.templating import FILE

    return not (folder / FILE).is_file() and any(folder.glob(f"*{_PROMPT}"))


def _check_template(name: str) -> None:
    from briefing.cli import wiring

    plan = wiring.template(name)
    sections, most = len(plan.sections), sum(section.most for section in plan.sections)
    typer.echo(
        f"{plan.name}: {sections} section{'' if sections == 1 else 's'}, at most "
        f"{most} sentence{'' if most == 1 else 's'}"
    )
    for words in plan.stale:
        typer.echo(f"briefing: translated, but no title or gap of it: {words}", err=True)


def _prompt_faults(folder: str | None, *, show: bool) -> list[str]:
    """Print the hash of the prompts of each step, and return what is wrong with them."""
    from briefing import prompting, samples
    from briefing.errors import PromptError

    faults: list[str] = []
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
        for step, version in prompting.versions(*samples.SAMPLES).items():
            typer.echo(f"{step} {version}")
    return faults


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
    from briefing.edges import writing
    from briefing.errors import ConfigError, OutputError
    from briefing.templating import AUTO, FILE, parse

    name = Path(folder).resolve().name
    text = wiring.template_source(like)
    old = parse(text, like).name
    path = Path(folder) / FILE
    if path.exists():
        raise OutputError(f"{str(path)!r} is there already. Name another folder.")
    if name == AUTO:
        raise ConfigError(f"{name!r} lets briefing choose a template. Name another folder.")
    if '"' in name or "\\" in name or not name.isprintable():
        raise ConfigError(f"{name!r} cannot be the name of a template. Use letters and digits.")
    writing.make_folder(folder)
    writing.write_atomic(path, text.replace(f'name = "{old}"', f'name = "{name}"', 1))
    # What is printed is there to be copied into a shell.
    typer.echo(f"made {path}; use it with: briefing generate PATH --template {quote(folder)}")
