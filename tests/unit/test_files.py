import io
import os
import sys
from pathlib import Path

import pytest

from briefing.edges.files import each, read
from briefing.edges.parse.kinds import SUFFIXES
from briefing.errors import SourceError

KINDS = ", ".join(f"*{suffix}" for suffix in SUFFIXES)

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
    for name in ("a.txt", ".hidden.txt", ".git/b.txt", "readme.md", "README", "c.py", "d.tar"):
        put(f"news/{name}")
    result = found("news")
    assert [document.source for document in result.documents] == ["news/a.txt"]
    assert result.refused == ()


def test_reads_every_mail_of_a_maildir_but_the_half_written():
    for name in ("cur/1.M5.host:2,S", "new/2.M6.host", "tmp/3.M7.host", ".Sent/cur/4", "index"):
        put(f"mails/{name}")
    assert sources("mails") == ["mails/cur/1.M5.host:2,S", "mails/new/2.M6.host"]


def test_expands_a_pattern_and_takes_a_name_with_brackets_as_it_is():
    for name in ("a2.html", "a10.html", "b/c.html", "b/d.txt", "odd[1].txt"):
        put(f"news/{name}")
    assert sources("news/*.html") == ["news/a2.html", "news/a10.html"]
    assert sources("news/**/*.html") == ["news/a2.html", "news/a10.html", "news/b/c.html"]
    assert sources("news/odd[1].txt") == ["news/odd[1].txt"]
    assert refused("news/*.pdf") == {"news/*.pdf": "no file matches the pattern. Check it."}


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
        "huge.txt": "it is larger than 100 bytes. Shorten it, or raise `limits.file_bytes` "
        "(of a list, mailbox, PDF or archive `limits.container_bytes`)."
    }


def test_reads_on_where_the_beginning_allows_it(monkeypatch):
    put("list.json", "x" * 150)
    put("page.txt", "x" * 150)
    stdin(monkeypatch, b"y" * 150)
    asked = []

    def more(begun):
        asked.append((begun.source, len(begun.content)))
        return 100 if begun.source == "page.txt" else 150

    found = list(each(["list.json", "page.txt", "-"], max_bytes=100, max_files=9, more=more))
    assert asked == [("list.json", 101), ("page.txt", 101), ("-", 101)]
    assert [len(getattr(one, "content", "")) for one in found] == [150, 0, 150]


def test_refuses_what_is_no_file_and_does_not_wait_for_it():
    os.mkfifo("pipe.txt")
    Path("empty").mkdir()
    reasons = refused("pipe.txt", "/dev/zero", "empty", "no.txt", "good.txt/x", "", "a\0b")
    assert reasons == {
        "pipe.txt": "it is a pipe, a socket or a device. Name a file, or `-` for a pipe.",
        "/dev/zero": "it is a pipe, a socket or a device. Name a file, or `-` for a pipe.",
        "empty": f"no article is in it ({KINDS}). Name the files themselves.",
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
