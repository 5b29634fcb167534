"""What may be connected to, over all of the address space."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.edges.addresses import objection

# https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry of 2024,
# what RFC 5771 and 4291 set aside, and one address of a cloud that only its guests can reach.
SPECIAL = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12
192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16
192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
::/128 ::1/128 ::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23
2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8
""".split()
NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
INSIDE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10")
INSIDE6 = ("fc00::/7", "::1/128")

any_address = st.one_of(
    st.ip_addresses(),
    st.integers(0, 2**32 - 1).map(IPv4Address),
    st.integers(0, 2**128 - 1).map(IPv6Address),
    # IPv4 inside IPv6, in each of the ways there are.
    st.builds(
        lambda prefix, v4, shift: IPv6Address(int(IPv6Address(prefix)) | int(v4) << shift),
        st.sampled_from(["::", "::ffff:0:0", "64:ff9b::", "64:ff9b:1::", "2002::", "2001::"]),
        st.ip_addresses(v=4),
        st.sampled_from([0, 80]),
    ),
)


def is_global_unicast(address):
    """What the standard library knows, with what it does not (`traps.md` 13)."""
    if isinstance(address, IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or address.teredo
        if wrapped or any(address in network for network in NAT64) or address.is_site_local:
            return False
        if address not in ip_network("2000::/3"):
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_private
        and not address.is_loopback
        and not address.is_link_local
        and not address.is_unspecified
    )


@pytest.mark.parametrize("network", SPECIAL)
def test_what_is_set_aside_is_refused_from_its_first_address_to_its_last(network):
    addresses = ip_network(network)
    middle = addresses[addresses.num_addresses // 2]
    assert None not in {objection(one) for one in (addresses[0], middle, addresses[-1])}


@given(any_address)
@settings(max_examples=2_000)
@example(ip_address("::ffff:8.8.8.8"))
@example(ip_address("::127.0.0.1"))
@example(ip_address("64:ff9b::7f00:1"))
@example(ip_address("64:ff9b:1::1"))
@example(ip_address("2002:7f00:1::"))
@example(ip_address("fec0::1"))
@example(ip_address("ff0e::1"))
@example(ip_address("255.255.255.255"))
@example(ip_address("192.88.99.1"))
@example(ip_address("4000::1"))
def test_whatever_is_not_global_unicast_is_refused(address):
    assert objection(address) is not None or is_global_unicast(address)


@given(any_address)
def test_inside_only_an_intranet_is_added(address):
    inside = INSIDE if isinstance(address, IPv4Address) else INSIDE6
    is_inside = any(address in ip_network(network) for network in inside)
    expected = None if is_inside else objection(address)
    assert objection(address, inside=True) == expected


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_an_ipv6_one_is_refused_whatever_it_is(address):
    for prefix, shift in (("::ffff:0:0", 0), ("::", 0), ("64:ff9b::", 0), ("2002::", 80)):
        wrapped = IPv6Address(int(IPv6Address(prefix)) | int(address) << shift)
        assert objection(wrapped) is not None
        assert objection(wrapped, inside=True) is not None or wrapped == IPv6Address("::1")


ORDINARY = """
93.184.216.34 8.8.8.8 1.1.1.1 223.255.255.254 100.63.255.255 172.32.0.1
2606:2800:220:1::1 2a00:1450:4001:82a::200e 2001:4860:4860::8888 2003::1
""".split()


@pytest.mark.parametrize("address", ORDINARY)
def test_ordinary_addresses_are_fine(address):
    assert objection(ip_address(address)) is None


def test_an_address_on_one_link_only_is_refused():
    assert objection(ip_address("2606:2800:220:1::1%eth0")) == "a reserved address"
