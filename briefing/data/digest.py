"""The nouns of a daily digest: when it is due, what is sent, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from hashlib import sha256

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As `date.weekday` counts them."""


class CatchUp(StrEnum):
    """Which editions are made that fell due while nothing ran."""

    LATEST = "latest"
    ALL = "all"
    SKIP = "skip"


class Empty(StrEnum):
    """What happens on a day without news."""

    SKIP = "skip"
    NOTE = "note"
    """A short mail says that there is none."""


class Policy(StrEnum):
    """What happens to a letter that may or may not have been taken when a run was killed.

    A server that has taken a mail and a sender that has noted it are two machines, and no protocol
    of mail joins them: one of two faults has to be chosen.
    """

    RESEND = "resend"
    """It is sent again, the same bytes with the same Message-ID: at most one duplicate a crash."""

    HOLD = "hold"
    """It waits for a person to say: no duplicate."""


class State(StrEnum):
    """Where a letter is on its way."""

    READY = "ready"
    ATTEMPTING = "attempting"
    """Its body is on the way to the server, or was when the run died."""

    SENT = "sent"
    """The server took it."""

    FAILED = "failed"
    """The server will not take it."""

    HELD = "held"
    """In doubt, and a person has to say whether it arrived: see `Policy.HOLD`."""

    EXPIRED = "expired"
    """Not sent before the next edition was due, or no longer wanted."""


FINAL = frozenset({State.SENT, State.FAILED, State.EXPIRED})
"""What no run of its own accord leaves again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A time of the day, in one time zone, on some days of the week."""

    at: time
    zone: str
    """A key of the IANA data base, such as `Europe/London`."""

    weekdays: tuple[str, ...] = WEEKDAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An edition that is to be made."""

    day: date
    """The local date: the edition's key."""

    moment: datetime
    """In UTC."""

    note: str = ""
    """What the clocks of the zone do to it on this day, in words."""


class Stage(StrEnum):
    """How far a conversation with a mail server came."""

    CONNECT = "connecting"
    GREETING = "greeting"
    HELLO = "EHLO"
    TLS = "STARTTLS"
    CERTIFICATE = "certificate"
    LOGIN = "AUTH"
    SENDER = "MAIL FROM"
    RECIPIENT = "RCPT TO"
    DATA = "DATA"
    BODY = "message"
    """From the first byte of the message to the reply after its last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The last word of a mail server on one letter."""

    stage: Stage
    code: int | None = None
    """What it answered; None: nothing, the connection is gone or too slow."""

    text: str = ""
    """One line, with no address in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One edition on its way to one recipient."""

    digest: str
    day: date
    recipient: str
    subscriber: str
    """Id of the subscription."""

    message_id: str
    message: bytes
    """The exact bytes, CRLF at the end of each line; every try sends the same."""

    policy: Policy = Policy.RESEND
    state: State = State.READY
    attempts: int = 0
    next_try: datetime
    expires: datetime
    """When the next edition is due: later nobody wants it."""

    reason: str = ""
    """Why it is where it is, in words."""


def message_id(digest: str, day: date, recipient: str, domain: str) -> str:
    """Return the one Message-ID that a letter can have, with its angle brackets.

    Whoever gets a duplicate can tell that it is one (RFC 5322, 3.6.4).
    """
    key = f"{digest}|{day.isoformat()}|{recipient.lower()}"
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{domain}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionEntry:
    """An edition as the outbox keeps it."""

    digest: str
    day: date
    due: datetime
    made: datetime
    note: str = ""
    """Why it has no letters, where it has none."""

    content: str = ""
    """JSON of what was in it, for the next edition to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the letters of one edition are."""

    digest: str
    day: date
    due: datetime
    made: datetime
    note: str
    counts: Mapping[State, int]
    """Of the states that a letter is in."""
