"""`briefing digest run`: do what is due, and stop."""

from typing import Annotated

import typer


def run_command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Only this digest; all otherwise.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is due.")] = False,
    batch: Annotated[
        bool,
        typer.Option(
            "--batch", help="Ask by the provider's Batch API, as `batch = true` of each digest."
        ),
    ] = False,
    batch_wait: Annotated[
        float,
        typer.Option(
            "--batch-wait",
            help="Wait so long for batches; otherwise a later run collects them.",
            min=0,
            metavar="SECONDS",
        ),
    ] = 0,
    config: Annotated[
        str | None, typer.Option("--config", help="Settings file.", metavar="FILE")
    ] = None,
) -> None:
    """Make the editions that are due and send what is ready: for cron or a timer.

    Call it as often as you like, every quarter of an hour for instance: an edition is made once,
    and what could not be sent is tried again until the next edition is due. Exit codes: 0 done, or
    another run is at work, 1 nothing works, 2 usage or settings, 5 done but not all was sent, 7 an
    edition waits for a batch: a later run makes it.

    Example: briefing digest run
    """
    from briefing.cli import post
    from briefing.digest import running
    from briefing.edges import settings_file
    from briefing.errors import BatchPending

    with post.opened(settings_file.load(config=config)) as opened:
        digests = post.digests_named(name, opened.settings)
        if batch:
            digests = tuple(one.model_copy(update={"batch": True}) for one in digests)
        if dry_run:
            with post.desk(opened) as desk:
                for digest in digests:
                    for one in running.due_now(digest, desk):
                        typer.echo(f"{digest.name}, {one.day}: due since {one.moment:%H:%M} UTC")
            return
        with post.sending(opened) as mailer:
            if mailer is None:
                typer.echo("another run is at work")
                return
            with post.desk(opened, batch_wait_s=batch_wait) as desk:
                done = running.go_round(digests, desk, lambda: post.send_ready(opened, mailer))
    post.say_round(done)
    code = post.exit_code(done.delivery, has_failed=bool(done.failures))
    raise typer.Exit(code or (BatchPending.exit_code if done.pending else 0))
