"""Time that is up, and names, TLS and the environment."""

import gzip
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import trustme

from briefing.edges.web import Fetcher
from briefing.errors import (
    ConfigError,
    SourceRefused,
    SourceUnavailable,
)
from briefing.settings import FetchSettings
from tests.stand_in import Reply
from tests.system.fetching import NEWS, TEXT, fetcher_to
from tests.web_server import (
    PUBLIC,
    Detour,
    Names,
    page,
    redirect,
    web_server,
)

# The time.


SLOW = {
    "says-nothing": Reply(delay_s=60),
    "drips-its-body": Reply(body=b"x" * 999, drip_s=0.05),
    "drips-its-headers": Reply(headers={"X": "x" * 999}, drip_s=0.05, drips="headers"),
    "drips-gzip": Reply(
        body=gzip.compress(TEXT, 0), headers={"Content-Encoding": "gzip"}, drip_s=0.05
    ),
}


@pytest.mark.parametrize("reply", SLOW.values(), ids=SLOW)
def test_time_is_up_however_the_bytes_drip_in(reply):
    with web_server({"/": reply}) as web:
        says = r"gave no whole answer within 0\.6 s\. Try again"
        with pytest.raises(SourceUnavailable, match=says):
            fetcher_to(web, timeout_s=0.6).get(NEWS)
        assert web.whole == 0  # To the last byte it would be 50 seconds and more.


def test_time_is_up_over_all_redirects_together():
    pages = {f"/{i}": replace(redirect(f"/{i + 1}"), delay_s=0.3) for i in range(9)}
    with web_server(pages) as web:
        fetcher = fetcher_to(web, clock=time.monotonic, timeout_s=0.8, redirects=9)
        with pytest.raises(SourceUnavailable, match=r"within 0\.8 s"):
            fetcher.get(NEWS + "0")
    assert len(web.asked) < 5


def test_time_is_up_for_a_resolver_that_never_answers():
    over = threading.Event()
    answered = []

    def resolve(host, port):
        answered.append(over.wait(60))
        return [PUBLIC]

    with pytest.raises(SourceUnavailable, match=r"within 0\.3 s"):
        fetcher_to(None, names=resolve, network=Detour(1), timeout_s=0.3).get(NEWS)
    assert answered == []
    over.set()


# Names, TLS and the environment.


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def contexts(authority, *names):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


def test_tls_and_host_go_by_the_name_and_the_connection_by_the_address(authority):
    server, client = contexts(authority, "news.example")
    names = Names(news_example=PUBLIC)
    with web_server({"/": page(b"safe")}, certificate=server) as web:
        network = Detour(web.port)
        fetcher = fetcher_to(web, network=network, names=names, certificates=client)
        assert fetcher.get("https://news.example/").content == b"safe"
    assert web.server_names == ["news.example"]
    assert web.asked[0].headers["host"] == "news.example"
    assert network.dialled == [(PUBLIC, 443)]
    assert names.asked == ["news.example"]


@pytest.mark.parametrize("names", [("other.example",), (PUBLIC,), ("*.news.example",)])
def test_a_certificate_for_another_name_is_not_trusted(authority, names):
    server, client = contexts(authority, *names)
    with (
        web_server({"/": page()}, certificate=server) as web,
        pytest.raises(SourceRefused, match="certificate that is not trusted"),
    ):
        fetcher_to(web, certificates=client).get("https://news.example/")
    assert web.asked == []


def test_a_certificate_that_nobody_knows_is_not_trusted(authority):
    server, _ = contexts(authority, "news.example")
    with (
        web_server({"/": page()}, certificate=server) as web,
        pytest.raises(SourceRefused, match="certificate that is not trusted"),
    ):
        fetcher_to(web).get("https://news.example/")


def test_a_server_without_tls():
    with web_server({}) as web, pytest.raises(SourceUnavailable, match="not speak proper TLS"):
        fetcher_to(web).get("https://news.example/")


def test_no_proxy_of_the_environment_is_asked(monkeypatch):
    with web_server({}) as proxy, web_server({"/": page(b"direct")}) as web:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
            monkeypatch.setenv(name.lower(), f"http://127.0.0.1:{proxy.port}")
        assert fetcher_to(web).get(NEWS).content == b"direct"
    assert proxy.connections == 0


def test_a_name_in_another_script_is_asked_for_in_ascii():
    names = Names(**{"xn--bcher-kva_example": PUBLIC})
    with web_server({"/": page(b"ja")}) as web:
        got = fetcher_to(web, names=names).get("http://Bücher.example/")
    assert (got.content, got.final_url) == (b"ja", "http://xn--bcher-kva.example/")
    assert web.asked[0].headers["host"] == "xn--bcher-kva.example"


def test_an_intranet_is_read_where_the_user_names_its_host():
    with web_server({"/": page(b"inside")}) as web:
        url = f"http://Intra.news:{web.port}/"
        names = Names(intra_news="127.0.0.1")
        options = {"names": names, "ports": (80, web.port), "network": Detour(1)}
        fetcher = fetcher_to(web, allow_private_hosts=("INTRA.news.",), **options)
        assert fetcher.get(url).content == b"inside"
        with pytest.raises(SourceRefused, match=r"add 'intra.news' to `fetch.allow_private_hosts`"):
            fetcher_to(web, **options).get(url)
    assert web.connections == 1


@pytest.mark.parametrize("host", ["http://news.intranet", "news.intranet:80", "a/b", "", "1.2.3"])
def test_a_private_host_that_is_none_is_not_allowed(host):
    with pytest.raises(ConfigError, match=r"`fetch\.allow_private_hosts` holds"):
        Fetcher(FetchSettings(allow_private_hosts=(host,)))


def test_threads_may_share_one_fetcher():
    with web_server({f"/{n}": page(b"%d" % n) for n in range(40)}) as web:
        fetcher = fetcher_to(web, robots=True)
        with ThreadPoolExecutor(8) as pool:
            pages = pool.map(lambda n: fetcher.get(f"{NEWS}{n}"), range(40))
            assert [one.content for one in pages] == [b"%d" % n for n in range(40)]
