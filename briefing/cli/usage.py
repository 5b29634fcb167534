"""`briefing usage`: what model calls took."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from briefing.cli import options


class By(StrEnum):
    """What calls are summed by."""

    RUN = "run"
    DAY = "day"
    MODEL = "model"
    PROFILE = "profile"
    STEP = "step"


def usage_command(
    by: Annotated[By, typer.Option("--by", help="What to sum by.")] = By.DAY,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Only calls from then on.", metavar="24h|7d|DATE"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: options.Config = None,
) -> None:
    """Print what model calls took: their number, tokens and price.

    Each try counts that was, or may have been, charged for. A reply from the cache is no call.

    Example: briefing usage --by model --since 30d
    """
    from dataclasses import asdict

    from briefing.edges import clock, settings_file
    from briefing.edges.database import open_database
    from briefing.edges.ledger import spent
    from briefing.text.moments import moment

    settings = settings_file.load(config=config).settings
    start = None if since is None else moment(since, clock.now(), option="--since")
    database = open_database(settings.library.url)
    try:
        rows = spent(database, by=by.value, since=start)
    finally:
        database.close()
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], indent=2))
        return
    if not rows:
        typer.echo("no model call so far", err=True)
        return
    width = max(len(row.key) for row in rows)
    for row in rows:
        cost = "cost not known" if row.cost_usd is None else f"USD {row.cost_usd:.4f}"
        about = f", {row.estimated_calls} estimated" if row.estimated_calls else ""
        typer.echo(
            f"{row.key:<{width}}  {row.calls:,} {'call' if row.calls == 1 else 'calls'}{about}, "
            f"{row.prompt_tokens:,} tokens in, {row.completion_tokens:,} out, {cost}"
        )
