"""How `Fetcher` treats its hosts: robots.txt, pauses between visits."""

import threading

import pytest

from briefing.edges.pace import Pace
from briefing.errors import SourceRefused, SourceUnavailable
from tests.stand_in import Reply
from tests.system.fetching import NEWS, fetcher_to
from tests.web_server import PUBLIC, Clock, Detour, Names, page, redirect, web_server


def robots(text, **more):
    return page(text, type="text/plain", **more)


def polite(server, **options):
    return fetcher_to(server, **{"robots": True, "clock": Clock()} | options)


def test_robots_txt_is_asked_once_for_a_host_and_obeyed():
    pages = {"/robots.txt": robots("User-agent: *\nDisallow: /private/"), "*": page(b"x")}
    with web_server(pages) as web:
        fetcher = polite(web)
        assert fetcher.get(NEWS + "a").content == b"x"
        with pytest.raises(SourceRefused, match=r"not to be read by programs, says http://news"):
            fetcher.get(NEWS + "private/b")
        fetcher.get(NEWS + "c")
    assert web.paths == ["/robots.txt", "/a", "/c"]


def test_robots_txt_may_be_left_unread():
    with web_server({"/robots.txt": robots("User-agent: *\nDisallow: /"), "/": page()}) as web:
        polite(web, robots=False).get(NEWS)
    assert web.paths == ["/"]


def test_robots_txt_of_the_host_that_a_redirect_leads_to_counts_too():
    pages = {
        "/": redirect("http://other.example/x"),
        "/robots.txt": robots("User-agent: *\nDisallow: /x"),
    }
    with (
        web_server(pages) as web,
        pytest.raises(SourceRefused, match=r"says http://other\.example/"),
    ):
        polite(web).get(NEWS)
    hosts = [asked.headers["host"] for asked in web.asked]
    assert web.paths == ["/robots.txt", "/", "/robots.txt"]
    assert hosts == ["news.example", "news.example", "other.example"]


def test_robots_txt_speaks_for_one_scheme_and_port():
    pages = {"/robots.txt": robots("User-agent: *\nDisallow: /"), "/": page()}
    with web_server(pages) as web, web_server({"/": page(b"free")}) as other:
        names = Names(news_example=PUBLIC)
        network = ByPort({80: web.port, 8080: other.port})
        fetcher = polite(web, names=names, network=network, ports=(80, 8080))
        assert fetcher.get("http://news.example:8080/").content == b"free"
        with pytest.raises(SourceRefused):
            fetcher.get(NEWS)


class ByPort(Detour):
    def __init__(self, ports):
        super().__init__(0)
        self.ports = ports

    async def connect_tcp(self, host, port, **more):
        self.port = self.ports[port]
        return await super().connect_tcp(host, port, **more)


# RFC 9309 with the examples of its chapter 5, and what is found in the wild.
RULES = [
    ("longest-first", "User-agent: *\nAllow: /\nDisallow: /a", False),
    ("longest-last", "User-agent: *\nDisallow: /\nAllow: /a", True),
    ("equal", "User-agent: *\nDisallow: /a\nAllow: /a", True),
    ("star", "User-agent: *\nDisallow: /*", False),
    ("star-inside", "User-agent: *\nDisallow: /*b", False),
    ("star-and-end", "User-agent: *\nDisallow: /*c$", True),
    ("query", "User-agent: *\nDisallow: /*?", False),
    ("ours", "User-agent: Briefing\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
    ("ours-with-version", "User-agent: briefing/1.0 # you\nDisallow: /", False),
    ("ours-twice", "User-agent: briefing\nDisallow: /z\nUser-agent: Briefing\nDisallow: /a", False),
    ("ours-among-others", "User-agent: x\nUser-agent: briefing\nUser-agent: y\nDisallow: /", False),
    ("another", "User-agent: Googlebot\nDisallow: /", True),
    ("others-of-like-name", "User-agent: brief\nUser-agent: newsbriefing\nDisallow: /", True),
    ("nobody", "User-agent:\nDisallow: /", True),
    ("blank-line", "User-agent: *\n\nDisallow: /", False),
    ("mark", "\ufeffUser-agent: *\nDisallow: /", False),
    ("old-mac", "User-agent: *\rDisallow: /\r", False),
    ("nothing-forbidden", "User-agent: *\nDisallow:", True),
    ("escaped", "User-agent: *\nDisallow: /%61b", False),
    ("page-instead", "<!DOCTYPE html><title>Not found</title>", True),
    ("empty", "", True),
]


@pytest.mark.parametrize(("text", "may"), [row[1:] for row in RULES], ids=[row[0] for row in RULES])
def test_robots_txt_means(text, may):
    with web_server({"/robots.txt": robots(text), "*": page(b"x")}) as web:
        fetcher = polite(web)
        if may:
            assert fetcher.get(NEWS + "ab?c=d").content == b"x"
        else:
            with pytest.raises(SourceRefused):
                fetcher.get(NEWS + "ab?c=d")


FREE = {
    "missing": page(status=404),
    "closed": page(status=403),
    "round-in-a-circle": redirect("/robots.txt"),
    "garbled": page(b"x", content_encoding="gzip"),
    "not-text": page(bytes(range(256))),
}


@pytest.mark.parametrize("reply", FREE.values(), ids=FREE)
def test_a_robots_txt_without_rules_forbids_nothing(reply):
    with web_server({"/robots.txt": reply, "/": page(b"x")}) as web:
        assert polite(web).get(NEWS).content == b"x"


def test_a_robots_txt_that_is_elsewhere_counts():
    pages = {"/robots.txt": redirect("/r"), "/r": robots("User-agent: *\nDisallow: /")}
    with web_server(pages) as web, pytest.raises(SourceRefused):
        polite(web).get(NEWS)


def test_a_robots_txt_without_end_is_read_as_far_as_it_is_to_be():
    text = "User-agent: *\nDisallow: /a\n" + "# \n" * 900_000 + "Disallow: /b\n"
    with web_server({"/robots.txt": robots(text), "*": page(b"x")}) as web:
        fetcher = polite(web)
        with pytest.raises(SourceRefused):
            fetcher.get(NEWS + "a")
        assert fetcher.get(NEWS + "b").content == b"x"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_cannot_say_its_rules_is_left_alone_for_a_while(status):
    trouble = Reply(status=status, headers={"Retry-After": "60"})
    pages = {"/robots.txt": trouble, "/": page(b"x")}
    clock = Clock()
    with web_server(pages) as web:
        fetcher = polite(web, clock=clock)
        for _ in range(2):
            with pytest.raises(SourceUnavailable, match=f"robots.txt answers {status}") as raised:
                fetcher.get(NEWS)
            assert raised.value.retry_after_s == 60
        assert web.paths == ["/robots.txt"]
        clock.time_s += 601
        pages["/robots.txt"] = robots("")
        assert fetcher.get(NEWS).content == b"x"


def test_a_robots_txt_is_asked_for_again_the_next_day():
    clock = Clock()
    with web_server({"/": page()}) as web:
        fetcher = polite(web, clock=clock)
        for hours in (0, 23, 2):
            clock.time_s += hours * 3_600
            fetcher.get(NEWS)
    assert web.paths == ["/robots.txt", "/", "/", "/robots.txt", "/"]


def test_robots_txt_cannot_lead_inside():
    with web_server({}) as inside, web_server({"/": page()}) as web:
        web.pages["/robots.txt"] = redirect(f"http://127.0.0.1:{inside.port}/")
        with pytest.raises(SourceRefused, match="a loopback address"):
            polite(web, ports=(80, inside.port)).get(NEWS)
    assert inside.connections == 0


def test_a_host_is_visited_once_in_a_while_and_others_meanwhile():
    clock = Clock()
    with web_server({"*": page()}) as web:
        fetcher = polite(web, clock=clock, delay_s=2)
        fetcher.get(NEWS + "1")
        fetcher.get("http://other.example/")
        assert clock.naps == []
        clock.time_s += 0.5
        fetcher.get(NEWS + "2")
        assert clock.naps == [1.5]
        clock.time_s += 9
        fetcher.get(NEWS + "3")
    assert clock.naps == [1.5]


def test_a_redirect_on_one_host_is_one_visit():
    clock = Clock()
    with web_server({"/": redirect("/b"), "/b": page(b"x")}) as web:
        assert polite(web, clock=clock, delay_s=2).get(NEWS).content == b"x"
    assert clock.naps == []


@pytest.mark.parametrize(
    ("asked", "naps"),
    [("5", [5.0]), ("0.1", [2.0]), ("86400", [30.0]), ("-1", [2.0]), ("inf", [2.0]), ("x", [2.0])],
)
def test_a_host_may_ask_for_longer_pauses_within_reason(asked, naps):
    clock = Clock()
    rules = robots(f"User-agent: *\nCrawl-delay: {asked}\nDisallow:")
    with web_server({"/robots.txt": rules, "*": page()}) as web:
        fetcher = polite(web, clock=clock, delay_s=2)
        fetcher.get(NEWS + "1")
        fetcher.get(NEWS + "2")
    assert clock.naps == naps


def test_an_address_that_is_refused_takes_no_turn():
    clock = Clock()
    fetcher = polite(None, network=Detour(1), clock=clock, delay_s=2)
    for _ in range(3):
        with pytest.raises(SourceRefused):
            fetcher.get("http://127.0.0.1/")
    assert clock.naps == []


def test_pauses_do_not_count_against_the_time_of_a_page():
    clock = Clock()
    with web_server({"*": page()}) as web:
        fetcher = polite(web, clock=clock, delay_s=60, timeout_s=20)
        for path in "abc":
            fetcher.get(NEWS + path)
    assert clock.naps == [60, 60]


def test_threads_take_turns():
    clock = Clock()
    turns, naps = threading.Barrier(8), []
    pace = Pace(1.0, clock, naps.append)

    def visit():
        turns.wait()
        pace.wait("news.example")

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(naps) == [1, 2, 3, 4, 5, 6, 7]
