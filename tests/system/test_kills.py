"""A run that is killed goes on where it was; the whole round is `python -m bench.kills`."""

import random

import pytest

from bench.kills import measure

CALLS = 6


@pytest.mark.parametrize(("kill_at", "at_once"), [(1, 1), (3, 1), (6, 1), (4, 3)])
def test_a_killed_run_pays_for_its_calls_and_those_in_flight(kill_at, at_once):
    found = measure(CALLS, at_once, kill_at, random.Random(kill_at))
    assert CALLS <= found.paid <= CALLS + at_once
    assert found.asked_again == 0
    assert found.is_same
