"""What travels between us and the child that reads: JSON, since nothing it sends is trusted."""

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, BinaryIO

from briefing.data.document import Document, Kind, RawDocument, Refusal

_SIZES = struct.Struct(">II")
_MOST_BYTES = 1 << 28

MEMORY_EXIT = 77
"""How the child ends when its memory is used up: what is left of it is not to be trusted."""

Item = Document | RawDocument | Refusal


def send(stream: BinaryIO, header: Mapping[str, Any], content: bytes = b"") -> None:
    """Write one message: a JSON object, and bytes beside it."""
    head = json.dumps(header).encode("ascii")
    stream.write(_SIZES.pack(len(head), len(content)))
    stream.write(head)
    stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read one message.

    Raises:
        EOFError: The other side has gone.
        ValueError: It sent what is no message.
    """
    head_size, content_size = _SIZES.unpack(_exactly(stream, _SIZES.size))
    if max(head_size, content_size) > _MOST_BYTES:
        raise ValueError("a message is too large")
    header = json.loads(_exactly(stream, head_size))
    if not isinstance(header, dict):
        raise ValueError("a message is no object")
    return header, _exactly(stream, content_size)


def packed(item: Item) -> tuple[dict[str, Any], bytes]:
    """Return `item` as a message."""
    if isinstance(item, RawDocument):
        return {"is": "file", "source": item.source}, item.content
    if isinstance(item, Refusal):
        return {"is": "refusal", "source": item.source, "reason": item.reason}, b""
    fields = asdict(item)
    if item.published is not None:
        fields["published"] = item.published.isoformat()
    return {"is": "document", **fields}, b""


def unpacked(header: Mapping[str, Any], content: bytes) -> Item:
    """Return the item in a message.

    Raises:
        ValueError: There is none in it.
    """
    try:
        match header["is"]:
            case "file":
                return RawDocument(source=str(header["source"]), content=content)
            case "refusal":
                return Refusal(source=str(header["source"]), reason=str(header["reason"]))
            case "document":
                return _document(header)
    except (KeyError, TypeError) as error:
        raise ValueError(f"a message lacks {error}") from error
    raise ValueError("a message of no known kind")


def _document(header: Mapping[str, Any]) -> Document:
    url = header["url"]
    words = {
        name: str(header[name])
        for name in ("source", "text", "title", "outlet", "author", "language")
    }
    return Document(
        **words,
        kind=Kind(header["kind"]),
        url=None if url is None else str(url),
        published=_day(header["published"]),
        damage=tuple(map(str, header["damage"])),
        repaired=tuple(map(str, header["repaired"])),
    )


def _day(said: object) -> date | None:
    if said is None:
        return None
    text = str(said)
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    pieces = []
    while size:
        piece = stream.read(size)
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
