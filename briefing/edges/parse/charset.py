"""Bytes to text: what they declare, what they are, and what was lost on the way.

The order is the one of a careful reader: a byte order mark; UTF-8 that is valid throughout; the
declared charset, under the name that browsers read it by; lines of two encodings mixed; what
`charset-normalizer` makes of it; windows-1252, which never fails.
"""

import codecs
import re
from dataclasses import dataclass

from briefing.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_XML_DECLARES = re.compile(rb"\A\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_HTML_DECLARES = re.compile(rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_EBCDIC_XML = b"\x4c\x6f\xa7\x94"

# What pages call an encoding, and what they mean by it (https://encoding.spec.whatwg.org/).
_MEANT = {
    "ascii": "cp1252",
    "latin-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_OTHER_NAMES = {
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-mac-cyrillic": "mac_cyrillic",
    "maccyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "unicode": "utf-16",
    "utf8mb4": "utf-8",
}
# Of Python's codecs, those for text that somebody publishes: no `punycode`, no `unicode_escape`.
_TRUSTED = re.compile(
    r"(cp\d{3,5}|iso8859-\d{1,2}|iso2022_\w+|mac-[\w-]+|koi8-[rut]|euc_\w+|johab|hz|big5(hkscs)?"
    r"|gb18030|ptcp154|utf-(8|8-sig|16|16-le|16-be|32|32-le|32-be))\Z"
)
_CONTROLS = [bytes([code]) for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b"]
# Others are published too, but not without saying so.
_GUESSED = (
    "cp855 cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 "
    "iso8859_2 iso8859_5 iso8859_6 iso8859_7 iso8859_8 koi8_r mac_cyrillic euc_jp gb18030 "
    "big5hkscs".split()
)
_SAMPLE_BYTES = 64 * 1024
_FEWEST_STRANGE = 24
"""With fewer bytes that are not ASCII a guess is worth nothing, and windows-1252 is likely."""

_MOST_LOST = 0.01
"""A declared encoding that misreads more of the non-ASCII bytes than this is not believed."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes."""

    text: str
    encoding: str
    """Python's name for it."""

    damage: tuple[str, ...] = ()
    """In words, where it had to be guessed or bytes made no sense."""


def decode(content: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of `content`.

    Args:
        content: The bytes, with or without a byte order mark.
        declared: The charset that came beside them, as in a mail's header. What XML and HTML
            declare in themselves is found here.

    Raises:
        SourceError: The bytes are no text.
    """
    marked = next((codec for mark, codec in _MARKS if content.startswith(mark)), None)
    wide = marked or _without_mark(content)
    if wide:
        return _lossy(content, wide)
    if content.startswith(_EBCDIC_XML):
        return _lossy(content, "cp037")
    if _is_binary(content[:_SAMPLE_BYTES]):
        raise SourceError("it is a binary file, not text.")
    named = known(declared) or declares(content)
    # A charset of seven bits, such as ISO-2022-JP, is valid UTF-8 too.
    if named and named.startswith(("iso2022", "hz")):
        return _lossy(content, named)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return (named and _as_declared(content, named)) or _guessed(content)


def _is_binary(sample: bytes) -> bool:
    # A stray NUL happens in text too; a program or a picture is full of them.
    return sum(map(sample.count, _CONTROLS)) > len(sample) * 0.005


def declares(content: bytes) -> str | None:
    """Return the encoding that XML or HTML names in its first bytes, or None."""
    found = _XML_DECLARES.search(content[:400]) or _HTML_DECLARES.search(content[:4096])
    return known(found[1].decode("ascii")) if found else None


def known(name: str | None) -> str | None:
    """Return the codec that a charset's name means, or None where it means none for text."""
    if not name:
        return None
    name = name.strip(" \"'\t").lower()
    try:
        codec = codecs.lookup(_OTHER_NAMES.get(name, name)).name
    except (LookupError, ValueError, UnicodeError):
        return None
    meant = _MEANT.get(codec, codec)
    return meant if _TRUSTED.match(meant) else None


def _without_mark(content: bytes) -> str | None:
    """Return the wide encoding that the places of NUL bytes show, or None."""
    head = content[:4096]
    head = head[: len(head) // 4 * 4]
    quarter = len(head) // 4
    if not quarter or b"\x00" not in head:
        return None
    nuls = [head[at::4].count(0) / quarter for at in range(4)]
    # No character has a fourth byte; the third is seldom other than 0.
    if nuls[3] == 1 and nuls[2] > 0.3:
        return "utf-32-le"
    if nuls[0] == 1 and nuls[1] > 0.3:
        return "utf-32-be"
    for codec, columns in (
        ("utf-16-le", (1, 3)),
        ("utf-16-be", (0, 2)),
    ):
        others = [nuls[at] for at in range(4) if at not in columns]
        # CJK text has few NULs, but the blanks and digits in it always have them on one side.
        if all(nuls[at] > 0.05 for at in columns) and max(others) < 0.01:
            return codec
    return None


def _lossy(content: bytes, codec: str) -> Decoded:
    text = content.decode(codec, errors="replace")
    lost = text.count("\ufffd")
    damage = (f"{lost} bytes are no {codec} and were lost",) if lost else ()
    return Decoded(text, codec, damage)


def _as_declared(content: bytes, codec: str) -> Decoded | None:
    if codec == "utf-8":
        return _by_line(content) if _is_mostly_utf8(content) else None
    read = _lossy(content, codec)
    strange = sum(byte >= 0x80 for byte in content[:_SAMPLE_BYTES])
    lost = read.text[:_SAMPLE_BYTES].count("\ufffd")
    return read if lost <= max(3, strange * _MOST_LOST) else None


def _guessed(content: bytes) -> Decoded:
    # The ASCII of the markup says nothing about the language of the text.
    sample = re.sub(rb"<[^<>]{0,400}>", b" ", content)[:_SAMPLE_BYTES]
    if sample.isascii():
        sample = content[:_SAMPLE_BYTES]
    if sum(byte >= 0x80 for byte in sample) >= _FEWEST_STRANGE and not _is_mostly_utf8(content):
        from charset_normalizer import from_bytes

        best = from_bytes(sample, cp_isolation=list(_GUESSED), preemptive_behaviour=False).best()
        codec = known(best.encoding) if best else None
        if codec and codec != "cp1252" and _speaks(content, codec):
            read = _lossy(content, codec)
            return Decoded(read.text, codec, (f"it was read as {codec}, a guess", *read.damage))
    return _by_line(content)


def _is_mostly_utf8(content: bytes) -> bool:
    strange = [line for line in content.split(b"\n") if not line.isascii()]
    return 2 * sum(map(_is_utf8, strange)) >= len(strange)


def _speaks(content: bytes, codec: str) -> bool:
    text = content[:_SAMPLE_BYTES].decode(codec, errors="replace")
    letters = [char for char in text if ord(char) > 127]
    return text.count("\ufffd") <= max(3, len(letters) * _MOST_LOST)


def _by_line(content: bytes) -> Decoded:
    """Return the text with each line read as UTF-8 where it is, else as windows-1252."""
    lines = content.split(b"\n")
    wrong = sum(not _is_utf8(line) for line in lines)
    text = "\n".join(
        line.decode("utf-8") if _is_utf8(line) else line.decode("cp1252", errors="replace")
        for line in lines
    )
    codec = "cp1252" if wrong * 2 > len(lines) else "utf-8"
    said = f"{wrong} of {len(lines)} lines are not UTF-8 and were read as windows-1252"
    return Decoded(text, codec, (said,))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
