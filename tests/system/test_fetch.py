"""`briefing fetch` and addresses as input, against a server of our own on loopback."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.errors import ConfigError, SourceError
from tests.stand_in import Reply
from tests.web_server import page, web_server

BODY = "Ada Lund opened the rail line to Port Salm on Monday, and 410 passengers used it. " * 14
PAGE = f"""<html><head><title>The line is open</title></head><body><article>
<h1>The line is open</h1>
<p>{BODY}</p><p>The port authority of Port Salm paid 3 million crowns for the new station.</p>
</article></body></html>"""


def feed(base):
    return f"""<?xml version="1.0"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Salm Courier</title>
<item><title>A whole entry</title><link>{base}/whole</link>
<pubDate>Mon, 07 Apr 2031 08:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{BODY} The talks in Ondresk go on.</p>]]></content:encoded></item>
<item><title>The line is open</title><link>{base}/page</link>
<pubDate>Mon, 07 Apr 2031 09:00:00 GMT</pubDate><description>Lund opened it.</description></item>
</channel></rss>"""


@pytest.fixture
def settings(tmp_path):
    pages = {"*": page(b"", status=404, type="text/plain")}
    with web_server(pages) as server:
        base = f"http://127.0.0.1:{server.port}"
        pages["/feed"] = page(feed(base).encode(), type="application/rss+xml", etag='"one"')
        pages["/page"] = page(PAGE.encode(), type="text/html")

        def write(*paths):
            feeds = "".join(f'[[feeds]]\nurl = "{base}{path}"\nname = "{path}"\n' for path in paths)
            file = tmp_path / "briefing.toml"
            file.write_text(
                f'[library]\nurl = "sqlite:///{tmp_path / "library.sqlite3"}"\n'
                f'[fetch]\nports = [{server.port}]\nallow_private_hosts = ["127.0.0.1"]\n'
                f"delay_s = 0\n{feeds}"
            )
            return str(file)

        yield write, server, base


def run(*arguments):
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_entries_and_the_pages_of_summaries_come_into_the_library_once(settings):
    write, server, _ = settings
    file = write("/feed")
    assert run("fetch", "--config", file) == (0, "/feed: 2 new, 0 changed, 0 known\n")
    assert "/page" in server.paths
    server.pages["/feed"] = page(b"", status=304, etag='"one"')
    assert run("fetch", "--config", file) == (0, "/feed: nothing new\n")
    assert server.asked[-1].headers["if-none-match"] == '"one"'
    code, listed = run("articles", "list", "--config", file)
    assert code == 0
    assert "The line is open" in listed


def test_a_feed_that_fails_is_a_line_and_the_others_go_on(settings):
    write, _, _ = settings
    code, out = run("fetch", "--config", write("/gone", "/feed"))
    gone, good = out.splitlines()
    assert code == 5
    assert gone.startswith("/gone: failed: ")
    assert good == "/feed: 2 new, 0 changed, 0 known"


def test_nothing_but_feeds_that_fail_is_no_input(settings):
    write, _, _ = settings
    code, out = run("fetch", "--config", write("/gone", "/lost"))
    assert (code, out.count("failed: ")) == (4, 2)


@pytest.mark.parametrize(
    ("status", "robots", "reason"),
    [
        (404, b"", "is not there (404)"),
        (503, b"", "is busy or broken (503)"),
        (200, b"User-agent: *\nDisallow: /page\n", "robots.txt"),
    ],
)
def test_a_page_that_cannot_be_had_is_a_line_with_the_reason(settings, status, robots, reason):
    write, server, base = settings
    if robots:
        server.pages["/robots.txt"] = page(robots, type="text/plain")
    server.pages["/page"] = page(PAGE.encode() if robots else b"", status=status)
    file = write("/feed")
    result = CliRunner().invoke(app, ["fetch", "--config", file])
    assert (result.exit_code, result.stdout) == (
        5,
        "/feed: 1 new, 0 changed, 0 known, 1 left out\n",
    )
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"briefing: left out '{base}/page': ")
    assert reason in result.stderr


def test_a_page_that_does_not_come_in_time_is_a_line_with_the_reason(settings):
    write, server, base = settings
    server.pages["/page"] = Reply(delay_s=60)
    file = Path(write("/feed"))
    file.write_text(file.read_text().replace("delay_s = 0\n", "delay_s = 0\ntimeout_s = 5\n"))
    result = CliRunner().invoke(app, ["fetch", "--config", str(file)])
    assert result.exit_code == 5
    assert result.stderr.startswith(f"briefing: left out '{base}/page': ")
    assert "5 s" in result.stderr


def test_a_feed_of_which_no_page_can_be_had_is_no_input(settings):
    write, server, base = settings
    only = feed(base).replace("<content:encoded>", "<!--").replace("</content:encoded>", "-->")
    server.pages["/feed"] = page(only.encode(), type="application/rss+xml")
    server.pages["/page"] = page(b"", status=404)
    code, out = run("fetch", "--config", write("/feed"))
    assert (code, out) == (4, "/feed: 0 new, 0 changed, 0 known, 2 left out\n")


def test_the_feeds_of_an_opml_list_are_followed_too(settings, tmp_path):
    write, _, base = settings
    listed = tmp_path / "feeds.opml"
    listed.write_text(
        f'<opml version="2.0"><body><outline text="Salm &amp; sea" xmlUrl="{base}/feed"/>'
        '<outline text="No feed"/><outline xmlUrl="javascript:alert(1)"/></body></opml>'
    )
    assert run("fetch", listed, "--config", write()) == (
        0,
        "Salm & sea: 2 new, 0 changed, 0 known\n",
    )
    listed.write_text("<opml><body></body></opml>")
    with pytest.raises(SourceError, match="no feed is listed"):
        run("fetch", listed, "--config", write())


def test_without_feeds_the_user_is_told_what_to_set(settings):
    write, _, _ = settings
    with pytest.raises(ConfigError, match=r"Add `\[\[feeds\]\]`"):
        run("fetch", "--config", write())


def test_an_address_is_read_as_a_file_is(settings):
    write, _, base = settings
    code, out = run("generate", f"{base}/page", "--config", write(), "-f", "json")
    assert code == 0
    assert "410 passengers" in out
    assert f'"url": "{base}/page"' in out


def test_the_address_of_a_feed_gives_its_entries_whole(settings):
    write, server, base = settings
    code, out = run("generate", f"{base}/feed", "--config", write(), "-f", "json")
    assert (code, out.count('"sha256"')) == (0, 2)
    assert "/page" in server.paths


def test_a_saved_feed_connects_to_nothing_unless_its_pages_are_asked_for(settings, tmp_path):
    write, server, base = settings
    saved = tmp_path / "feed.xml"
    saved.write_text(feed(base))
    assert run("generate", saved, "--config", write())[0] == 0
    assert server.paths == []
    code, out = run("generate", saved, "--fetch-pages", "--config", write(), "-f", "json")
    assert code == 0
    assert "/page" in server.paths
    assert "3 million crowns for the new station" in out


def test_a_private_address_is_not_asked_unless_the_settings_allow_it(settings, monkeypatch):
    _, server, base = settings
    with pytest.raises(Exception, match="127"):
        run("generate", f"{base}/page")
    assert server.paths == []
