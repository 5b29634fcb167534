"""Which addresses a host name stands for, and which of them may be connected to."""

import queue
import socket
import threading
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from briefing.errors import SourceRefused, SourceUnavailable

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
"""All addresses of a host, the best first, or an `OSError`."""

# `is_global` of the standard library takes NAT64, 6to4, multicast and fec0::/10 for global, and
# what it says of others changes with patch releases (CVE-2024-4032). So the tables are our own,
# after https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry.
_INSIDE = {
    ip_network(network): kind
    for network, kind in {
        "127.0.0.0/8": "a loopback address",
        "::1/128": "a loopback address",
        "10.0.0.0/8": "a private address",
        "172.16.0.0/12": "a private address",
        "192.168.0.0/16": "a private address",
        "fc00::/7": "a private address",
        "100.64.0.0/10": "an address behind a carrier's NAT",
    }.items()
}
"""Where an intranet may be."""

_NEVER = {
    ip_network(network): kind
    for network, kind in {
        "0.0.0.0/8": "an unspecified address",
        "169.254.0.0/16": "a link-local address",
        "168.63.129.16/32": "the address of Azure's host agent",
        "192.0.0.0/24": "a reserved address",
        "192.0.2.0/24": "an address for documentation",
        "192.31.196.0/24": "a reserved address",
        "192.52.193.0/24": "a reserved address",
        "192.88.99.0/24": "a 6to4 relay",
        "192.175.48.0/24": "a reserved address",
        "198.18.0.0/15": "an address for benchmarks",
        "198.51.100.0/24": "an address for documentation",
        "203.0.113.0/24": "an address for documentation",
        "224.0.0.0/4": "a multicast address",
        "240.0.0.0/4": "a reserved address",
        "::/128": "an unspecified address",
        "::/96": "an IPv4 address inside an IPv6 one",
        "::ffff:0:0/96": "an IPv4 address inside an IPv6 one",
        "64:ff9b::/96": "an IPv4 address inside an IPv6 one (NAT64)",
        "64:ff9b:1::/48": "an IPv4 address inside an IPv6 one (NAT64)",
        "2001::/32": "an IPv4 address inside an IPv6 one (Teredo)",
        "2001::/23": "a reserved address",
        "2001:db8::/32": "an address for documentation",
        "2002::/16": "an IPv4 address inside an IPv6 one (6to4)",
        "2620:4f:8000::/48": "a reserved address",
        "3fff::/20": "an address for documentation",
        "fe80::/10": "a link-local address",
        "fec0::/10": "a site-local address",
        "ff00::/8": "a multicast address",
    }.items()
}
"""What is in the tables for another reason; the first that fits is named."""

_GLOBAL_UNICAST = ip_network("2000::/3")
"""All of IPv6 that has been given out; the rest is refused without being listed."""


def system_resolver(host: str, port: int) -> list[str]:
    """Return what this machine's resolver says of `host`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def literal(host: str) -> Address | None:
    """Return the address that `host` itself is, or None where it is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def objection(address: Address, *, inside: bool = False) -> str | None:
    """Return what kind of address this is, if that kind is not to be connected to.

    Args:
        address: Any.
        inside: Whether loopback and private addresses are wanted: an intranet.
    """
    for network, kind in _INSIDE.items():
        if address in network:
            return None if inside else kind
    for network, kind in _NEVER.items():
        if address in network:
            return kind
    if isinstance(address, IPv6Address) and (address not in _GLOBAL_UNICAST or address.scope_id):
        return "a reserved address"
    return None


def checked_addresses(
    host: str, port: int, *, subject: str, inside: bool, resolve: Resolve, timeout_s: float
) -> tuple[str, ...]:
    """Return the addresses of `host`, each once, every one of them fit to be connected to.

    One bad address among them is enough: who can add it can also see to it that it is taken.

    Args:
        host: A name or an address.
        port: Where it will be connected to.
        subject: How messages begin.
        inside: As for `objection`.
        resolve: Asked once, for a name only.
        timeout_s: How long to wait for it.

    Raises:
        SourceRefused: One of them is of a kind that is not to be connected to.
        SourceUnavailable: The name has no address.
        TimeoutError: There was no answer in time.
    """
    itself = literal(host)
    found = [itself] if itself is not None else _found(host, port, subject, resolve, timeout_s)
    for address in found:
        if kind := objection(address, inside=inside):
            remedy = "This is never fetched. Check the address."
            if not inside and objection(address, inside=True) is None:
                remedy = (
                    f"If it is in your own network, and you named it yourself, add {host!r} to "
                    "`fetch.allow_private_hosts`."
                )
            raise SourceRefused(f"{subject} leads to {address}, {kind}. {remedy}")
    return tuple(dict.fromkeys(str(address) for address in found))


def _found(host: str, port: int, subject: str, resolve: Resolve, timeout_s: float) -> list[Address]:
    try:
        found = [ip_address(address) for address in _in_time(resolve, host, port, timeout_s)]
    except TimeoutError:
        raise
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise SourceUnavailable(
            f"{subject} is on a host that is not to be found ({reason or 'no valid address'}). "
            "Check its name, and the network."
        ) from error
    if not found:
        raise SourceUnavailable(f"{subject} is on a host without an address. Check its name.")
    return found


def _in_time(resolve: Resolve, host: str, port: int, timeout_s: float) -> list[str]:
    """Return what `resolve` says, or leave it behind: no call to the system can be cut short.

    An event loop would not do. It looks names up in threads as well, and does not end
    before they have.
    """
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(list(resolve(host, port)))
        except Exception as error:  # Raised where it is waited for.
            answers.put(error)

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout_s)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return answer
