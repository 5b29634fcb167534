"""Letters against a real server on loopback, and against one that fails at every verb."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from briefing.data.digest import EditionEntry, Policy, Receipt, Stage, State
from briefing.digest.replies import BACK_OFF, Fate, classify, wait
from briefing.edges.digest_tables import suppressed
from briefing.edges.outbox import Outbox
from briefing.edges.smtp import Smtp
from briefing.edges.subscribers import Subscribers
from briefing.errors import ConfigError, DeliveryError
from briefing.mail_settings import SmtpSettings
from tests import make
from tests.mail_server import (
    DRIP,
    DROP,
    GARBLE,
    HANG,
    PASSWORD,
    SENDER,
    USER,
    aiosmtpd_server,
    certificates,
    scripted_server,
)
from tests.system.outgoing import ADDRESSES, SEVEN, queue, send, states


@pytest.fixture(scope="module")
def trusted(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="module")
def misnamed(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("ca"), name="other.example")


@pytest.mark.parametrize("tls", ["none", "starttls", "implicit"])
def test_a_letter_arrives_byte_for_byte(database, trusted, tls):
    outbox = queue(database)
    login = {} if tls == "none" else {"user": USER, "password": PASSWORD}
    with aiosmtpd_server(tls=tls, context=trusted.server, login=bool(login)) as room:
        done = send(outbox, room.settings(tls=tls, ca_file=trusted.ca_file, **login))
    assert (done.sent, done.is_clean) == (2, True)
    assert states(outbox) == [State.SENT, State.SENT]
    assert room.taken == [(one, make.letter(one).message) for one in ADDRESSES]


def test_one_connection_serves_all_letters_and_is_ended_politely(database):
    outbox = queue(database)
    with scripted_server() as room:
        send(outbox, room.settings())
    assert room.verbs == ["EHLO", *["MAIL", "RCPT", "DATA"] * 2, "QUIT"]


READY, SENT, FAILED, HELD = State.READY, State.SENT, State.FAILED, State.HELD
GOES_ON, STOPS, OURS = "goes on", "stops", "ours to mend"
NO_TLS = "250-salm.example\r\n250 AUTH PLAIN"
TLS_AND_LOGIN = "250-salm.example\r\n250-STARTTLS\r\n250 AUTH PLAIN"


# Each row: TLS, what the server says, then the states of two letters, and what the run does. What
# is said once is said to the first letter.
FAULTS = {
    "greeting 421": ("none", {"greeting": "421 busy"}, (READY, READY), STOPS),
    "greeting 554": ("none", {"greeting": "554 go away"}, (READY, READY), OURS),
    "greeting dropped": ("none", {"greeting": DROP}, (READY, READY), STOPS),
    "greeting hangs": ("none", {"greeting": HANG}, (READY, READY), STOPS),
    "greeting garbled": ("none", {"greeting": GARBLE}, (READY, READY), STOPS),
    "greeting drips": ("none", {"greeting": DRIP}, (READY, READY), STOPS),
    "EHLO 421": ("none", {"EHLO": "421 busy"}, (READY, READY), STOPS),
    "EHLO 502": ("none", {"EHLO": "502 what?"}, (READY, READY), OURS),
    "EHLO dropped": ("none", {"EHLO": DROP}, (READY, READY), STOPS),
    "EHLO hangs": ("none", {"EHLO": HANG}, (READY, READY), STOPS),
    "EHLO drips": ("none", {"EHLO": DRIP}, (READY, READY), STOPS),
    "no STARTTLS": ("starttls", {"EHLO": NO_TLS}, (READY, READY), OURS),
    "STARTTLS 454": ("starttls", {"STARTTLS": "454 later"}, (READY, READY), STOPS),
    "STARTTLS 501": ("starttls", {"STARTTLS": "501 no"}, (READY, READY), OURS),
    "STARTTLS dropped": ("starttls", {"STARTTLS": DROP}, (READY, READY), STOPS),
    "STARTTLS hangs": ("starttls", {"STARTTLS": HANG}, (READY, READY), STOPS),
    "certificate of nobody we trust": ("starttls", "untrusted", (READY, READY), OURS),
    "certificate of another host": ("starttls", "misnamed", (READY, READY), OURS),
    "implicit, of nobody we trust": ("implicit", "untrusted", (READY, READY), OURS),
    "AUTH 535": ("starttls", {"AUTH": "535 no"}, (READY, READY), OURS),
    "AUTH 454": ("starttls", {"AUTH": "454 later"}, (READY, READY), STOPS),
    "AUTH dropped": ("starttls", {"AUTH": DROP}, (READY, READY), STOPS),
    "AUTH hangs": ("starttls", {"AUTH": HANG}, (READY, READY), STOPS),
    "no AUTH": ("starttls", {"EHLO": "250-salm.example\r\n250 STARTTLS"}, (READY, READY), OURS),
    "AUTH we do not know": (
        "starttls",
        {"EHLO": "250-salm.example\r\n250-STARTTLS\r\n250 AUTH GSSAPI"},
        (READY, READY),
        OURS,
    ),
    "MAIL 451": ("none", {"MAIL": "451 later"}, (READY, READY), STOPS),
    "MAIL 550": ("none", {"MAIL": "550 not you"}, (READY, READY), OURS),
    "MAIL 552 by SIZE": ("none", {"EHLO": "250-x\r\n250 SIZE 20"}, (READY, READY), OURS),
    "MAIL 552": ("none", {"MAIL": "552 too large"}, (READY, READY), OURS),
    "MAIL dropped": ("none", {"MAIL": DROP}, (READY, READY), STOPS),
    "MAIL hangs": ("none", {"MAIL": HANG}, (READY, READY), STOPS),
    "RCPT 450 once": ("none", {"RCPT": ["450 greylisted"]}, (READY, SENT), GOES_ON),
    "RCPT 421 once": ("none", {"RCPT": ["421 busy"]}, (READY, SENT), GOES_ON),
    "RCPT 550 once": ("none", {"RCPT": ["550 no"]}, (FAILED, SENT), GOES_ON),
    "RCPT 550 5.1.1 once": ("none", {"RCPT": ["550 5.1.1 nobody"]}, (FAILED, SENT), GOES_ON),
    "RCPT 552 5.2.2 once": ("none", {"RCPT": ["552 5.2.2 full"]}, (FAILED, SENT), GOES_ON),
    "RCPT dropped once": ("none", {"RCPT": [DROP]}, (READY, SENT), GOES_ON),
    "RCPT hangs once": ("none", {"RCPT": [HANG]}, (READY, SENT), GOES_ON),
    "RCPT garbled once": ("none", {"RCPT": [GARBLE]}, (READY, SENT), GOES_ON),
    "RCPT 354 once": ("none", {"RCPT": ["354 go on"]}, (READY, SENT), GOES_ON),
    "RCPT 450, RSET dropped": (
        "none",
        {"RCPT": ["450 later"], "RSET": [DROP]},
        (READY, SENT),
        GOES_ON,
    ),
    "DATA 451 once": ("none", {"DATA": ["451 later"]}, (READY, SENT), GOES_ON),
    "DATA 554 once": ("none", {"DATA": ["554 no"]}, (FAILED, SENT), GOES_ON),
    "DATA dropped once": ("none", {"DATA": [DROP]}, (READY, SENT), GOES_ON),
    "DATA hangs once": ("none", {"DATA": [HANG]}, (READY, SENT), GOES_ON),
    "body 451 once": ("none", {"body": ["451 later"]}, (READY, SENT), GOES_ON),
    "body 421 once": ("none", {"body": ["421 busy"]}, (READY, SENT), GOES_ON),
    "body 552 once": ("none", {"body": ["552 too large"]}, (FAILED, SENT), GOES_ON),
    "body 554 5.7.1 once": ("none", {"body": ["554 5.7.1 spam"]}, (FAILED, SENT), GOES_ON),
    "body dropped midway": ("none", {"body": "drop midway"}, (READY, READY), GOES_ON),
    "body dropped once": ("none", {"body": [DROP]}, (READY, SENT), GOES_ON),
    "body hangs once": ("none", {"body": [HANG]}, (READY, SENT), GOES_ON),
    "body drips once": ("none", {"body": [DRIP]}, (READY, SENT), GOES_ON),
    "taken, then dropped": ("none", {"body": ["take and drop"]}, (READY, SENT), GOES_ON),
    "QUIT hangs": ("none", {"QUIT": HANG}, (SENT, SENT), GOES_ON),
    "nobody listens": ("none", "nobody", (READY, READY), STOPS),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_ends_in_the_state_that_the_table_says(database, trusted, misnamed, fault):
    tls, script, expected, run = FAULTS[fault]
    outbox = queue(database)
    shown = misnamed if script in ("untrusted", "misnamed") else trusted
    believed = trusted if script == "untrusted" else shown
    usual = {"EHLO": TLS_AND_LOGIN} if tls != "none" else {}
    verbs = usual | (script if isinstance(script, dict) else {})
    login = {"user": USER, "password": PASSWORD} if tls != "none" else {}
    with scripted_server(verbs, context=shown.server, implicit=tls == "implicit") as room:
        settings = room.settings(
            tls=tls, ca_file=believed.ca_file, timeout_s=0.4, final_timeout_s=0.4, **login
        )
        if script == "nobody":
            settings = settings.model_copy(update={"port": 1})
        done = send(outbox, settings)
    assert tuple(states(outbox)) == expected
    stopped = OURS if done.is_ours else STOPS if done.stopped else GOES_ON
    assert stopped == run
    said = bytes(room.clear)
    assert PASSWORD.encode() not in said
    assert b"AUTH" not in said
    assert tls == "none" or b"salm.example>" not in said, "an address before TLS"


@pytest.mark.parametrize("body", [DROP, HANG, GARBLE, "take and drop"])
def test_on_hold_what_is_in_doubt_waits_for_a_person(database, body):
    outbox = queue(database, policy=Policy.HOLD)
    with scripted_server({"body": [body]}) as room:
        done = send(outbox, room.settings(timeout_s=0.4, final_timeout_s=0.4))
    assert states(outbox) == [HELD, SENT]
    assert (done.held, done.is_clean) == (1, False)
    (doubtful,) = outbox.held()
    assert outbox.resolve(doubtful.message_id, State.SENT, SEVEN, reason="it arrived")
    assert not outbox.resolve(doubtful.message_id, State.READY, SEVEN, reason="twice")
    assert states(outbox) == [SENT, SENT]


def test_a_letter_that_is_tried_again_is_the_same_bytes(database):
    outbox = queue(database, addresses=ADDRESSES[:1])
    with scripted_server({"body": ["take and drop"]}) as room:
        send(outbox, room.settings())
        assert send(outbox, room.settings(), at=SEVEN + timedelta(seconds=30)).sent == 0
        assert send(outbox, room.settings(), at=SEVEN + BACK_OFF[0]).sent == 1
    assert room.taken[1] == ("ada@salm.example", make.letter().message)


def test_a_letter_waits_longer_each_time_and_expires_when_the_next_edition_is_due(database):
    outbox = queue(database, addresses=ADDRESSES[:1])
    tries = []
    with scripted_server({"RCPT": "450 greylisted"}) as room:
        for minute in range(0, 24 * 60, 5):
            now = SEVEN + timedelta(minutes=minute)
            if send(outbox, room.settings(), at=now).retried:
                tries.append(minute)
        assert tries[:6] == [0, 5, 10, 25, 55, 115]
        assert len(tries) < 14
        done = send(outbox, room.settings(), at=SEVEN + timedelta(days=1))
    assert (done.expired, done.is_clean) == (1, False)
    (letter,) = outbox.letters("salm", make.letter().day)
    assert letter.state is State.EXPIRED
    assert letter.reason == "the next edition is due; last: RCPT TO: 450 greylisted"


def test_who_is_not_known_there_is_not_written_to_again(database):
    outbox = queue(database)
    with scripted_server({"RCPT": ["550 5.1.1 <ada@salm.example> is nobody"]}) as room:
        send(outbox, room.settings())
    with database.reading() as connection:
        (dead,) = connection.execute(sa.select(suppressed)).all()
    assert dead.folded == "ada@salm.example"
    assert dead.reason == "RCPT TO: 550 5.1.1 <(address)> is nobody", "no address in a reason"
    assert len(Subscribers(database, now=lambda: SEVEN).enlist("salm", ADDRESSES)) == 1


def test_who_is_refused_three_editions_in_a_row_is_not_written_to_again(database):
    people = Subscribers(database, now=lambda: SEVEN)
    outbox = Outbox(database)
    for day in range(3):
        (one,) = people.enlist("salm", ADDRESSES[:1])
        letter = make.letter(
            subscriber=one.id,
            day=make.letter().day + timedelta(days=day),
            expires=SEVEN + timedelta(days=9),
        )
        outbox.enqueue(EditionEntry(digest="salm", day=letter.day, due=SEVEN, made=SEVEN), [letter])
        with scripted_server({"RCPT": "550 blocked"}) as room:
            assert send(outbox, room.settings()).failed == 1
    assert people.enlist("salm", ADDRESSES[:1]) == ()


def test_a_server_that_loses_every_connection_is_left_alone_after_three(database):
    many = [f"reader{number}@salm.example" for number in range(9)]
    outbox = queue(database, addresses=many)
    with scripted_server({"RCPT": DROP}) as room:
        done = send(outbox, room.settings())
    assert (done.retried, done.stopped.stage) == (3, Stage.RECIPIENT)
    assert states(outbox) == [READY] * 9


def test_who_unsubscribes_while_the_server_waits_gets_no_message(database):
    outbox = queue(database, addresses=ADDRESSES[:1])
    people = Subscribers(database, now=lambda: SEVEN)
    (ada,) = people.all()

    class Unsubscribing(Outbox):
        def attempt(self, letter, now):
            from briefing.data.subscriber import Deed

            people.change(ada.id, Deed.UNSUBSCRIBE)
            return super().attempt(letter, now)

    with scripted_server() as room:
        done = send(Unsubscribing(database), room.settings())
        assert (done.sent, done.expired, room.taken) == (0, 1, [])
    assert states(outbox) == [State.EXPIRED]


def test_a_server_that_does_not_have_us_is_told_by_a_check():
    refusing = scripted_server({"greeting": "554 not from <you@salm.example>"})
    complaint = r"greeting: 554 not from <\(address\)>"
    with refusing as room, pytest.raises(DeliveryError, match=complaint):
        Smtp(room.settings()).check()
    with scripted_server() as room:
        Smtp(room.settings()).check()


def test_settings_that_cannot_work_are_told_before_anything_is_sent(tmp_path):
    with pytest.raises(ConfigError, match="Write `host` and `sender`"):
        Smtp(SmtpSettings())
    base = {"host": "localhost", "sender": SENDER}
    with pytest.raises(ConfigError, match=r"Correct `smtp\.ca_file`"):
        Smtp(SmtpSettings(**base, ca_file=str(tmp_path / "no.pem")))
    with pytest.raises(ConfigError, match=r"Correct `smtp\.password_file`"):
        Smtp(SmtpSettings(**base, password_file=str(tmp_path / "no"), user="desk"))
    with pytest.raises(ConfigError, match=r"'desk'\. Set BRIEFING_SMTP__PASSWORD or"):
        Smtp(SmtpSettings(**base, user="desk"))
    (tmp_path / "password").write_text("swordfish\n")
    Smtp(SmtpSettings(**base, password_file=str(tmp_path / "password"), user="desk"))


@pytest.mark.parametrize(
    ("stage", "code", "text", "fate"),
    [
        (Stage.BODY, 250, "", Fate.SENT),
        (Stage.BODY, None, "", Fate.DOUBT),
        (Stage.BODY, 354, "", Fate.DOUBT),
        (Stage.DATA, None, "", Fate.RETRY),
        (Stage.RECIPIENT, 551, "5.1.6 moved", Fate.DEAD),
        (Stage.RECIPIENT, 553, "5.1.8 bad sender", Fate.FAILED),
        (Stage.BODY, 550, "5.1.1 late", Fate.FAILED),
        (Stage.SENDER, 421, "", Fate.PAUSE),
        (Stage.CERTIFICATE, None, "", Fate.STOP),
    ],
)
def test_a_receipt_has_one_meaning(stage, code, text, fate):
    assert classify(Receipt(stage=stage, code=code, text=text)) is fate


def test_a_wait_never_gets_shorter():
    waits = [wait(attempts) for attempts in range(20)]
    assert waits == sorted(waits)
    assert waits[0] == waits[1] == BACK_OFF[0]
