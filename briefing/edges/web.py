"""Gets pages from the web: safely, politely and within limits."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefing.data.page import KEPT_HEADERS, Page
from briefing.edges.addresses import Resolve, checked_addresses, system_resolver
from briefing.edges.answer import Answer, retry_after_s
from briefing.edges.pace import Pace
from briefing.edges.robots import MOST_BYTES, Rules
from briefing.edges.unpacking import PACKINGS
from briefing.edges.urls import Target, host_name, redirected, target
from briefing.errors import (
    ConfigError,
    SourceBroken,
    SourceOverLimit,
    SourceRefused,
    SourceUnavailable,
)
from briefing.settings import FetchSettings
from briefing.version import __version__

if TYPE_CHECKING:
    import ssl

    import httpcore2

USER_AGENT = f"briefing/{__version__} (+news briefing tool)"

_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/feed+json, application/xml;q=0.9, */*;q=0.5"
)
_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY = {408, 425, 429, *range(500, 600)}
_CLOSED = {401, 402, 403, 407, 451}
_GONE = {404, 410}

_LONGEST_DELAY_S = 30.0
"""A robots.txt may ask for more; then it gets this."""

_ROBOTS_S = 86_400.0  # RFC 9309, 2.4
_ROBOTS_TROUBLE_S = 600.0
_ROBOTS_BYTES = 1024 * 1024
"""Of all files kept together."""

_ROBOTS_LEAST_BYTES = 1_000
"""What an empty file, or none, counts for."""

_log = logging.getLogger(__name__)


class Fetcher:
    """Gets one address after the other; threads may share it.

    Between two calls it keeps when each host was visited, and each robots.txt, but nothing
    open. Inside a running event loop, call it in a thread.
    """

    def __init__(
        self,
        settings: FetchSettings | None = None,
        *,
        resolve: Resolve = system_resolver,
        certificates: "ssl.SSLContext | None" = None,
        network: "httpcore2.AsyncNetworkBackend | None" = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take what every call needs.

        Args:
            settings: Limits and manners.
            resolve: Finds the addresses of a host.
            certificates: What to trust; what this machine does unless given.
            network: Opens the connections, to addresses only.
            clock: Seconds, from any start.
            sleep: Waits so many seconds until a host may be visited again.
            now: The time, in UTC.

        Raises:
            ConfigError: `allow_private_hosts` holds what is no host.
        """
        self._settings = settings or FetchSettings()
        self._inside = frozenset(map(_checked_host, self._settings.allow_private_hosts))
        self._resolve = resolve
        self._certificates = certificates
        self._network = network
        self._clock = clock
        self._now = now
        self._pace = Pace(self._settings.delay_s, clock, sleep)
        self._robots: dict[str, _Robots] = {}
        self._robots_lock = threading.Lock()

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page:
        """Return what `url` gives.

        Args:
            url: Begins with http:// or https://.
            etag: Of the page that we have, if any.
            last_modified: Of the page that we have, if any.

        Raises:
            SourceUnavailable: There was no answer in time, or the server is busy.
            SourceRefused: It is not to be fetched, or not there.
            SourceOverLimit: It is too long, or leads from one redirect to the next.
            SourceBroken: What came is garbled.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        trip = _Trip(
            left_s=self._settings.timeout_s,
            conditions={name: value for name, value in asked.items() if value and _is_plain(value)},
        )
        began = self._clock()
        first = target(url, ports=self._settings.ports)
        last, answer = self._follow(first, trip)
        _check_status(last.subject, answer, trip)
        took_s = self._clock() - began
        _log.info("%s: %d, %d bytes, %.1f s", last.host, answer.status, len(answer.body), took_s)
        return Page(
            url=url.strip(),
            final_url=last.url,
            status=answer.status,
            headers={name: text for name, text in answer.headers.items() if name in KEPT_HEADERS},
            content=answer.body,
            fetched=self._now(),
        )

    def _follow(
        self, first: Target, trip: "_Trip", *, for_robots: bool = False
    ) -> tuple[Target, Answer]:
        """Ask `first`, then what it redirects to, until there is another answer than that."""
        last, seen = first, {first.url}
        for _ in range(self._settings.redirects + 1):
            addresses = self._look_up(last, trip)
            if last.host not in trip.visited:
                self._pace.wait(last.host)
                trip.visited.add(last.host)
            if self._settings.robots and not for_robots:
                self._obey_robots(last, trip)
            answer = self._ask(last, addresses, trip, for_robots=for_robots)
            if answer.status not in _REDIRECTS:
                return last, answer
            location = answer.headers.get("location")
            if not location:
                raise SourceBroken(f"{last.subject} redirects to nowhere. Try again later.")
            last = redirected(first, last, location, ports=self._settings.ports)
            if last.url in seen:
                raise SourceOverLimit(
                    f"{last.subject} leads round in a circle. It may want cookies or a login: "
                    "open it in a browser, and save the page."
                )
            seen.add(last.url)
        raise SourceOverLimit(
            f"{last.subject} is one redirect too many ({self._settings.redirects} are followed). "
            "Use the address that a browser ends at."
        )

    def _look_up(self, last: Target, trip: "_Trip") -> tuple[str, ...]:
        # The user may name a host inside; a page from outside may not lead there.
        trip.is_inside = trip.is_inside and last.host in self._inside
        with self._counted(last, trip):
            return checked_addresses(
                last.host,
                last.port,
                subject=last.subject,
                inside=trip.is_inside,
                resolve=self._resolve,
                timeout_s=max(0.0, trip.left_s),
            )

    def _ask(
        self, last: Target, addresses: tuple[str, ...], trip: "_Trip", *, for_robots: bool
    ) -> Answer:
        from briefing.edges.connection import Question, ask

        question = Question(
            target=last,
            addresses=addresses,
            headers=_headers(last, {} if for_robots else trip.conditions),
            raw_bytes=self._settings.raw_bytes,
            decoded_bytes=MOST_BYTES if for_robots else self._settings.decoded_bytes,
            is_cut_short=for_robots,
            certificates=self._certificates,
            network=self._network,
        )
        with self._counted(last, trip):
            return ask(question, timeout_s=trip.left_s)

    @contextmanager
    def _counted(self, last: Target, trip: "_Trip") -> Iterator[None]:
        """Take the time that the block takes from what is left of the trip."""
        began = self._clock()
        try:
            yield
        except TimeoutError as error:
            raise SourceUnavailable(
                f"{last.subject} gave no whole answer within {self._settings.timeout_s:g} s. "
                "Try again later, or raise `fetch.timeout_s`."
            ) from error
        finally:
            trip.left_s -= self._clock() - began

    def _obey_robots(self, last: Target, trip: "_Trip") -> None:
        """Raise an error where robots.txt does not let us fetch `last`."""
        known = self._robots.get(last.origin)
        if known is None or known.until <= self._clock():
            known = self._fetch_robots(last, trip)
            self._keep_robots(last.origin, known)
        if known.trouble is not None:
            raise SourceUnavailable(
                f"{last.subject} may not be fetched for now: {last.origin}/robots.txt answers "
                f"{known.trouble.status}. Try again later.",
                status=known.trouble.status,
                retry_after_s=retry_after_s(known.trouble),
            )
        if known.rules is None:
            return
        self._pace.slow_down(last.host, min(known.rules.delay_s, _LONGEST_DELAY_S))
        if not known.rules.allow(last.url):
            raise SourceRefused(
                f"{last.subject} is not to be read by programs, says {last.origin}/robots.txt. "
                "Open it in a browser, and save the page."
            )

    def _fetch_robots(self, page: Target, trip: "_Trip") -> "_Robots":
        """Return what robots.txt says; what an error means is in RFC 9309, 2.3.1."""
        first = target(f"{page.origin}/robots.txt", ports=self._settings.ports)
        aside = _Trip(left_s=trip.left_s, visited=trip.visited, is_inside=trip.is_inside)
        now = self._clock()
        try:
            _, answer = self._follow(first, aside, for_robots=True)
        except (SourceOverLimit, SourceBroken):
            return _Robots(until=now + _ROBOTS_S)
        finally:
            trip.left_s = aside.left_s
        if answer.status in _BUSY:
            return _Robots(until=now + _ROBOTS_TROUBLE_S, trouble=answer)
        if not 200 <= answer.status < 300:
            return _Robots(until=now + _ROBOTS_S)
        size = max(len(answer.body), _ROBOTS_LEAST_BYTES)
        return _Robots(until=now + _ROBOTS_S, rules=Rules(answer.body), size=size)

    def _keep_robots(self, origin: str, robots: "_Robots") -> None:
        with self._robots_lock:
            self._robots.pop(origin, None)
            self._robots[origin] = robots
            while sum(each.size for each in self._robots.values()) > _ROBOTS_BYTES:
                del self._robots[next(iter(self._robots))]

    def __repr__(self) -> str:
        return f"Fetcher({self._settings!r})"


@dataclass(slots=True, kw_only=True)
class _Trip:
    """One `get`, on its way from redirect to redirect."""

    left_s: float
    conditions: Mapping[str, str] = field(default_factory=dict)
    visited: set[str] = field(default_factory=set)
    """Hosts whose turn was waited for; a redirect back, or to robots.txt, waits no more."""

    is_inside: bool = True
    """Only hosts of the user's intranet led here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Robots:
    """What is known of one robots.txt."""

    until: float
    rules: Rules | None = None
    """None where there are none to obey."""

    trouble: Answer | None = None
    """The server cannot say now, so that nothing may be fetched."""

    size: int = _ROBOTS_LEAST_BYTES


def _headers(last: Target, conditions: Mapping[str, str]) -> dict[str, str]:
    return {
        "Host": last.netloc,
        "User-Agent": USER_AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": PACKINGS,
        **conditions,
    }


def _check_status(subject: str, answer: Answer, trip: _Trip) -> None:
    status = answer.status
    if 200 <= status < 300 or (status == 304 and trip.conditions):
        return
    if status in _BUSY:
        pause_s = retry_after_s(answer)
        when = "later" if pause_s is None else f"in {pause_s:.0f} s"
        raise SourceUnavailable(
            f"{subject} is on a server that is busy or broken ({status}). Try again {when}.",
            status=status,
            retry_after_s=pause_s,
        )
    if status in _CLOSED:
        what = "is closed to programs, or wants a login or payment"
        remedy = "Open it in a browser, and save the page"
    elif status in _GONE:
        what, remedy = "is not there", "Check the address"
    else:
        what, remedy = "gets an answer of no use", "Check the address in a browser"
    raise SourceRefused(f"{subject} {what} ({status}). {remedy}.", status=status)


def _checked_host(text: str) -> str:
    host = host_name(text)
    if host is None:
        raise ConfigError(
            f"`fetch.allow_private_hosts` holds {text!r}, which is no host. Write hosts as they "
            "stand in an address: 'news.intranet', '10.1.2.3'."
        )
    return host


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and len(text) <= 1_000
