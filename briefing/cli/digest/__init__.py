"""`briefing digest`: daily digests by mail."""

import typer

from briefing.cli.digest.install import install_command
from briefing.cli.digest.log import log_command
from briefing.cli.digest.preview import preview_command
from briefing.cli.digest.resend import resend_command
from briefing.cli.digest.resolve import resolve_command
from briefing.cli.digest.run import run_command
from briefing.cli.digest.send import send_command
from briefing.cli.digest.serve import serve_command
from briefing.cli.digest.web import web_command

app = typer.Typer(no_args_is_help=True, help="Send daily digests by mail.")
app.command(name="preview")(preview_command)
app.command(name="send")(send_command)
app.command(name="run")(run_command)
app.command(name="serve")(serve_command)
app.command(name="log")(log_command)
app.command(name="resolve")(resolve_command)
app.command(name="resend")(resend_command)
app.command(name="install")(install_command)
app.command(name="web")(web_command)
