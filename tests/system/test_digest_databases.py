"""The outbox, the subscribers and the lock, on SQLite and on PostgreSQL alike."""

import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from briefing.data.digest import EditionEntry, Policy, State
from briefing.data.subscriber import Deed, Wish
from briefing.digest.sending import deliver
from briefing.edges import mail_books
from briefing.edges.database import open_database
from briefing.edges.outbox import Outbox
from briefing.edges.single import only_run
from briefing.edges.smtp import Smtp
from briefing.edges.subscribers import Subscribers
from tests import make
from tests.mail_server import scripted_server

SEVEN = datetime(2031, 4, 7, 6, tzinfo=UTC)
ADDRESSES = ("ada@salm.example", "bo@salm.example", "eve@salm.example")


def queue(outbox, people, *, policy):
    post = [
        make.letter(one.address, subscriber=one.id, policy=policy)
        for one in people.enlist("salm", ADDRESSES)
    ]
    edition = EditionEntry(
        digest="salm", day=post[0].day, due=SEVEN, made=SEVEN, content='{"stories": []}'
    )
    return outbox.enqueue(edition, post)


def test_letters_go_their_way_on_either_database(library_url):
    with closing(open_database(library_url)) as database:
        outbox, people = Outbox(database), Subscribers(database, now=lambda: SEVEN)
        assert outbox.first_seen("salm", SEVEN) == outbox.first_seen("salm", SEVEN) == SEVEN
        assert queue(outbox, people, policy=Policy.HOLD)
        assert not queue(outbox, people, policy=Policy.HOLD)
        day = make.letter().day
        (bo,) = [one for one in people.all() if one.address.startswith("bo")]
        assert people.change(bo.id, Deed.UNSUBSCRIBE) is Wish.GONE
        assert outbox.attempt(outbox.next_ready(SEVEN), SEVEN)
        with scripted_server({"RCPT": ["550 5.1.1 nobody"]}) as room:
            mailer = Smtp(room.settings())
            done = deliver(outbox, mailer, now=lambda: SEVEN)
            mailer.close()
        assert (done.held, done.expired, done.failed) == (1, 1, 1)
        states = [one.state for one in outbox.letters("salm", day)]
        assert states == [State.HELD, State.EXPIRED, State.FAILED]
        assert mail_books.dead_addresses(database) == 1
        (held,) = outbox.held()
        assert outbox.resolve(held.message_id, State.SENT, SEVEN, reason="it arrived")
        (standing,) = mail_books.standings(database)
        assert standing.counts == {State.SENT: 1, State.EXPIRED: 1, State.FAILED: 1}
        told = mail_books.traffic(database, "salm")
        assert (told.editions, told.letters) == (1, standing.counts)
        assert (told.last_made, told.late_s, told.last_sent) == (SEVEN, 0, SEVEN)
        bounce = {"status": "5.1.1", "is_dead": True}
        assert outbox.bounce(held.message_id, held.subscriber, SEVEN, **bounce)
        assert not outbox.bounce(held.message_id, held.subscriber, SEVEN, **bounce)
        assert not outbox.bounce(held.message_id, "somebody else", SEVEN, **bounce)
        assert mail_books.dead_addresses(database) == 2
        assert outbox.made("salm") == (day,)
        assert outbox.last_due("salm", before=day + timedelta(days=1)) == SEVEN
        assert outbox.contents("salm", before=day + timedelta(days=1)) == ('{"stories": []}',)
        outbox.prune(SEVEN + timedelta(days=20))
        assert not any(one.message for one in outbox.letters("salm", day))


def test_one_run_at_a_time_and_the_next_when_it_has_ended(library_url):
    with closing(open_database(library_url)) as mine, closing(open_database(library_url)) as other:
        with only_run(mine) as is_first:
            assert is_first
            with only_run(other) as is_second:
                assert not is_second
        with only_run(other) as is_second:
            assert is_second


HOLDER = """import sys, time
from briefing.edges.database import open_database
from briefing.edges.single import only_run
with only_run(open_database(sys.argv[1])) as is_mine:
    print(is_mine, flush=True)
    time.sleep(600)
"""


def test_a_run_that_is_killed_keeps_nobody_waiting(library_url):
    with closing(open_database(library_url)) as other:
        command = [sys.executable, "-c", HOLDER, library_url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout.readline() == "True\n"
            with only_run(other) as is_second:
                assert not is_second
            holder.kill()
        # A server needs a moment to see that its client is gone.
        for _ in range(600):
            with only_run(other) as is_second:
                if is_second:
                    return
            time.sleep(0.1)
    pytest.fail("the lock of a killed run was still taken after a minute")
