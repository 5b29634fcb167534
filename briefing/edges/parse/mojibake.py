"""Mend text that somebody before us decoded wrongly, and say what was changed."""

import re
from collections import Counter
from dataclasses import replace

from briefing.data.document import Document

# What a multi-byte letter looks like when each of its bytes was read as a letter of its own.
_SUSPECT = re.compile(
    "[\u00c2-\u00f4\u0102-\u0111\u0410-\u044f][\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u0402-\u045f\u2013-\u203a\u20ac\u2116\u2122]"
)
# Controls that windows-1252 has letters for; U+0085 is a line break too, so it is left alone.
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_MOST_CHARS = 400_000
_NAMED = 5


def mended(document: Document) -> Document:
    """Return `document` with the letters of its text and title put right, as `repaired` tells.

    Only a wrong decoding is undone (by `ftfy.fix_encoding`); quotation marks, ligatures and the
    width of letters stay as they were printed.
    """
    changes: Counter[tuple[str, str]] = Counter()
    text = _mended(document.text[:_MOST_CHARS], changes) + document.text[_MOST_CHARS:]
    title = _mended(document.title, changes)
    if not changes:
        return document
    named = ", ".join(f"{old!r} to {new!r}" for (old, new), _ in changes.most_common(_NAMED))
    also = " and others" if len(changes) > _NAMED else ""
    said = f"{changes.total()} garbled places were mended: {named}{also}"
    return replace(document, text=text, title=title, repaired=(*document.repaired, said))


def _mended(text: str, changes: Counter[tuple[str, str]]) -> str:
    if text.isascii():
        return text
    if _SUSPECT.search(text):
        # First: the bytes of one letter, such as those of a closing mark, may be controls.
        text = "\n".join(_mended_line(line, changes) for line in text.split("\n"))
    return _CONTROLS.sub(lambda found: _from_windows(found[0], changes), text)


def _from_windows(control: str, changes: Counter[tuple[str, str]]) -> str:
    letter = control.encode("latin-1").decode("cp1252", errors="ignore")
    if letter:
        changes[control, letter] += 1
    return letter


def _mended_line(line: str, changes: Counter[tuple[str, str]]) -> str:
    if not _SUSPECT.search(line):
        return line
    from ftfy import fix_encoding

    fixed = fix_encoding(line)
    if fixed != line:
        # Word by word, so that what is told is short; a blank may be part of the damage.
        old, new = line.split(" "), fixed.split(" ")
        pairs = zip(old, new, strict=True) if len(old) == len(new) else [(line[:40], fixed[:40])]
        changes.update(pair for pair in pairs if pair[0] != pair[1])
    return fixed
