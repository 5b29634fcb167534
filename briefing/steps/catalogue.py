"""Print what a library holds: a line an article, one article whole, or either as JSON."""

import json
from collections.abc import Sequence

from briefing.data.library import Kept
from briefing.text.canonical import clean


def catalogue(found: Sequence[Kept], *, as_json: bool = False) -> str:
    """Return a line for each of `found`: id, day, outlet, headline, and its version if not 1."""
    if as_json:
        return _dumped([_fields(kept) for kept in found])
    return "".join(f"{_row(kept)}\n" for kept in found)


def whole(kept: Kept, versions: Sequence[Kept], *, as_json: bool = False) -> str:
    """Return an article with all that is known of it, its text last.

    Args:
        kept: The article.
        versions: Of its page, in order; more than one are listed.
        as_json: As an object instead.
    """
    if as_json:
        others = [_fields(one) for one in versions]
        return _dumped(_fields(kept) | {"text": kept.article.text, "versions": others})
    article = kept.article
    facts = {
        "id": article.sha256,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": str(article.published_at or article.published or ""),
        "language": article.language,
        "url": article.url or "",
        "source": article.source,
        "added": kept.added.isoformat(timespec="seconds"),
    }
    lines = [f"{name:<10} {_line(value)}" for name, value in facts.items() if value]
    lines += [f"{'damage':<10} {_line(damage)}" for damage in article.damage]
    if len(versions) > 1:
        lines += [f"{'version':<10} {one.version}: {_version(one)}" for one in versions]
    return "\n".join(lines) + f"\n\n{clean(article.text)}\n"


def _row(kept: Kept) -> str:
    article = kept.article
    day = article.published or kept.added.date()
    mark = (
        "" if kept.version == 1 and kept.is_latest else f"  (version {kept.version}{_state(kept)})"
    )
    title = _line(article.title) or _line(article.text[:60]) + " …"
    return f"{article.id}  {day}  {_line(article.outlet)}  {title}{mark}"


def _version(kept: Kept) -> str:
    return f"{kept.article.id}, added {kept.added.date()}{_state(kept)}"


def _state(kept: Kept) -> str:
    return ", the latest" if kept.is_latest else ", replaced"


def _fields(kept: Kept) -> dict[str, object]:
    article = kept.article
    return {
        "id": article.id,
        "sha256": article.sha256,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "language": article.language,
        "url": article.url,
        "source": article.source,
        "published": article.published and article.published.isoformat(),
        "published_at": article.published_at and article.published_at.isoformat(),
        "added": kept.added.isoformat(),
        "version": kept.version,
        "latest": kept.is_latest,
        "chars": len(article.text),
        "damage": article.damage,
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _line(text: str) -> str:
    return " ".join(clean(text).split())
