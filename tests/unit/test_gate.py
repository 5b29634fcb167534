import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from briefing.edges.gate import Gate


def test_no_more_are_through_at_once_than_may_be():
    gate, inside, most = Gate(at_once=3), [], []
    lock = threading.Lock()

    def call(number):
        with gate.turn(1, timeout_s=60):
            with lock:
                inside.append(number)
                most.append(len(inside))
            time.sleep(0.01)
            with lock:
                inside.remove(number)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(call, range(24)))
    assert max(most) == 3


def test_a_place_is_free_again_after_an_error():
    gate = Gate(at_once=1)
    with pytest.raises(ZeroDivisionError), gate.turn(1, timeout_s=1):
        raise ZeroDivisionError
    with gate.turn(1, timeout_s=0.1):
        pass


def enter(gate, tokens=1, timeout_s=0.05):
    with gate.turn(tokens, timeout_s=timeout_s):
        pass


def test_a_call_that_finds_no_room_in_time_is_not_made():
    gate = Gate(at_once=1)
    with gate.turn(1, timeout_s=1), pytest.raises(TimeoutError):
        enter(gate)


def test_so_many_requests_a_minute_go_through():
    gate = Gate(requests_per_minute=3)
    for _ in range(3):
        enter(gate)
    with pytest.raises(TimeoutError):
        enter(gate)


def test_so_many_tokens_a_minute_go_through():
    gate = Gate(tokens_per_minute=1_000)
    enter(gate, 600)
    with pytest.raises(TimeoutError):
        enter(gate, 600)
    enter(gate, 400)


def test_a_call_of_more_tokens_than_a_minute_has_is_let_through_alone():
    gate = Gate(tokens_per_minute=1_000)
    enter(gate, 5_000)
    with pytest.raises(TimeoutError):
        enter(gate, 1)
