"""`briefing digest serve`: the same, minute by minute, until it is stopped."""

from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import options

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.digest.running import Round
    from briefing.errors import BriefingError


def serve_command(
    health: Annotated[
        str | None,
        typer.Option(
            "--health", help="File that says after each round how it went.", metavar="FILE"
        ),
    ] = None,
    metrics_port: Annotated[
        int | None,
        typer.Option(
            "--metrics-port",
            help="Answer Prometheus on 127.0.0.1 at this port.",
            min=0,
            max=65_535,
            metavar="PORT",
        ),
    ] = None,
    config: options.Config = None,
) -> None:
    """Do what is due every minute, until SIGTERM or Ctrl-C: for a container.

    A letter that is under way is ended first. The health file holds one JSON object: `at`, `ok`
    and `problem`; a monitor looks at its age too. `--metrics-port` needs
    `pip install 'briefing[metrics]'`. Exit codes: 0 stopped, 2 settings.

    Example: briefing digest serve --health /run/briefing/health.json
    """
    import json
    import signal
    from threading import Event

    from briefing.cli import gauges, post
    from briefing.digest import running, serving
    from briefing.digest.sending import Delivery, deliver
    from briefing.edges import clock, settings_file, writing
    from briefing.edges.smtp import Smtp
    from briefing.errors import BriefingError

    configuration = settings_file.load(config=config)
    digests = post.digests_named(None, configuration.settings)
    Smtp(configuration.settings.smtp)  # What is not set should be heard of now.
    told = gauges.metrics(configuration) if metrics_port is not None else None
    if told is not None and metrics_port is not None:
        port = told.serve(metrics_port)
        typer.echo(f"metrics: http://127.0.0.1:{port}/metrics")
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())

    def go_round() -> "Round":
        with post.opened(configuration) as opened, post.sending(opened, wait_s=30) as mailer:
            if mailer is None:
                return running.Round(made=(), failures=(), delivery=Delivery())
            timed = gauges.timed(mailer, told)
            with post.desk(opened) as desk:
                done = running.go_round(
                    digests,
                    desk,
                    lambda: deliver(
                        opened.outbox, timed, now=clock.now, is_stopping=stopping.is_set
                    ),
                )
            opened.outbox.prune(clock.now())
            return done

    def report(at: "datetime", done: "Round | BriefingError") -> None:
        if isinstance(done, BriefingError):
            problem = str(done)
        else:
            problem = post.problem(done)
            if done.made or done.delivery.sent or problem:
                post.say_round(done)
        if told is not None:
            told.note_round(at, is_clean=not problem)
        if health is not None:
            said = {"at": at.isoformat(timespec="seconds"), "ok": not problem, "problem": problem}
            writing.write_atomic(health, json.dumps(said) + "\n")

    serving.serve(go_round, now=clock.now, wait_for=stopping.wait, report=report)
