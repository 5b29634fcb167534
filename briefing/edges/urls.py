"""Addresses on the web, as far as they may be fetched."""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefing.edges.addresses import literal
from briefing.errors import SourceRefused

_PORTS = {"http": 80, "https": 443}

_MOST_CHARS = 8_192
_SHOWN_CHARS = 200

_USERINFO = re.compile(r"^([^/?#]*//)?[^/?#]*@")
_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}", re.ASCII)
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One request to one server. Nothing is parsed again after this."""

    scheme: str
    host: str
    """A name in ASCII and lower case, or an address without brackets."""

    port: int
    path: str
    """With the query, percent-encoded."""

    subject: str
    """How messages about it begin."""

    @property
    def netloc(self) -> str:
        """Host, and port unless it is the usual one: the `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.origin}{self.path}"


def shown(url: str) -> str:
    """Return `url` as it may stand in a message: short, no password, nothing unprintable."""
    line = "".join(char for char in " ".join(url.split()) if char.isprintable())
    try:
        urlsplit(line).port  # noqa: B018 -- tells whether it can be parsed
        line = _USERINFO.sub(r"\1", line)
    except ValueError:
        line = line.rpartition("@")[2]  # What stands before it may be a password.
    return line if len(line) <= _SHOWN_CHARS else f"{line[: _SHOWN_CHARS - 1]}…"


def target(url: str, *, ports: Collection[int]) -> Target:
    """Return what to ask which server for `url`.

    Raises:
        SourceRefused: It is no address on the web, or one that is not fetched.
    """
    return _target(url.strip(), repr(shown(url)), ports)


def redirected(first: Target, last: Target, location: str, *, ports: Collection[int]) -> Target:
    """Return what to ask next when `last`, to which `first` led, points to `location`.

    Raises:
        SourceRefused: That is no address on the web, or one that is not fetched.
    """
    import httpx2

    url = location.strip()
    with suppress(httpx2.InvalidURL, ValueError):  # It is turned down below, with a message.
        url = str(httpx2.URL(last.url).join(url))
    subject = f"{shown(first.url)!r} redirects to {shown(url)!r}, which"
    return _target(url, subject, ports)


def host_name(text: str) -> str | None:
    """Return a host as `Target.host` spells it, or None where `text` is no host."""
    import httpx2

    try:
        host = httpx2.URL(scheme="http", host=text.strip()).raw_host.decode("ascii")
    except (httpx2.InvalidURL, ValueError):
        return None
    host = host.removesuffix(".")
    if (address := literal(host)) is not None:
        return None if "%" in host else str(address)
    # What ends in a number is an address to most resolvers: 0x7f.1, 2130706433, 0177.0.0.1.
    return host if _NAME.fullmatch(host) and not _NUMBER.fullmatch(host) else None


def _target(url: str, subject: str, ports: Collection[int]) -> Target:
    import httpx2

    def refused(reason: str) -> SourceRefused:
        return SourceRefused(f"{subject} {reason}")

    if len(url) > _MOST_CHARS:
        raise refused(f"is longer than {_MOST_CHARS:,} characters. Check the address.")
    try:
        parts = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise refused("is not a valid address. Check how it is written.") from error
    if parts.scheme not in _PORTS:
        raise refused("is no address on the web. Begin it with https:// or http://.")
    if parts.userinfo:
        raise refused(
            "holds a user name or password. Leave it out: what needs a login is not fetched."
        )
    host = host_name(parts.raw_host.decode("ascii"))
    if host is None:
        raise refused("names no host that can be looked up. Check how it is written.")
    port = _PORTS[parts.scheme] if parts.port is None else parts.port
    if port not in ports:
        raise refused(f"names port {port}. If that is right, add it to `fetch.ports`.")
    return Target(
        scheme=parts.scheme,
        host=host,
        port=port,
        path=parts.raw_path.decode("ascii"),
        subject=subject,
    )
