"""Which module reads which kind; each is imported when the first file of its kind comes."""

from collections.abc import Callable, Iterator
from importlib import import_module

from briefing.data.document import Document, Kind, RawDocument, Refusal
from briefing.settings import LimitSettings

Item = Document | RawDocument | Refusal
"""What a reader finds in a file; a `RawDocument` is a file inside, still to be read."""

Reader = Callable[[RawDocument, LimitSettings], Iterator[Item]]

_READERS = {
    Kind.TEXT: "text:documents",
    Kind.MARKDOWN: "markdown:documents",
    Kind.HTML: "html:documents",
    Kind.PDF: "pdf:documents",
    Kind.MAIL: "mail:documents",
    Kind.MAILBOX: "mail:messages",
    Kind.JSON: "records:documents",
    Kind.TABLE: "records:rows",
    Kind.FEED: "feed:documents",
    Kind.OPML: "opml:documents",
    Kind.GZIP: "archive:gunzipped",
    Kind.ZIP: "archive:unzipped",
}


def reader_of(kind: Kind) -> Reader:
    """Return what reads files of `kind`."""
    module, _, name = _READERS[kind].partition(":")
    reader: Reader = getattr(import_module(f"briefing.edges.parse.{module}"), name)
    return reader
