"""Unpacks what a server has packed, a little at a time and no further than a limit."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

PACKINGS = "gzip, deflate"
"""What can be unpacked, as the `Accept-Encoding` header says it."""

_PIECE_BYTES = 64 * 1024
_MOST_LAYERS = 2
_GZIP_BEGINS = b"\x1f"


class Overflow(Exception):  # noqa: N818 -- reads as what went wrong
    """More came than is allowed; its message is how much, and what to do."""


class Damaged(Exception):  # noqa: N818 -- reads as what went wrong
    """What came cannot be unpacked; its message says why."""


def unpacked_over(most_bytes: int) -> str:
    """Return what to say of a page that unpacks to more than `most_bytes`."""
    limit = f"more than {most_bytes:,} bytes when unpacked"
    return f"{limit}. If that is right, raise `fetch.decoded_bytes`."


class Unpacker:
    """Undoes a `Content-Encoding`, each layer of it up to `most_bytes`.

    httpx2 2.16 has decoders, and this is not them: with `gzip, gzip`, 300 kB on the wire
    that unpack to a single byte took them 600 MB and 95 s; a body that breaks off, or goes
    on with a second member, they cut short without a word.
    """

    def __init__(self, encoding: str, *, most_bytes: int) -> None:
        """Take the value of the header, which may be empty.

        Raises:
            Damaged: It names what cannot be unpacked.
        """
        named = [name.strip().lower() for name in encoding.split(",")]
        layers = [name for name in named if name not in {"", "identity"}]
        if len(layers) > _MOST_LAYERS:
            raise Damaged(f"packed {len(layers)} times over")
        if unknown := next((name for name in layers if name not in _LAYERS), None):
            raise Damaged(f"packed as {unknown[:20]!r}, which was not asked for")
        # The last one named was put on last, and comes off first.
        self._layers = [_LAYERS[name](most_bytes) for name in reversed(layers)]

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` unpacks to, in small pieces, as they are asked for.

        Raises:
            Overflow: It is more than `most_bytes`.
            Damaged: It cannot be unpacked.
        """
        pieces: Iterable[bytes] = (data,)
        for layer in self._layers:
            pieces = chain.from_iterable(map(layer.feed, pieces))
        yield from pieces

    def finish(self) -> None:
        """Make sure that nothing is missing at the end.

        Raises:
            Damaged: Something is.
        """
        if not all(layer.is_whole for layer in self._layers):
            raise Damaged("it breaks off")


class _Layer:
    """One packing; a subclass knows how its streams begin."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._unpacked_bytes = 0
        self._stream: zlib._Decompress | None = None
        self._begun = b""
        """Too little to tell yet what it begins."""

        self._streams = 0
        """So many have come to their end."""

        self._is_over = False
        """What still comes is padding."""

    @property
    def is_whole(self) -> bool:
        """Nothing has come at all, or an end has."""
        return self._stream is None and not self._begun

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._is_over:
            if self._stream is None:
                self._begun += data
                self._stream = self._open(self._begun)
                if self._stream is None:
                    return
                data, self._begun = self._begun, b""
            yield from self._drain(self._stream, data)
            data = self._stream.unused_data
            if self._stream.eof:
                self._stream = None
                self._streams += 1

    def _drain(self, stream: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
        while True:
            try:
                piece = stream.decompress(data, _PIECE_BYTES)
            except zlib.error as error:
                raise Damaged(str(error)) from error
            self._unpacked_bytes += len(piece)
            if self._unpacked_bytes > self._most_bytes:
                raise Overflow(unpacked_over(self._most_bytes))
            if piece:
                yield piece
            data = stream.unconsumed_tail
            if stream.eof or not (data or len(piece) == _PIECE_BYTES):
                return

    def _open(self, begun: bytes) -> "zlib._Decompress | None":
        raise NotImplementedError

    def _end(self) -> None:
        self._begun, self._is_over = b"", True


class _Gzip(_Layer):
    def _open(self, begun: bytes) -> "zlib._Decompress | None":
        if self._streams and not begun.startswith(_GZIP_BEGINS):
            self._end()
            return None
        return zlib.decompressobj(zlib.MAX_WBITS | 16)


class _Deflate(_Layer):
    def _open(self, begun: bytes) -> "zlib._Decompress | None":
        if self._streams:
            self._end()
            return None
        if len(begun) < 2:
            return None
        # RFC 9110 says zlib (RFC 1950, whose two bytes tell), and some send it bare.
        is_zlib = begun[0] & 0x0F == 8 and int.from_bytes(begun[:2], "big") % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


_LAYERS = {"gzip": _Gzip, "x-gzip": _Gzip, "deflate": _Deflate}
