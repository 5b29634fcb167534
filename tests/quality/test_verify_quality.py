"""Floors under the verifier's quality on our own labelled sentences; see tests/data/README.md."""

import json
from collections import Counter

import pytest

from briefing.checking import verify_claims
from briefing.data.verification import Claim
from briefing.edges import reading
from briefing.edges.entailment import load_entails, load_fusion
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from briefing.steps.verify import Weigher
from tests.conftest import ROOT

# Set by set: the least share of the false sentences refused, the most of the true ones.
FLOORS = {
    "visit": (0.92, 0.05),
    "dam": (0.90, 0.06),
    "mill": (0.90, 0.08),
    "election": (0.90, 0.13),
    "bank": (0.86, 0.04),
    "court": (0.82, 0.30),
    "fever": (0.80, 0.24),
    "guest": (0.84, 0.32),
    "strike": (0.77, 0.35),
    "ceasefire": (0.90, 0.06),
    "crash": (0.92, 0.05),
    "summit": (0.86, 0.16),
    "trial": (0.85, 0.30),
}
ARTICLES = {
    "visit": ROOT / "examples" / "visit",
    **{name: ROOT / "tests" / "data" / name for name in FLOORS if name != "visit"},
}
LEAST_REFUSED_OF_A_TYPE = {"title": 1.0, "number": 1.0, "unit": 1.0, "name": 1.0, "date": 1.0}


def judge(name):
    """Return each labelled sentence of a set with whether the verifier supports it."""
    lines = (ROOT / "tests" / "data" / f"{name}_claims.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = reading.read([str(ARTICLES[name])], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=10**5)
    weigh = Weigher(load_fusion(), load_entails())
    claims = [Claim(id=row["id"], text=row["text"]) for row in rows]
    result = verify_claims(claims, articles, weigh=weigh)
    return [
        (row, sentence.verdict == "supported")
        for row, sentence in zip(rows, result.sentences, strict=True)
    ]


@pytest.fixture(scope="module", params=FLOORS)
def judged(request):
    return request.param, judge(request.param)


def test_most_false_sentences_are_refused(judged):
    name, rows = judged
    passed = [supported for row, supported in rows if row["label"] == "unsupported"]
    assert 1 - sum(passed) / len(passed) >= FLOORS[name][0]


def test_few_true_sentences_are_refused(judged):
    name, rows = judged
    passed = [supported for row, supported in rows if row["label"] == "supported"]
    assert 1 - sum(passed) / len(passed) <= FLOORS[name][1]


def test_what_code_can_decide_is_always_refused():
    all_, passed = Counter(), Counter()
    for row, supported in judge("visit"):
        all_[row["error"]] += 1
        passed[row["error"]] += supported
    refused = {kind: 1 - passed[kind] / all_[kind] for kind in LEAST_REFUSED_OF_A_TYPE}
    assert refused == LEAST_REFUSED_OF_A_TYPE
