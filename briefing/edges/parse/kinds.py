"""What kind of file some bytes are, by their content; the name only decides where that is open."""

import re
from pathlib import PurePosixPath

from briefing.data.document import Kind, RawDocument
from briefing.edges.parse import charset
from briefing.errors import SourceError

_HEAD_BYTES = 16 * 1024

_CONTAINERS = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\x1f\x8b", Kind.GZIP),
)
_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office file or an Outlook message. Save it as PDF, text or .eml",
    ),
    (b"{\\rtf", "a rich text file. Save it as plain text or PDF"),
    (b"%!PS", "a PostScript file. Convert it to PDF"),
    (b"\x89PNG", "a PNG picture. Run text recognition (OCR) on it first"),
    (b"\xff\xd8\xff", "a JPEG picture. Run text recognition (OCR) on it first"),
    (b"GIF8", "a GIF picture. Run text recognition (OCR) on it first"),
    (b"II*\x00", "a TIFF picture. Run text recognition (OCR) on it first"),
    (b"MM\x00*", "a TIFF picture. Run text recognition (OCR) on it first"),
    (b"RIFF", "a picture, sound or film. Leave it out"),
    (b"OggS", "a sound or film. Leave it out"),
    (b"ID3", "a sound. Leave it out"),
    (b"\x7fELF", "a program. Leave it out"),
    (b"MZ\x90", "a program. Leave it out"),
    (b"SQLite format 3", "a database. Export its articles as JSONL or CSV"),
    (b"BZh", "a bzip2 archive. Unpack it first"),
    (b"\xfd7zXZ", "an xz archive. Unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive. Unpack it first"),
    (b"(\xb5/\xfd", "a zstd archive. Unpack it first"),
    (b"Rar!", "a RAR archive. Unpack it first"),
)  # fmt: skip
_BY_NAME = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".htm": Kind.HTML,
    ".html": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".eml": Kind.MAIL,
    ".mbox": Kind.MAILBOX,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON,
    ".ndjson": Kind.JSON,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".rdf": Kind.FEED,
    ".opml": Kind.OPML,
}
SUFFIXES = (
    ".txt", ".text", ".pdf", ".xml", ".gz", ".zip", *_BY_NAME,
)  # fmt: skip
"""Of the files that are read in a folder."""

# What may stand before the root of XML.
_PROLOG = re.compile(
    r"""\s+ | <\?[^>]*> | <!--.*?-->
    | <!DOCTYPE (?P<doctype>[^\[>]*) (?: \[.*?\]\s* )? >""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_FEEDS = frozenset({"rss", "feed", "rdf", "channel", "entry"})
_HTML_TAG = re.compile(
    r"</?(?:html|head|body|title|meta|link|script|style|div|p|span|a|article|section|main|header"
    r"|h[1-6]|ul|ol|li|table|tr|td|img|br|form|center|font|nav|iframe|frameset|noscript)\b[^<>]*>",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:", re.ASCII)
_MAIL_HEADERS = frozenset(
    "from to cc subject date received return-path message-id mime-version delivered-to "
    "content-type content-transfer-encoding sender reply-to list-id x-mailer x-original-to "
    "dkim-signature in-reply-to references envelope-to authentication-results bcc".split()
)
_FRONT_MATTER = re.compile(r"(?:---[ \t]*\r?\n[\w-]+:|\+\+\+[ \t]*\r?\n[\w-]+ *=)")
_MAILBOX = re.compile(r"From \S+.*\d\d:\d\d.*\n(?:[A-Za-z][\w-]*:|>From )")
_JSON = re.compile(r"(?:\{\s*(?:\"|\})|\[\s*(?:[\[{\"]|\]))")


def kind_of(raw: RawDocument) -> Kind:
    """Return what `raw` is.

    Raises:
        SourceError: It is something that no article can be read from.
    """
    content = raw.content
    for magic, kind in _CONTAINERS:
        if content.startswith(magic):
            return kind
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    for magic, name in _REFUSED:
        if content.startswith(magic):
            raise SourceError(f"it is {name}.")
    head = charset.decode(content[:_HEAD_BYTES]).text.lstrip("\ufeff \t\r\n")
    return _in_text(head) or _named(raw.source, head) or Kind.TEXT


def suffix_of(source: str) -> str:
    """Return the ending of a source's name in lower case, without `.gz` and `#3`."""
    name = source.lower().rstrip("#0123456789").removesuffix(".gz")
    return PurePosixPath(name).suffix


def _in_text(head: str) -> Kind | None:
    if head.startswith("<"):
        return _in_markup(head)
    if _FRONT_MATTER.match(head):
        return Kind.MARKDOWN
    if _MAILBOX.match(head):
        return Kind.MAILBOX
    if _JSON.match(head):
        return Kind.JSON
    if _is_mail(head):
        return Kind.MAIL
    return None


def _in_markup(head: str) -> Kind | None:
    at = 0
    while (before := _PROLOG.match(head, at)) and before.end() > at:
        if re.match(r"\s*html\b", before["doctype"] or "", re.I):
            return Kind.HTML
        at = before.end()
    root = _ROOT.match(head, at)
    name = root[1].lower() if root else ""
    if name in _FEEDS:
        return Kind.FEED
    if name == "opml":
        return Kind.OPML
    tags = len(_HTML_TAG.findall(head, at))
    if name in {"html", "head", "body"} or tags >= 3:
        return Kind.HTML
    if head.startswith("<?xml"):
        # Any other XML: the feed's reader says what is wrong with it.
        return Kind.FEED
    return None


def _is_mail(head: str) -> bool:
    names = []
    for line in head.split("\n", 60)[:60]:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        found = _MAIL_HEADER.match(line)
        if found is None:
            break
        names.append(found[1].lower())
    return len(_MAIL_HEADERS.intersection(names)) >= 2


def _named(source: str, head: str) -> Kind | None:
    kind = _BY_NAME.get(suffix_of(source))
    if kind in {Kind.JSON, Kind.FEED, Kind.OPML, Kind.MAILBOX}:
        return kind  # Broken, if its content does not show it: its reader says how.
    if kind is Kind.HTML:
        return kind if _HTML_TAG.search(head) else None
    return kind
