"""What comes back by mail, from the letter that went out to what it changes."""

import email
import io
import re
import sys
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.mail_server import aiosmtpd_server
from tests.make_returns import bounce, mailbox, request
from tests.system.desk import put
from tests.system.digest_desk import MORE, NEWS, SECRET, settings


@pytest.fixture
def room(desk, monkeypatch):
    put("news/courier.txt", NEWS)
    monkeypatch.setenv("BRIEFING_SUBSCRIBERS__SECRET", SECRET)
    with aiosmtpd_server() as running:
        settings(running)
        yield running


def head(content):
    return content.partition(b"\r\n\r\n")[0] + b"\r\n"


def address_of(content):
    """Where a mail says to write to, and the subject."""
    said = str(email.message_from_bytes(content, policy=default)["list-unsubscribe"])
    parts = urlsplit(re.search(r"<(mailto:[^>]+)>", said)[1])
    return parts.path, parse_qs(parts.query)["subject"][0]


def test_a_mail_as_the_header_says_unsubscribes_however_often_it_is_read(briefing, room):
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    (_, ada), (_, bo) = room.taken
    assert address_of(ada)[1] != address_of(bo)[1]
    to, subject = address_of(ada)
    assert to == "desk@salm.example"
    put("request.eml", request(subject, sender="somebody@else.example"))
    done = briefing("subscribers", "mail", "request.eml")
    assert (done.code, done.out, done.err) == (0, "1 unsubscribed\n", "")
    assert briefing("subscribers", "mail", "request.eml").out == "1 known already\n"
    put("news/flood.txt", MORE)
    briefing("digest", "send", "salm", "--date", "2031-04-08")
    assert [one for one, _ in room.taken[2:]] == ["bo@salm.example"]


def test_who_only_claims_an_address_unsubscribes_nobody(briefing, room):
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    put("claim.eml", request("unsubscribe salm", sender="ada@salm.example"))
    assert briefing("subscribers", "mail", "claim.eml").out == "1 for a person to read\n"
    assert "unsubscribed" not in briefing("subscribers", "list").out


def test_nobody_of_that_name_is_written_to_no_more(briefing, room):
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    put("bounce.eml", bounce(head(room.taken[0][1])))
    done = briefing("-v", "subscribers", "mail", "bounce.eml")
    assert (done.code, done.out) == (0, "1 bounced\n")
    assert "ada@" not in done.out + done.err
    assert briefing("subscribers", "mail", "bounce.eml").out == "1 known already\n"
    status = briefing("status")
    assert (status.code, "1 failed, 1 sent" in status.out) == (5, True)
    assert "dead addresses, no longer written to: 1" in status.out
    put("news/flood.txt", MORE)
    briefing("digest", "send", "salm", "--date", "2031-04-08")
    assert [one for one, _ in room.taken[2:]] == ["bo@salm.example"]


def test_another_failure_counts_as_dead_only_the_third_time_in_a_row(briefing, room):
    for number in (7, 8, 9):
        put("news/flood.txt", MORE.replace("14", str(number)))
        briefing("digest", "send", "salm", "--date", f"2031-04-0{number}")
        assert "dead addresses" not in briefing("status").out
        last = next(one for to, one in reversed(room.taken) if to == "ada@salm.example")
        put("bounce.eml", bounce(head(last), status="5.2.2", headers_only=False))
        assert briefing("subscribers", "mail", "bounce.eml").out == "1 bounced\n"
    assert "dead addresses, no longer written to: 1" in briefing("status").out


def test_one_who_is_gone_from_behind_an_alias_does_not_take_the_others_along(briefing, room):
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    put("bounce.eml", bounce(head(room.taken[0][1]), recipient="fay@inside.example"))
    assert briefing("subscribers", "mail", "bounce.eml").out == "1 for a person to read\n"
    assert "dead addresses" not in briefing("status").out


def test_a_forged_bounce_silences_nobody(briefing, room):
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    forged = re.sub(rb"(?<=u[0-9a-f]{24}).{27}", b"x" * 27, head(room.taken[0][1]))
    put("bounce.eml", bounce(forged))
    assert briefing("subscribers", "mail", "bounce.eml").out == "1 for a person to read\n"


def test_mails_come_from_a_mailbox_a_maildir_or_a_pipe(briefing, room, monkeypatch):
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    ada, bo = (request(address_of(one)[1]) for _, one in room.taken)
    for name in ("new", "cur", "tmp"):
        Path("Maildir", name).mkdir(parents=True)
    assert briefing("subscribers", "mail", "Maildir").out == "none\n"
    put("Maildir/new/1.host", ada)
    put("Maildir/cur/2.host:2,S", b"From: x@y.example\nSubject: Hello\n\nHello.\n")
    put("Maildir/tmp/3.host", bo)
    out = briefing("subscribers", "mail", "Maildir").out
    assert out == "1 unsubscribed, 1 for a person to read\n"
    put("mbox", mailbox(ada, b"Subject: Hello\n\nHello.\n"))
    assert (
        briefing("subscribers", "mail", "mbox").out == "1 known already, 1 for a person to read\n"
    )
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(bo)))
    assert briefing("subscribers", "mail", "-").out == "1 unsubscribed\n"
    missing = briefing("subscribers", "mail", "mbox", "nowhere")
    assert (missing.code, "nowhere" in missing.err, "known" in missing.out) == (4, True, True)


def test_a_return_path_takes_bounces_and_requests(briefing, room):
    toml = Path("briefing.toml").read_text()
    put("briefing.toml", toml.replace("timeout_s", 'return_path = "back@Salm.example"\ntimeout_s'))
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    assert address_of(room.taken[0][1])[0] == "back@salm.example"
    assert room.senders == {"back@salm.example"}
    assert b"From: Salm Desk <desk@salm.example>" in room.taken[0][1]


def test_nothing_is_read_without_what_signs(briefing, room, monkeypatch):
    monkeypatch.delenv("BRIEFING_SUBSCRIBERS__SECRET")
    put("request.eml", request("unsubscribe"))
    done = briefing("subscribers", "mail", "request.eml")
    assert (done.code, "nothing signs" in done.complaint) == (2, True)
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    assert address_of(room.taken[0][1])[1] == "unsubscribe salm"
