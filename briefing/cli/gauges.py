"""Settings to what a monitor is told."""

from typing import TYPE_CHECKING

from briefing.cli import post
from briefing.digest.sending import Mailer
from briefing.edges import clock, mail_books
from briefing.edges.ledger import spent
from briefing.edges.settings_file import Configuration
from briefing.edges.smtp import Smtp
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.edges.metrics import Figures, Metrics


def metrics(configuration: Configuration) -> "Metrics":
    """Return what is told of the digests that are set.

    Raises:
        ConfigError: The package for it is missing.
    """
    try:
        from briefing.edges.metrics import Figures, Metrics
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"metrics need the package {error.name!r}. Run: pip install 'briefing[metrics]'"
        ) from error

    def figures() -> "Figures":
        now = clock.now()
        # Each time anew: who asks comes in a thread of its own, and rounds come and go.
        with post.opened(configuration) as opened:
            digests = opened.settings.digest
            late = {one.name: post.overdue(opened, one, now) for one in digests}
            return Figures(
                traffic=[mail_books.traffic(opened.database, one.name) for one in digests],
                overdue_s={
                    name: (now - found[0].moment).total_seconds()
                    for name, found in late.items()
                    if found
                },
                dead=mail_books.dead_addresses(opened.database),
                spent=spent(opened.database, by="profile"),
            )

    return Metrics(figures)


def timed(mailer: Smtp, told: "Metrics | None") -> Mailer:
    """Return the mail server, timed where a monitor is told of it."""
    if told is None:
        return mailer
    from briefing.edges.metrics import TimedMailer

    return TimedMailer(mailer, told)
