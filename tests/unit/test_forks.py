"""A crew of processes does what one process would, whatever becomes of its copies."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.edges.forks import Forks, free_processors

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are copied on Linux only"
)

ITEMS = tuple(range(40))


@pytest.fixture
def begun(monkeypatch):
    """The numbers of the processes that were begun."""
    fork, found = os.fork, []

    def kept():
        found.append(fork())
        return found[-1]

    monkeypatch.setattr("os.fork", kept)
    return found


def where(item):
    return item, os.getpid()


@pytest.mark.parametrize("at_once", [1, 2, 3, 4, 64])
@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 40])
def test_what_it_makes_comes_in_the_order_of_the_items(at_once, count):
    assert Forks(at_once).each(str, ITEMS[:count]) == tuple(map(str, ITEMS[:count]))


def test_the_items_are_dealt_out_to_copies_and_to_itself():
    done = Forks(2).each(where, ITEMS)
    here, beside = done[0][1], done[1][1]
    assert here == os.getpid() != beside
    assert [pid for _, pid in done] == [here, beside] * 20


def test_few_items_are_not_worth_a_copy(begun):
    Forks(4).each(where, ITEMS[:15])
    assert begun == []


def test_what_work_reads_need_not_be_sent():
    table = {item: (lambda item=item: item * 2) for item in ITEMS}
    assert Forks(2).each(lambda item: table[item](), ITEMS) == tuple(item * 2 for item in ITEMS)


def test_more_than_a_pipe_holds_is_sent_back():
    assert Forks(2).each(lambda item: str(item) * 100_000, ITEMS)[-1] == "39" * 100_000


@pytest.mark.parametrize("bad", [(0,), (1,), (3, 4), (2, 3)])
def test_the_first_error_by_the_order_of_the_items_is_raised(bad, begun):
    def work(item):
        if item in bad:
            raise ValueError(item)
        return item

    with pytest.raises(ValueError, match=f"^{bad[0]}$"):
        Forks(2).each(work, ITEMS)
    assert_ended(begun)


def test_what_a_killed_copy_leaves_is_done_here(begun):
    own = os.getpid()

    def work(item):
        if os.getpid() != own and item > 20:
            os.kill(os.getpid(), signal.SIGKILL)
        return where(item)

    done = Forks(2).each(work, ITEMS)
    assert [item for item, _ in done] == list(ITEMS)
    assert {pid for _, pid in done} == {own}
    assert_ended(begun)


def test_what_cannot_be_sent_back_is_made_here():
    made = Forks(2).each(lambda item: lambda: item, ITEMS)
    assert [one() for one in made] == list(ITEMS)


def test_no_copy_goes_on_when_the_user_stops_the_run(begun):
    own = os.getpid()

    def work(item):
        if os.getpid() == own:
            raise KeyboardInterrupt
        signal.pause()

    with pytest.raises(KeyboardInterrupt):
        Forks(3).each(work, ITEMS)
    assert len(begun) == 2
    assert_ended(begun)


def test_no_copy_outlives_a_process_that_was_killed(tmp_path):
    heard, told = os.pipe()
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    killed = subprocess.run([sys.executable, str(script)], pass_fds=[told], check=False)
    os.close(told)
    assert killed.returncode == -signal.SIGKILL
    assert select.select([heard], [], [], 60)[0], "a copy holds the pipe open for ever"
    assert os.read(heard, 1) == b""
    os.close(heard)


KILLED = """
import os, signal
from briefing.edges.forks import Forks

own = os.getpid()

def work(item):
    if os.getpid() == own:
        os.kill(own, signal.SIGKILL)
    # More than a pipe holds: whoever sends it waits until it is read.
    return "x" * 200_000

Forks(3).each(work, range(40))
"""


def test_the_copies_that_were_begun_end_where_another_cannot_be(begun, monkeypatch):
    fork = os.fork

    def second_fails():
        if begun:
            raise BlockingIOError("no more processes")
        return fork()

    monkeypatch.setattr("os.fork", second_fails)
    before = open_files()
    assert Forks(4).each(str, ITEMS) == tuple(map(str, ITEMS))
    assert len(begun) == 1
    assert_ended(begun)
    assert open_files() == before


def test_a_copy_writes_nothing_that_is_left_in_a_buffer(capfd):
    with os.fdopen(os.dup(1), "w") as out:
        out.write("once")
        Forks(2).each(where, ITEMS)
    assert capfd.readouterr().out == "once"


def test_there_is_a_processor():
    assert free_processors() >= 1


def open_files():
    return {one.name for one in Path("/proc/self/fd").iterdir()}


def assert_ended(begun):
    for pid in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
