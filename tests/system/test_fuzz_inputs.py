"""A small round of `bench/fuzz_inputs.py`; the large one is run by hand."""

import pytest

from bench import fuzz_inputs


@pytest.mark.parametrize("kind", ["feed", "page", "other"])
def test_a_broken_file_costs_a_refusal_at_most(kind):
    counts, wrong = fuzz_inputs.fuzz(kind, seed=7, rounds=80)
    assert wrong == []
    assert counts["children"] == 1
    assert counts["articles"] >= 20


def test_the_same_seed_gives_the_same_files():
    content = fuzz_inputs.SEEDS["feed"][0]
    first, second = (fuzz_inputs.mutated(content, fuzz_inputs.random.Random(3)) for _ in range(2))
    assert first == second != content
