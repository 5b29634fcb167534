"""Same input, same verdicts: over runs, hash seeds, and however many are asked together."""

import json
import os
import subprocess
import sys

import pytest

from briefing.checking import verify_claims
from briefing.data.verification import Claim
from tests import make
from tests.conftest import ROOT

CLAIMS = [
    "Hestrian Foreign Minister Oren D'Avelle reached Kaldrin on Monday.",
    "Prime Minister Oren D'Avelle came to Palvora on Tuesday with $3 million.",
    "Trade between the two countries came to $739 million in 2030.",
    "Trade was worth nearly $800 million in 2030, a rise of 38 percent.",
    "No agreement was signed, and the talks produced a ceasefire.",
]
TEXT = (
    "Hestrian Foreign Minister Oren D'Avelle arrived in Kaldrin on Monday for a two-day visit. "
    "Trade between the two countries came to $793 million in 2030, up 38% on the year before.\n\n"
    "No agreement was signed during the visit, and the talks did not produce a ceasefire."
)
_ASK = """
import json, sys
from tests.property.test_verify_determinism import verdicts
print(json.dumps(verdicts()))
"""


def verdicts(claims=CLAIMS):
    rows = [Claim(id=str(number), text=text) for number, text in enumerate(claims)]
    found = verify_claims(rows, [make.article(TEXT)]).sentences
    return [[one.text, one.verdict, one.score, one.reason, len(one.citations)] for one in found]


def test_the_same_question_gets_the_same_answer_twenty_times():
    first = verdicts()
    assert all(verdicts() == first for _ in range(19))


@pytest.mark.parametrize("size", [1, 2, 3])
def test_it_does_not_matter_how_many_are_asked_together(size):
    groups = [CLAIMS[at : at + size] for at in range(0, len(CLAIMS), size)]
    assert [one for group in groups for one in verdicts(group)] == verdicts()


def test_it_does_not_matter_in_which_order_they_are_asked():
    assert sorted(verdicts(CLAIMS[::-1])) == sorted(verdicts())


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_it_does_not_matter_how_the_interpreter_hashes(seed):
    ran = subprocess.run(
        [sys.executable, "-c", _ASK],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        check=True,
    )
    assert json.loads(ran.stdout) == json.loads(json.dumps(verdicts()))
