"""`briefing digest run`: do what is due, and stop."""

from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import options

if TYPE_CHECKING:
    from briefing.digest.running import Round
    from briefing.edges.metrics import Metrics
    from briefing.edges.settings_file import Configuration


def run_command(
    name: options.OnlyDigest = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is due.")] = False,
    metrics: Annotated[
        str | None,
        typer.Option(
            "--metrics",
            help="File for the textfile collector of node_exporter, written at the end.",
            metavar="FILE",
        ),
    ] = None,
    batch: Annotated[
        bool,
        typer.Option(
            "--batch", help="Ask by the provider's Batch API, as `batch = true` of each digest."
        ),
    ] = False,
    batch_wait: Annotated[
        float | None,
        typer.Option(
            "--batch-wait",
            help="Wait so long for batches; otherwise a later run collects them.",
            min=0,
            metavar="SECONDS",
        ),
    ] = None,
    config: options.Config = None,
) -> None:
    """Make the editions that are due and send what is ready: for cron or a timer.

    Call it as often as you like, every quarter of an hour for instance: an edition is made once,
    and what could not be sent is tried again until the next edition is due. Exit codes: 0 done, or
    another run is at work, 1 nothing works, 2 usage or settings, 5 done but not all was sent, 7 an
    edition waits for a batch: a later run makes it. `--metrics` needs
    `pip install 'briefing[metrics]'`.

    Example: briefing digest run
    """
    from briefing.cli import effects, gauges, post
    from briefing.cli.effects import Needs
    from briefing.edges import clock, settings_file
    from briefing.errors import BatchPending, BriefingError

    configuration = settings_file.load(config=config)
    effects.check(
        [
            Needs(
                "--batch-wait",
                batch_wait is not None,
                batch or any(one.batch for one in post.digests_named(name, configuration.settings)),
                "says how long to wait for batches, and no digest asks in one. Add `--batch`.",
            )
        ]
    )
    if dry_run:
        _say_due(configuration, name)
        return
    told = gauges.metrics(configuration) if metrics is not None else None
    try:
        done = _round(configuration, name, told, is_batched=batch, batch_wait_s=batch_wait or 0)
    except BriefingError:
        if told is not None and metrics is not None:
            told.write(metrics)  # A monitor has to hear of it.
        raise
    if done is None:
        typer.echo("another run is at work")
        return
    post.say_round(done)
    if told is not None and metrics is not None:
        told.note_round(clock.now(), is_clean=done.is_clean)
        told.write(metrics)
    code = post.exit_code(done.delivery, has_failed=bool(done.failures))
    raise typer.Exit(code or (BatchPending.exit_code if done.pending else 0))


def _say_due(configuration: "Configuration", name: str | None) -> None:
    from briefing.cli import post
    from briefing.digest import running

    with post.opened(configuration) as opened, post.desk(opened) as desk:
        for digest in post.digests_named(name, opened.settings):
            for one in running.due_now(digest, desk):
                typer.echo(f"{digest.name}, {one.day}: due since {one.moment:%H:%M} UTC")


def _round(
    configuration: "Configuration",
    name: str | None,
    told: "Metrics | None",
    *,
    is_batched: bool,
    batch_wait_s: float,
) -> "Round | None":
    """Go round once; None where another run is at work."""
    from briefing.cli import gauges, post
    from briefing.digest import running

    with post.opened(configuration) as opened:
        digests = post.digests_named(name, opened.settings)
        if is_batched:
            digests = tuple(one.model_copy(update={"batch": True}) for one in digests)
        with (
            post.sending(opened) as mailer,
            post.desk(opened, batch_wait_s=batch_wait_s) as desk,
        ):
            if mailer is None:
                return None
            timed = gauges.timed(mailer, told)
            return running.go_round(digests, desk, lambda: post.send_ready(opened, timed))
