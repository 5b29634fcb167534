"""The mail that asks the owner of an address whether a subscription is meant."""

from datetime import datetime

from briefing.data.address import Mailbox
from briefing.data.digest import Letter
from briefing.data.subscriber import Subscriber
from briefing.digest.mail import base_message

_WORDS = """\
Somebody, most likely you, asked for {title} to be sent to this address.

If you want it, open this page and press the button:
{link}

If you do not, do nothing: no more mail comes.
"""


def invitation(
    reader: Subscriber, *, title: str, link: str, sender: Mailbox, now: datetime
) -> Letter:
    """Return the mail to a pending subscriber.

    Args:
        reader: Who it goes to.
        title: What readers call the digest.
        link: Where the subscription is confirmed.
        sender: Whom it comes from.
        now: It is never queued, so this only dates it.

    Raises:
        ValueError: An address could break out of its header.
    """
    identity = f"<confirm.{reader.id}.{now:%Y%m%d%H%M%S}@{sender.domain}>"
    message = base_message(
        sender=sender,
        recipient=reader.address,
        subject=f"Please confirm: {title}",
        message_id=identity,
        date=now,
    )
    message.set_content(_WORDS.format(title=title, link=link), cte="quoted-printable")
    return Letter(
        digest=reader.digest,
        day=now.date(),
        recipient=reader.address,
        subscriber=reader.id,
        message_id=identity,
        message=message.as_bytes(),
        next_try=now,
        expires=now,
    )
