"""`briefing digest send`: one edition, now."""

from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import options

if TYPE_CHECKING:
    from briefing.cli.post import Post
    from briefing.data.digest import Due
    from briefing.mail_settings import DigestSettings


def send_command(
    name: options.DigestName,
    day: options.Day = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", help="A test: only to this address, and nothing is kept.", metavar="ADDRESS"
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say to how many it would go.")
    ] = False,
    config: options.Config = None,
) -> None:
    """Make an edition now, whether it is due or not, and send it. One that is made is only sent.

    However often this is called, nobody gets an edition twice: what is sent is not sent again.
    Exit codes: 0 done, 1 failure, 2 usage or settings, 4 no usable input, 5 not all was sent.

    Example: briefing digest send morning --to me@host.example
    """
    from briefing.cli import post
    from briefing.cli.digest.days import day_of
    from briefing.digest import running
    from briefing.edges import settings_file

    with post.opened(settings_file.load(config=config)) as opened:
        digest = post.digest_named(name, opened.settings)
        one = running.of_day(digest, day_of(day, digest))
        if to is not None:
            _test(opened, digest, one, to, dry_run=dry_run)
            return
        if dry_run:
            with post.desk(opened) as desk:
                edition = running.write(digest, one, desk)
            number = len(running.recipients(digest, opened.readers))
            stories = len(edition.stories)
            typer.echo(f"would send {stories} {'story' if stories == 1 else 'stories'} to {number}")
            return
        with post.sending(opened, wait_s=60) as mailer:
            if mailer is None:
                typer.echo("another run is at work")
                raise typer.Exit
            if one.day not in opened.outbox.made(digest.name):
                with post.desk(opened) as desk:
                    made = running.make(digest, one, desk)
                if made is not None and made.note:
                    typer.echo(f"{digest.name}, {one.day}: {made.note}")
            done = post.send_ready(opened, mailer)
    post.say_delivery(done)
    raise typer.Exit(post.exit_code(done))


def _test(opened: "Post", digest: "DigestSettings", one: "Due", to: str, *, dry_run: bool) -> None:
    """Send an edition to one address as a test, past the outbox.

    Raises:
        DeliveryError: The server does not take it.
    """
    from briefing.cli import post
    from briefing.data.address import checked_address
    from briefing.data.digest import Letter
    from briefing.digest import mail, running
    from briefing.digest.replies import Fate, classify
    from briefing.digest.sending import said
    from briefing.edges import clock
    from briefing.edges.smtp import Smtp
    from briefing.errors import ConfigError, DeliveryError

    try:
        address = checked_address(to)
    except ValueError as error:
        raise ConfigError(f"`--to` is no address: {error}.") from error
    with post.desk(opened) as desk:
        edition = running.write(digest, one, desk)
    parts = mail.as_test(mail.template(edition, can_click=False))
    now = clock.now()
    identity = f"<test.{now:%Y%m%d%H%M%S%f}@{desk.sender.domain}>"
    letter = Letter(
        digest=digest.name,
        day=one.day,
        recipient=address,
        subscriber="",
        message_id=identity,
        message=mail.compose(
            parts,
            mail.Envelope(recipient=address, message_id=identity),
            digest=digest.name,
            title=digest.called,
            sender=desk.sender,
            date=now,
        ),
        next_try=now,
        expires=now,
    )
    if dry_run:
        typer.echo(f"would send a test of {len(letter.message):,} bytes")
        return
    mailer = Smtp(opened.settings.smtp)
    receipt = mailer.send(letter, before_body=lambda: True)
    mailer.close()
    if receipt is None or classify(receipt) is not Fate.SENT:
        raise DeliveryError(f"the test was not sent: {said(receipt) if receipt else 'stopped'}.")
    typer.echo("sent a test")
