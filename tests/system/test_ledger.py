"""What calls took, in SQLite and PostgreSQL, shared by processes and kept beyond a kill."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from briefing.data.spending import picodollars
from briefing.edges.database import open_database
from briefing.edges.lazy_ledger import LazyLedger
from briefing.edges.ledger import Ledger, spent
from briefing.edges.purse import Entry
from briefing.errors import CeilingReached, LibraryError

NOON = datetime(2031, 4, 7, 12, tzinfo=UTC)


def entry(cost_usd=0.5, **fields):
    values = {
        "profile": "p",
        "model": "m",
        "step": "draft",
        "prompt_tokens": 100,
        "completion_tokens": 10,
        "is_estimate": True,
    }
    cost = None if cost_usd is None else picodollars(cost_usd)
    return Entry(cost=cost, **values | fields)


@pytest.fixture
def database(library_url):
    opened = open_database(library_url)
    yield opened
    opened.close()


def ledger(database, run="r1", now=NOON):
    return Ledger(database, run=run, now=lambda: now)


def test_an_entry_is_the_worst_case_until_it_is_settled(database):
    book = ledger(database)
    number = book.open(entry(), most_a_day=None)
    assert spent(database, by="run")[0].estimated_calls == 1
    book.close(number, entry(0.125, is_estimate=False, prompt_tokens=7))
    (row,) = spent(database, by="run")
    assert (row.key, row.calls, row.prompt_tokens, row.cost_usd, row.estimated_calls) == (
        "r1",
        1,
        7,
        0.125,
        0,
    )


def test_a_later_run_finds_the_entry_that_an_earlier_one_has_a_ticket_of(database):
    number = ledger(database).open(entry(), most_a_day=None)
    ticket = ledger(database).ticket(number)
    later = ledger(database, run="r2")
    assert later.find(ticket) == number
    assert later.find(later.ticket(number)) is None, "of another run"
    assert later.find("") is None
    later.close(number, None)
    assert later.find(ticket) is None


def test_what_was_given_back_is_no_call(database):
    book = ledger(database)
    book.close(book.open(entry(), most_a_day=None), None)
    assert spent(database, by="day") == ()


def test_sums_by_what_calls_share(database):
    for run, model, day in (("r1", "a", 0), ("r1", "b", 0), ("r2", "a", 1)):
        now = NOON + timedelta(days=day)
        ledger(database, run, now).open(entry(model=model), most_a_day=None)
    assert [(row.key, row.calls) for row in spent(database, by="run")] == [("r1", 2), ("r2", 1)]
    assert [(row.key, row.cost_usd) for row in spent(database, by="model")] == [
        ("a", 1.0),
        ("b", 0.5),
    ]
    assert [row.key for row in spent(database, by="day")] == ["2031-04-07", "2031-04-08"]
    assert [row.calls for row in spent(database, by="step", since=NOON + timedelta(hours=1))] == [1]


def test_the_cost_of_calls_without_a_price_is_not_known(database):
    ledger(database).open(entry(None), most_a_day=None)
    assert spent(database, by="day")[0].cost_usd is None


def test_a_day_has_its_ceiling_whatever_the_run(database):
    day = picodollars(1.2)
    for run in ("r1", "r2"):
        ledger(database, run).open(entry(), most_a_day=day)
    with pytest.raises(CeilingReached, match=r"1\.000000 are spent.*`spending.max_usd_per_day`"):
        ledger(database, "r3").open(entry(), most_a_day=day)
    tomorrow = NOON + timedelta(days=1)
    assert ledger(database, "r3", tomorrow).open(entry(), most_a_day=day)


CHILD = """
import sys
from datetime import UTC, datetime
from briefing.edges.database import open_database
from briefing.edges.ledger import Ledger
from briefing.errors import CeilingReached
from tests.system.test_ledger import entry, picodollars
noon = datetime(2031, 4, 7, tzinfo=UTC)
book = Ledger(open_database(sys.argv[1]), run=sys.argv[2], now=lambda: noon)
made = 0
try:
    while True:
        book.open(entry(0.01), most_a_day=picodollars(0.3))
        made += 1
except CeilingReached:
    print(made)
"""


def test_processes_at_once_share_the_ceiling_of_a_day(database, library_url):
    command = [sys.executable, "-c", CHILD, library_url]
    children = [
        subprocess.Popen([*command, f"r{number}"], stdout=subprocess.PIPE, text=True)
        for number in range(3)
    ]
    made = [int(child.communicate(timeout=120)[0]) for child in children]
    assert sum(made) == 30
    assert sum(row.calls for row in spent(database, by="run")) == 30


def test_what_a_killed_process_had_set_aside_stays_booked(database, library_url):
    script = CHILD.replace("while True:", "for _ in range(1):").replace(
        "except", "    print('open', flush=True); import time; time.sleep(60)\nexcept"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, library_url, "killed"], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "open\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    (row,) = spent(database, by="run")
    assert (row.key, row.estimated_calls, row.cost_usd) == ("killed", 1, 0.01)


def test_a_run_goes_on_without_a_ledger_unless_the_day_hangs_on_it(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    url = f"sqlite:///{tmp_path}/file/library.sqlite3"
    book = LazyLedger(url, run="r", now=lambda: NOON)
    with pytest.raises(LibraryError):
        book.open(entry(), most_a_day=1)
    assert book.open(entry(), most_a_day=None) == 0
    assert book.open(entry(), most_a_day=None) == 0
    book.close(0, None)
    book.shut()
    assert len(caplog.messages) == 1
    assert "not booked any more" in caplog.messages[0]
