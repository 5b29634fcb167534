"""Addresses into subscriptions: asked for, or taken as confirmed."""

from collections.abc import Iterable

from briefing.cli import post
from briefing.data.subscriber import Deed, Subscriber, Wish
from briefing.digest.invitation import invitation
from briefing.digest.replies import Fate, classify
from briefing.digest.sending import said
from briefing.edges import clock
from briefing.edges.smtp import Smtp
from briefing.errors import ConfigError, DeliveryError
from briefing.mail_settings import DigestSettings


def invite(
    opened: post.Post, digest: DigestSettings, addresses: Iterable[str], *, confirmed: bool
) -> str:
    """Put each address down for a digest, and return in words how many are what.

    Raises:
        ConfigError: The digest goes to no subscribers, or there is nowhere to confirm.
        DeliveryError: The mail server does not take what asks for a confirmation.
    """
    if not digest.subscribers:
        raise ConfigError(
            f"{digest.name!r} goes to its recipients only. Set `subscribers = true` in its "
            "[[digest]]."
        )
    mailer = None if confirmed else Smtp(opened.settings.smtp)
    asked = known = taken = 0
    for address in addresses:
        before = opened.readers.find(digest.name, address)
        reader = opened.readers.subscribe(digest.name, address)
        if reader.wish is not Wish.PENDING:
            known += 1
        elif mailer is None and (before is None or before.wish is not Wish.GONE):
            opened.readers.change(reader.id, Deed.CONFIRM)
            taken += 1
        else:
            _ask(opened, digest, reader, mailer or Smtp(opened.settings.smtp))
            asked += 1
    if mailer is not None:
        mailer.close()
    counts = ((asked, "asked to confirm"), (taken, "subscribed"), (known, "known already"))
    return ", ".join(f"{number} {words}" for number, words in counts if number) or "nobody"


def _ask(opened: post.Post, digest: DigestSettings, reader: Subscriber, mailer: Smtp) -> None:
    settings = opened.settings
    letter = invitation(
        reader,
        title=digest.called,
        link=post.link(reader, Deed.CONFIRM, settings.subscribers),
        sender=post.sender(settings),
        now=clock.now(),
    )
    receipt = mailer.send(letter, before_body=lambda: True)
    if receipt is None or classify(receipt) is not Fate.SENT:
        mailer.close()
        words = said(receipt) if receipt else "stopped"
        raise DeliveryError(f"a mail that asks for a confirmation was not sent: {words}.")
