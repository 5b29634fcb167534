"""Makes the mail of an edition: a text part and an HTML part from one object, and its headers.

Words from outside pass `printable` on the way into a part or a header; the HTML is escaped, and
holds no script, no remote image and no link but to the sources and within itself.
"""

import re
from binascii import b2a_qp
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from briefing.data.address import Mailbox, checked_address
from briefing.data.edition import Edition
from briefing.digest.parts import Detail, html_part, text_part
from briefing.steps.render.page import printable
from briefing.text.phrases import phrases

SUBJECT_CHARS = 150
MOST_BYTES = 100_000
"""Of a whole message. Gmail cuts off the HTML beyond 102 kB, and says so in small print."""

_HEADROOM = 3_000
"""For the headers, and for a link in place of what stands for it."""

_MOST_ON_A_LINE = 980
_LINK = "https://link.invalid/"
_UNSAFE_IN_PHRASE = re.compile(r"[^A-Za-z0-9 '&+-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The parts of a mail, made once for all of its recipients."""

    subject: str
    text: str
    html: str
    placeholder: str
    """What stands in both parts for the recipient's own link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a mail to one recipient has of its own."""

    recipient: str
    message_id: str
    link: str | None = None
    """Where the recipient unsubscribes by one click; None: by answering."""

    mailto: str | None = None
    """The address of a mail that unsubscribes, signed; None: a person has to read the answer."""


class _MailPolicy(EmailPolicy):
    """SMTP's, but what is ASCII stays on one line, and what is not is cut into short words.

    `email` would break a link that does not fit its line, begin a subject of many words on a line
    of its own, and make encoded words of more than the 75 characters that RFC 2047 allows. A line
    may have 998 characters (RFC 5322, 2.1.1).
    """

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 -- as the parent has it
        text = str(value)
        if text.isascii() and len(text) < _MOST_ON_A_LINE:
            return f"{name}: {text}\r\n".encode("ascii")
        if name == "From":
            (sender,) = value.addresses
            words = _encoded(sender.display_name, name)
            return f"{name}: {words}\r\n <{sender.addr_spec}>\r\n".encode("ascii")
        if name == "Subject":
            return f"{name}: {_encoded(text, name)}\r\n".encode("ascii")
        return super().fold_binary(name, value)


def _encoded(text: str, name: str) -> str:
    # One less than the 75 would do: `email` goes one beyond what it is told.
    return Header(text, "utf-8", header_name=name).encode(linesep="\r\n", maxlinelen=74)


_POLICY = _MailPolicy(linesep=SMTP.linesep, max_line_length=78, cte_type="7bit")


def subject(edition: Edition) -> str:
    """Return the subject: title, day and first headline, in 150 characters."""
    words = phrases(edition.headings)
    title = words.say("mail.dated", title=edition.title, day=words.dated(edition.day, "short_day"))
    head = edition.stories[0].briefing.title if edition.stories else words.say("mail.nothing")
    whole = _plain(f"{title}: {head}")
    if len(whole) <= SUBJECT_CHARS:
        return whole
    return whole[: SUBJECT_CHARS - 1].rsplit(" ", 1)[0][: SUBJECT_CHARS - 1] + "…"


def template(edition: Edition, *, can_click: bool, most_bytes: int = MOST_BYTES) -> Template:
    """Return the parts of an edition's mail, in fewer than `most_bytes` once encoded.

    What is too large loses its evidence first, a step at a time, and says so; only then whole
    stories go, the last first, and it says so too.
    """
    # Of all of it, so that no article can have it in its text.
    whole = repr(edition).encode("utf-8", "backslashreplace")
    placeholder = _LINK + sha256(whole).hexdigest()[:32]
    link = placeholder if can_click else ""

    def made(stories: int, detail: Detail) -> Template:
        shown = _first(edition, stories)
        return Template(
            subject=subject(edition),
            text=text_part(shown, detail=detail, link=link),
            html=html_part(shown, detail=detail, link=link),
            placeholder=placeholder,
        )

    def fits(parts: Template) -> bool:
        return _encoded_bytes(parts) < most_bytes - _HEADROOM

    for detail in Detail:
        parts = made(len(edition.stories), detail)
        if fits(parts):
            return parts
    numbers = range(len(edition.stories))
    too_many = bisect_left(numbers, True, key=lambda number: not fits(made(number, Detail.NONE)))
    return made(max(0, too_many - 1), Detail.NONE)


def compose(
    made: Template, envelope: Envelope, *, digest: str, title: str, sender: Mailbox, date: datetime
) -> bytes:
    """Return the bytes of one mail; the same arguments give the same bytes.

    Raises:
        ValueError: An address, a name or a link could break out of its header.
    """
    message = base_message(
        sender=sender,
        recipient=envelope.recipient,
        subject=made.subject,
        message_id=envelope.message_id,
        date=date,
    )
    phrase = " ".join(_UNSAFE_IN_PHRASE.sub(" ", printable(title)).split())
    message["List-Id"] = f"{phrase[:80]} <{digest}.{sender.domain}>".strip()
    for name, value in _unsubscribing(envelope, digest, sender).items():
        message[name] = value
    if envelope.link is None and made.placeholder in made.text:
        raise ValueError("the mail was made for recipients with a link, and this one has none")
    link = envelope.link or ""
    text, html = (part.replace(made.placeholder, link) for part in (made.text, made.html))
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{sha256(envelope.message_id.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def base_message(
    *, sender: Mailbox, recipient: str, subject: str, message_id: str, date: datetime
) -> EmailMessage:
    """Return a mail without a body, with the headers that every mail of ours has.

    Raises:
        ValueError: An address or a name could break out of its header.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(sender.name, sender.address)
    message["To"] = _address("", recipient)
    message["Subject"] = _plain(subject)
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    return message


def mailto(address: str, subject: str) -> str:
    """Return the address that makes a mail program write to `address` under a subject."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}"


def _unsubscribing(envelope: Envelope, digest: str, sender: Mailbox) -> Mapping[str, str]:
    """Return the headers of RFC 2369, and with a link those of RFC 8058."""
    link = envelope.link
    to = envelope.mailto or mailto(sender.address, f"unsubscribe {digest}")
    if not re.fullmatch(r"mailto:[!-;=?-~]{1,600}", to):
        raise ValueError("the mail to unsubscribe with has to have an address, in ASCII")
    by_mail = f"<{to}>"
    if link is None:
        return {"List-Unsubscribe": by_mail}
    if not re.fullmatch(r"https://[!-;=?-~]{1,800}", link):
        raise ValueError("a link to unsubscribe has to be an address on the web, in ASCII")
    return {
        "List-Unsubscribe": f"<{link}>, {by_mail}",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _address(name: str, address: str) -> Address:
    return Address(display_name=_plain(name), addr_spec=checked_address(address))


def _plain(text: str) -> str:
    """Return words for a header; what looks like an encoded word is broken, and stays words."""
    return printable(text).replace("=?", "= ?")


def _encoded_bytes(made: Template) -> int:
    """Return the size of both parts as quoted-printable, which is what travels."""
    parts = (part.encode("utf-8") for part in (made.text, made.html))
    return sum(len(b2a_qp(part)) + 2 * (part.count(b"\n") + len(part) // 75) for part in parts)


def _first(edition: Edition, number: int) -> Edition:
    """Return the edition with its first stories only."""
    left_over = edition.left_over + len(edition.stories) - number
    return edition.model_copy(update={"stories": edition.stories[:number], "left_over": left_over})


def as_test(made: Template) -> Template:
    """Return the parts of a mail that is only a test, and says so in its subject."""
    return replace(made, subject=f"[Test] {made.subject}"[:SUBJECT_CHARS])
