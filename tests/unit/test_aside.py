from threading import Event
from weakref import ref

import pytest

from briefing.edges.aside import WhileWaiting


def test_begins_nothing_before_a_model_is_waited_for():
    aside, done = WhileWaiting(), []
    aside(lambda: done.append(1))
    assert done == []


def test_does_all_in_order_once_a_model_is_waited_for():
    aside, done, last = WhileWaiting(), [], Event()
    for number in range(3):
        aside(lambda number=number: done.append(number))
    aside(last.set)
    aside.begin()
    aside.begin()
    assert last.wait(60)
    assert done == [0, 1, 2]


def test_what_comes_while_it_waits_again_is_done_too():
    aside, first, second = WhileWaiting(), Event(), Event()
    aside(first.set)
    aside.begin()
    assert first.wait(60)
    aside(second.set)
    aside.begin()
    assert second.wait(60)


def test_what_is_asked_for_is_done_at_once_and_only_once():
    aside, done = WhileWaiting(), []
    result = aside(lambda: done.append(1) or "done")
    assert (result(), result()) == ("done", "done")
    last = Event()
    aside(last.set)
    aside.begin()
    assert last.wait(60)
    assert done == [1]


def test_an_error_is_heard_where_the_result_is_asked_for():
    aside, last = WhileWaiting(), Event()
    result = aside(lambda: 1 / 0)
    aside(last.set)
    aside.begin()
    assert last.wait(60)
    with pytest.raises(ZeroDivisionError):
        result()


def test_after_its_end_nothing_is_begun():
    aside, done = WhileWaiting(), []
    aside(lambda: done.append(1))
    aside.end()
    aside.begin()
    assert done == []


def test_what_was_asked_for_is_not_kept():
    class Result:
        pass

    aside = WhileWaiting()
    kept = ref(aside(Result)())
    assert kept() is None
