import pytest

from briefing.data.document import Kind, RawDocument
from briefing.edges.parse.kinds import kind_of, suffix_of
from briefing.errors import SourceError
from tests import make_files as make


def kind(content, source="article.txt"):
    return kind_of(RawDocument(source=source, content=content))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (make.TEXT.encode(), Kind.TEXT),
        (b"# Talks\n\n- one [link](http://a.example)\n\n<br> and a < b", Kind.TEXT),
        (b"[Photo] The talks began.", Kind.TEXT),
        (b"From the start: the talks were slow.\n\nSubject: none.", Kind.TEXT),
        (make.page(), Kind.HTML),
        (b"\n <!-- saved --><html><p>x", Kind.HTML),
        ("<!DOCTYPE html><p>x".encode("utf-16"), Kind.HTML),
        (b"<div><p>One</p><p>Two</p></div>", Kind.HTML),
        (make.pdf(["x"]), Kind.PDF),
        (make.mail(), Kind.MAIL),
        (make.mbox(make.mail()), Kind.MAILBOX),
        (b'{"title": "x"}\n{"title": "y"}', Kind.JSON),
        (b'[\n {"title": "x"}]', Kind.JSON),
        (make.rss("<title>x</title>"), Kind.FEED),
        (b'<!-- c --><rdf:RDF xmlns:rdf="r">', Kind.FEED),
        (b'<?xml version="1.0"?><!DOCTYPE feed><feed xmlns="a">', Kind.FEED),
        (b'<?xml version="1.0"?><opml version="2.0">', Kind.OPML),
        (make.zipped({}), Kind.ZIP),
        (make.gzipped(b"x"), Kind.GZIP),
    ],
)
def test_content_says_what_a_file_is_whatever_its_name(content, expected):
    assert kind(content) is expected


def test_the_name_decides_where_the_content_does_not():
    assert kind(b"title,text\nTalks,They began.", "news.csv") is Kind.TABLE
    assert kind(b"title,text\nTalks,They began.", "news.txt") is Kind.TEXT
    assert kind(b"One <b>word</b>. <p>", "part.html") is Kind.HTML
    assert kind(b"No markup at all.", "part.html") is Kind.TEXT
    assert kind(b"nonsense", "news.csv.gz#3") is Kind.TABLE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file or an Outlook message"),
        (b"{\\rtf1 x}", "a rich text file"),
        (bytes(range(256)), "a binary file"),
    ],
)
def test_what_holds_no_article_is_refused_with_its_name(content, reason):
    with pytest.raises(SourceError, match=reason):
        kind(content)


@pytest.mark.parametrize(
    ("source", "suffix"),
    [("a/b.CSV", ".csv"), ("b.xml.gz", ".xml"), ("b.zip/c.html#2", ".html"), ("-", ""), ("", "")],
)
def test_the_ending_of_a_source(source, suffix):
    assert suffix_of(source) == suffix
