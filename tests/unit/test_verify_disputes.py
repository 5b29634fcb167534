"""What is disputed, or was not done, told as agreed or done.

Each case has the code of the refusal, a source, sentences that a check must refuse, and sentences
that none may.
"""

import pytest

from tests import make

CASES = {
    "a finding disputed": (
        "negation-lost",
        "Engineers found in 2030 that the leak had been mended in a week, a finding that Norland "
        "disputes.",
        ["Norland has accepted the finding that the leak had been mended in a week."],
        ["Norland disputes the engineers' finding that the leak had been mended in a week."],
    ),
    "not disputed": (
        "negation-lost",
        "Hugo Pell flatly denies that his guards directed the blockade of Ostrel.",
        ["Hugo Pell does not dispute that his guards directed the blockade of Ostrel."],
        ["Hugo Pell denies that his guards directed the blockade of Ostrel."],
    ),
    "neither confirmed nor denied": (
        "negation-lost",
        "The navy denied using flares in the bay, and Pell denied knowing of it.",
        ["The navy did not deny using flares in the bay."],
        ["The navy denied using flares in the bay."],
    ),
    "leave taken away": (
        "negation-added",
        "The crew said that they had been kept in a school, had been allowed to telephone their "
        "families once, and had not been hurt.",
        ["The crew said that they were not permitted to telephone their families."],
        ["The crew said that they had been allowed to telephone their families once."],
    ),
    "signatures to what is unsigned": (
        "negation-lost",
        "The two ministers read out the statement on Thursday but did not sign it.",
        ["The two ministers read out the statement on Thursday and put their signatures to it."],
        ["The two ministers read out the statement on Thursday, without a signature."],
    ),
}


def codes(claim, source):
    return [check.code for check in make.verified(claim, source).checks if check.refuses]


@pytest.mark.parametrize(("code", "source", "wrong", "right"), CASES.values(), ids=CASES.keys())
def test_what_is_open_stays_open(code, source, wrong, right):
    for claim in wrong:
        assert code in codes(claim, source), claim
    for claim in right:
        assert codes(claim, source) == [], claim


def test_who_will_not_deny_a_thing_may_be_told_not_to_dispute_it():
    source = "The navy would not confirm or deny using flares in the bay of Ostrel."
    assert codes("The navy did not deny using flares in the bay of Ostrel.", source) == []
