"""Files of every kind through the child that opens them, and what it does not survive."""

import os
import signal
from pathlib import Path

import pytest

from briefing.data.document import Document, Kind, RawDocument
from briefing.edges import reading
from briefing.edges.sandbox import Sandbox
from briefing.errors import SourceError
from briefing.settings import LimitSettings
from tests import make_files as make

MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def put(name, content):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def read(*paths, **limits):
    found = list(reading.each(paths, LimitSettings(**limits)))
    documents = [one for one in found if isinstance(one, Document)]
    return documents, {one.source: one.reason for one in found if one not in documents}


def test_a_folder_of_all_kinds_is_read_with_one_child_and_a_reason_for_each_refusal(capfd):
    put("in/1.txt", make.TEXT.encode())
    put("in/2.html", make.page())
    put("in/3.pdf", make.pdf(make.SENTENCES))
    put("in/4.eml", make.mail())
    put("in/5.mbox", make.mbox(make.mail(), make.mail()))
    put("in/6.jsonl", b'{"text": "A."}\n{"text": "B."}')
    put("in/7.csv", b"title,text\nTalks,They began.")
    put("in/8.xml", make.rss("<description>They began.</description>"))
    put("in/9.zip", make.zipped({"a.html": make.page(), "b.zip": make.zipped({"c.txt": "C."})}))
    put("in/10.xml.gz", make.gzipped(make.rss("<description>They ended.</description>")))
    put("in/11.pdf", make.pdf(None))
    put("in/12.mails/cur/1:2,S", make.mail())
    put("in/12.mails/tmp/x", b"")
    documents, refused = read("in")
    assert [(one.source.removeprefix("in/"), one.kind) for one in documents] == [
        ("1.txt", Kind.TEXT),
        ("2.html", Kind.HTML),
        ("3.pdf", Kind.PDF),
        ("4.eml", Kind.MAIL),
        ("5.mbox#1", Kind.MAIL),
        ("5.mbox#2", Kind.MAIL),
        ("6.jsonl#1", Kind.JSON),
        ("6.jsonl#2", Kind.JSON),
        ("7.csv", Kind.JSON),
        ("8.xml#1", Kind.FEED),
        ("9.zip/a.html", Kind.HTML),
        ("9.zip/b.zip/c.txt", Kind.TEXT),
        ("10.xml.gz#1", Kind.FEED),
        ("12.mails/cur/1:2,S", Kind.MAIL),
    ]
    assert list(refused) == ["in/11.pdf"]
    assert capfd.readouterr() == ("", "")


def test_plain_text_needs_no_child():
    with Sandbox(LimitSettings()) as sandbox:
        raw = RawDocument(source="a.txt", content=make.TEXT.encode())
        (found,) = reading.Opening(LimitSettings(), sandbox).documents(raw)
        assert found.text == make.TEXT
        assert sandbox.starts == 0


@pytest.mark.parametrize(("name", "waits"), [("a.txt", 0), ("a.html", 1)])
def test_tells_when_a_child_is_waited_for(name, waits):
    put(name, make.page() if waits else make.TEXT.encode())
    put(f"b-{name}", make.page() if waits else make.TEXT.encode())
    told = []
    found = reading.read(["."], LimitSettings(), on_wait=lambda: told.append(1))
    assert (len(found.documents), len(told)) == (2, waits)


def test_a_child_that_dies_costs_one_file_and_the_next_is_read():
    page = RawDocument(source="a.html", content=make.page())
    with Sandbox(LimitSettings()) as sandbox:
        assert list(sandbox.open(page, Kind.HTML))
        os.kill(sandbox.pid, signal.SIGSEGV)
        with pytest.raises(SourceError, match=r"its reader crashed \(SIGSEGV\)"):
            list(sandbox.open(page, Kind.HTML))
        assert list(sandbox.open(page, Kind.HTML))
        assert sandbox.starts == 2


def test_what_takes_too_long_is_refused_with_the_limit():
    put("slow.html", b"<html><body>" + b"<p>The talks <b>began</b>.</p>" * 100_000)
    put("a.eml", make.mail())
    documents, refused = read("slow.html", "a.eml", parse_s=0.05)
    assert [one.source for one in documents] == ["a.eml"]
    assert "takes longer than 0.05 s" in refused["slow.html"]
    assert "`limits.parse_s`" in refused["slow.html"]


def test_what_takes_too_much_memory_is_refused_with_the_limit():
    put("big.json", b"[" + b"[]," * 5_000_000 + b"[]]")
    put("a.eml", make.mail())
    documents, refused = read("big.json", "a.eml", parse_memory_bytes=200 * MIB)
    assert [one.source for one in documents] == ["a.eml"]
    assert refused["big.json"] == (
        "reading it needs more than 200 MiB of memory. "
        "Leave it out, or raise `limits.parse_memory_bytes`."
    )


def test_archives_inside_archives_end_at_the_limit():
    inner = make.gzipped(make.gzipped(make.gzipped(make.gzipped(b"Deep."))))
    put("a.gz", inner)
    documents, refused = read("a.gz")
    assert documents == []
    assert "over the limit of 2. Unpack it" in refused["a.gz"]


def test_a_file_with_too_many_articles_gives_the_first_and_says_so():
    put("a.jsonl", b'{"text": "A."}\n' * 5)
    documents, refused = read("a.jsonl", entries=3)
    assert len(documents) == 3
    assert refused["a.jsonl"].startswith("it holds more than 3 articles; the rest was not read")


def test_the_names_in_an_archive_harm_no_terminal():
    put("a.zip", make.zipped({"\x1b[2J\u202ea.txt": "They began."}))
    documents, _ = read("a.zip")
    assert [one.source for one in documents] == ["a.zip/\ufffd[2J\ufffda.txt"]


def test_a_single_text_over_its_limit_is_refused_and_a_list_is_not():
    put("a.txt", b"A" * 2_000)
    put("a.json", b'{"text": "' + b"A" * 2_000 + b'"}')
    documents, refused = read("a.txt", "a.json", file_bytes=1_000)
    assert [one.source for one in documents] == ["a.json"]
    assert "raise `limits.file_bytes`" in refused["a.txt"]
