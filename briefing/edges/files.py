"""Brings in files, folders and standard input; writes results whole or not at all."""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob
from pathlib import Path, PureWindowsPath
from secrets import token_hex

from briefing.data.document import RawDocument, Refusal
from briefing.edges.parse.kinds import SUFFIXES
from briefing.errors import OutputError, SourceError

STDIN = "-"
RUN_MARKER = "run.json"
"""The file that makes a folder a saved run."""

_PATTERN = re.compile(r"[*?\[]")

# Half surrogates (a name that is not UTF-8), controls, line breaks and turns of direction:
# in a report or on a terminal they do harm, and a name can hold them all.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

# What the system says, in our words; under 0 what to do about anything else it says.
_CANNOT_READ = {
    0: "Check the file.",
    errno.ENOENT: "there is no such file or folder. Check the name.",
    errno.ENOTDIR: "a part of the path is no folder. Check the name.",
    errno.EACCES: "permission denied. Allow this user to read it.",
    errno.EPERM: "permission denied. Allow this user to read it.",
    errno.ELOOP: "its links lead round in a circle. Name the file itself.",
    errno.ENAMETOOLONG: "the name is too long. Check it.",
}
_CANNOT_WRITE = {
    0: "Choose another place.",
    errno.ENOENT: "its folder does not exist. Make the folder first.",
    errno.ENOTDIR: "a part of the path is no folder. Choose another place.",
    errno.EISDIR: "it is a folder. Name a file in it.",
    errno.EEXIST: "it is a file, not a folder. Choose another name.",
    errno.EACCES: "permission denied. Choose another place, or allow this user to write there.",
    errno.EPERM: "permission denied. Choose another place, or allow this user to write there.",
    errno.EROFS: "the disk is read-only. Choose another place.",
    errno.ENOSPC: "the disk is full. Make room, or choose another place.",
    errno.EDQUOT: "the disk quota is used up. Make room, or choose another place.",
    errno.ELOOP: "its links lead round in a circle. Name the file itself.",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one.",
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
        raise Unreadable(_why(error, _CANNOT_READ)) from error
    except ValueError as error:
        raise Unreadable("the name cannot be that of a file. Check it.") from error


def check_writable(path: str | Path) -> None:
    """Make sure, before the work begins, that `write_atomic` will find its place.

    Raises:
        OutputError: It would fail. Nothing is left behind either way.
    """
    with _reporting(path):
        target, status = _target(path)
        if status is None or stat.S_ISREG(status.st_mode):
            probe = _beside(target)
            probe.open("xb").close()
            probe.unlink()


def is_same(path: str | Path, other: str | Path) -> bool:
    """Whether two paths lead to one existing file."""
    try:
        return Path(path).samefile(other)
    except (OSError, ValueError):
        return False


def write_atomic(path: str | Path, text: str | bytes) -> None:
    """Write `text`, in UTF-8, to `path`, so that a reader sees the old file or the new one whole.

    An existing file keeps its mode, and a link goes on pointing at its file. A device or
    pipe, such as `/dev/null`, is written to and stays what it is.

    Raises:
        OutputError: It cannot be written; an existing file is as it was.
    """
    content = text.encode("utf-8") if isinstance(text, str) else text
    with _reporting(path):
        target, status = _target(path)
        if status is not None and not stat.S_ISREG(status.st_mode):
            with Path(path).open("wb", buffering=0) as stream:
                stream.write(content)
            return
        new = _beside(target)
        try:
            with new.open("xb") as file:
                if status is not None:
                    new.chmod(stat.S_IMODE(status.st_mode))
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)


def make_folder(folder: str | Path) -> None:
    """Make sure, before the work begins, that files can be written into `folder`.

    Raises:
        OutputError: They cannot.
    """
    with _reporting(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
    check_writable(Path(folder, "briefing"))


def check_run_folder(folder: str | Path) -> None:
    """Make sure, before the work begins, that a run can be saved in `folder`.

    Raises:
        OutputError: It cannot be written, or holds files and no earlier run. Nothing is left
            behind either way.
    """
    with _reporting(folder):
        existed = Path(folder).is_dir()
        Path(folder).mkdir(parents=True, exist_ok=True)
        try:
            names = {entry.name for entry in Path(folder).iterdir()}
            if names and RUN_MARKER not in names:
                raise OutputError(
                    f"cannot save a run in {os.fspath(folder)!r}: it is not empty and holds no "
                    f"earlier run ({RUN_MARKER}). Choose a new folder."
                )
            check_writable(Path(folder, RUN_MARKER))
        finally:
            if not existed:
                Path(folder).rmdir()


def save_run(folder: str | Path, files: Mapping[str, str]) -> None:
    """Write `files`, by names relative to `folder`, with the marker `run.json` among them.

    The marker is written last, so a folder that has one is complete. Files of an earlier
    run that this one does not have are left.

    Raises:
        OutputError: A file cannot be written, or `folder` holds files and no earlier run.
    """
    for name in files:
        parts = PureWindowsPath(name)  # Knows both kinds of slash, and drives.
        if not parts.name or parts.anchor or ".." in parts.parts:
            raise ValueError(f"a file of a run needs a relative name, got {name!r}")
    if RUN_MARKER not in files:
        raise ValueError(f"a run needs the file {RUN_MARKER!r}")
    check_run_folder(folder)
    with _reporting(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
    root = Path(folder).resolve()
    for name in files:
        if not Path(os.path.realpath(root / name)).is_relative_to(root):
            raise OutputError(f"cannot write {name!r}: a link leads out of {os.fspath(folder)!r}.")
    marker = root / RUN_MARKER
    with _reporting(marker):
        marker.unlink(missing_ok=True)
    for name in sorted(files, key=lambda name: name == RUN_MARKER):
        with _reporting(root / name):
            Path(root, name).parent.mkdir(parents=True, exist_ok=True)
        write_atomic(root / name, files[name])


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
                yield _Place(str(path), _why(error, _CANNOT_READ))
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
        raise Unreadable(_why(error, _CANNOT_READ)) from error


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


def _target(path: str | Path) -> tuple[Path, os.stat_result | None]:
    """Return the file behind `path` and all links, and its status where it exists."""
    try:
        status = Path(path).stat()
    except FileNotFoundError:
        status = None
    if os.fspath(path).endswith("/") or (status and stat.S_ISDIR(status.st_mode)):
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    # A file that may not be written could still be replaced: its folder decides that.
    if status and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "permission denied")
    return Path(path).resolve(), status


def _beside(target: Path) -> Path:
    return target.with_name(f".briefing-{token_hex(8)}.tmp")


@contextmanager
def _reporting(path: str | Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = _why(error, _CANNOT_WRITE)
        raise OutputError(f"cannot write {os.fspath(path)!r}: {reason}") from error


def _why(error: OSError, reasons: Mapping[int, str]) -> str:
    words = error.strerror or str(error)
    return reasons.get(error.errno or -1) or f"{words[:1].lower()}{words[1:]}. {reasons[0]}"
