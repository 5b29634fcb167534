"""Text from outside made harmless, and a canonical form in which quotations are compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from briefing.data.article import Span
from briefing.text.kept import kept

# Stacked marks are legitimate in many scripts, but never this many; normalising a longer run
# is quadratic (UAX #15, Stream-Safe Text Format, allows 30).
MAX_MARKS = 30

_FIRST_MARK = "\u0300"
"""No character below it is a combining mark."""

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # C0 but LF, DEL, C1
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"  # invisible, bidirectional and tag characters
)
_SURROGATES = re.compile("[\ud800-\udfff]")

_PLAIN = re.compile("[!-~]+(?![^\x00-\u02ff])")
"""ASCII that nothing is folded in, up to a letter that a mark may belong to."""

_MARKS = {
    **dict.fromkeys("‘’‚‛′ʼ`´＇", "'"),
    **dict.fromkeys("“”„‟″«»＂〝〞〟「」『』", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    "…": "...",
}


def clean(text: str) -> str:
    """Return `text` without anything that could act: the one door for words from outside.

    Control, bidirectional, zero-width and tag characters go; every line break becomes a line feed
    and every other blank a space; lone surrogates become U+FFFD; runs of combining marks are cut at
    30; the rest is NFC. Used for article text and for what a model writes.
    """
    text = _LINE_BREAKS.sub("\n", text)
    text = _SPACES.sub(" ", text)
    text = _UNWANTED.sub("", text)
    text = _SURROGATES.sub("\ufffd", text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _with_few_marks(text))


def _with_few_marks(text: str) -> str:
    """Return `text` with no more than 30 marks on one base, counted as normalising counts them."""
    kept: list[str] = []
    run = 0
    for char in text:
        if char < _FIRST_MARK:
            run = 0
            kept.append(char)
            continue
        # A character may be no mark itself and yet come apart into some, as U+0F73 does.
        marks = [bool(unicodedata.combining(part)) for part in unicodedata.normalize("NFD", char)]
        run = run + len(marks) if all(marks) else 0
        if run <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text as quotations are compared, with the way back to the original."""

    form: str
    starts: tuple[int, ...]
    """For each character of `form`, where its cluster begins in the original."""

    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Return the span of the original behind `form[start:end]`."""
        return Span(self.starts[start], self.ends[end - 1])


def canonical(text: str) -> Canonical:
    """Return `text` with the differences folded that do not change what was said.

    NFKC within clusters of at most 30 marks, format characters dropped, the shapes of quotation
    marks and dashes unified, white space folded to one space and trimmed. Letters that merely
    look alike (homoglyphs) stay different.
    """
    form: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    pending: tuple[int, int] | None = None
    at = 0
    while at < len(text):
        plain = _PLAIN.match(text, at)
        start, at = at, plain.end() if plain else _cluster_end(text, at)
        folded = text[start:at] if plain else _folded(text[start:at])
        if folded == " ":
            pending = pending or (start, at)
            continue
        if not folded:
            continue
        if pending and form:
            form.append(" ")
            starts.append(pending[0])
            ends.append(pending[1])
        pending = None
        form.append(folded)
        starts.extend(range(start, at) if plain else [start] * len(folded))
        ends.extend(range(start + 1, at + 1) if plain else [at] * len(folded))
    return Canonical("".join(form), tuple(starts), tuple(ends))


@kept
def form(text: str) -> str:
    """Return `canonical(text).form` alone; a hundred times faster for plain ASCII."""
    plain = " ".join(text.split())
    return plain if plain.isascii() and plain.isprintable() else canonical(text).form


# The clusters of a text are some hundred, again and again.
@lru_cache(maxsize=4_096)
def _folded(cluster: str) -> str:
    if cluster.isspace():
        return " "
    if cluster.isascii():
        return cluster if cluster.isprintable() else ""
    folded = "".join(_MARKS.get(char, char) for char in cluster)
    if not any(unicodedata.category(char) == "No" for char in folded):
        # A raised or vulgar digit is no digit: "4¹" is a footnote, not forty-one.
        folded = unicodedata.normalize("NFKC", folded)
    folded = "".join(
        _MARKS.get(char, char) for char in folded if unicodedata.category(char) not in {"Cf", "Cc"}
    )
    # Some compatibility forms, such as U+00B4, hold a blank of their own.
    return " " if folded.isspace() else folded.replace(" ", "")


def _cluster_end(text: str, start: int) -> int:
    """Return where the character at `start` ends with the marks and conjoining jamo behind it."""
    end = start + 1
    while end < len(text) and end - start <= MAX_MARKS and _extends(text[end]):
        end += 1
    return end


def _extends(char: str) -> bool:
    if char < _FIRST_MARK:
        return False
    return bool(unicodedata.combining(char)) or "\u1160" <= char <= "\u11ff"


def find(quote: str, text: str) -> Span | None:
    """Return the first place in `text` that reads as `quote`, or None.

    The two are compared in canonical form, word for word: a quotation ends where a word ends, and
    a number must be whole, so that "killed 4" stands neither in "killed 41" nor in "killed 4.1".
    """
    wanted = canonical(quote).form
    return find_canonical(wanted, canonical(text)) if wanted else None


def find_canonical(wanted: str, inside: Canonical) -> Span | None:
    """Return where `wanted`, already in canonical form, stands in `inside` as whole words."""
    at = inside.form.find(wanted)
    while at >= 0:
        if _is_whole(inside.form, at, at + len(wanted)):
            return inside.original(at, at + len(wanted))
        at = inside.form.find(wanted, at + 1)
    return None


def _is_whole(form: str, start: int, end: int) -> bool:
    return not (start and _splits_word(form, start)) and not (
        end < len(form) and _splits_word(form, end)
    )


def _splits_word(form: str, at: int) -> bool:
    before, after = form[at - 1], form[at]
    if unicodedata.category(after).startswith("M"):
        return True
    if before.isalnum() and after.isalnum():
        # Scripts written without blanks have no word ends to respect, but numbers do.
        return (before.isdigit() and after.isdigit()) or not (_unspaced(before) or _unspaced(after))
    if before in ".," and after.isdigit():
        return at >= 2 and form[at - 2].isdigit()
    if after in ".," and before.isdigit():
        return at + 1 < len(form) and form[at + 1].isdigit()
    return False


def _unspaced(char: str) -> bool:
    return "\u0e00" <= char < "\u1100" or unicodedata.east_asian_width(char) in "WF"
