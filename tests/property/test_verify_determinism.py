"""Same input, same verdicts: over runs, hash seeds, and however many are asked together."""

import json
import os
import subprocess
import sys
from functools import cache
from threading import Event

import pytest

from briefing.asking import Threads
from briefing.checking import verify_claims, verify_document
from briefing.data.briefing import Briefing
from briefing.data.verification import Claim
from briefing.edges.forks import Forks
from tests import make
from tests.conftest import ROOT
from tests.saved_example import example

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


class Backwards:
    """A crew that does the last piece of work first."""

    def each(self, work, items):
        return tuple([work(item) for item in items[::-1]][::-1])


@pytest.fixture
def hurried():
    """Threads take turns at almost every step."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


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


def weigh(text, sources, finding):
    """Stands in for the model, by what it is given alone."""
    cited = [sources.cited(one) for one in finding.citations]
    shared = sources.claim(text).stem_set & cited[0].analysis.stem_set
    return len(shared) / (1 + len(sources.claim(text).stem_set))


@cache
def to_check():
    """Claims on the example, and its saved briefing with each sentence said in other words."""
    lines = (ROOT / "tests/data/visit_claims.jsonl").read_text("utf-8").splitlines()
    _, saved = example()
    data = json.loads(saved)
    for section in data["sections"]:
        for sentence in section["sentences"]:
            sentence["text"] = sentence["text"].replace("the ", "that ")
    return [Claim.model_validate_json(line) for line in lines[::6]], Briefing.model_validate(data)


@cache
def one_after_the_other(which):
    articles, _ = example()
    return verify_document(to_check()[which], articles, weigh=weigh)


@pytest.mark.parametrize("which", [0, 1], ids=["claims", "briefing"])
@pytest.mark.parametrize(
    "crew", [Backwards(), Threads(4), Forks(3)], ids=["backwards", "threads", "processes"]
)
def test_it_does_not_matter_what_else_is_checked_meanwhile(which, crew, hurried):
    articles, _ = example()
    found = verify_document(to_check()[which], articles, weigh=weigh, crew=crew)
    assert found == one_after_the_other(which)
    assert len({one.verdict for one in found.sentences}) > 1


def test_what_is_ready_first_neither_stands_first_nor_changes_what_is_under_way():
    later = Event()

    def slow_at_first(text, sources, finding):
        if text == CLAIMS[0]:
            assert later.wait(60)
        if text == CLAIMS[2]:
            later.set()
        return weigh(text, sources, finding)

    claims = [Claim(id=str(number), text=text) for number, text in enumerate(CLAIMS)]
    articles = [make.article(TEXT)]
    found = verify_claims(claims, articles, weigh=slow_at_first, crew=Threads(2))
    assert later.is_set()
    assert found == verify_claims(claims, articles, weigh=weigh)
