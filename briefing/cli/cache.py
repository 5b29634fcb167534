"""`briefing cache`: the replies that are kept."""

import typer

app = typer.Typer(no_args_is_help=True, help="Look at the kept replies of models, or clear them.")


@app.callback()
def _group() -> None:
    """Look at the kept replies of models, or clear them."""


@app.command(name="show")
def show_command() -> None:
    """Print how many replies are kept, and where.

    Example: briefing cache show
    """
    from briefing.edges.reply_cache import ReplyCache, default_file

    count, size = ReplyCache().size()
    typer.echo(f"{count:,} replies, {size:,} bytes, in {default_file()}")


@app.command(name="clear")
def clear_command() -> None:
    """Take all kept replies out for good: the next run asks anew.

    Example: briefing cache clear
    """
    from briefing.edges.reply_cache import ReplyCache

    typer.echo(f"{ReplyCache().clear():,} replies are gone")
