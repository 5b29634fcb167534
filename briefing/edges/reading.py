"""Files, folders and standard input to documents, whatever kind they are of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from briefing.data.document import Document, Kind, RawDocument, Refusal
from briefing.edges import files
from briefing.edges.parse import charset, text
from briefing.edges.parse.kinds import kind_of
from briefing.edges.parse.mojibake import mended
from briefing.edges.sandbox import Sandbox
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_ONE_TEXT = frozenset({Kind.TEXT, Kind.MARKDOWN, Kind.HTML, Kind.MAIL})
_ARCHIVES = frozenset({Kind.GZIP, Kind.ZIP})

Found = Document | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading brought in."""

    documents: tuple[Document, ...]
    """In the order of the paths; within a file in its own order."""

    refused: tuple[Refusal, ...]


def read(
    paths: Sequence[str], limits: LimitSettings, *, on_wait: Callable[[], None] = lambda: None
) -> Reading:
    """Return the documents that `paths` hold, and what was refused.

    A path is a file, a folder, a pattern with `*`, or `-` for standard input; see `files.each`.
    `on_wait` is called when a process that parses is waited for.

    Raises:
        SourceError: Nothing at all was read.
    """
    documents: list[Document] = []
    refused: list[Refusal] = []
    for found in each(paths, limits, on_wait=on_wait):
        if isinstance(found, Document):
            documents.append(found)
        else:
            refused.append(found)
    if not documents:
        raise SourceError(files.nothing_read(refused))
    return Reading(documents=tuple(documents), refused=tuple(refused))


def each(
    paths: Sequence[str], limits: LimitSettings, *, on_wait: Callable[[], None] = lambda: None
) -> Iterator[Found]:
    """Yield the documents that `paths` hold, and a refusal for each that gives none."""
    with Sandbox(limits, on_wait=on_wait) as sandbox:
        for item in files.each(
            paths, max_bytes=limits.file_bytes, max_files=limits.files, more=partial(_most, limits)
        ):
            if isinstance(item, Refusal):
                yield item
            else:
                yield from Opening(limits, sandbox).documents(item)


def _most(limits: LimitSettings, begun: RawDocument) -> int:
    try:
        is_one = kind_of(begun) in _ONE_TEXT
    except SourceError:
        is_one = True
    return limits.file_bytes if is_one else limits.container_bytes


def checkable(raw: RawDocument, limits: LimitSettings) -> Document:
    """Return the one text of a file to check: JSON as it stands, of other kinds what can be read.

    Raises:
        SourceError: It holds none.
    """
    try:
        if kind_of(raw) in {Kind.TEXT, Kind.JSON, Kind.TABLE}:
            return Document(source=raw.source, text=charset.decode(raw.content).text)
    except SourceError as error:
        raise SourceError(f"cannot check {raw.source!r}: {error}") from error
    with Sandbox(limits) as sandbox:
        found = next(Opening(limits, sandbox).documents(raw))
    if isinstance(found, Refusal):
        raise SourceError(f"cannot check {found.source!r}: {found.reason}")
    return found


class Opening:
    """One file of the user's, with all that turns out to be in it."""

    def __init__(self, limits: LimitSettings, sandbox: Sandbox) -> None:
        self._limits = limits
        self._sandbox = sandbox
        self._ends = monotonic() + limits.input_s
        self._unpacked_bytes = 0
        self._entries = 0

    def documents(self, raw: RawDocument) -> Iterator[Found]:
        """Yield the documents in `raw`, at any depth, until a limit is met."""
        try:
            yield from self._in(raw, depth=0)
        except _Enough as enough:
            yield enough.refusal

    def _in(self, raw: RawDocument, *, depth: int) -> Iterator[Found]:
        try:
            kind = kind_of(raw)
            self._check(raw, kind, depth)
            if kind is Kind.TEXT:
                yield from map(mended, text.documents(raw, self._limits))
                return
            inside: list[RawDocument] = []
            for item in self._sandbox.open(raw, kind):
                self._count(raw)
                if isinstance(item, RawDocument):
                    self._unpacked(item)
                    # The child is still busy with the archive.
                    inside.append(replace(item, source=files.printable(item.source)))
                else:
                    yield replace(item, source=files.printable(item.source))
        except SourceError as error:
            yield Refusal(source=raw.source, reason=str(error))
            inside = []
        for item in inside:
            yield from self._in(item, depth=depth + (kind in _ARCHIVES))

    def _check(self, raw: RawDocument, kind: Kind, depth: int) -> None:
        most = self._limits.file_bytes
        if not raw.content:
            raise SourceError("it is empty. Save the article again, or leave it out.")
        if kind in _ONE_TEXT and len(raw.content) > most:
            raise SourceError(
                f"it is larger than {most:,} bytes. Shorten it, or raise `limits.file_bytes`."
            )
        if kind in _ARCHIVES and depth > self._limits.unpack_depth:
            raise SourceError(
                f"it is an archive {depth} archives deep, over the limit of "
                f"{self._limits.unpack_depth}. Unpack it, or raise `limits.unpack_depth`."
            )

    def _count(self, raw: RawDocument) -> None:
        self._entries += 1
        if self._entries > self._limits.entries:
            raise _Enough(raw, f"it holds more than {self._limits.entries:,} articles", "entries")
        if monotonic() > self._ends:
            raise _Enough(raw, f"reading it takes over {self._limits.input_s:g} s", "input_s")

    def _unpacked(self, inner: RawDocument) -> None:
        self._unpacked_bytes += len(inner.content)
        most = self._limits.container_bytes
        if self._unpacked_bytes > 2 * most:
            raise _Enough(inner, f"more than {2 * most:,} bytes come out of it", "container_bytes")


class _Enough(Exception):  # noqa: N818 -- reads as what it says
    def __init__(self, raw: RawDocument, what: str, limit: str) -> None:
        super().__init__(what)
        reason = f"{what}; the rest was not read. Split it, or raise `limits.{limit}`."
        self.refusal = Refusal(source=raw.source, reason=reason)
