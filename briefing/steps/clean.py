"""Turn what an edge brought in into an article, or say why it is none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.data.article import Article, RawDocument, RemovedLine
from briefing.errors import SourceError
from briefing.text import canonical
from briefing.text.dates import dates, resolve

_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)

_DATE_HEADER = re.compile(r"\A\s*date\s+((?:1[89]|20|21)\d\d-\d\d-\d\d)\b[ \t]*", re.IGNORECASE)
_DATELINE = re.compile(
    # "CAPITAL, (Outlet / Agency - 6th Apr, 2021 ) :", "CAPITAL: ", "CAPITAL (Agency) - "
    r"\A(?P<place>[^\W\d_a-z]{3,}(?:[ ,/-]+[^\W\d_a-z]{2,}){0,3}),?\s*"
    r"(?:\((?P<inside>[^()\n]{2,80})\)\s*)?(?P<colon>:|[-–—]{1,2}(?=\s))\s*"
)
_DATED_PLACE = re.compile(
    # "Capital, 28 March: " or "Capital, March 28, 2031 - "
    r"\A[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+){0,2},\s*(?P<inside>[\w .,]{3,20}?)\s*(?::|[-–—](?=\s))\s*"
)
_LETTERHEAD = re.compile(
    r"\A(?:(?:the )?(?:office|embassy|government|department|ministry|state department|cabinet)\b.{0,80}"
    r"|.{2,60}\b(?:ministry|news agency|foundation|institute|commission|secretariat|press service))\Z",
    re.IGNORECASE,
)
_TITLE_SUFFIX = re.compile(r"\s+[–—|-]\s+(?P<outlet>[^–—|]{3,40})\Z")
_CREDIT = re.compile(
    r"edited by (?:the )?(?P<outlet>[A-Z][\w.]+(?: [A-Z][\w.]+){0,2})(?:'s)? staff"
)
_LABELS = frozenset(
    "world news politics business national international asia europe africa americas opinion "
    "top home latest breaking region economy".split()
)

_ARTEFACTS = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"advertise?ment|sponsored|promoted( content)?|ad|story continues below.*", "advertisement"),
        (r"(share|tweet|e-?mail|print|pin)( this)?( (article|story|page|post))?( on .{2,30}| via .{2,30})?"
         r"|(share|tweet|facebook|twitter|whatsapp|linkedin|telegram|email|print|reddit|copy link"
         r"|[|/·,]|\s)+|follow us.{0,60}|subscribe( (to|now)\b.{0,60})?|sign up (for|to)\b.{0,80}"
         r"|(click|tap) here.{0,60}|download our app.{0,40}|join our .{0,40}channel.{0,40}",
         "share bar"),
        (r"(read|see|watch|listen)( (also|more|next|this))?\s?:.{0,200}|also read\b.{0,200}|read more.{0,120}"
         r"|related( (stories|articles|news|topics))?:?.{0,120}|more (on this|from)\b.{0,80}"
         r"|you may also like.{0,80}|recommended.{0,40}",
         "link to other pages"),
        (r"\(?(this|the) (story|article|report|item|text|page|piece|copy)\b.{0,120}\b(staff|feed|syndicated"
         r"|auto-?generated|automatically|edited|published|agency|desk)\b.{0,160}",
         "note about the page"),
        (r"(©|\(c\)|copyright\b).{0,160}|all rights reserved.{0,80}", "copyright line"),
        (r"\[?\(?(photo|image|file photo|picture|representational image|caption)\b.{0,20}[:/].{0,200}",
         "picture credit"),
        (r"\d+ (comments?|shares?|views?|min(ute)?s? read)|leave a comment|comments?( are closed)?"
         r"|last (updated|modified)\b.{0,80}|loading\W*|skip to (main )?content|tags?:.{0,200}",
         "page furniture"),
        (r"(please )?(verify|confirm|prove) (that )?you('re| are) (not a robot|human).{0,120}"
         r"|(please )?(enable|turn on) (javascript|cookies).{0,120}|checking your browser.{0,120}",
         "captcha"),
        (r"the wayback machine\b.{0,200}|captured? \d+ times.{0,80}", "archive banner"),
    )
)  # fmt: skip
# An artefact is the whole of a short line; no quotation is one.
_ARTEFACT_CHARS = 240


def clean(raw: RawDocument, *, max_chars: int) -> Article:
    """Return the article in a plain-text document.

    Decodes it, makes it harmless, takes the date, outlet and headline from its top and the page
    artefacts from its body, and sets one blank line between paragraphs. A paragraph that stands
    in it twice is kept once.

    Args:
        raw: The document; UTF-8 and UTF-16 with a mark are read as such, all else as
            windows-1252, which the article's `damage` then says.
        max_chars: Most characters of the cleaned text.

    Raises:
        SourceError: It is empty, binary, or longer than `max_chars`.
    """
    text, damage = _decode(raw)
    text = canonical.clean(text)
    if not text.strip():
        raise SourceError("it holds no text.")
    header, text = _date_header(text)
    lines = _unwrapped(text)
    kept, removed, credit = _without_artefacts(lines)
    title, title_outlet, kept = _headline(kept)
    dateline, kept = _dateline(kept)
    paragraphs, repeated = _paragraphs(kept)
    body = "\n\n".join(paragraphs)
    if not any(char.isalpha() for char in body):
        raise SourceError("it holds no article text.")
    if len(body) > max_chars:
        raise SourceError(
            f"it has {len(body):,} characters of text, over the limit of "
            f"{max_chars:,}. Split it, or raise `limits.article_chars`."
        )
    return Article(
        source=raw.source,
        text=body,
        title=title,
        outlet=dateline.outlet or title_outlet or credit or "unknown",
        published=header or dateline.published,
        damage=damage + _cut_off(body),
        removed=(*removed, *repeated),
    )


def _decode(raw: RawDocument) -> tuple[str, tuple[str, ...]]:
    content = raw.content
    for magic, kind in _BINARY:
        if content.startswith(magic):
            raise SourceError(f"it is {kind}, not plain text.")
    for mark, encoding in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), ()
    if b"\x00" in content:
        raise SourceError("it is a binary file, not plain text.")
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    lines = content.split(b"\n")
    wrong = sum(not _is_utf8(line) for line in lines)
    text = "\n".join(
        line.decode("utf-8") if _is_utf8(line) else line.decode("cp1252", errors="replace")
        for line in lines
    )
    return text, (f"{wrong} of {len(lines)} lines are not UTF-8 and were read as windows-1252",)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _date_header(text: str) -> tuple[date | None, str]:
    found = _DATE_HEADER.match(text)
    if found is None:
        return None, text
    try:
        return date.fromisoformat(found[1]), text[found.end() :]
    except ValueError:
        return None, text


def _unwrapped(text: str) -> list[str]:
    """Return the paragraphs: lines, or blocks of lines where the text is wrapped by hand."""
    blocks = [block for block in re.split(r"\n[ ]*(?:\n[ ]*)+", text) if block.strip()]
    paragraphs: list[str] = []
    for block in blocks:
        lines = [re.sub(r" {2,}", " ", line).strip() for line in block.split("\n")]
        lines = [line for line in lines if line]
        paragraphs.extend([" ".join(lines)] if _is_wrapped(lines) else lines)
    return paragraphs


def _is_wrapped(lines: list[str]) -> bool:
    if len(lines) < 3 or max(map(len, lines)) > 100:
        return False
    inner = lines[:-1]
    open_ended = sum(not line.endswith((".", "!", "?", '"', "”", ":")) for line in inner)
    return open_ended / len(inner) > 0.6 and min(map(len, inner)) > 40


def _without_artefacts(
    lines: Iterable[str],
) -> tuple[list[str], tuple[RemovedLine, ...], str | None]:
    kept: list[str] = []
    removed: list[RemovedLine] = []
    credit: str | None = None
    for line in lines:
        reason = _artefact(line)
        if reason is None:
            kept.append(line)
            continue
        removed.append(RemovedLine(text=line, reason=reason))
        named = _CREDIT.search(line)
        credit = credit or (named["outlet"] if named else None)
    return kept, tuple(removed), credit


def _artefact(line: str) -> str | None:
    if len(line) > _ARTEFACT_CHARS:
        return None
    bare = line.strip(" *-_=|•[]()")
    for pattern, reason in _ARTEFACTS:
        if pattern.fullmatch(bare) or pattern.fullmatch(line):
            return reason
    return None


def _headline(lines: list[str]) -> tuple[str, str | None, list[str]]:
    """Return the headline, the outlet named beside it, and the lines below it.

    A headline is a short first line without a full stop, over a body; section labels and a
    letterhead above it go too, and the letterhead names the outlet.
    """
    body = list(lines)
    if len(body) > 2 and body[0].lower() in _LABELS:
        body = body[1:]
    above: list[str] = []
    while len(body) > 1 and _looks_like_headline(body[0]) and not _DATELINE.match(body[0]):
        above.append(body.pop(0))
    if not above:
        return "", None, body
    # In a letterhead the line nearest the text is the headline.
    *letterhead, title = above
    outlet = next((line for line in letterhead if _LETTERHEAD.match(line)), None)
    suffix = _TITLE_SUFFIX.search(title)
    if suffix and len(title[: suffix.start()].split()) >= 3:
        return title[: suffix.start()], suffix["outlet"].strip(), body
    return title, outlet, body


def _looks_like_headline(line: str) -> bool:
    return len(line) <= 160 and line[-1] not in ".!?\"”'’:;,"


@dataclass(frozen=True, slots=True)
class _Dateline:
    outlet: str | None = None
    published: date | None = None


def _dateline(lines: list[str]) -> tuple[_Dateline, list[str]]:
    if not lines:
        return _Dateline(), lines
    found = _DATELINE.match(lines[0])
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


def _cut_off(body: str) -> tuple[str, ...]:
    end = body.rstrip()
    if end.endswith(("...", "…")) or end[-1].isalnum():
        return ("the text ends in the middle of a sentence",)
    return ()
