"""Reads what comes back by mail: requests to unsubscribe, and word that a letter did not arrive.

Nothing is believed for the address that it comes from. A request has the signed token that only
its subscriber was sent; a bounce (RFC 3464) has it in the headers of our letter, which it returns.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, message_from_string, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import Protocol
from urllib.parse import unquote

from briefing.data.subscriber import Deed, Subscriber, Wish
from briefing.digest import consent
from briefing.digest.replies import is_nobody

_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])u[0-9a-f]{24}[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])")
_BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_PARTS_AT_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A subscriber wants no more."""

    subscriber: str
    """Id of the subscription, as signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A server could not deliver a letter, for good."""

    subscriber: str
    message_id: str
    status: str
    """As RFC 3463 has it: `5.1.1`."""

    recipients: tuple[str, ...]
    """In lower case: who it could not be delivered to. Behind an alias that is somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What mails came to."""

    unsubscribed: int = 0
    known: int = 0
    """Said once more: who has unsubscribed already, and bounces that were read before."""

    bounced: int = 0
    others: int = 0
    """None of these: a person may want to read them."""


class Readers(Protocol):
    """Keeps who wants a digest."""

    def get(self, identity: str) -> Subscriber | None:
        """Return the subscription of this id."""
        ...

    def change(self, identity: str, deed: Deed) -> Wish | None:
        """Do what a subscriber asks for, and return the wish after it."""
        ...


class Letters(Protocol):
    """Keeps what was sent."""

    def bounce(
        self, message_id: str, subscriber: str, now: datetime, *, status: str, is_dead: bool
    ) -> bool:
        """Write down that a letter did not arrive; False where that is known, or it is none."""
        ...


def understood(mail: bytes, secret: str) -> Request | Bounce | None:
    """Return what a mail asks for or reports; None where it is neither, signed and sound.

    What a program answers by itself, such as a note of absence, asks for nothing.
    """
    try:
        message = message_from_bytes(mail, policy=policy.compat32)
        if message.get_content_type() == "multipart/report":
            return _bounce(message, secret)
        return None if _is_automatic(message) else _request(message, secret)
    except _BROKEN:
        return None


def take_in(
    mails: Iterable[bytes], *, readers: Readers, letters: Letters, secret: str, now: datetime
) -> Returned:
    """Do what mails ask for, however often they are read, and return what they came to.

    Raises:
        LibraryError: The database fails; what was read before that is done.
    """
    counts: Counter[str] = Counter()
    for mail in mails:
        found = understood(mail, secret)
        reader = readers.get(found.subscriber) if found is not None else None
        match found:
            case Request() if reader is not None:
                readers.change(reader.id, Deed.UNSUBSCRIBE)
                counts["known" if reader.wish is Wish.GONE else "unsubscribed"] += 1
            case Bounce() if reader is not None and reader.address.lower() in found.recipients:
                is_new = letters.bounce(
                    found.message_id,
                    reader.id,
                    now,
                    status=found.status,
                    is_dead=is_nobody(found.status),
                )
                counts["bounced" if is_new else "known"] += 1
            case _:
                counts["others"] += 1
    return Returned(**counts)


def _request(message: Message, secret: str) -> Request | None:
    subject = str(make_header(decode_header(str(message.get("Subject", "")))))
    subscriber = _signed(subject, secret)
    return Request(subscriber=subscriber) if subscriber else None


def _is_automatic(message: Message) -> bool:
    """Say whether a program answers: RFC 3834, and what those write that are older than it."""
    said = str(message.get("Auto-Submitted", "")).strip().lower()
    return (
        said.startswith(("auto-replied", "auto-notified"))
        or str(message.get("Return-Path", "")).strip() == "<>"
        or str(message.get("Precedence", "")).strip().lower() == "auto_reply"
        or any(name in message for name in ("X-Autoreply", "X-Autorespond"))
    )


def _bounce(message: Message, secret: str) -> Bounce | None:
    parts = [part for part, _ in zip(message.walk(), range(_PARTS_AT_MOST), strict=False)]
    failed = [
        group
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for group in part.get_payload()
        if isinstance(group, Message) and _has_failed(group)
    ]
    ours = next(filter(None, map(_returned, parts)), None)
    if not failed or ours is None:
        return None
    # A server on the way may have broken the line anew, within a link too.
    links = "".join(str(ours.get("List-Unsubscribe", "")).split())
    subscriber = _signed(unquote(links), secret)
    message_id = str(ours.get("Message-ID", "")).strip()
    if subscriber is None or not message_id:
        return None
    return Bounce(
        subscriber=subscriber,
        message_id=message_id,
        status=str(failed[0]["Status"]).split()[0],
        recipients=tuple(one for group in failed for one in _recipients(group)),
    )


def _has_failed(group: Message) -> bool:
    action = str(group.get("Action", "")).strip().lower()
    return action == "failed" and bool(
        re.match(r"5\.\d{1,3}\.\d{1,3}\b", str(group.get("Status", "")).strip())
    )


def _recipients(group: Message) -> Iterator[str]:
    for name in ("Original-Recipient", "Final-Recipient"):
        kind, _, address = str(group.get(name, "")).partition(";")
        if kind.strip().lower() == "rfc822":
            yield address.strip().strip("<>").lower()


def _returned(part: Message) -> Message | None:
    """Return the headers of our letter, where a part of a bounce has them."""
    if part.get_content_type() not in _RETURNED:
        return None
    inner = part.get_payload()
    if isinstance(inner, list):
        return inner[0] if inner and isinstance(inner[0], Message) else None
    content = part.get_payload(decode=True)
    text = content.decode("ascii", "replace") if isinstance(content, bytes) else str(inner)
    return message_from_string(text)


def _signed(text: str, secret: str) -> str | None:
    """Return whom the first token in a text lets unsubscribe that was signed here."""
    for token in _TOKEN.findall(text):
        found = consent.read(token, secret)
        if found is not None and found[0] is Deed.UNSUBSCRIBE:
            return found[1]
    return None
