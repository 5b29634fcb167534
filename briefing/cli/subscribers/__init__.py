"""`briefing subscribers`: who gets a digest."""

import typer

from briefing.cli.subscribers.add import add_command
from briefing.cli.subscribers.change import pause_command, remove_command, resume_command
from briefing.cli.subscribers.import_ import import_command
from briefing.cli.subscribers.list import list_command
from briefing.cli.subscribers.mail import mail_command

app = typer.Typer(no_args_is_help=True, help="Say who gets a digest.")
app.command(name="add")(add_command)
app.command(name="import")(import_command)
app.command(name="list")(list_command)
app.command(name="mail")(mail_command)
app.command(name="pause")(pause_command)
app.command(name="resume")(resume_command)
app.command(name="remove")(remove_command)
