"""`briefing subscribers mail`: what came back by mail."""

from typing import Annotated

import typer

from briefing.cli import options


def mail_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...", help="A mail, a mailbox or a Maildir; - for a mail on stdin."
        ),
    ],
    config: options.Config = None,
) -> None:
    """Unsubscribe who asks for it by mail, and note which letters bounced.

    Only what is signed counts, not who a mail comes from: a request needs the subject that the
    header List-Unsubscribe gives, a bounce that header of our letter. Answers of machines ask for
    nothing. Mails may be read again and again; they are left where they are. Exit codes: 0 done,
    1 failure, 2 usage or settings, 4 a source cannot be read, the others were.

    Example: briefing subscribers mail ~/Maildir
    """
    from collections.abc import Iterator

    from briefing.cli import post, wiring
    from briefing.data.document import Refusal
    from briefing.digest import returns
    from briefing.edges import clock, mailbag, settings_file
    from briefing.errors import SourceError

    configuration = settings_file.load(config=config)
    secret = post.secret(configuration.settings.subscribers)
    refused: list[Refusal] = []

    def mails() -> Iterator[bytes]:
        for found in mailbag.mails(sources, configuration.settings.limits):
            if isinstance(found, Refusal):
                refused.append(found)
            else:
                yield found

    with post.opened(configuration) as opened:
        done = returns.take_in(
            mails(), readers=opened.readers, letters=opened.outbox, secret=secret, now=clock.now()
        )
    counts = {
        "unsubscribed": done.unsubscribed,
        "bounced": done.bounced,
        "known already": done.known,
        "for a person to read": done.others,
    }
    typer.echo(", ".join(f"{number} {name}" for name, number in counts.items() if number) or "none")
    wiring.report_refused(refused)
    if refused:
        raise typer.Exit(SourceError.exit_code)
