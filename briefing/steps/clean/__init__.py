"""Turn a document into an article, or say why it is none."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from briefing.data.article import Article, RemovedLine
from briefing.data.document import Document, Kind
from briefing.errors import SourceError
from briefing.steps.clean.artefacts import WALLED, without_artefacts
from briefing.text import canonical
from briefing.text.dates import dates, resolve
from briefing.text.language import language
from briefing.text.stamps import Stamp, stamp

_DATE_HEADER = re.compile(
    r"\A\s*date\s+(?P<day>(?:1[89]|20|21)\d\d-\d\d-\d\d)\b[ \t]*", re.IGNORECASE
)
# The headline, and below it the date on a line of its own.
_DATE_BELOW = re.compile(
    r"\A\s*(?P<headline>\S[^\n]{0,159})\n\s*date[ \t]+(?P<day>(?:1[89]|20|21)\d\d-\d\d-\d\d)[ \t]*(?=\n)",
    re.IGNORECASE,
)
_HEADING_MARK = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(?=\S)", re.MULTILINE)
"""An ATX heading of CommonMark; one without the blank is a tag, `#gas`."""

_DATELINE = re.compile(
    # "CAPITAL, (Outlet / Agency - 6th Apr, 2021 ) :", "CAPITAL: ", "CAPITAL (Agency) - "
    r"\A(?P<place>[^\W\d_a-z]{3,}(?:[ ,/-]+[^\W\d_a-z]{2,}){0,3}),?\s*"
    r"(?:\((?P<inside>[^()\n]{2,80})\)\s*)?(?P<colon>:|[-–—]{1,2}(?=\s))\s*"
)
_DATED_PLACE = re.compile(
    # "Capital, 28 March: " or "Capital, March 28, 2031 - "
    r"\A[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+){0,2},\s*(?P<inside>[\w .,]{3,20}?)\s*(?::|[-–—](?=\s))\s*"
)
# "(Outlet - 6th Apr, 2021): ", without a place.
_DATED_OUTLET = re.compile(r"\A\((?P<inside>[^()\n]{2,80})\)\s*(?::|[-–—]{1,2}(?=\s))\s*")
_LETTERHEAD = re.compile(
    r"\A(?:(?:the )?(?:office|embassy|government|department|ministry|state department|cabinet)\b.{0,80}"
    r"|.{2,60}\b(?:ministry|news agency|foundation|institute|commission|secretariat|press service))\Z",
    re.IGNORECASE,
)
_TITLE_SUFFIX = re.compile(r"\s+[–—|-]\s+(?P<outlet>[^–—|]{3,40})\Z")
_LABELS = frozenset(
    "world news politics business national international asia europe africa americas opinion "
    "top home latest breaking region economy".split()
)

_LOST_LETTER = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])")
_FEWEST_LOST = 3
_SENTENCE_CHARS = 60
_SENTENCE_WORDS = 4
_SHORTENED = re.compile(r"\s*\[\+\d+ chars\]\Z")
_HAND_WRAPPED = frozenset({Kind.TEXT, Kind.MARKDOWN, Kind.PDF, Kind.MAIL})
_LINE_CHARS = 300
_TOP_LINES = 5
_MARGIN = 5
"""What cleaning takes out is never four fifths of an article."""


def clean(document: Document, *, max_chars: int) -> Article:
    """Return the article in a document.

    Makes its text harmless, takes the date, outlet and headline from its top and the page
    artefacts from its body, and sets one blank line between paragraphs. A paragraph that stands
    in it twice is kept once. What the container says goes before what the text says.

    Args:
        document: As `edges.parse` read it.
        max_chars: Most characters of the cleaned text.

    Raises:
        SourceError: It holds no article, or is longer than `max_chars`.
    """
    if len(document.text) > _MARGIN * max_chars:  # Before the work, not after it.
        raise _too_long(len(document.text), max_chars)
    text = canonical.clean(document.text)
    if not text.strip():
        raise SourceError("it holds no text.")
    if document.kind is Kind.TEXT:
        text = _HEADING_MARK.sub("", text)
    header, text = _date_header(text)
    lines = _unwrapped(text) if document.kind in _HAND_WRAPPED else _lines(text)
    kept, removed, credit = without_artefacts(lines)
    stamped, kept = _stamps(kept) if document.kind in _HAND_WRAPPED else (Stamp(), kept)
    title, title_outlet, kept = _headline(
        kept, given=_line(document.title), outlet=_line(document.outlet)
    )
    dateline, kept = _dateline(kept)
    paragraphs, repeated = _paragraphs(kept)
    body = "\n\n".join(paragraphs)
    if not any(char.isalpha() for char in body):
        only = sorted({line.reason for line in removed})
        raise SourceError(f"it holds no article text{', only ' if only else ''}{', '.join(only)}.")
    if len(body) > max_chars:
        raise _too_long(len(body), max_chars)
    at = document.published if isinstance(document.published, datetime) else None
    outlets = (_line(document.outlet), dateline.outlet, title_outlet, credit, "unknown")
    return Article(
        source=document.source,
        text=body,
        title=title,
        outlet=next(filter(None, outlets)),
        author=_line(document.author) or stamped.author,
        url=document.url,
        language=language(body, declared=document.language),
        published=(at.date() if at else document.published)
        or header
        or dateline.published
        or stamped.published,
        published_at=at,
        described=dateline.published,
        damage=document.damage + _damage(body, removed),
        repaired=document.repaired,
        removed=(*removed, *repeated),
    )


def _too_long(chars: int, max_chars: int) -> SourceError:
    return SourceError(
        f"it has {chars:,} characters of text, over the limit of {max_chars:,}. "
        "Split it, or raise `limits.article_chars`."
    )


def _line(text: str) -> str:
    """Return a container's word for a title or a name as one harmless line."""
    line = " ".join(canonical.clean(text).split())
    return line if len(line) <= _LINE_CHARS else f"{line[: _LINE_CHARS - 2].rstrip()} …"


def _date_header(text: str) -> tuple[date | None, str]:
    found, headline = _DATE_HEADER.match(text), ""
    if found is None:
        below = _DATE_BELOW.match(text)
        if below is None:
            return None, text
        found, headline = below, f"{below['headline']}\n\n"
    try:
        return date.fromisoformat(found["day"]), headline + text[found.end() :]
    except ValueError:
        return None, text


def _lines(text: str) -> list[str]:
    return [line for each in text.split("\n") if (line := " ".join(each.split()))]


def _unwrapped(text: str) -> list[str]:
    """Return the paragraphs: lines, or blocks of lines where the text is wrapped by hand."""
    blocks = [block for block in re.split(r"\n[ ]*(?:\n[ ]*)+", text) if block.strip()]
    paragraphs: list[str] = []
    for block in blocks:
        lines = _lines(block)
        paragraphs.extend([" ".join(lines)] if _is_wrapped(lines) else lines)
    return paragraphs


def _is_wrapped(lines: list[str]) -> bool:
    if len(lines) < 3 or max(map(len, lines)) > 100:
        return False
    inner = lines[:-1]
    open_ended = sum(not line.endswith((".", "!", "?", '"', "”", ":")) for line in inner)
    return open_ended / len(inner) > 0.6 and min(map(len, inner)) > 40


def _stamps(lines: list[str]) -> tuple[Stamp, list[str]]:
    """Return what the lines about the headline say of day and author, and the other lines."""
    top = list(takewhile(_looks_like_headline, lines[:_TOP_LINES]))
    found = {at: said for at, line in enumerate(top) if (said := stamp(line))}
    if not found or len(found) == len(lines):
        return Stamp(), lines
    kept = [
        line
        for at, line in enumerate(lines)
        # "Joint Statement, 15 May 2031" may be the headline itself.
        if at not in found or (found[at].has_name and len(found) == len(top))
    ]
    return (
        Stamp(
            published=next((one.published for one in found.values() if one.published), None),
            author=next((one.author for one in found.values() if one.author), ""),
        ),
        kept,
    )


def _headline(lines: list[str], *, given: str, outlet: str) -> tuple[str, str | None, list[str]]:
    """Return the headline, the outlet named beside it, and the lines below it.

    Where the container gives the headline, a first line that repeats it goes. Else a headline is a short first line without a full stop, over a body; section labels and a
    letterhead above it go too, and the letterhead names the outlet.
    """
    body = list(lines)
    if given:
        title, named = _without_outlet(given)
        if named and named.casefold() != outlet.casefold() and (outlet or not named.istitle()):
            title, named = given, None  # A dash in the headline itself.
        forms = {canonical.canonical(one).form.casefold() for one in (given, title)}
        while len(body) > 1 and canonical.canonical(body[0]).form.casefold() in forms:
            del body[0]
        return title, named, body
    if len(body) > 2 and body[0].lower() in _LABELS:
        body = body[1:]
    above: list[str] = []
    while (
        len(body) > 1
        and _looks_like_headline(body[0])
        and not (_DATELINE.match(body[0]) or _dated_outlet(body[0]))
    ):
        above.append(body.pop(0))
    if not above:
        return "", None, body
    # In a letterhead the line nearest the text is the headline.
    *letterhead, title = above
    sender = next((line for line in letterhead if _LETTERHEAD.match(line)), None)
    title, named = _without_outlet(title)
    return title, named or sender, body


def _without_outlet(title: str) -> tuple[str, str | None]:
    suffix = _TITLE_SUFFIX.search(title)
    if suffix and len(title[: suffix.start()].split()) >= 3:
        return title[: suffix.start()], suffix["outlet"].strip()
    return title, None


def _looks_like_headline(line: str) -> bool:
    return len(line) <= 160 and line[-1] not in ".!?\"”'’:;,"


@dataclass(frozen=True, slots=True)
class _Dateline:
    outlet: str | None = None
    published: date | None = None


def _dateline(lines: list[str]) -> tuple[_Dateline, list[str]]:
    if not lines:
        return _Dateline(), lines
    found = _DATELINE.match(lines[0]) or _dated_outlet(lines[0])
    dated = None if found else _DATED_PLACE.match(lines[0])
    top = found or dated
    if top is None or not lines[0][top.end() :].strip():
        return _Dateline(), lines
    inside = top["inside"] or ""
    days = [mention for mention in dates(inside) if mention.day is not None]
    if dated and not days:
        return _Dateline(), lines
    read = [period.first for mention in days for period in resolve(mention, None)]
    outlet = "" if dated else inside[: days[0].span.start] if days else inside
    rest = lines[0][top.end() :].strip()
    return (
        _Dateline(outlet.strip(" -–—,/") or None, read[0] if read else None),
        [rest, *lines[1:]],
    )


def _dated_outlet(line: str) -> re.Match[str] | None:
    """Return the outlet and the day, and nothing else, in brackets at the top of a line."""
    found = _DATED_OUTLET.match(line)
    if found is None:
        return None
    inside = found["inside"].strip()
    days = [mention.span for mention in dates(inside) if mention.day is not None]
    if len(days) != 1 or days[0].end != len(inside):
        return None
    named = inside[: days[0].start].rstrip()
    return found if not named or named.endswith(("-", "–", "—", ",", "/")) else None


def _paragraphs(lines: Iterable[str]) -> tuple[list[str], tuple[RemovedLine, ...]]:
    paragraphs: list[str] = []
    removed: list[RemovedLine] = []
    seen: set[str] = set()
    for line in lines:
        # A quotation mark left over from the paragraph before: `" "The cooperation …`.
        paragraph = re.sub(r"^\"\s+(?=[\"“])", "", line)
        form = canonical.form(paragraph)
        if len(form) > 60 and form in seen:
            removed.append(RemovedLine(text=paragraph, reason="paragraph repeated"))
            continue
        seen.add(form)
        paragraphs.append(paragraph)
    return paragraphs, tuple(removed)


def _damage(body: str, removed: Sequence[RemovedLine]) -> tuple[str, ...]:
    lost = body.count("\ufffd")
    in_words = len(_LOST_LETTER.findall(body))
    said = (
        (_is_cut_off(body), "the text ends in the middle of a sentence"),
        (
            any(line.reason == WALLED for line in removed),
            "the page shows only part of it to those who do not subscribe",
        ),
        (lost, f"{lost} characters were lost and stand as \ufffd"),
        (in_words >= _FEWEST_LOST, f"in {in_words} words a question mark stands for a lost letter"),
    )
    return tuple(words for is_so, words in said if is_so)


def _is_cut_off(body: str) -> bool:
    end = body.rstrip()
    if end.endswith(("...", "…")) or _SHORTENED.search(end):
        return True
    # A short last line without a stop may be a name or a link; a sentence goes on in small letters.
    words = end[end.rfind("\n") + 1 :].split()
    goes_on = len(words) >= _SENTENCE_WORDS and words[-1].islower()
    return end[-1].isalnum() and (goes_on or len(" ".join(words)) >= _SENTENCE_CHARS)
