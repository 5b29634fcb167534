"""The readers, each in this process; tests/system/test_reading.py has them in their child."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from briefing.data.document import Document, Kind, RawDocument, Refusal
from briefing.edges.parse import wire
from briefing.edges.parse.kinds import kind_of
from briefing.edges.parse.mojibake import mended
from briefing.edges.parse.readers import reader_of
from briefing.edges.parse.when import moment
from briefing.errors import SourceError
from briefing.settings import LimitSettings
from tests import make_files as make

AT_SEVEN = datetime(2031, 4, 6, 7, tzinfo=timezone(timedelta(hours=5)))


def items(content, source="in", **limits):
    raw = RawDocument(source=source, content=content)
    return list(reader_of(kind_of(raw))(raw, LimitSettings(**limits)))


def one(content, source="in", **limits):
    (item,) = items(content, source, **limits)
    return item


def refusal(content, source="in", **limits):
    with pytest.raises(SourceError) as caught:
        items(content, source, **limits)
    return str(caught.value)


class TestPage:
    HEAD = (
        '<meta property="og:site_name" content="Salm Courier">'
        '<meta name="author" content="Ada Merrin">'
        '<link rel="canonical" href="https://courier.example/talks">'
        '<meta property="article:published_time" content="2031-04-06T07:00:00+05:00">'
    )

    def test_gives_the_article_and_what_the_page_says_of_it(self):
        found = one(make.page(head=self.HEAD))
        assert found.kind is Kind.HTML
        assert all(sentence in found.text for sentence in make.SENTENCES)
        assert not {"Imprint", "World"} & set(found.text.split())
        assert found.title == "Maronde opens talks in Port Salm"
        assert (found.outlet, found.author) == ("Salm Courier", "Ada Merrin")
        assert (found.url, found.published) == ("https://courier.example/talks", AT_SEVEN)
        assert found.language == "en"

    def test_does_not_take_its_host_for_the_outlet(self):
        head = '<link rel="canonical" href="https://www.courier.example/talks">'
        assert one(make.page(head=head)).outlet == ""

    @pytest.mark.parametrize("depth", [100, 300, 3_000, 100_000])
    @pytest.mark.parametrize("tag", ["div", "b"])
    def test_is_read_however_deep_its_article_lies(self, depth, tag):
        body = f"<{tag}>" * depth + f"<p>{' '.join(make.SENTENCES)}</p>" + f"</{tag}>" * depth
        found = one(f"<html><body>{body}</body></html>".encode())
        assert all(sentence in found.text for sentence in make.SENTENCES)

    def test_of_nothing_but_strange_depth_is_refused(self):
        assert "nested more than 200 deep" in refusal(b"<html>" + b"<xyz>" * 5_000 + b"x")

    def test_without_an_article_is_refused(self):
        assert "no article was found" in refusal(b"<html><body><img src=a.png></body></html>")


class TestPdf:
    def test_gives_its_lines_as_paragraphs(self):
        found = one(
            make.pdf(
                [
                    "The foreign minister arrived on Monday for two days of",
                    "talks on rail freight.",
                ],
                ["She will meet the prime minister on Tuesday, the govern-", "ment said."],
            )
        )
        assert found.text == (
            "The foreign minister arrived on Monday for two days of talks on rail freight.\n\n"
            "She will meet the prime minister on Tuesday, the government said."
        )

    def test_of_larger_letters_or_a_short_line_above_is_apart(self):
        found = one(
            make.pdf(
                [
                    ("Minister arrives in Port Salm for", 18),
                    ("Talks on Rail Freight", 18),
                    "Salm Courier, 7 April 2031",
                    "The foreign minister arrived on Monday for two days of",
                    "Talks in the capital, the Foreign Office said in a note.",
                    "Rail freight",
                    "and ports are on the list, it said, and so are fish and",
                    ("grain", 9.5),
                ]
            )
        )
        assert found.text.split("\n\n") == [
            "Minister arrives in Port Salm for Talks on Rail Freight",
            "Salm Courier, 7 April 2031",
            "The foreign minister arrived on Monday for two days of Talks in the capital, the "
            "Foreign Office said in a note. Rail freight and ports are on the list, it said, "
            "and so are fish and grain",
        ]

    def test_of_pictures_is_refused_with_what_to_do(self):
        assert "no text layer, only pictures. Run text recognition" in refusal(make.pdf(None, None))

    def test_that_is_broken_is_refused(self):
        assert "broken PDF" in refusal(b"%PDF-1.4 and no more")


class TestMail:
    def test_gives_its_text_sender_subject_and_date(self):
        found = one(make.mail(subject="=?utf-8?q?Caf=C3=A9?= talks"))
        assert (found.kind, found.outlet, found.title) == (Kind.MAIL, "Salm Courier", "Café talks")
        assert found.published == AT_SEVEN
        assert found.text.split() == make.TEXT.split()

    def test_takes_the_html_part_where_the_plain_one_says_little(self):
        html = "<style>p {}</style>" + "".join(f"<p>{each}</p>" for each in make.SENTENCES)
        found = one(make.mail(("text/plain", "See the web version."), ("text/html", html)))
        assert found.text == "\n".join(make.SENTENCES)

    def test_reads_a_header_that_is_not_encoded_as_it_should(self):
        content = make.mail(sender="Caf\xe9 <a@b.example>").replace("é".encode(), b"\xe9")
        assert one(content).outlet == "Café"

    def test_without_text_is_refused_with_what_it_holds(self):
        assert "the mail has no text (image/png)" in refusal(make.mail(("image/png", "x")))

    def test_a_mailbox_gives_each_mail_to_be_read(self):
        found = items(make.mbox(make.mail(), make.mail(("text/plain", ">From here on."))), "n.mbox")
        assert [each.source for each in found] == ["n.mbox#1", "n.mbox#2"]
        assert found[1].content.endswith(b"From here on.\n\n")


class TestRecords:
    def test_fields_are_found_under_their_usual_names(self):
        (found,) = items(
            b'{"headline": "Talks", "articleBody": "They began.", "source": {"name": "Courier"},'
            b' "authors": ["Ada", "Bo"], "link": "https://a.example/1", "lang": "en",'
            b' "publishedAt": "2031-04-06T02:00:00Z", "id": 7}',
            "news.json",
        )
        assert found == Document(
            source="news.json",
            kind=Kind.JSON,
            text="They began.",
            title="Talks",
            outlet="Courier",
            author="Ada, Bo",
            url="https://a.example/1",
            published=datetime(2031, 4, 6, 2, tzinfo=UTC),
            language="en",
        )

    def test_a_list_may_stand_inside_and_each_has_its_number(self):
        found = items(b'{"status": "ok", "articles": [{"text": "A."}, {"title": "B"}]}', "n.json")
        assert [each.source for each in found] == ["n.json#1", "n.json#2"]
        assert isinstance(found[1], Refusal)
        assert "named text, body or content: 'title'" in found[1].reason

    def test_lines_are_read_one_by_one(self):
        found = items(b'{"text": "A."}\n\n{"text": \n{"content": {"rendered": "<p>B</p>"}}')
        assert [getattr(each, "text", None) for each in found] == ["A.", None, "B"]

    def test_a_summary_is_marked(self):
        (found,) = items(b'{"title": "Talks", "description": "They began."}')
        assert found.damage == ("it is a summary, not the whole article",)

    def test_a_json_feed_is_one_of_them(self):
        (found,) = items(
            b'{"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items":'
            b' [{"title": "Talks", "content_html": "<p>They <b>began</b>.</p>"}]}'
        )
        assert (found.title, found.text) == ("Talks", "They began.")

    def test_a_table_has_a_header(self):
        content = 'Title;Body;Date\nTalks;"They\nbegan.";06.04.2031\n'.encode("cp1252")
        (found,) = items(content, "n.csv")
        assert (found.title, found.text, found.published) == ("Talks", "They\nbegan.", None)
        assert "no column of the table is named text" in refusal(b"a,b\n1,2", "n.csv")

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"[" * 100_000, "nested too deeply"),
            (b'{"a"', "broken JSON"),
            (b"[]", "the list in it is empty"),
        ],
    )
    def test_broken_json_is_refused(self, content, reason):
        assert reason in refusal(content, "n.json")


class TestFeed:
    def test_gives_each_entry_with_its_words_and_dates(self):
        content = make.rss(
            "<title>Talks &amp; more</title><link>https://c.example/1</link>"
            "<pubDate>Sun, 06 Apr 2031 07:00:00 +0500</pubDate><description>Short.</description>"
            f"<content:encoded><![CDATA[<p>{make.SENTENCES[0]}</p><p>x</p>]]></content:encoded>",
            "<title>Other</title><description>Only this.</description>",
            "<title>No text</title>",
        )
        whole, summary, none = items(content, "f.xml")
        assert whole.text == f"{make.SENTENCES[0]}\nx"
        assert (whole.title, whole.outlet, whole.language) == ("Talks & more", "Salm Courier", "en")
        assert (whole.published, whole.url) == (AT_SEVEN, "https://c.example/1")
        assert whole.damage == ()
        assert (summary.source, summary.text) == ("f.xml#2", "Only this.")
        assert summary.damage == ("it is a summary, not the whole article",)
        assert isinstance(none, Refusal)

    @pytest.mark.parametrize(
        "top",
        [
            '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            "<!DOCTYPE rss [<!ELEMENT rss ANY>]>",
        ],
    )
    def test_that_declares_anything_is_refused(self, top):
        assert "declares entities" in refusal(make.rss("<title>&b;</title>", top=top))

    def test_a_list_of_feeds_says_what_it_is_for(self):
        content = b'<opml><body><outline text="C" xmlUrl="https://c.example/rss"/></body></opml>'
        assert refusal(content) == (
            "it lists 1 feeds and holds no article. Follow them with `briefing fetch in`."
        )


class TestArchives:
    def test_give_the_files_that_may_hold_articles(self):
        content = make.zipped(
            {"a.txt": "A", "b/c.html": "C", "x.py": "", "README.md": "", "__MACOSX/a.txt": ""}
        )
        assert [each.source for each in items(content, "n.zip")] == [
            "n.zip/a.txt",
            "n.zip/b/c.html",
        ]
        assert one(make.gzipped(b"A") + make.gzipped(b"B"), "n.txt.gz").content == b"AB"

    @pytest.mark.parametrize(
        "name", ["../a.txt", "/a.txt", "b/../../a.txt", "..\\a.txt", "C:\\a.txt"]
    )
    def test_a_path_that_leads_out_is_refused(self, name):
        found = one(make.zipped({name: "A"}), "n.zip")
        assert found.reason == "its name leads out of the archive. Leave it out."

    def test_what_unpacks_to_too_much_is_refused(self):
        bomb = b"\0" * 3_000_000
        assert "more than 200 times its size" in refusal(make.gzipped(bomb))
        assert "200 times its size" in one(make.zipped({"a.txt": bomb})).reason
        few = {"container_bytes": 1_000, "unpack_ratio": 10**6}
        assert "more than 1,000 bytes" in refusal(make.gzipped(bomb), **few)
        assert "over the limit of 2" in refusal(
            make.zipped(dict.fromkeys(("a.txt", "b.txt", "c.txt"), "A")), entries=2
        )

    def test_a_document_or_a_broken_archive_says_what_it_is(self):
        assert "office document" in refusal(make.zipped({"[Content_Types].xml": "", "a.xml": ""}))
        assert "broken ZIP" in refusal(make.zipped({"a.txt": "A"})[:20])
        assert "cut off" in refusal(make.gzipped(b"A" * 1000)[:-9])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2031-04-06", date(2031, 4, 6)),
        ("2031-04-06T07:00:00+05:00", AT_SEVEN),
        ("2031-04-06 07:00", date(2031, 4, 6)),
        ("2031-04-06T02:00:00Z", datetime(2031, 4, 6, 2, tzinfo=UTC)),
        ("Sun, 06 Apr 2031 07:00:00 +0500", AT_SEVEN),
        (1932861600, datetime(2031, 4, 2, 2, tzinfo=UTC)),
        ("1932861600000", datetime(2031, 4, 2, 2, tzinfo=UTC)),
        ("06/04/2031", None),
        ("2031-13-45", None),
        ("yesterday", None),
        ("0001-01-01", None),
        (True, None),
        (None, None),
    ],
)
def test_dates_of_containers(said, meant):
    found = moment(said)
    assert (found, type(found)) == (meant, type(meant))


def test_garbled_letters_are_mended_and_told():
    found = mended(
        Document(source="a", text="Itâ€™s the cafÃ© of \x93Port Salm\x94.", title="CafÃ©")
    )
    assert (found.text, found.title) == ("It’s the café of “Port Salm”.", "Café")
    (said,) = found.repaired
    assert said.startswith("5 garbled places were mended: ")
    assert "'cafÃ©' to 'café'" in said


def test_a_letter_whose_bytes_are_controls_is_mended_whole():
    found = mended(Document(source="a", text="â\x80\x9cPort Salm,â\x80\x9d she said \x97 once."))
    assert found.text == "“Port Salm,” she said — once."


def test_right_letters_are_left_alone():
    document = Document(source="a", text="“Zürich” – Ærø, 5 ﬁnes, Ａ, naïve Ÿ’s, Привет, 東京")  # noqa: RUF001
    assert mended(document) is document


@pytest.mark.parametrize(
    "item",
    [
        Document(source="a", text="x\ud800\0", published=AT_SEVEN, damage=("d",), url="https://a"),
        Document(source="a", text="", published=date(2031, 4, 6), repaired=("r", "s")),
        Refusal(source="a", reason="b"),
        RawDocument(source="a", content=b"\0\xff"),
    ],
)
def test_nothing_is_lost_between_the_processes(item):
    assert wire.unpacked(*wire.packed(item)) == item
