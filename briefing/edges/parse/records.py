"""Lists of articles: JSON, JSON Lines, CSV and tab-separated values, JSON Feed.

A record is an object, or a row below a header. Its fields are found under any of these names,
whatever their case and whether written `published_at`, `publishedAt` or `published-at`; the
first that holds something is taken.

- text: text, body, content, article_body, full_text, article, story, maintext, content_text,
  plain_text
- HTML, where there is no text: content_html, html, body_html, raw_html
- a summary, where there is neither: summary, description, abstract, excerpt, lead, snippet
- title: title, headline, name, subject
- outlet: outlet, publisher, source, source_name, site_name, publication, provider, newspaper,
  domain
- author: author, authors, byline, creator
- url: url, link, canonical_url, article_url, source_url, permalink, external_url
- published: published, published_at, date_published, date, pub_date, publication_date,
  date_publish, created_at, datetime, timestamp, time
- language: language, lang, language_code

A list may stand at the top, or under: articles, items, entries, results, records, documents,
stories, news, data, rows, hits, posts. A name may hold an object with a `name` (`"source":
{"name": …}`, `"content": {"rendered": …}`), or a list of them.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from briefing.data.document import Document, Kind, RawDocument, Refusal
from briefing.edges.parse import charset, markup
from briefing.edges.parse.web import web_address
from briefing.edges.parse.when import moment
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_NAMES = {
    "text": "text body content articlebody fulltext article story maintext contenttext plaintext",
    "html": "contenthtml html bodyhtml rawhtml",
    "summary": "summary description abstract excerpt lead snippet",
    "title": "title headline name subject",
    "outlet": "outlet publisher source sourcename sitename publication provider newspaper domain",
    "author": "author authors byline creator",
    "url": "url link canonicalurl articleurl sourceurl permalink externalurl",
    "published": "published publishedat datepublished date pubdate publicationdate datepublish "
    "createdat datetime timestamp time",
    "language": "language lang languagecode",
}
_FIELDS = {field: names.split() for field, names in _NAMES.items()}
_LISTS = (
    "articles items entries results records documents stories news data rows hits posts".split()
)
_IN_AN_OBJECT = ("name", "title", "value", "text", "html", "rendered")
_TEXT_FIELDS = ("text", "html", "summary")
SUMMARY = "it is a summary, not the whole article"

Record = Mapping[str, Any]
Item = Document | Refusal


def documents(raw: RawDocument, limits: LimitSettings) -> Iterator[Item]:
    """Yield the articles of a JSON or JSON Lines file, in order.

    Raises:
        SourceError: It is neither, or no article is in it.
    """
    read = charset.decode(raw.content)
    text = read.text.lstrip("\ufeff")
    try:
        found = _listed(json.loads(text))
    except RecursionError:
        raise SourceError("its JSON is nested too deeply.") from None
    except ValueError as error:
        found = _from_lines(text, str(error))
    yield from _articles(raw, found, read.damage)


def rows(raw: RawDocument, limits: LimitSettings) -> Iterator[Item]:
    """Yield the articles of a table with a header row.

    Raises:
        SourceError: No column holds the text of articles.
    """
    read = charset.decode(raw.content)
    text = read.text.lstrip("\ufeff").replace("\x00", "")
    head = text[:8192].split("\n", 1)[0]
    delimiter = max("\t;,|", key=head.count)
    csv.field_size_limit(max(limits.container_bytes, 131_072))
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, restkey="")
    try:
        names = [name for name in reader.fieldnames or () if name]
        if not _fields(dict.fromkeys(names, "x")).keys() & set(_TEXT_FIELDS):
            raise SourceError(
                f"no column of the table is named text, body or content, only {_some(names)}."
            )
        yield from _articles(raw, list(reader), read.damage)
    except csv.Error as error:
        raise SourceError(f"it is a broken table: {error}.") from error


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 -- whatever JSON holds
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise SourceError("its JSON is neither an object nor a list of them.")
    if not _fields(value).keys() & {"text", "html"}:
        for name in _LISTS:
            inside = value.get(name)
            if isinstance(inside, list):
                return inside
            if isinstance(inside, dict) and (hits := inside.get(name)):
                return hits if isinstance(hits, list) else [inside]
    return [value]


def _from_lines(text: str, why: str) -> list[Any]:
    records: list[Any] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            records.append(json.loads(line))
        except RecursionError:
            raise SourceError(f"its line {number} is nested too deeply.") from None
        except ValueError as error:
            if not records:
                raise SourceError(f"it is broken JSON: {why}.") from error
            records.append(SourceError(f"the line is broken JSON: {error}."))
    return records


def _articles(raw: RawDocument, found: list[Any], damage: tuple[str, ...]) -> Iterator[Item]:
    if not found:
        raise SourceError("the list in it is empty.")
    for number, record in enumerate(found, start=1):
        source = raw.source if len(found) == 1 else f"{raw.source}#{number}"
        try:
            yield document(source, record, damage)
        except SourceError as error:
            yield Refusal(source=source, reason=str(error))


def document(source: str, record: object, damage: tuple[str, ...]) -> Document:
    """Return the article that an object with named fields holds.

    Raises:
        SourceError: It is no such object, or holds no text.
    """
    if isinstance(record, SourceError):
        raise record
    if isinstance(record, dict) and isinstance(record.get("_source"), dict):
        record = record["_source"]
    if not isinstance(record, dict):
        raise SourceError("it is no object with named fields.")
    fields = _fields(record)
    kind = Kind.JSON
    text = _words(fields.get("text")) or _words(fields.get("html"))
    if not text.strip():
        text = _words(fields.get("summary"))
        damage = (*damage, SUMMARY)
    if not text.strip():
        raise SourceError(f"no field of it is named text, body or content: {_some(record)}.")
    text = markup.text_of(text)
    return Document(
        source=source,
        kind=kind,
        text=text,
        title=markup.text_of(_words(fields.get("title"))),
        outlet=_words(fields.get("outlet")),
        author=_words(fields.get("author")),
        url=web_address(fields.get("url")),
        published=moment(fields.get("published")),
        language=_words(fields.get("language")),
        damage=damage,
    )


def _fields(record: Record) -> dict[str, Any]:
    """Return the values of `record` under our names; each only where it says something."""
    known = {re.sub(r"[^a-z0-9]", "", str(name).lower()): name for name in reversed(list(record))}
    fields: dict[str, Any] = {}
    for field, names in _FIELDS.items():
        for name in names:
            value = record.get(known[name]) if name in known else None
            if value not in (None, "", [], {}):
                fields[field] = value
                break
    return fields


def _words(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return next(filter(None, (_words(value.get(name)) for name in _IN_AN_OBJECT)), "")
    if isinstance(value, list):
        pieces = [words for one in value[:1000] if (words := _words(one))]
        return "\n\n".join(pieces) if any(len(one) > 100 for one in pieces) else ", ".join(pieces)
    return ""


def _some(names: object) -> str:
    shown = [repr(str(name)[:40]) for name in list(names)[:6]]  # type: ignore[call-overload]
    return ", ".join(shown) or "nothing"
