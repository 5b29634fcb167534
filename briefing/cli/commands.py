"""The group of all commands: a slip on the command line is told like every other error."""

from typing import Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from briefing.cli import logs
from briefing.errors import ConfigError

_PYDANTIC = "Value error, "
"""What typer puts before the reason why a value is none."""


class Commands(TyperGroup):
    """Commands whose usage errors are one line that names the help to read."""

    def make_context(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 -- as typer's own
        """Return the context of a call; the options before the command are read here."""
        try:
            return super().make_context(*args, **extra)
        except TyperException as error:
            _end(error, at=self.name or "")

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 -- as typer's own
        """Run the command that was asked for; its own options are read here."""
        try:
            return super().invoke(ctx)
        except TyperException as error:
            _end(error, at=f"{ctx.command_path} {ctx.invoked_subcommand or ''}".strip())


def _end(error: TyperException, *, at: str) -> NoReturn:
    """End the run with one line on stderr; a command that only groups others shows its help.

    The help to read is that of the command at fault, or `at` where the error does not know it.
    """
    from briefing.text.canonical import clean

    context = getattr(error, "ctx", None)
    if context is not None and error.message == context.get_help():
        raise error
    said = clean(" ".join(error.format_message().replace(_PYDANTIC, "").split()))
    said = said[:1].lower() + said[1:] + ("" if said.endswith((".", "?")) else ".")
    path = at if context is None else context.command_path
    logs.complain(ConfigError(f"{said} See `{path} --help`."))
    raise typer.Exit(error.exit_code) from error
