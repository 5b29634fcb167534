"""The outbox: what is kept of letters, and when."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from briefing.data.digest import EditionEntry
from briefing.digest.sending import deliver
from briefing.edges.digest_tables import letters as letter_rows
from briefing.edges.outbox import Outbox
from briefing.edges.smtp import Smtp
from briefing.edges.subscribers import Subscribers
from briefing.errors import LibraryError
from tests import make
from tests.mail_server import (
    scripted_server,
)
from tests.system.outgoing import SEVEN, queue, send, states


def test_letters_are_made_before_the_database_is_locked_and_out_of_memory(database, monkeypatch):
    monkeypatch.setattr("briefing.edges.outbox._SPOOLED_BYTES", 100)
    outbox, people = Outbox(database), Subscribers(database, now=lambda: SEVEN)
    readers = people.enlist("salm", [f"r{number}@salm.example" for number in range(250)])

    def made():
        for one in readers:
            people.subscribe("salm", f"new-{one.address}")  # Would wait for a lock, and fail.
            yield make.letter(one.address, subscriber=one.id)

    edition = EditionEntry(digest="salm", day=make.letter().day, due=SEVEN, made=SEVEN)
    assert outbox.enqueue(edition, made())
    kept = outbox.letters("salm", make.letter().day)
    assert [one.recipient for one in kept] == [one.address for one in readers]
    assert all(f"To: {one.recipient}\r\n".encode() in one.message for one in kept)


def test_a_letter_that_cannot_be_made_leaves_nothing_of_its_edition(database):
    outbox = Outbox(database)

    def made():
        yield make.letter()
        raise OSError(28, "No space left on device")

    edition = EditionEntry(digest="salm", day=make.letter().day, due=SEVEN, made=SEVEN)
    with pytest.raises(LibraryError, match="cannot put letters aside"):
        outbox.enqueue(edition, made())
    assert outbox.made("salm") == ()


def test_an_edition_is_queued_once(database):
    outbox = queue(database)
    letter = make.letter("eve@salm.example")
    again = EditionEntry(digest="salm", day=letter.day, due=SEVEN, made=SEVEN)
    assert not outbox.enqueue(again, [letter])
    assert len(states(outbox)) == 2


def test_an_edition_that_fails_half_way_is_not_there_at_all(database):
    outbox = Outbox(database)

    def post():
        yield make.letter()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        outbox.enqueue(EditionEntry(digest="salm", day=make.letter().day, due=SEVEN, made=SEVEN),
                       post())  # fmt: skip
    assert outbox.made("salm") == ()
    assert states(outbox) == []


def test_the_bytes_of_old_letters_go_and_what_became_of_them_stays(database):
    outbox = queue(database)
    with scripted_server() as room:
        send(outbox, room.settings())
    outbox.prune(SEVEN + timedelta(days=13))
    assert all(one.message for one in outbox.letters("salm", make.letter().day))
    outbox.prune(SEVEN + timedelta(days=15))
    assert not any(one.message for one in outbox.letters("salm", make.letter().day))
    assert outbox.resend("salm", make.letter().day, SEVEN, recipient=None) == 0


def test_a_person_may_have_a_letter_sent_again(database):
    outbox = queue(database)
    with scripted_server() as room:
        send(outbox, room.settings())
        later = SEVEN + timedelta(days=3)
        assert outbox.resend("salm", make.letter().day, later, recipient="BO@salm.example") == 1
        assert send(outbox, room.settings(), at=later).sent == 1
    assert room.taken[1] == room.taken[2]


def test_every_letter_is_on_disk_as_under_way_before_its_first_byte(database):
    outbox = queue(database)
    seen = []

    class Watching(Smtp):
        def send(self, letter, *, before_body):
            def marked():
                assert before_body()
                with database.reading() as connection:
                    chosen = sa.select(letter_rows.c.state)
                    seen.append(list(connection.scalars(chosen.order_by(letter_rows.c.number))))
                return True

            return super().send(letter, before_body=marked)

    with scripted_server() as room:
        mailer = Watching(room.settings())
        deliver(outbox, mailer, now=lambda: SEVEN)
        mailer.close()
    assert seen == [["attempting", "ready"], ["sent", "attempting"]]
