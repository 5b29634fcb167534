import os
import stat
from pathlib import Path

import pytest

from briefing.edges.writing import (
    RUN_MARKER,
    check_run_folder,
    check_writable,
    save_run,
    write_atomic,
)
from briefing.errors import OutputError

not_for_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="no permission stops root"
)


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name, content="Talks began."):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return name


def names(folder="."):
    return sorted(entry.name for entry in Path(folder).iterdir())


def test_writes_a_new_file_with_the_usual_mode():
    write_atomic("out.md", "café\n")
    assert Path("out.md").read_bytes() == "café\n".encode()
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(Path("out.md").stat().st_mode) == 0o666 & ~umask
    assert names() == ["out.md"]


def test_keeps_the_mode_of_the_file_it_writes_over():
    Path(put("out.md")).chmod(0o640)
    write_atomic("out.md", "new")
    assert Path("out.md").read_text() == "new"
    assert stat.S_IMODE(Path("out.md").stat().st_mode) == 0o640


def test_writes_to_the_file_behind_a_link_and_keeps_the_link():
    put("real/out.md")
    Path("middle.md").symlink_to("real/out.md")
    Path("link.md").symlink_to("middle.md")
    write_atomic("link.md", "new")
    assert Path("real/out.md").read_text() == "new"
    assert Path("link.md").is_symlink()
    Path("dangling.md").symlink_to("real/later.md")
    write_atomic("dangling.md", "new")
    assert Path("real/later.md").read_text() == "new"


def test_writes_into_a_device_and_leaves_it_one():
    check_writable(os.devnull)
    write_atomic(os.devnull, "gone")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_leaves_the_old_file_and_no_other_when_the_write_fails(monkeypatch):
    put("out.md", "old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"^cannot write 'out.md': the disk is full\. Make room"):
        write_atomic("out.md", "new")
    assert Path("out.md").read_text() == "old"
    assert names() == ["out.md"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("folder", "it is a folder. Name a file in it."),
        ("folder/new/", "it is a folder. Name a file in it."),
        ("", "it is a folder. Name a file in it."),
        ("none/out.md", "its folder does not exist. Make the folder first."),
        ("file.txt/out.md", "a part of the path is no folder. Choose another place."),
        ("loop.md", "its links lead round in a circle. Name the file itself."),
        ("x" * 300, "the name is too long. Choose a shorter one."),
    ],
)
@pytest.mark.parametrize("write", [check_writable, lambda path: write_atomic(path, "text")])
def test_says_why_a_path_cannot_be_written(path, reason, write):
    put("file.txt")
    Path("folder").mkdir()
    Path("loop.md").symlink_to("loop.md")
    with pytest.raises(OutputError) as caught:
        write(path)
    assert str(caught.value) == f"cannot write {path!r}: {reason}"
    assert names() == ["file.txt", "folder", "loop.md"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that takes no files")
def test_says_of_a_folder_that_is_there_that_it_takes_no_files():
    with pytest.raises(OutputError, match=r"'/proc/x\.json': its folder takes no files\."):
        check_writable("/proc/x.json")


@not_for_root
def test_does_not_replace_a_file_that_this_user_may_not_write():
    Path(put("out.md", "old")).chmod(0o444)
    with pytest.raises(OutputError, match="permission denied"):
        check_writable("out.md")
    with pytest.raises(OutputError, match="permission denied"):
        write_atomic("out.md", "new")
    assert Path("out.md").read_text() == "old"


def test_checks_a_place_and_leaves_nothing_behind():
    put("out.md", "old")
    check_writable("out.md")
    check_writable("new.md")
    assert names() == ["out.md"]
    assert Path("out.md").read_text() == "old"


def test_saves_a_run_and_then_another_over_it():
    save_run("runs/one", {"run.json": "{}", "calls/1.json": "[]"})
    save_run("runs/one", {"run.json": "{2}"})
    assert Path("runs/one/run.json").read_text() == "{2}"
    assert Path("runs/one/calls/1.json").read_text() == "[]"


def test_saves_no_run_among_files_of_something_else():
    put("docs/thesis.md")
    for save in (check_run_folder, lambda folder: save_run(folder, {"run.json": "{}"})):
        with pytest.raises(OutputError, match=r"holds no earlier run \(run\.json\)\. Choose a new"):
            save("docs")
    assert names("docs") == ["thesis.md"]
    with pytest.raises(OutputError, match="it is a file, not a folder"):
        check_run_folder("docs/thesis.md")


def test_a_run_that_fails_half_way_has_no_marker():
    save_run("run", {"run.json": "{}"})
    Path("run/calls").mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        save_run("run", {"run.json": "{}", "calls": "[]"})
    assert names("run") == ["calls"]


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/x", "a/../../x", "..\\x", "C:x", "\\x"])
def test_a_run_holds_no_file_outside_its_folder(name):
    with pytest.raises(ValueError, match="needs a relative name"):
        save_run("run", {"run.json": "{}", name: "x"})
    assert not Path("run").exists()


def test_a_run_is_not_written_through_a_link_that_leads_out():
    put("precious.txt", "old")
    put("run/run.json")
    Path("run/briefing.json").symlink_to("../precious.txt")
    with pytest.raises(OutputError, match=r"'briefing\.json': a link leads out of 'run'"):
        save_run("run", {"run.json": "{}", "briefing.json": "{}"})
    assert Path("precious.txt").read_text() == "old"


def test_a_run_needs_its_marker():
    with pytest.raises(ValueError, match=RUN_MARKER):
        save_run("run", {"briefing.json": "{}"})
