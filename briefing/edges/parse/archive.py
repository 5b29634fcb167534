"""`.gz` and `.zip`: what is in them, to be read on its own, within caps."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from briefing.data.document import RawDocument, Refusal
from briefing.edges.parse.kinds import SUFFIXES
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_CHUNK = 64 * 1024
_RATIO_FROM_BYTES = 1024 * 1024
"""Small files may shrink to nothing; only from here is a high ratio suspicious."""

_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/container.xml")

Item = RawDocument | Refusal


def unzipped(raw: RawDocument, limits: LimitSettings) -> Iterator[Item]:
    """Yield the files of a ZIP archive that may hold articles, in its order.

    Raises:
        SourceError: It is broken, an office document, or holds more than the limits allow.
    """
    try:
        archive = ZipFile(BytesIO(raw.content))
        entries = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise SourceError(f"it is a broken ZIP archive ({error}).") from error
    if any(entry.filename in _OFFICE for entry in entries):
        raise SourceError("it is an office document or e-book. Save it as PDF or plain text.")
    wanted = [entry for entry in entries if _is_wanted(entry)]
    if len(wanted) > limits.entries:
        raise SourceError(
            f"it holds {len(wanted):,} files, over the limit of {limits.entries:,}. "
            "Unpack it, or raise `limits.entries`."
        )
    if not wanted:
        raise SourceError("no file in it is of a kind that holds articles.")
    budget = limits.container_bytes
    for entry in wanted:
        source = f"{raw.source}/{entry.filename}"
        try:
            content = _member(archive, entry, limits, budget)
        except SourceError as error:
            yield Refusal(source=source, reason=str(error))
            continue
        budget -= len(content)
        yield RawDocument(source=source, content=content)


def gunzipped(raw: RawDocument, limits: LimitSettings) -> Iterator[Item]:
    """Yield the file in a gzip.

    Raises:
        SourceError: It is broken, or larger than the limits allow.
    """
    yield RawDocument(source=raw.source, content=_inflated(raw.content, limits))


def _is_wanted(entry: ZipInfo) -> bool:
    *folders, name = _parts(entry.filename.lower()) or [""]
    is_hidden = any(part.startswith((".", "__macosx")) for part in folders)
    return (
        not entry.is_dir()
        and not is_hidden
        and not name.startswith((".", "readme"))
        and name.endswith(SUFFIXES)
    )


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[/\\]", name) if part not in {"", ".", ".."}]


def _member(archive: ZipFile, entry: ZipInfo, limits: LimitSettings, budget: int) -> bytes:
    parts = re.split(r"[/\\]", entry.filename)
    if ".." in parts or not parts[0] or ":" in parts[0]:
        raise SourceError("its name leads out of the archive. Leave it out.")
    if entry.flag_bits & 0x1:
        raise SourceError("it is encrypted. Unpack the archive first.")
    most = min(budget, _most(limits, entry.compress_size))
    try:
        # Not what the archive says that it holds: what comes out.
        with archive.open(entry) as file:
            content = file.read(most + 1)
    except (
        BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        zlib.error,
        EOFError,
    ) as error:
        raise SourceError(f"it cannot be unpacked ({error}).") from error
    if len(content) > most:
        raise _too_large(limits, most)
    return content


def _inflated(content: bytes, limits: LimitSettings) -> bytes:
    most = _most(limits, len(content))
    pieces: list[bytes] = []
    size = 0
    rest = content
    try:
        while rest.startswith(b"\x1f\x8b"):  # A gzip may be several, one after the other.
            stream = zlib.decompressobj(wbits=31)
            while not stream.eof and rest:
                pieces.append(stream.decompress(rest, _CHUNK))
                size += len(pieces[-1])
                rest = stream.unconsumed_tail
                if size > most:
                    raise _too_large(limits, most)
            if not stream.eof:
                raise SourceError("it is a gzip archive that was cut off. Fetch it again.")
            rest = stream.unused_data
    except zlib.error as error:
        raise SourceError(f"it is a broken gzip archive ({error}).") from error
    return b"".join(pieces)


def _most(limits: LimitSettings, packed: int) -> int:
    by_ratio = max(packed * limits.unpack_ratio, _RATIO_FROM_BYTES)
    return min(limits.container_bytes, by_ratio)


def _too_large(limits: LimitSettings, most: int) -> SourceError:
    if most < limits.container_bytes:
        return SourceError(
            f"it unpacks to more than {limits.unpack_ratio} times its size, as a bomb does. "
            "Unpack it yourself if you trust it, or raise `limits.unpack_ratio`."
        )
    return SourceError(
        f"it unpacks to more than {limits.container_bytes:,} bytes. "
        "Unpack it, or raise `limits.container_bytes`."
    )
