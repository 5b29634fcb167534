"""The lines about a headline that say when an article appeared, and who wrote it."""

import re
from dataclasses import dataclass
from datetime import date

from briefing.text.dates import dates, resolve

_CHARS = 80
_WORD = r"[^\W\d_a-z][\w.'’&-]*"
_BYLINE = re.compile(
    rf"[Bb][Yy][ ]+(?P<author>{_WORD}(?:[ ]+(?:(?:and|de|van|von|al|bin)[ ]+)?{_WORD}){{1,5}})"
)
_SAID = re.compile(r"(?:published|posted|updated|date|dated|issued)(?: on| at)?:?", re.IGNORECASE)
_NAMED = re.compile(rf"{_WORD}(?:[ ]+(?:of[ ]+|the[ ]+)?{_WORD}){{0,4}}")
_TIME = re.compile(r"[ ,|at]*\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What such a line says."""

    published: date | None = None
    author: str = ""
    has_name: bool = False
    """A place, an outlet or a title stands before the day."""


def stamp(line: str) -> Stamp | None:
    """Return what a whole line says of the day or the author, or None where it is no such line.

    A full date ends it, with a time at most behind it, and with nothing before it but a weekday,
    a word such as "Published", or a name: `Salm Courier, Tuesday, 15 May 2031 | 09:30`.
    """
    if len(line) > _CHARS:
        return None
    byline = _BYLINE.fullmatch(line)
    if byline:
        return Stamp(author=byline["author"])
    *before, last = dates(line) or (None,)
    if last is None or last.day is None or last.month is None or last.year is None:
        return None
    if last.last_day is not None or any(one.weekday is None for one in before):
        return None
    behind = line[last.span.end :]
    if behind and not _TIME.fullmatch(behind):
        return None
    first = before[0] if before else last
    top = line[: first.span.start].rstrip(" ,|–—-·•/(")
    named = _SAID.sub("", top, count=1).strip(" ,|–—-·•/")
    if named and (named == line[: first.span.start].rstrip() or not _NAMED.fullmatch(named)):
        return None
    (period, *more) = resolve(last, None) or (None,)
    if period is None or more:
        return None
    return Stamp(published=period.first, has_name=bool(named))
