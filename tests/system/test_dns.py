"""`briefing doctor --dns` against a name server on loopback; without the option none is asked."""

import socket
import threading
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from tests.system.desk import put

ZONE = {
    "salm.example.": ['"v=spf1 mx " "-all"', '"other"'],
    "_dmarc.salm.example.": ['"v=DMARC1; p=none"'],
}


@contextmanager
def name_server(*, rcode=None):
    """Answers from ZONE by UDP, or all with `rcode`; yields its port and what it is asked."""
    asked = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(0.2)
        ending = threading.Event()

        def serve():
            while not ending.is_set():
                try:
                    data, sender = listener.recvfrom(4096)
                except TimeoutError:
                    continue
                query = dns.message.from_wire(data)
                name = query.question[0].name.to_text()
                asked.append(name)
                reply = dns.message.make_response(query)
                reply.flags |= dns.flags.RA
                if rcode is not None:
                    reply.set_rcode(rcode)
                elif name in ZONE:
                    reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *ZONE[name]))
                else:
                    reply.set_rcode(dns.rcode.NXDOMAIN)
                listener.sendto(reply.to_wire(), sender)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1], asked
        finally:
            ending.set()
            thread.join()


@pytest.fixture
def ask(monkeypatch):
    """Makes the machine's resolver one on loopback."""

    def at(port):
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], port
        monkeypatch.setattr(dns.resolver, "default_resolver", resolver)

    return at


def test_doctor_looks_at_the_records_when_told_to(briefing, ask):
    put("briefing.toml", '[smtp]\nhost = "mx.example"\nsender = "desk@salm.example"')
    with name_server() as (port, asked):
        ask(port)
        plain = briefing("doctor")
        assert asked == []
        looked = briefing("doctor", "--dns", "--dkim-selector", "s1")
    assert plain.code == looked.code == 0
    assert "mail: SPF" in plain.out
    assert "see TXT of _dmarc.salm.example" in plain.out
    lines = {line.split()[2]: " ".join(line.split()) for line in looked.out.splitlines()
             if "mail: " in line}  # fmt: skip
    assert lines["SPF"] == "ok mail: SPF v=spf1 mx -all"
    assert lines["DKIM"] == "NO mail: DKIM no key at s1._domainkey.salm.example"
    assert lines["DMARC"].startswith("- mail: DMARC v=DMARC1; p=none at _dmarc.salm.example")
    assert "p=none only reports" in looked.out


def test_a_resolver_that_fails_is_a_line(briefing, ask):
    put("briefing.toml", '[smtp]\nsender = "desk@salm.example"')
    with name_server(rcode=dns.rcode.SERVFAIL) as (port, _):
        ask(port)
        looked = briefing("doctor", "--dns")
    assert looked.code == 0
    assert "DNS does not say what salm.example has" in looked.out


def test_without_a_sender_there_is_nothing_to_look_at(briefing):
    assert "mail" not in briefing("doctor").out
    asked = briefing("doctor", "--dns")
    assert (asked.code, "`smtp.sender`, which is not set" in asked.err) == (2, True)
