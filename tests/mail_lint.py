"""What a mail must be, whatever is in it: RFC 5322, 2045, 2369, 8058, and our own promises."""

import email
import re
from email.policy import default
from html.parser import HTMLParser

ONE_EACH = (
    "from", "to", "subject", "date", "message-id", "list-id", "list-unsubscribe",
    "auto-submitted", "mime-version", "content-type",
)  # fmt: skip
MOST_BYTES = 100_000


def lint(content, *, link, sources, recipient):
    """Return what is wrong with the bytes of a mail, in words; nothing where nothing is.

    `link` is the recipient's own to unsubscribe, or None; `sources` are the addresses that the
    HTML may lead to.
    """
    head = content.partition(b"\r\n\r\n")[0]
    message = email.message_from_bytes(content, policy=default)
    problems = [*_lines(content, head), *_headers(message, head, link, recipient)]
    parts = list(message.iter_parts())
    kinds = [part.get_content_type() for part in parts]
    if kinds != ["text/plain", "text/html"] or message.get_content_subtype() != "alternative":
        return [*problems, f"parts: {kinds}"]
    if message.defects or any(part.defects for part in parts):
        problems.append(f"defects: {message.defects} {[part.defects for part in parts]}")
    text, html = (part.get_content().replace("\r\n", "\n") for part in parts)
    problems += [f"control {char!r}" for char in text if char != "\n" and not char.isprintable()]
    if link and (link not in text or link not in html.replace("&amp;", "&")):
        problems.append("the link to unsubscribe is not in both parts")
    page = _Page()
    page.feed(html)
    page.close()
    return [*problems, *page.problems(sources, link)]


def _lines(content, head):
    if len(content) >= MOST_BYTES:
        yield f"{len(content)} bytes"
    if re.search(rb"(?<!\r)\n|\r(?!\n)", content):
        yield "a bare CR or LF"
    if re.search(rb"[^\x09\x0d\x0a\x20-\x7e]", content):
        yield "not ASCII"
    if max(map(len, content.split(b"\r\n"))) > 998:
        yield "a line of more than 998 bytes"
    body = content[len(head) :]
    if max(map(len, body.split(b"\r\n"))) > 78:
        yield "a line of the body of more than 78 bytes"
    for word in re.findall(rb"=\?[^?\s]+\?[bqBQ]\?[^?\s]*\?=", head):
        if len(word) > 75:
            yield "an encoded word of more than 75 bytes"


def _headers(message, head, link, recipient):
    names = [name.lower() for name in message.keys()]  # noqa: SIM118 -- with repetitions
    subject = str(message["subject"])
    post = "list-unsubscribe-post"
    one_click = b"List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    holds = {
        "one of each header": all(names.count(name) == 1 for name in ONE_EACH),
        "no header that is not known": set(names) <= {*ONE_EACH, post},
        "to its recipient": str(message["to"]) == recipient,
        "from one sender": len(message["from"].addresses) == 1,
        "a subject of 150 characters": 0 < len(subject.strip()) <= 150,
        "no control character in a header": all(str(message[name]).isprintable() for name in names),
        "a message-id": re.fullmatch(r"<[0-9a-f]{40}@[a-z.]+>", str(message["message-id"])),
        "a whole link to unsubscribe": not link
        or f"List-Unsubscribe: <{link}>, <mailto:".encode() in head,
        "one click with a link only": (one_click in head) == bool(link) == (post in names),
    }
    yield from (f"not {what}" for what, is_so in holds.items() if not is_so)


class _Page(HTMLParser):
    """The elements, addresses and ids of a page."""

    ELEMENTS = frozenset(
        "html head meta title style body main h1 h2 h3 p a br div span strong".split()
    )
    ATTRIBUTES = frozenset("lang dir charset name content style class id href".split())

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.links, self.ids, self.other = set(), [], set(), []

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        for name, value in attrs:
            if name == "href":
                self.links.append(value)
            elif name == "id":
                self.ids.add(value)
            if name not in self.ATTRIBUTES:
                self.other.append(f"{tag} {name}")
            if name == "style" and ("url(" in value or "@import" in value):
                self.other.append(f"{tag} style {value}")

    def handle_comment(self, data):
        self.other.append("a comment")

    def problems(self, sources, link):
        yield from (f"element {one}" for one in self.elements - self.ELEMENTS)
        yield from self.other
        for one in self.links:
            if one.startswith("#"):
                if one[1:] not in self.ids:
                    yield f"{one} leads nowhere"
            elif one != link and one not in sources:
                yield f"a link to {one!r}"
