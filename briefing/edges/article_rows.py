"""Articles as rows of the library's table, and back."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import RowMapping

from briefing.data.article import Article, RemovedLine

_NEITHER_TEXT = re.compile("[\x00\ud800-\udfff]")


def row_of(article: Article, now: datetime) -> dict[str, Any]:
    """Return `article` as a row of `articles` that is added `now`."""
    return {
        "sha256": article.sha256,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "language": article.language,
        "published": article.published,
        "published_at": article.published_at,
        "described": article.described,
        "day": article.published or now.date(),
        "added": now,
        "text": article.text,
        "notes": {
            "damage": article.damage,
            "repaired": article.repaired,
            "removed": [[line.text, line.reason] for line in article.removed],
        },
    }


def read_article(row: RowMapping) -> Article:
    """Return the article of a row of `articles`."""
    notes = row["notes"]
    return Article(
        source=row["source"],
        url=row["url"],
        title=row["title"],
        outlet=row["outlet"],
        author=row["author"],
        language=row["language"],
        published=row["published"],
        published_at=row["published_at"],
        described=row["described"],
        text=row["text"],
        damage=tuple(notes["damage"]),
        repaired=tuple(notes["repaired"]),
        removed=tuple(RemovedLine(text=text, reason=why) for text, why in notes["removed"]),
    )


def harmless(article: Article) -> Article:
    """Return `article` as both databases can keep it: storable texts, its moment in UTC."""
    return replace(
        article,
        source=storable(article.source),
        url=article.url and storable(article.url),
        title=storable(article.title),
        outlet=storable(article.outlet),
        author=storable(article.author),
        language=storable(article.language),
        text=storable(article.text),
        published_at=_in_utc(article.published_at),
        damage=tuple(map(storable, article.damage)),
        repaired=tuple(map(storable, article.repaired)),
        removed=tuple(
            RemovedLine(text=storable(line.text), reason=storable(line.reason))
            for line in article.removed
        ),
    )


def storable(text: str) -> str:
    """Return `text` without what a database cannot keep: no NUL, no half character."""
    return _NEITHER_TEXT.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)


def _in_utc(moment: datetime | None) -> datetime | None:
    try:
        return moment and moment.astimezone(UTC)
    except OverflowError:  # In the first or last hours of the calendar.
        return None
