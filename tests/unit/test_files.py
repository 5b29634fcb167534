import io
import os
import stat
import sys
from pathlib import Path

import pytest

from briefing.edges import files
from briefing.edges.files import (
    check_run_folder,
    check_writable,
    read,
    save_run,
    write_atomic,
)
from briefing.errors import OutputError, SourceError

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


def found(*paths, max_bytes=100, max_files=100):
    return read(paths, max_bytes=max_bytes, max_files=max_files)


def sources(*paths, **limits):
    return [document.source for document in found(*paths, **limits).documents]


def refused(*paths, **limits):
    put("good.txt")
    return {each.source: each.reason for each in found("good.txt", *paths, **limits).refused}


def names(folder="."):
    return sorted(entry.name for entry in Path(folder).iterdir())


def stdin(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_reads_the_bytes_of_a_named_file_whatever_its_name():
    put("README.weird", "café\r\n")
    (document,) = found("README.weird").documents
    assert (document.source, document.content) == ("README.weird", "café\r\n".encode())


def test_reads_a_folder_by_name_with_numbers_in_order():
    for name in ("b/x.text", "a10.txt", "a2.TXT", "b/c/y.md", "c.txt"):
        put(f"news/{name}")
    in_order = ["a2.TXT", "a10.txt", "b/c/y.md", "b/x.text", "c.txt"]
    assert sources("news/") == [f"news/{name}" for name in in_order]


def test_leaves_out_of_a_folder_what_is_no_article():
    for name in ("a.txt", ".hidden.txt", ".git/b.txt", "readme.md", "README", "c.html", "d.txt.gz"):
        put(f"news/{name}")
    result = found("news")
    assert [document.source for document in result.documents] == ["news/a.txt"]
    assert result.refused == ()


def test_keeps_the_order_of_the_paths_and_reads_each_file_once():
    put("news/a.txt")
    put("news/b.txt")
    os.link("news/b.txt", "news/c.txt")
    assert sources("news/b.txt", "./news/b.txt", "news", "news") == ["news/b.txt", "news/a.txt"]


def test_follows_a_link_that_stays_in_the_folder_and_no_other():
    put("secret.txt")
    put("news/.store/a.txt")
    Path("news/in.txt").symlink_to(".store/a.txt")
    Path("news/out.txt").symlink_to("../secret.txt")
    Path("news/up").symlink_to("..")
    Path("news/round").symlink_to(".")
    Path("news/self.txt").symlink_to("self.txt")
    result = found("news")
    assert [document.source for document in result.documents] == ["news/in.txt"]
    reasons = {each.source: each.reason.partition(".")[0] for each in result.refused}
    assert reasons == {
        "news/out.txt": "it is a link out of the folder",
        "news/self.txt": "its links lead round in a circle",
        "news/up": "it is a link out of the folder",
    }


def test_follows_a_link_that_is_named():
    put("news/a.txt")
    Path("link.txt").symlink_to("news/a.txt")
    Path("folder").symlink_to("news")
    assert sources("link.txt") == ["link.txt"]
    assert sources("folder") == ["folder/a.txt"]


def test_refuses_a_large_file_without_reading_it_whole():
    put("at_limit.txt", "x" * 100)
    with Path("huge.txt").open("wb") as file:
        file.truncate(1 << 40)
    assert refused("at_limit.txt", "huge.txt") == {
        "huge.txt": "it is larger than 100 bytes. Shorten it, or raise `limits.file_bytes`."
    }


def test_refuses_what_is_no_file_and_does_not_wait_for_it():
    os.mkfifo("pipe.txt")
    Path("empty").mkdir()
    reasons = refused("pipe.txt", "/dev/zero", "empty", "no.txt", "good.txt/x", "", "a\0b")
    assert reasons == {
        "pipe.txt": "it is a pipe, a socket or a device. Name a file, or `-` for a pipe.",
        "/dev/zero": "it is a pipe, a socket or a device. Name a file, or `-` for a pipe.",
        "empty": "no article is in it (*.txt, *.text, *.md). Name the files themselves.",
        "no.txt": "there is no such file or folder. Check the name.",
        "good.txt/x": "a part of the path is no folder. Check the name.",
        "": "the name is empty. Name a file or a folder.",
        "a\ufffdb": "the name cannot be that of a file. Check it.",
    }


def test_refuses_an_empty_file():
    put("empty.txt", "")
    assert refused("empty.txt")["empty.txt"].startswith("it is empty.")


@not_for_root
def test_refuses_what_this_user_may_not_read():
    Path(put("closed.txt")).chmod(0)
    put("closed/a.txt")
    put("listed/a.txt")
    Path("closed").chmod(0)
    Path("listed").chmod(0o400)
    reasons = refused("closed.txt", "closed", "listed")
    Path("closed").chmod(0o700)
    Path("listed").chmod(0o700)
    assert set(reasons) == {"closed.txt", "closed", "listed/a.txt"}
    assert all(reason.startswith("permission denied.") for reason in reasons.values())


def test_stops_at_the_limit_of_files_and_says_which_setting_helps():
    for number in range(5):
        put(f"news/{number}.txt")
    result = found("news", "news", max_files=3)
    assert len(result.documents) == 3
    (refusal,) = result.refused
    assert refusal.source == "news/3.txt"
    assert refusal.reason.endswith("over the limit of 3. Raise `limits.files`.")
    assert found("news", "news", max_files=5).refused == ()


def test_shows_no_control_character_of_a_name():
    name = "\x1b[2Ja\u202e\n.txt"
    put(f"news/{name}")
    assert sources("news") == ["news/\ufffd[2Ja\ufffd\ufffd.txt"]


def test_shows_a_name_that_is_not_utf_8():
    put(b"caf\xe9.txt".decode("utf-8", "surrogateescape"))
    assert sources(".") == ["caf\ufffd.txt"]


def test_reads_standard_input_once(monkeypatch):
    stdin(monkeypatch, b"Talks began.")
    (document,) = found("-", "-").documents
    assert (document.source, document.content) == ("-", b"Talks began.")


def test_refuses_standard_input_that_is_too_long_empty_or_closed(monkeypatch):
    stdin(monkeypatch, b"x" * 101)
    assert refused("-")["-"].startswith("it is larger than 100 bytes")
    stdin(monkeypatch, b"")
    assert refused("-")["-"].startswith("nothing came in.")
    monkeypatch.setattr(sys, "stdin", None)
    assert refused("-")["-"].startswith("nothing came in.")


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        ([], "no path is given. Name files or folders of articles, or - for standard input."),
        (["a"], "cannot read 'a': there is no such file or folder. Check the name."),
        (["a", "b", "c"], "cannot read 'a' and 2 more: there is no such file or folder. Check"),
    ],
)
def test_fails_with_one_line_when_nothing_is_read(paths, message):
    with pytest.raises(SourceError) as caught:
        found(*paths)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


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
    with pytest.raises(ValueError, match=files.RUN_MARKER):
        save_run("run", {"briefing.json": "{}"})
