"""A small round of the generated claims; `bench/one_change.py` makes 10,000 of each."""

import pytest

from bench import one_change


@pytest.fixture(scope="module")
def found():
    return one_change.measure(one_change.OWN[:2], count=150, seed=11)


def test_no_claim_with_one_change_gets_past_the_checks_that_it_concerns(found):
    assert all(counted["made"] for counted in found["false"].values())
    assert found["accepted"] == []


def test_no_claim_in_other_typography_is_refused(found):
    assert all(counted["made"] for counted in found["true"].values())
    assert found["refused"] == []
