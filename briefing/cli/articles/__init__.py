"""`briefing articles`: the library of articles."""

import typer

from briefing.cli.articles.forget import forget_command
from briefing.cli.articles.import_ import import_command
from briefing.cli.articles.list import list_command
from briefing.cli.articles.show import show_command

app = typer.Typer(no_args_is_help=True, help="Keep articles in a library, and look at them.")
app.command(name="list")(list_command)
app.command(name="show")(show_command)
app.command(name="import")(import_command)
app.command(name="forget")(forget_command)
