"""A fetcher that takes a server on loopback for the world."""

import time
from datetime import UTC, datetime

from briefing.edges.web import Fetcher
from briefing.settings import FetchSettings
from tests.web_server import (
    PUBLIC,
    Clock,
    Detour,
    Names,
    web_server,
)

NEWS = "http://news.example/"


def fetcher_to(server, *, names=None, network=None, clock=None, certificates=None, **settings):
    """A fetcher for which news.example is public, and on `server`; no robots.txt, no pauses."""
    clock = clock or Clock()
    sleep = clock.sleep if isinstance(clock, Clock) else time.sleep
    return Fetcher(
        FetchSettings(**{"robots": False, "delay_s": 0} | settings),
        resolve=names or Names(news_example=PUBLIC, other_example=PUBLIC),
        network=network or Detour(server.port),
        certificates=certificates,
        clock=clock,
        sleep=sleep,
        now=lambda: datetime(2031, 4, 6, 7, tzinfo=UTC),
    )


def fetch(pages, path="", **options):
    with web_server(pages) as server:
        return fetcher_to(server, **options).get(NEWS + path)


TEXT = b"It rained. " * 2_000
