"""OPML: a list of feeds, which has no article in it."""

import re
from collections.abc import Iterator

from briefing.data.document import Document, RawDocument
from briefing.edges.parse import charset
from briefing.edges.parse.feed import check_harmless
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_FEED = re.compile(r"\bxmlurl\s*=\s*[\"'][^\"']", re.IGNORECASE)


def documents(raw: RawDocument, limits: LimitSettings) -> Iterator[Document]:
    """Refuse the list, and say what it is for.

    Raises:
        SourceError: Always.
    """
    read = charset.decode(raw.content)
    check_harmless(read.text)
    count = len(_FEED.findall(read.text))
    raise SourceError(
        f"it lists {count:,} feeds and holds no article. Save the feeds as files, and name those."
    )
    yield  # Makes this a generator, like the other kinds.
