"""Brings in files, folders and standard input."""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from briefing.data.document import RawDocument, Refusal
from briefing.edges.os_errors import in_our_words
from briefing.edges.parse.kinds import SUFFIXES
from briefing.errors import SourceError

STDIN = "-"
_PATTERN = re.compile(r"[*?\[]")

# Half surrogates (a name that is not UTF-8), controls, line breaks and turns of direction:
# in a report or on a terminal they do harm, and a name can hold them all.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

_CANNOT_READ = {
    0: "Check the file.",
    errno.ENOENT: "there is no such file or folder. Check the name.",
    errno.ENOTDIR: "a part of the path is no folder. Check the name.",
    errno.EACCES: "permission denied. Allow this user to read it.",
    errno.EPERM: "permission denied. Allow this user to read it.",
    errno.ELOOP: "its links lead round in a circle. Name the file itself.",
    errno.ENAMETOOLONG: "the name is too long. Check it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What reading brought in."""

    documents: tuple[RawDocument, ...]
    """In the order of the paths; within a folder by name, `a2` before `a10`."""

    refused: tuple[Refusal, ...]


class Unreadable(Exception):  # noqa: N818 -- reads as what went wrong
    """A file that gives no bytes; its message is the reason alone, without the name."""


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    problem: str | None = None
    """Why it is not even tried."""


def read(paths: Sequence[str], *, max_bytes: int, max_files: int) -> Found:
    """Return the files that `paths` hold, each once, and what was refused; see `each`.

    Raises:
        SourceError: Nothing at all was read.
    """
    found = list(each(paths, max_bytes=max_bytes, max_files=max_files))
    documents = tuple(one for one in found if isinstance(one, RawDocument))
    refused = tuple(one for one in found if isinstance(one, Refusal))
    if not documents:
        raise SourceError(nothing_read(refused))
    return Found(documents=documents, refused=refused)


def each(
    paths: Sequence[str],
    *,
    max_bytes: int,
    max_files: int,
    more: Callable[[RawDocument], int] | None = None,
) -> Iterator[RawDocument | Refusal]:
    """Yield the files that `paths` hold, each once, and a refusal for what gives no bytes.

    A path is a file, a folder, a pattern such as `news/**/*.html`, or `-` for standard input.
    Of a folder and all folders in it, the files with an ending that we know (`kinds.SUFFIXES`)
    are read, and all mails of a Maildir, but nothing hidden, no README, and nothing that a link
    fetches from outside. A file that is named is read whatever its name.

    Args:
        paths: As the user gave them.
        max_bytes: Of a file. A larger one is read on where `more`, given its beginning, allows.
        max_files: Of all of them.
        more: The most bytes of a file that begins so.
    """
    seen = set()
    count = 0
    for place in _places(paths):
        identity = _identity(place)
        if identity in seen:
            continue
        seen.add(identity)
        source = printable(place.path)
        if count >= max_files:
            reason = f"it and the files after it are over the limit of {max_files:,}."
            yield Refusal(source=source, reason=f"{reason} Raise `limits.files`.")
            return
        count += 1
        try:
            content = _content(place, source, max_bytes, more)
        except Unreadable as error:
            yield Refusal(source=source, reason=str(error))
        else:
            yield RawDocument(source=source, content=content)


def printable(name: str) -> str:
    """Return `name` with a mark for each character that could harm a terminal or a report."""
    return _UNPRINTABLE.sub("\ufffd", name)


def first_bytes(path: str | Path, most: int) -> bytes:
    """Return the first `most` bytes of a regular file, or all where it has fewer.

    Raises:
        Unreadable: It is missing, may not be read, or is a folder, pipe or device.
    """
    try:
        # Before the opening too, since to open some devices is to start them.
        _must_be_regular(Path(path).stat())
        # A pipe that takes the file's place meanwhile must not make us wait.
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(file, "rb") as opened:
            _must_be_regular(os.fstat(file))
            return opened.read(most)
    except OSError as error:
        raise Unreadable(in_our_words(error, _CANNOT_READ)) from error
    except ValueError as error:
        raise Unreadable("the name cannot be that of a file. Check it.") from error


def is_same(path: str | Path, other: str | Path) -> bool:
    """Whether two paths lead to one existing file."""
    try:
        return Path(path).samefile(other)
    except (OSError, ValueError):
        return False


def _places(paths: Sequence[str]) -> Iterator[_Place]:
    for path in paths:
        if not path:
            yield _Place(path, "the name is empty. Name a file or a folder.")
        elif path != STDIN and _is_folder(path):
            yield from _articles_in(Path(path))
        elif _PATTERN.search(path) and _status(path) is None:
            yield from _matching(path)
        else:
            yield _Place(path)


def _matching(pattern: str) -> Iterator[_Place]:
    try:
        found = [Path(path) for path in glob(pattern, recursive=True)]  # noqa: PTH207 -- as a shell's
        found.sort(key=_natural_path)
    except (ValueError, re.error, OSError):
        found = []
    if not found:
        yield _Place(pattern, "no file matches the pattern. Check it.")
    for path in found:
        if _is_folder(path):
            if "**" not in pattern:  # Else what is in it is found by itself.
                yield from _articles_in(path)
        else:
            yield _Place(str(path))


def _articles_in(folder: Path) -> Iterator[_Place]:
    found = False
    for place in _walk(folder):
        found = True
        yield place
    if not found:
        kinds = ", ".join(f"*{suffix}" for suffix in SUFFIXES)
        yield _Place(str(folder), f"no article is in it ({kinds}). Name the files themselves.")


def _walk(folder: Path) -> Iterator[_Place]:
    root = os.path.realpath(folder)
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        # Path.is_symlink would raise in a folder that may be listed but not entered.
        is_link = path != folder and os.path.islink(path)  # noqa: PTH114
        is_folder = _is_folder(path)
        if is_folder and not is_link:
            try:
                entries = sorted(path.iterdir(), key=_natural, reverse=True)
            except OSError as error:
                yield _Place(str(path), in_our_words(error, _CANNOT_READ))
            else:
                waiting += [entry for entry in entries if not entry.name.startswith(".")]
        elif is_folder or _is_article(path):
            if is_link and not Path(os.path.realpath(path)).is_relative_to(root):
                yield _Place(str(path), "it is a link out of the folder. Name it to read it.")
            elif not is_folder:  # A folder inside is read where it stands.
                yield _Place(str(path))


def _natural(path: Path) -> tuple[list[str | int], str]:
    parts = re.split(r"([0-9]+)", path.name.casefold())
    # Every second part is a number, so numbers are compared with numbers only.
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], path.name


def _natural_path(path: Path) -> list[tuple[list[str | int], str]]:
    return [_natural(Path(part)) for part in path.parts]


def _is_article(path: Path) -> bool:
    name = path.name.lower()
    is_known = name.endswith(SUFFIXES) and not name.startswith("readme")
    return is_known or _is_in_maildir(path)


def _is_in_maildir(path: Path) -> bool:
    """`cur` and `new` of a folder that has `tmp` beside them hold a mail each file."""
    folder = path.parent
    return folder.name in {"cur", "new"} and _is_folder(folder.parent / "tmp")


def _is_folder(path: str | Path) -> bool:
    status = _status(path)
    return status is not None and stat.S_ISDIR(status.st_mode)


def _identity(place: _Place) -> object:
    known_by_name = place.path == STDIN or place.problem is not None
    status = None if known_by_name else _status(place.path)
    return place.path if status is None else (status.st_dev, status.st_ino)


def _status(path: str | Path) -> os.stat_result | None:
    """Return None where the system will not say; reading the file then gives the reason."""
    try:
        return Path(path).stat()
    except (OSError, ValueError):
        return None


def _content(
    place: _Place, source: str, max_bytes: int, more: Callable[[RawDocument], int] | None
) -> bytes:
    if place.problem is not None:
        raise Unreadable(place.problem)
    content = _beginning(place, max_bytes + 1)
    if len(content) > max_bytes and more:
        max_bytes = max(max_bytes, more(RawDocument(source=source, content=content)))
        if len(content) <= max_bytes:
            rest = max_bytes + 1 - len(content)
            is_stdin = place.path == STDIN
            content = (
                content + _standard_input(rest) if is_stdin else _beginning(place, max_bytes + 1)
            )
    if len(content) > max_bytes:
        raise Unreadable(
            f"it is larger than {max_bytes:,} bytes. Shorten it, or raise `limits.file_bytes` "
            "(of a list, mailbox, PDF or archive `limits.container_bytes`)."
        )
    if not content and place.path == STDIN:
        raise Unreadable("nothing came in. Pipe an article into it, or name a file.")
    if not content:
        raise Unreadable("it is empty. Save the article again, or leave it out.")
    return content


def _beginning(place: _Place, most: int) -> bytes:
    return _standard_input(most) if place.path == STDIN else first_bytes(place.path, most)


def _standard_input(most: int) -> bytes:
    try:
        return sys.stdin.buffer.read(most) if sys.stdin else b""
    except OSError as error:
        raise Unreadable(in_our_words(error, _CANNOT_READ)) from error


def _must_be_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Unreadable("it is a folder. Name a file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("it is a pipe, a socket or a device. Name a file, or `-` for a pipe.")


def nothing_read(refused: Sequence[Refusal]) -> str:
    """Return the one line that says why there is nothing."""
    if not refused:
        return "no path is given. Name files or folders of articles, or - for standard input."
    first, *others = refused
    also = f" and {len(others):,} more" if others else ""
    return f"cannot read {first.source!r}{also}: {first.reason}"
