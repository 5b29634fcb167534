"""`briefing digest preview`: what an edition would say."""

from enum import StrEnum
from typing import Annotated

import typer

from briefing.cli import options


class Part(StrEnum):
    """What of a mail is shown."""

    TEXT = "text"
    HTML = "html"
    MAIL = "mail"
    JSON = "json"


def preview_command(
    name: options.DigestName,
    day: options.Day = None,
    part: Annotated[
        Part, typer.Option("--format", "-f", help="What of the mail to show.")
    ] = Part.TEXT,
    output: options.Output = None,
    config: options.Config = None,
) -> None:
    """Print what an edition would say if it were made now. Nothing is kept and nothing sent.

    Sentences that the editions before had are left out here too. Exit codes: 0 done, 1 failure,
    2 usage or settings, 4 no usable input.

    Example: briefing digest preview morning --format html -o morning.html
    """
    from briefing.cli import post, wiring
    from briefing.cli.digest.days import day_of
    from briefing.digest import mail, running
    from briefing.edges import clock, settings_file

    with post.opened(settings_file.load(config=config)) as opened:
        digest = post.digest_named(name, opened.settings)
        one = running.of_day(digest, day_of(day, digest))
        with post.desk(opened) as desk:
            edition = running.write(digest, one, desk)
    if part is Part.JSON:
        wiring.write(edition.model_dump_json(indent=2) + "\n", output)
        return
    parts = mail.template(edition, can_click=False)
    if part is not Part.MAIL:
        wiring.write(parts.text if part is Part.TEXT else parts.html, output)
        return
    envelope = mail.Envelope(
        recipient="reader@host.example", message_id=f"<preview@{desk.sender.domain}>"
    )
    whole = mail.compose(
        parts,
        envelope,
        digest=digest.name,
        title=digest.called,
        sender=desk.sender,
        date=clock.now(),
    )
    wiring.write(whole.decode("ascii").replace("\r\n", "\n"), output)
