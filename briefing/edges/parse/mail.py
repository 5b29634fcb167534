"""A mail or newsletter, and a mailbox of them."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from briefing.data.document import Document, Kind, RawDocument
from briefing.edges.parse import charset, markup
from briefing.edges.parse.when import moment
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_FROM_LINE = re.compile(
    rb"^From (?:[^\s@]{1,300}@\S|\S{1,300} +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ).*$", re.M
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.M)
_PARTS_AT_MOST = 200
_PLAIN_ENOUGH = 0.5
"""A plain part with less than this share of the HTML's letters says "see the web version"."""


def documents(raw: RawDocument, limits: LimitSettings) -> Iterator[Document]:
    """Yield the mail's text: its plain part, or the HTML one where that says more.

    Raises:
        SourceError: It has no text part.
    """
    try:
        message = message_from_bytes(raw.content, policy=policy.compat32)
        parts = [part for part, _ in zip(message.walk(), range(_PARTS_AT_MOST), strict=False)]
        plain = _text(parts, "text/plain")
        html = _text(parts, "text/html")
        if not plain[0].strip() and not html[0].strip():
            plain = _text(parts, "text/plain", attached=True)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise SourceError(f"it is a broken mail ({error}). Save it again.") from error
    chosen = html if _letters(plain[0]) < _PLAIN_ENOUGH * _letters(html[0]) else plain
    if not chosen[0].strip():
        held = sorted({part.get_content_type() for part in parts if not part.is_multipart()})
        raise SourceError(f"the mail has no text ({', '.join(held)[:200]}). Save what is in it.")
    name, address = parseaddr(_header(message, "From"))
    yield Document(
        source=raw.source,
        kind=Kind.MAIL if chosen is plain else Kind.HTML,
        text=chosen[0],
        title=re.sub(r"\A((re|fwd?|aw|wg)\s*:\s*)+", "", _header(message, "Subject"), flags=re.I),
        outlet=name or address,
        published=moment(_header(message, "Date")),
        language=_header(message, "Content-Language").split(",")[0],
        damage=chosen[1],
    )


def messages(raw: RawDocument, limits: LimitSettings) -> Iterator[RawDocument]:
    """Yield each mail of a mailbox (mbox), to be read on its own.

    Raises:
        SourceError: It holds no mail.
    """
    content = raw.content.replace(b"\r\n", b"\n")
    starts = [
        found.start()
        for found in _FROM_LINE.finditer(content)
        if found.start() == 0 or content[found.start() - 2 : found.start()] == b"\n\n"
    ]
    if not starts:
        raise SourceError("it is no mailbox: no line in it begins with 'From '.")
    for number, (start, end) in enumerate(
        zip(starts, [*starts[1:], len(content)], strict=True), start=1
    ):
        _, _, mail = content[start:end].partition(b"\n")
        yield RawDocument(source=f"{raw.source}#{number}", content=_QUOTED_FROM.sub(rb"\1", mail))


def _text(
    parts: list[Message], content_type: str, *, attached: bool = False
) -> tuple[str, tuple[str, ...]]:
    texts: list[str] = []
    damage: list[str] = []
    for part in parts:
        is_wanted = part.get_content_type() == content_type and not part.is_multipart()
        if not is_wanted or (part.get_content_disposition() == "attachment") is not attached:
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload.strip():
            continue
        read = charset.decode(payload, declared=_charset(part))
        texts.append(markup.text_of(read.text) if content_type == "text/html" else read.text)
        damage += read.damage
    return "\n\n".join(texts), tuple(dict.fromkeys(damage))


def _charset(part: Message) -> str | None:
    said = part.get_param("charset")
    return said if isinstance(said, str) else said[2] if isinstance(said, tuple) else None


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, LookupError, TypeError):
        pieces = [(str(value), None)]
    words = "".join(_piece(content, named) for content, named in pieces)
    return " ".join(words.split())


def _piece(content: bytes | str, named: str | None) -> str:
    if isinstance(content, str):
        # What was not ASCII, and not encoded as it should be, comes as half surrogates.
        content = content.encode("ascii", "surrogateescape") if _has_bytes(content) else content
    if isinstance(content, str):
        return content
    try:
        return charset.decode(content, declared=named).text
    except SourceError:
        return ""


def _has_bytes(text: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in text) and all(
        char < "\x80" or "\udc80" <= char <= "\udcff" for char in text
    )
