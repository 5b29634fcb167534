"""No address, redirect or resolver leads `Fetcher` to where it may not go.

A listener waits on loopback, at a port that the settings allow, so that nothing but the
check of addresses stands before it.
"""

import socket
import threading
from contextlib import contextmanager, suppress

import httpx2
import pytest

from briefing.edges.addresses import system_resolver
from briefing.errors import SourceError, SourceRefused
from tests.system.fetching import NEWS, fetcher_to
from tests.web_server import ALSO_PUBLIC, PUBLIC, Detour, Names, page, redirect, web_server

LOOPBACK, NAT64 = "127.0.0.1", "64:ff9b::7f00:1"


class Listener:
    """Counts who connects, on 127.0.0.1 and where there is one on ::1."""

    def __init__(self) -> None:
        self.connections = 0
        self.sockets = [socket.create_server((LOOPBACK, 0))]
        self.port = self.sockets[0].getsockname()[1]
        with suppress(OSError):
            self.sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        self.threads = [threading.Thread(target=self._serve, args=(one,)) for one in self.sockets]

    def _serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                self.connections += 1
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")


@contextmanager
def listening():
    listener = Listener()
    for thread in listener.threads:
        thread.start()
    try:
        yield listener
    finally:
        for one in listener.sockets:
            one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in listener.threads:
            thread.join()


@pytest.fixture(scope="module")
def listener():
    with listening() as one:
        yield one


# Spellings that the resolver of this system, and so httpx2 alone, takes for 127.0.0.1.
REACHES_LOOPBACK = """
http://127.0.0.1:{port}/
http://127.1:{port}/
http://127.0.1:{port}/
http://2130706433:{port}/
http://0x7f.1:{port}/
http://0x7f000001:{port}/
http://0x7f.0.0.0x1:{port}/
http://0177.1:{port}/
http://017700000001:{port}/
http://127。0。0。1:{port}/
http://127．0．0．1:{port}/
http://localhost:{port}/
http://LOCALHOST:{port}/
HTTP://127.0.0.1:{port}/
""".split()  # noqa: RUF001

LITERALS = """
http://127.0.0.1:{port}/?q#f
https://127.0.0.1:{port}/
http://127.255.255.254:{port}/
http://127.0.0.1.:{port}/
http://127.1.:{port}/
http://0177.0.0.1:{port}/
http://0:{port}/
http://0.0.0.0:{port}/
http://0x0:{port}/
http://１２７.0.0.1:{port}/
http://①②⑦.0.0.1:{port}/
http://127%2e0.0.1:{port}/
http://%31%32%37.0.0.1:{port}/
http://127.0.0.1%00.example:{port}/
http://127.0.0.1%20:{port}/
http://127.0.0.1\\.news.example:{port}/
http://news.example\\@127.0.0.1:{port}/
http://news.example@127.0.0.1:{port}/
http://news.example:80@127.0.0.1:{port}/
http://127.0.0.1:{port}@news.example/
http://user:pass@127.0.0.1:{port}/
http://127.0.0.1:{port}:80/
http://127.0.0.1:0{port}/
http://127.0.0.1:+{port}/
http://localhost.:{port}/
http://4294967297:{port}/
http://[::1]:{port}/
http://[::]:{port}/
http://[0:0:0:0:0:0:0:1]:{port}/
http://[::ffff:127.0.0.1]:{port}/
http://[::ffff:7f00:1]:{port}/
http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/
http://[::127.0.0.1]:{port}/
http://[::7f00:1]:{port}/
http://[::1%25lo]:{port}/
http://[::1%lo]:{port}/
http://[fe80::1%25eth0]:{port}/
http://[fe80::1]:{port}/
http://[fec0::1]:{port}/
http://[fc00::1]:{port}/
http://[fd00:ec2::254]:{port}/
http://[ff02::1]:{port}/
http://[64:ff9b::127.0.0.1]:{port}/
http://[64:ff9b::7f00:1]:{port}/
http://[64:ff9b:1::7f00:1]:{port}/
http://[2002:7f00:1::]:{port}/
http://[2002:7f00:1::1]:{port}/
http://[2001::7f00:1]:{port}/
http://[2001:0:7f00:1::80ff:fffe]:{port}/
http://[2001:db8::1]:{port}/
http://[4000::1]:{port}/
http://10.0.0.1:{port}/
http://172.16.0.1:{port}/
http://172.31.255.255:{port}/
http://192.168.0.1:{port}/
http://100.64.0.1:{port}/
http://100.100.100.200:{port}/
http://169.254.169.254:{port}/latest/meta-data/
http://168.63.129.16:{port}/
http://192.0.0.192:{port}/
http://192.0.2.1:{port}/
http://198.18.0.1:{port}/
http://198.51.100.1:{port}/
http://203.0.113.1:{port}/
http://224.0.0.1:{port}/
http://239.255.255.250:{port}/
http://240.0.0.1:{port}/
http://255.255.255.255:{port}/
http://192.88.99.1:{port}/
""".split()  # noqa: RUF001

# What a resolver says of a name, and what the name is asked for with.
NAMES = {
    "loopback.example": [LOOPBACK],
    "loopback6.example": ["::1"],
    "private.example": ["10.1.2.3"],
    "metadata.example": ["169.254.169.254"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": [NAT64],
    "sixtofour.example": ["2002:7f00:1::"],
    "zero.example": ["0.0.0.0"],
    "link.example": ["fe80::1%eth0"],
    "mixed.example": [PUBLIC, LOOPBACK],
    "mixed-first.example": [LOOPBACK, PUBLIC],
    "mixed-6.example": [ALSO_PUBLIC, PUBLIC, "::1"],
    "mixed-last.example": [PUBLIC, *[f"93.184.216.{n}" for n in range(35, 60)], "10.0.0.1"],
    "localhost": [LOOPBACK, "::1"],
    "xn--lcal-qqa.example": [LOOPBACK],
}
NAMED = [f"{scheme}://{name}:{{port}}/" for name in NAMES for scheme in ("http", "https")]
NAMED += ["http://lócal.example:{port}/", "http://LOOPBACK.example.:{port}/", "//localhost:{port}/"]

OTHERWISE = """
file:///etc/passwd
ftp://127.0.0.1:{port}/
gopher://127.0.0.1:{port}/_GET
ws://127.0.0.1:{port}/
dict://127.0.0.1:{port}/
unix:///run/docker.sock
http+unix://%2Frun%2Fdocker.sock/
http:127.0.0.1:{port}
http:/127.0.0.1:{port}/
http:///127.0.0.1:{port}/
http://:{port}/
http://[127.0.0.1]:{port}/
http://[::1:{port}/
jar:http://127.0.0.1:{port}!/
javascript:fetch('http://127.0.0.1:{port}')
http://127.0.0.1:22/
http://news.example:25/
http://news.example:99999/
""".split()

TABLE = list(dict.fromkeys([*REACHES_LOOPBACK, *LITERALS, *NAMED, *OTHERWISE]))


def names():
    table = Names(news_example=PUBLIC)
    table.names |= NAMES
    return table


def test_the_table_is_long_enough():
    assert len(TABLE) >= 130


@pytest.mark.parametrize("url", REACHES_LOOPBACK)
def test_without_the_check_the_listener_is_reached(url, listener):
    before = listener.connections
    assert httpx2.get(url.format(port=listener.port), trust_env=False).text == "secret"
    assert listener.connections == before + 1


@pytest.mark.parametrize("url", TABLE)
def test_an_address_cannot_lead_inside(url, listener):
    before, network = listener.connections, Detour(listener.port, public=())
    fetcher = fetcher_to(None, names=names(), network=network, ports=(80, 443, listener.port))
    with pytest.raises(SourceRefused):
        fetcher.get(url.format(port=listener.port))
    assert (listener.connections, network.dialled) == (before, [])


REDIRECTS = [(url, 302) for url in TABLE]
REDIRECTS += [(url, status) for status in (301, 303, 307, 308) for url in TABLE[::9]]


@pytest.mark.parametrize(("url", "status"), REDIRECTS)
def test_a_redirect_cannot_lead_inside(url, status, listener, redirecting):
    before, network = listener.connections, Detour(redirecting.port)
    redirecting.pages["/"] = redirect(url.format(port=listener.port), status)
    fetcher = fetcher_to(None, names=names(), network=network, ports=(80, 443, listener.port))
    with pytest.raises(SourceError):
        fetcher.get(NEWS)
    assert (listener.connections, set(network.dialled)) == (before, {(PUBLIC, 80)})


@pytest.fixture(scope="module")
def redirecting():
    with web_server({}) as web:
        yield web


def test_the_last_of_five_redirects_cannot_lead_inside_either(listener):
    pages = {f"/{i}": redirect(f"/{i + 1}") for i in range(4)}
    pages["/4"] = redirect(f"http://loopback.example:{listener.port}/")
    before = listener.connections
    with (
        web_server(pages) as web,
        pytest.raises(
            SourceRefused, match=r"'http://news\.example/0' redirects to 'http://loopback"
        ),
    ):
        fetcher_to(web, names=names(), ports=(80, listener.port)).get(NEWS + "0")
    assert (listener.connections, len(web.asked)) == (before, 5)


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(listener):
    rebinding = Names(news_example=[[PUBLIC], [LOOPBACK]])
    before = listener.connections
    with web_server({"/": page(b"public")}) as web:
        network = Detour(web.port)
        url = f"http://news.example:{listener.port}/"
        fetcher = fetcher_to(web, names=rebinding, network=network, ports=(listener.port,))
        assert fetcher.get(url).content == b"public"
        assert rebinding.asked == ["news.example"]
        assert network.dialled == [(PUBLIC, listener.port)]
        with pytest.raises(SourceRefused, match=r"leads to 127\.0\.0\.1, a loopback address"):
            fetcher.get(url)
    assert (listener.connections, len(network.dialled)) == (before, 1)


def test_a_name_that_changes_its_mind_between_robots_txt_and_page_gets_no_page(listener):
    rebinding = Names(news_example=[[PUBLIC], [LOOPBACK]])
    before = listener.connections
    with web_server({"*": page()}) as web:
        fetcher = fetcher_to(web, names=rebinding, ports=(listener.port,), robots=True)
        with pytest.raises(SourceRefused):
            fetcher.get(f"http://news.example:{listener.port}/")
    assert (listener.connections, web.paths) == (before, [])


def test_a_name_that_changes_its_mind_between_two_redirects_gets_no_further(listener):
    rebinding = Names(news_example=[[PUBLIC], [LOOPBACK]])
    before = listener.connections
    with web_server({"/": redirect("/b")}) as web:
        fetcher = fetcher_to(web, names=rebinding, ports=(listener.port,))
        with pytest.raises(SourceRefused):
            fetcher.get(f"http://news.example:{listener.port}/")
    assert (listener.connections, web.paths) == (before, ["/"])


def test_the_resolver_of_this_machine_knows_loopback_too(listener):
    before = listener.connections
    for name in ("localhost", "localhost.localdomain", socket.gethostname()):
        fetcher = fetcher_to(
            None, names=system_resolver, network=Detour(1, public=()), ports=(listener.port,)
        )
        with pytest.raises(SourceError):
            fetcher.get(f"http://{name}:{listener.port}/")
    assert listener.connections == before


INTRANET = "intranet.example"


def inside_fetcher(web, listener, **options):
    return fetcher_to(
        web,
        names=Names(news_example=PUBLIC, intranet_example=LOOPBACK, wiki_example=LOOPBACK),
        ports=(80, listener.port),
        allow_private_hosts=(INTRANET,),
        **options,
    )


def test_a_page_from_outside_cannot_lead_to_the_intranet_that_the_user_allows(listener):
    before = listener.connections
    with web_server({"/": redirect(f"http://{INTRANET}:{listener.port}/")}) as web:
        fetcher = inside_fetcher(web, listener)
        with pytest.raises(SourceRefused, match="a loopback address"):
            fetcher.get(NEWS)
        assert listener.connections == before
        assert fetcher.get(f"http://{INTRANET}:{listener.port}/").content == b"secret"


def test_an_intranet_leads_no_further_inside_than_the_user_allows(listener):
    before = listener.connections
    with web_server({}) as web, web_server({}) as intranet:
        for to in ("http://wiki.example", f"http://{LOOPBACK}", "http://[::1]", NEWS + "back"):
            intranet.pages["/"] = redirect(f"{to.removesuffix('/')}:{listener.port}/")
            web.pages["/back"] = redirect(f"http://{INTRANET}:{listener.port}/")
            fetcher = fetcher_to(
                web,
                names=Names(news_example=PUBLIC, intranet_example=LOOPBACK, wiki_example=LOOPBACK),
                ports=(80, intranet.port, listener.port),
                allow_private_hosts=(INTRANET,),
            )
            with pytest.raises(SourceRefused):
                fetcher.get(f"http://{INTRANET}:{intranet.port}/")
    assert listener.connections == before


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "::ffff:127.0.0.1", NAT64]
)
def test_an_allowed_host_cannot_be_what_no_intranet_is(address, listener):
    network = Detour(1, public=())
    fetcher = fetcher_to(
        None,
        names=Names(intranet_example=address),
        network=network,
        allow_private_hosts=(INTRANET,),
    )
    with pytest.raises(SourceRefused, match="This is never fetched"):
        fetcher.get(f"http://{INTRANET}/")
    assert network.dialled == []
