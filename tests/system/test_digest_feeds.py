"""A digest that follows feeds before it is made: all of them, or those that it names."""

import pytest

from tests.system.desk import put
from tests.web_server import page, web_server

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>
<item><title>Lund arrived in {name}</title><link>{base}/{name}/1</link>
<description>Foreign Minister Ada Lund arrived in {name} on Monday.</description>
</item></channel></rss>"""


@pytest.fixture
def room(desk):
    """A server of two feeds and their pages, and what writes the settings of digests of them."""
    pages = {"*": page(b"", status=404, type="text/plain")}
    with web_server(pages) as server:
        base = f"http://127.0.0.1:{server.port}"
        for name in ("salm", "ondresk"):
            feed = FEED.format(name=name, base=base).encode()
            pages[f"/{name}"] = page(feed, type="application/rss+xml")

        def write(*digests):
            feeds = f"""[[feeds]]
name = "salm"
url = "{base}/salm"
[[feeds]]
url = "{base}/ondresk"
"""
            made = "".join(
                f"""[[digest]]
name = "{name}"
schedule = "00:01 UTC"
fetch = true
{named}
recipients = ["ada@salm.example"]
"""
                for name, named in digests
            )
            put(
                "briefing.toml",
                f"""[smtp]
host = "127.0.0.1"
tls = "none"
sender = "Salm Desk <desk@salm.example>"
[library]
url = "sqlite:///library.sqlite3"
[fetch]
ports = [{server.port}]
allow_private_hosts = ["127.0.0.1"]
delay_s = 0
{feeds}{made}""",
            )

        yield write, server, base


def followed(server):
    return [path for path in server.paths if path in {"/salm", "/ondresk"}]


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("", ["/salm", "/ondresk"]),
        ('feeds = ["salm"]', ["/salm"]),
        ('feeds = ["{base}/ondresk"]', ["/ondresk"]),
    ],
)
def test_a_digest_follows_the_feeds_that_it_names_or_else_all(briefing, room, named, asked):
    write, server, base = room
    write(("one", named.format(base=base)))
    briefing("digest", "preview", "one")
    assert followed(server) == asked


def test_pages_that_cannot_be_had_are_told_with_the_reason(briefing, room):
    write, _, base = room
    write(("one", 'feeds = ["salm"]'))
    outcome = briefing("digest", "preview", "one")
    assert f"briefing: left out '{base}/salm/1': " in outcome.err


def test_a_feed_that_no_table_names_is_refused_with_file_key_and_line(briefing, room):
    write, server, _ = room
    write(("one", 'feeds = ["slam"]'))
    outcome = briefing("digest", "preview", "one")
    assert outcome.code == 2
    assert "no feed 'slam', which 'digest[1].feeds' in 'briefing.toml', line " in outcome.complaint
    assert "Did you mean 'salm'?" in outcome.complaint
    assert server.paths == []
