"""Plain text."""

from collections.abc import Iterator

from briefing.data.document import Document, RawDocument
from briefing.edges.parse import charset
from briefing.settings import LimitSettings


def documents(raw: RawDocument, limits: LimitSettings) -> Iterator[Document]:
    """Yield the text as it stands.

    Raises:
        SourceError: It is no text.
    """
    read = charset.decode(raw.content)
    yield Document(source=raw.source, text=read.text, damage=read.damage)
