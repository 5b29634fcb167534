"""Letters in an outbox, and a run that sends them."""

from datetime import UTC, datetime

from briefing.data.digest import EditionEntry, Policy
from briefing.digest.sending import deliver
from briefing.edges.outbox import Outbox
from briefing.edges.smtp import Smtp
from briefing.edges.subscribers import Subscribers
from tests import make

SEVEN = datetime(2031, 4, 7, 6, tzinfo=UTC)
ADDRESSES = ("ada@salm.example", "bo@salm.example")


def queue(database, *, policy=Policy.RESEND, addresses=ADDRESSES):
    """Put one edition with a letter to each address into the outbox."""
    outbox = Outbox(database)
    people = Subscribers(database, now=lambda: SEVEN).enlist("salm", addresses)
    post = [make.letter(one.address, subscriber=one.id, policy=policy) for one in people]
    edition = EditionEntry(digest="salm", day=post[0].day, due=SEVEN, made=SEVEN)
    assert outbox.enqueue(edition, post)
    return outbox


def states(outbox):
    return [one.state for one in outbox.letters("salm", make.letter().day)]


def send(outbox, settings, *, at=SEVEN):
    mailer = Smtp(settings)
    try:
        return deliver(outbox, mailer, now=lambda: at)
    finally:
        mailer.close()
