"""A digest through its days: whatever happens, each reader gets each edition as promised."""

import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from briefing.data.address import Mailbox
from briefing.data.digest import FINAL, CatchUp, Empty, Receipt, Stage, State
from briefing.data.subscriber import Deed, Wish
from briefing.digest.running import Desk, go_round, make, of_day
from briefing.digest.sending import deliver
from briefing.digest.serving import serve
from briefing.drafters import ExtractiveDrafter
from briefing.edges.database import open_database
from briefing.edges.outbox import Outbox
from briefing.edges.subscribers import Subscribers
from briefing.errors import ConfigError, DeliveryError, SourceError
from briefing.mail_settings import DigestSettings
from briefing.pipeline import Assignment
from tests import make as values

START = datetime(2031, 4, 7, 5, 30, tzinfo=UTC)
DIGEST = DigestSettings(
    name="salm",
    title="Salm Briefing",
    schedule="07:00 Europe/London",
    sources=("news",),
    recipients=("ada@salm.example", "bo@salm.example"),
    subscribers=True,
)


class Killed(BaseException):
    """The process ends here."""


class Server:
    """A mailer that takes, refuses, loses or kills as it is told, and notes what it took."""

    def __init__(self):
        self.taken = []
        self.next = []

    def send(self, letter, *, before_body):
        fault = self.next.pop(0) if self.next else "take"
        if fault == "busy":
            return Receipt(stage=Stage.RECIPIENT, code=450)
        if fault == "down":
            return Receipt(stage=Stage.CONNECT)
        if not before_body():
            return None
        if fault == "killed before":
            raise Killed
        if fault != "lost":
            self.taken.append((letter.recipient, letter.day, letter.message))
        if fault == "killed after":
            raise Killed
        if fault in ("lost", "taken and lost"):
            return Receipt(stage=Stage.BODY)
        return Receipt(stage=Stage.BODY, code=250)


class World:
    """One digest with its database, a clock that is set by hand, and a server."""

    def __init__(self, folder, digest=DIGEST):
        self.digest = digest
        self.database = open_database(f"sqlite:///{folder}/library.sqlite3")
        self.outbox = Outbox(self.database)
        self.now = START
        self.readers = Subscribers(self.database, now=lambda: self.now)
        self.server = Server()
        self.asked = []
        self.news = "The talks in Port Salm began on Monday, the ministry said in Ondresk."
        self.desk = Desk(
            outbox=self.outbox,
            readers=self.readers,
            articles=self.articles,
            assignment=lambda digest: Assignment(
                template=values.template(values.plan()),
                focus=None,
                budget_tokens=1_000,
                drafter=ExtractiveDrafter(),
                count=lambda text: len(text.split()),
            ),
            sender=Mailbox("", "desk@salm.example"),
            link=None,
            now=lambda: self.now,
        )

    def articles(self, digest, since, until):
        self.asked.append((since, until))
        return [values.article(self.news, title="Talks begin")] if self.news else []

    def round(self):
        return go_round([self.digest], self.desk, self.send)

    def send(self):
        return deliver(self.outbox, self.server, now=lambda: self.now)

    def letters(self):
        return {
            one.message_id: one
            for day in self.outbox.made("salm")
            for one in self.outbox.letters("salm", day)
        }


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    with closing(made.database):
        yield made


def test_an_edition_is_made_when_it_is_due_and_sent_once(world):
    assert world.round().made == ()
    world.now = START + timedelta(minutes=31)
    assert [one.letters for one in world.round().made] == [2]
    assert world.round().made == ()
    assert [one for one, *_ in world.server.taken] == list(DIGEST.recipients)


def test_what_has_been_sent_is_no_news_the_next_day(world):
    world.now = START + timedelta(minutes=31)
    world.round()
    world.now += timedelta(days=1)
    (made,) = world.round().made
    assert (made.letters, made.note) == (0, "nothing new")
    world.digest = DIGEST.model_copy(update={"empty": Empty.NOTE})
    world.now += timedelta(days=1)
    assert world.round().made[0].letters == 2
    assert b"Nothing new since the last edition." in world.server.taken[-1][2]


def test_an_edition_looks_back_to_the_one_before(world):
    world.now = START + timedelta(minutes=31)
    world.round()
    world.now += timedelta(days=4)
    world.round()
    day = timedelta(days=1)
    first, second = world.asked
    assert first == (datetime(2031, 4, 6, 6, tzinfo=UTC), START + timedelta(minutes=31))
    assert second[0] == datetime(2031, 4, 7, 6, tzinfo=UTC)
    assert second[1] - second[0] > 4 * day


def test_editions_that_were_missed_are_made_of_what_there_was_then(world):
    world.round()
    world.digest = DIGEST.model_copy(update={"catch_up": CatchUp.ALL})
    world.now = START + timedelta(days=2, minutes=40)
    assert [one.due.day.day for one in world.round().made] == [7, 8, 9]
    assert [until.day for _, until in world.asked] == [7, 8, 9]
    assert all(before[1] <= after[1] for before, after in pairwise(world.asked))


def test_a_digest_that_nobody_gets_is_noted(world):
    for one in world.readers.enlist("salm", DIGEST.recipients):
        world.readers.change(one.id, Deed.UNSUBSCRIBE)
    world.now = START + timedelta(minutes=31)
    assert [one.note for one in world.round().made] == ["nobody to send it to"]


def test_a_failure_of_one_digest_is_reported_and_it_stays_due(world):
    def fails(digest, since, until):
        raise SourceError("no article")

    broken = replace(world.desk, articles=fails)
    world.now = START + timedelta(minutes=31)
    done = go_round([world.digest], broken, world.send)
    assert [str(error) for _, error in done.failures] == ["no article"]
    assert not done.is_clean
    assert world.round().made[0].letters == 2


def test_a_day_without_an_edition_is_said(world):
    weekly = DIGEST.model_copy(update={"weekdays": ("fri",)})
    with pytest.raises(DeliveryError, match="has no edition on 2031-04-07"):
        of_day(weekly, START.date())


def test_an_edition_that_another_process_has_made_is_not_made_again(world):
    one = of_day(DIGEST, START.date())
    assert make(DIGEST, one, world.desk).letters == 2
    assert make(DIGEST, one, world.desk) is None


def test_the_loop_waits_longer_while_the_server_is_down(world):
    world.now = START + timedelta(minutes=31)
    world.server.next = ["down"] * 3
    waits = []

    def wait_for(seconds):
        waits.append(seconds)
        world.now += timedelta(seconds=seconds)
        return len(waits) == 5

    reports = []
    serve(world.round, now=lambda: world.now, wait_for=wait_for,
          report=lambda at, done: reports.append(done.is_clean))  # fmt: skip
    assert waits == [60, 300, 900, 60, 60]
    assert reports == [False, False, False, True, True]
    assert len(world.server.taken) == 2


def test_the_loop_goes_on_after_an_error(world):
    told = []

    def fails():
        raise ConfigError("no disk")

    serve(fails, now=lambda: world.now, wait_for=lambda s: len(told) == 3,
          report=lambda at, done: told.append(str(done)))  # fmt: skip
    assert told == ["no disk"] * 3


LONDON = ZoneInfo("Europe/London")
FAULTS = ("take", "busy", "down", "lost", "taken and lost", "killed before", "killed after")
ADDRESSES = ("ada@salm.example", "bo@salm.example", "eve@salm.example", "fay@salm.example")


class Life(RuleBasedStateMachine):
    """Readers come and go while the clock jumps, the server fails and runs are killed."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(self.folder.name)
        self.world.round()
        self.gone = {}
        self.final = {}
        self.crashes = 0
        self.doubts = 0
        self.number = 0

    def teardown(self):
        self.world.database.close()
        self.folder.cleanup()

    @rule(address=st.sampled_from(ADDRESSES))
    def subscribe(self, address):
        reader = self.world.readers.subscribe("salm", address)
        if reader.wish is Wish.PENDING:
            self.world.readers.change(reader.id, Deed.CONFIRM)
            self.gone.pop(address, None)

    @rule(address=st.sampled_from(ADDRESSES))
    def unsubscribe(self, address):
        reader = self.world.readers.find("salm", address)
        if reader is not None:
            self.world.readers.change(reader.id, Deed.UNSUBSCRIBE)
            self.gone[address] = len(self.world.server.taken)

    def sent(self):
        letters = self.world.letters()
        return sorted(key for key, one in letters.items() if one.state is State.SENT)

    @precondition(sent)
    @rule(data=st.data(), is_dead=st.booleans())
    def a_letter_bounces(self, data, is_dead):
        key = data.draw(st.sampled_from(self.sent()))
        letter = self.world.letters()[key]
        told = {"status": "5.1.1" if is_dead else "5.2.2", "is_dead": is_dead}
        for is_new in (True, False):
            done = self.world.outbox.bounce(key, letter.subscriber, self.world.now, **told)
            assert done is is_new
        self.final[key] = State.FAILED
        if is_dead:
            self.gone[letter.recipient] = len(self.world.server.taken)

    @rule(faults=st.lists(st.sampled_from(FAULTS), max_size=5))
    def tick(self, faults):
        self.number += 1
        self.world.news = f"Report {self.number}: the ministry of Salm counted ships in Ondresk."
        self.world.server.next = list(faults)
        self.doubts += sum("lost" in fault for fault in faults)
        try:
            self.world.round()
        except Killed:
            self.crashes += 1

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=5))
    def the_next_morning_comes(self, faults):
        local = self.world.now.astimezone(LONDON)
        seven = local.replace(hour=7, minute=1)
        self.world.now = (seven if seven > local else seven + timedelta(days=1)).astimezone(UTC)
        self.tick(faults)

    @rule(hours=st.sampled_from([0, 1, 6, 30, 80]))
    def time_passes(self, hours):
        self.world.now += timedelta(hours=hours, minutes=7)

    @rule(hours=st.sampled_from([1, 26, 100]))
    def the_clock_is_set_back(self, hours):
        self.world.now -= timedelta(hours=hours)

    @precondition(lambda self: self.world.letters())
    @rule()
    def the_process_starts_anew(self):
        now, server = self.world.now, self.world.server
        self.world.database.close()
        self.world = World(self.folder.name)
        self.world.now, self.world.server = now, server

    @invariant()
    def nobody_is_mailed_after_they_unsubscribed(self):
        for address, then in self.gone.items():
            later = self.world.server.taken[then:]
            assert address not in [recipient for recipient, *_ in later]

    @invariant()
    def a_letter_comes_twice_only_after_a_crash_or_a_lost_reply(self):
        keys = [(recipient, day) for recipient, day, _ in self.world.server.taken]
        assert len(keys) - len(set(keys)) <= self.crashes + self.doubts
        contents = {}
        for recipient, day, message in self.world.server.taken:
            assert contents.setdefault((recipient, day), message) == message

    @invariant()
    def what_is_done_with_stays_so(self):
        letters = self.world.letters()
        for identity, state in self.final.items():
            assert letters[identity].state is state
        self.final |= {key: one.state for key, one in letters.items() if one.state in FINAL}

    @invariant()
    def what_counts_as_sent_has_arrived(self):
        arrived = {(recipient, day) for recipient, day, _ in self.world.server.taken}
        for one in self.world.letters().values():
            if one.state is State.SENT:
                assert (one.recipient, one.day) in arrived


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
