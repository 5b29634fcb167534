"""The dates of containers: feeds, mail headers, page metadata, columns of a table."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_EARLIEST = 1800


def moment(said: object) -> date | None:
    """Return what a container's date means: a `datetime` with its time zone, or a day, or None.

    ISO 8601, the dates of mail (RFC 5322), and seconds or milliseconds since 1970. A time without
    a zone is only a day, since whose time it is nobody knows.
    """
    text = str(said).strip() if isinstance(said, str | int | float) else ""
    if not text or isinstance(said, bool):
        return None
    found = _epoch(text) or _iso(text) or _mail(text)
    return found if found and _EARLIEST <= found.year <= 2200 else None


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text) / (1000 if len(text) >= 12 and "." not in text else 1)
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str) -> date | None:
    try:
        return _with_zone(datetime.fromisoformat(text))
    except ValueError:
        pass
    day = _ISO_DAY.match(text)
    try:
        return date(int(day[1]), int(day[2]), int(day[3])) if day else None
    except ValueError:
        return None


def _mail(text: str) -> date | None:
    try:
        found = parsedate_to_datetime(text[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # "-0000" says UTC, and that the sender's own zone is not told.
    return found.replace(tzinfo=UTC) if text.rstrip().endswith("-0000") else _with_zone(found)


def _with_zone(found: datetime) -> date:
    return found.date() if found.tzinfo is None else found
