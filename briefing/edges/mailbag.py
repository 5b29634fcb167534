"""Brings in mails as they are: a file, a mailbox (mbox), a Maildir, or standard input."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.data.document import RawDocument, Refusal
from briefing.edges import files
from briefing.edges.parse import mail
from briefing.errors import SourceError
from briefing.settings import LimitSettings

_MAILBOX = b"From "
_MAILDIR = ("new", "cur")


def mails(paths: Sequence[str], limits: LimitSettings) -> Iterator[bytes | Refusal]:
    """Yield the bytes of each mail in `paths`, and a refusal for what gives none.

    An empty Maildir is in order, and gives nothing. Nothing is moved or marked.
    """
    for path in paths:
        names = _in_maildir(Path(path)) if path != files.STDIN else None
        for name in [path] if names is None else names:
            yield from _file(name, limits)


def _in_maildir(folder: Path) -> list[str] | None:
    boxes = [folder / name for name in _MAILDIR if (folder / name).is_dir()]
    if not boxes:
        return None
    found = (file for box in boxes for file in box.iterdir() if not file.name.startswith("."))
    return [str(file) for file in sorted(found, key=lambda file: file.name)]


def _file(path: str, limits: LimitSettings) -> Iterator[bytes | Refusal]:
    def most(begun: RawDocument) -> int:
        is_mailbox = begun.content.startswith(_MAILBOX)
        return limits.container_bytes if is_mailbox else limits.file_bytes

    for found in files.each([path], max_bytes=limits.file_bytes, max_files=1, more=most):
        if isinstance(found, Refusal):
            yield found
        elif not found.content.startswith(_MAILBOX):
            yield found.content
        else:
            try:
                yield from (one.content for one in mail.messages(found, limits))
            except SourceError as error:
                yield Refusal(source=found.source, reason=str(error))
