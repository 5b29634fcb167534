"""Writes results whole or not at all."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from secrets import token_hex

from briefing.edges.os_errors import in_our_words
from briefing.errors import OutputError

RUN_MARKER = "run.json"
"""The file that makes a folder a saved run."""

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

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What a write may fail with long after its file was opened."""


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
        if error.errno == errno.ENOENT and Path(path).resolve().parent.is_dir():  # As /proc does.
            error = OSError(0, "its folder takes no files")
        raise failed(repr(os.fspath(path)), error) from error


def failed(what: str, error: OSError) -> OutputError:
    """Return, in our words, why `what` cannot be written."""
    return OutputError(f"cannot write {what}: {in_our_words(error, _CANNOT_WRITE)}")
