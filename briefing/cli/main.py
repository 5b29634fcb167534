"""The `briefing` command and its error boundary."""

import gc
import os
import sys
from typing import Annotated

import typer

import briefing
from briefing.cli import logs
from briefing.cli.articles import app as articles_app
from briefing.cli.cache import app as cache_app
from briefing.cli.commands import Commands
from briefing.cli.config import app as config_app
from briefing.cli.digest import app as digest_app
from briefing.cli.doctor import doctor_command
from briefing.cli.estimate import estimate_command
from briefing.cli.fetch import fetch_command
from briefing.cli.generate import generate_command
from briefing.cli.groups import groups_command
from briefing.cli.saved import diff_command, show_command
from briefing.cli.schedule import app as schedule_app
from briefing.cli.status import status_command
from briefing.cli.subscribers import app as subscribers_app
from briefing.cli.templates import app as templates_app
from briefing.cli.usage import usage_command
from briefing.cli.verify import verify_command
from briefing.edges import writing
from briefing.errors import BriefingError

app = typer.Typer(
    name="briefing",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Short news briefings in which every sentence is checked against quoted spans of its "
    "sources.",
    epilog="Example: briefing generate examples/visit",
)
app.command(name="generate")(generate_command)
app.command(name="groups")(groups_command)
app.command(name="verify")(verify_command)
app.command(name="show")(show_command)
app.command(name="diff")(diff_command)
app.command(name="fetch")(fetch_command)
app.command(name="estimate")(estimate_command)
app.command(name="usage")(usage_command)
app.command(name="doctor")(doctor_command)
app.add_typer(articles_app, name="articles")
app.add_typer(cache_app, name="cache")
app.add_typer(digest_app, name="digest")
app.add_typer(subscribers_app, name="subscribers")
app.add_typer(schedule_app, name="schedule")
app.command(name="status")(status_command)
app.add_typer(templates_app, name="templates")
app.add_typer(config_app, name="config")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"briefing {briefing.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log one line a step on stderr.")
    ] = False,
    log_format: Annotated[
        logs.LogFormat,
        typer.Option("--log-format", help="As what stderr is written; json: a record a line."),
    ] = logs.LogFormat.TEXT,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    context.call_on_close(logs.set_up(log_format, verbose=verbose))


def main() -> None:
    """Run the command; an error of ours is one line on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="briefing")
    except BriefingError as error:
        logs.complain(error)
        raise SystemExit(error.exit_code) from error
    except BrokenPipeError:
        # The reader has seen enough, as in `briefing … | head`.
        _let_go_of_stdout()
        raise SystemExit(1) from None
    except OSError as error:
        # The edges tell of their own files and servers: what comes here without the name of a
        # file is stdout, which every command prints to.
        if error.filename is not None or error.errno not in writing.NO_ROOM:
            raise
        _let_go_of_stdout()
        unwritten = writing.failed("standard output", error)
        logs.complain(unwritten)
        raise SystemExit(unwritten.exit_code) from error
    finally:
        # All of it goes with the process: it need not be searched for cycles first.
        gc.freeze()


def _let_go_of_stdout() -> None:
    """Let the rest go nowhere: Python would complain again when it flushes stdout at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
