"""Hold what we take from feeds against feedparser's own assertions about its test files.

    python bench/feed_expectations.py --data DIR

DIR holds feedparser's `tests/wellformed`, each file with an `Expect:` line. Of these the ones
that concern us are counted: about the first entry's title, link, author and text, where the entry
has a text at all (an entry without one is no article). Writes bench/results/feed_expectations.json.
"""

import argparse
import ast
import json
import platform
import re
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from briefing.data.document import Document, RawDocument
from briefing.edges.parse import feed, markup
from briefing.edges.parse.web import web_address
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_EXPECT = re.compile(rb"Expect:\s*(.+?)\s*-->", re.DOTALL)
_EQUAL = re.compile(
    r"entries\[0\]\[?\.?'?(?P<field>title|link|author|description|summary)'?\]? == "
    r"(?P<value>u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")"
)
RESULTS = Path(__file__).parent / "results" / "feed_expectations.json"


def main() -> None:
    """Count right and wrong by field, and print the wrong ones."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for path in sorted(parser.parse_args().data.rglob("*.xml")):
        for field, expected in _expectations(path.read_bytes()):
            found = _first(path)
            if found is None or not expected:
                continue
            asked[field] += 1
            taken = _taken(found, field)
            if taken == _ours(field, expected):
                right[field] += 1
            else:
                print(f"{path.name}: {field} is {taken[:60]!r}, expected {expected[:60]!r}")
    result = {
        "python": platform.python_version(),
        "feedparser": version("feedparser"),
        "right": dict(sorted(right.items())),
        "asked": dict(sorted(asked.items())),
        "share": round(sum(right.values()) / max(1, sum(asked.values())), 4),
    }
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(json.dumps(result))


def _expectations(content: bytes) -> list[tuple[str, str]]:
    expect = _EXPECT.search(content)
    if expect is None or not expect[1].startswith(b"not bozo"):
        return []
    said = expect[1].decode("utf-8", "replace")
    return [(one["field"], ast.literal_eval(one["value"])) for one in _EQUAL.finditer(said)]


def _first(path: Path) -> Document | None:
    try:
        raw = RawDocument(source=path.name, content=path.read_bytes())
        found = next(feed.documents(raw, LimitSettings()))
    except (SourceError, StopIteration):
        return None
    return found if isinstance(found, Document) else None


def _taken(found: Document, field: str) -> str:
    values = {"title": found.title, "link": found.url or "", "author": found.author}
    return " ".join(values.get(field, found.text).split())


def _ours(field: str, expected: str) -> str:
    if field == "link":
        return web_address(expected) or ""
    return " ".join(markup.text_of(expected).split())


if __name__ == "__main__":
    main()
