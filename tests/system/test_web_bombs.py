"""What a hostile server sends costs `Fetcher` neither memory nor time beyond its limits."""

import gzip
import itertools
import time
import tracemalloc
import zlib
from contextlib import contextmanager

import pytest

from briefing.edges.robots import MOST_BYTES, Rules
from briefing.errors import SourceError, SourceOverLimit, SourceUnavailable
from tests.stand_in import Reply
from tests.system.fetching import NEWS, fetch, fetcher_to
from tests.web_server import page, web_server

MIB = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

_SQUEEZE = zlib.compressobj(9, zlib.DEFLATED, -15)
ZEROS = _SQUEEZE.compress(bytes(MIB)) + _SQUEEZE.flush(zlib.Z_FULL_FLUSH)
"""A MiB of zeros, which may stand in a deflate stream as often as one likes."""

GZIP_HEAD = bytes.fromhex("1f8b08000000000000ff")
GIB = GZIP_HEAD + ZEROS * 1_024
"""The beginning of a gzip stream, 1 MB, which unpacks to 1 GiB."""


def packed_after(first):
    """Gzip of `first` and then 64 MiB of zeros."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    return GZIP_HEAD + pack.compress(first) + pack.flush(zlib.Z_FULL_FLUSH) + ZEROS * 64


def endless(head, *parts):
    """A server that never stops."""

    def send_endlessly(send):
        send(head)
        for part in itertools.cycle(parts):
            send(part)

    return send_endlessly


@contextmanager
def bounded(*, cpu_s, mib):
    """Fail where the block works longer, or holds more at any one time.

    Not the clock on the wall: a busy machine must not turn a test red.
    """
    tracemalloc.start()
    began = time.process_time()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < cpu_s
    assert peak < mib * MIB


HEADERS = b"".join(b"X-%d: %s\r\n" % (n, b"a" * 90) for n in range(9_000))

BOMBS = {
    "gzip-of-a-gib": (page(GIB, content_encoding="gzip"), "when unpacked"),
    "gzip-of-gzip": (
        page(gzip.compress(GIB * 40, 1), content_encoding="gzip, gzip"),
        "when unpacked",
    ),
    "deflate-of-a-gib": (page(ZEROS * 1_024, content_encoding="deflate"), "when unpacked"),
    # 300 MiB of this took httpx2's own decoders 600 MB and 95 s.
    "gzip-of-gzip-and-zeros": (
        page(packed_after(gzip.compress(b"x")), content_encoding="gzip, gzip"),
        "when unpacked",
    ),
    "endless-body": (endless(OK + b"\r\n", bytes(65_536)), "`fetch.raw_bytes`"),
    "endless-body-with-a-length": (
        endless(OK + b"Content-Length: 99999999999\r\n\r\n", bytes(65_536)),
        "`fetch.raw_bytes`",
    ),
    "endless-chunks": (endless(CHUNKED, b"10000\r\n" + bytes(65_536) + b"\r\n"), "fetch.raw"),
    "endless-chunk-extensions": (
        endless(CHUNKED, b"1;" + b"a" * 9_000 + b"\r\nx\r\n"),
        "fetch.raw",
    ),
    "endless-chunk-extension": (endless(CHUNKED + b"1;", b"a" * 9_000), "headers without end"),
    "endless-trailers": (endless(CHUNKED + b"0\r\n", b"X: 1\r\n" * 999), "headers without end"),
    "endless-header": (endless(OK + b"X: ", b"a" * 9_000), "headers without end"),
    "endless-headers": (endless(OK, HEADERS), "headers without end"),
    "endless-first-line": (endless(b"HTTP/1.1 200 ", b"a" * 9_000), "headers without end"),
    "endless-promise": (
        endless(b"HTTP/1.1 103 Early\r\n", b"Link: a\r\n" * 999),
        "headers without",
    ),
    "endless-promises": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 99), "headers without"),
}


@pytest.mark.parametrize(("reply", "says"), BOMBS.values(), ids=BOMBS)
def test_a_bomb(reply, says):
    with bounded(cpu_s=15, mib=64), pytest.raises(SourceOverLimit) as raised:
        fetch({"/": reply})
    assert says in str(raised.value)
    assert str(raised.value).startswith("'http://news.example/' ")


def test_the_largest_page_that_is_allowed_is_held_once():
    body = gzip.compress(bytes(20 * MIB))
    with bounded(cpu_s=15, mib=32):
        assert len(fetch({"/": page(body, content_encoding="gzip")}).content) == 20 * MIB


@pytest.mark.parametrize("part", [b"1\r\nx\r\n", b"1;%s\r\nx\r\n" % (b"a" * 99)])
def test_a_chunk_for_each_byte_cannot_outlast_the_deadline(part):
    with bounded(cpu_s=6, mib=64), pytest.raises(SourceError) as raised:
        fetch({"/": endless(CHUNKED, part * 9_999)}, timeout_s=1)
    assert type(raised.value) in {SourceUnavailable, SourceOverLimit}


def test_many_empty_members_are_quickly_through():
    body = gzip.compress(b"", mtime=0) * 50_000
    with bounded(cpu_s=20, mib=64):
        assert fetch({"/": page(body, content_encoding="gzip")}).content == b""


@pytest.mark.parametrize("status", [302, 304, 404, 503])
def test_what_is_not_wanted_is_not_read(status):
    sent = []

    def send_endlessly(send):
        send(b"HTTP/1.1 %d X\r\nLocation: /b\r\nContent-Length: 999999999\r\n\r\n" % status)
        while True:
            send(bytes(65_536))
            sent.append(65_536)

    with web_server({"/": send_endlessly, "/b": page(b"b")}) as web:
        if status == 302:
            assert fetcher_to(web).get(NEWS).content == b"b"
        elif status == 304:
            assert fetcher_to(web).get(NEWS, etag='"a"').is_unchanged
        else:
            with pytest.raises(SourceError):
                fetcher_to(web).get(NEWS)
    assert sum(sent) < 16 * MIB  # What the buffers of both sockets hold.


def test_redirects_without_end_end():
    steps = itertools.count()

    def onward(send):
        send(b"HTTP/1.1 302 Found\r\nLocation: /%d\r\nContent-Length: 0\r\n\r\n" % next(steps))

    with web_server({"*": onward}) as web, pytest.raises(SourceOverLimit, match="one redirect too"):
        fetcher_to(web).get(NEWS)
    assert len(web.asked) == 6


HOSTILE_ROBOTS = {
    "rules-for-everybody": b"".join(b"User-agent: %x\n" % n for n in range(20_000))
    + b"User-agent: *\n"
    + b"Disallow: /a\n" * 20_000,
    "odd-spellings": b"".join(b"User agent %x\n" % n for n in range(20_000))
    + b"Disallow /a\n" * 20_000,
    "stars": b"User-agent: *\n" + b"Disallow: /" + b"*a" * 200_000,
    "many-stars": b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*a*a*b$\n" * 16_000,
    "dollars": b"User-agent: *\n" + b"Disallow: " + b"$" * 500_000,
    "escapes": b"User-agent: *\n" + b"Disallow: /" + b"%61" * 170_000,
    "distinct": b"User-agent: *\n" + b"".join(b"Disallow: /%x\n" % n for n in range(30_000)),
    "one-line": b"User-agent: *" * 40_000,
    "blanks": b"User-agent: *\nDisallow: /" + b" " * 500_000 + b"a",
}


@pytest.mark.parametrize("content", HOSTILE_ROBOTS.values(), ids=HOSTILE_ROBOTS)
def test_a_hostile_robots_txt(content):
    with bounded(cpu_s=15, mib=96):
        rules = Rules(content)
        rules.allow(NEWS + "a" * 8_000)
        assert rules.delay_s == 0
    assert len(content) < MOST_BYTES * 1.2


def test_a_reply_is_no_bomb():
    assert fetch({"/": Reply(body=b"x")}).content == b"x"
