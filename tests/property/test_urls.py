"""Whatever is written as an address, there is one reading of it, or none."""

import ipaddress
import re

from hypothesis import example, given
from hypothesis import strategies as st

from briefing.edges.urls import redirected, shown, target
from briefing.errors import SourceRefused

PORTS = (80, 443)
FIRST = target("https://news.example/a/b?c", ports=PORTS)

PIECES = (
    *"http:// HTTPS:// // / \\ @ : # ? % %00 %2e [ ] . .. ::1 _ - xn-- :80 :443 user:pass".split(),
    *"ä 127.0.0.1 0x7f 2130706433 0177 a.example".split(),
    *"\x00 \n\t\u3002\uff10\uff11\u24d4\u00ad\u202e\ud800",  # Dots, digits and worse.
)
pieces = st.sampled_from(PIECES)
written = st.one_of(
    st.text(max_size=60),
    st.lists(pieces, max_size=9).map("".join),
    st.lists(pieces, max_size=9).map(lambda parts: "http://" + "".join(parts)),
)


def check(found):
    assert found.scheme in {"http", "https"}
    assert found.port in PORTS
    try:
        assert str(ipaddress.ip_address(found.host)) == found.host
    except ValueError:
        assert re.fullmatch(r"[a-z0-9_.-]+", found.host)
        assert not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", found.host.split(".")[-1])
    assert re.fullmatch(r"/[!-~]*", found.path)
    again = target(found.url, ports=PORTS)
    assert (again.scheme, again.host, again.port, again.path, again.url) == (
        *(found.scheme, found.host, found.port, found.path),
        found.url,
    )


@given(written)
@example("http://127.0.0.1:80:80/")
@example("http://a.example\\@127.0.0.1/")
@example("http://[::ffff:127.0.0.1]/")
@example("http://" + "a" * 64 + ".example/")
@example("http://" + "a." * 200 + "example/")
@example("http://a.example:" + "9" * 5_000)
@example("http://" + "ä" * 8_000)
def test_a_target_says_what_it_means_and_an_error_is_ours(url):
    try:
        check(target(url, ports=PORTS))
    except SourceRefused as error:
        assert str(error).isprintable()  # noqa: PT017 -- either outcome is right


@given(written)
def test_a_redirect_leads_to_a_target_or_to_an_error_of_ours(location):
    try:
        check(redirected(FIRST, FIRST, location, ports=PORTS))
    except SourceRefused as error:
        assert str(error).isprintable()  # noqa: PT017 -- either outcome is right


@given(
    st.sampled_from(["http://", "https://", "//", ""]),
    st.text(st.characters(exclude_characters="/?#@"), min_size=1, max_size=9),
)
def test_a_password_is_never_shown(scheme, secret):
    secret = f"s3cr{secret}et"
    line = shown(f"{scheme}user:{secret}@news.example/@path")
    assert "s3cr" not in line
    assert line.endswith("path")


@given(st.text())
def test_what_is_shown_is_short_and_printable(url):
    assert shown(url).isprintable()
    assert len(shown(url)) <= 200
