"""Floors under the verifier's quality on our own labelled sentences; see tests/data/README.md."""

import json
from collections import Counter

import pytest

from briefing.checking import verify_claims
from briefing.data.verification import Claim
from briefing.edges import reading
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from tests.conftest import ROOT

LEAST_FALSE_REFUSED = 0.90
MOST_TRUE_REFUSED = 0.165
LEAST_REFUSED_OF_A_TYPE = {"title": 1.0, "number": 1.0, "unit": 1.0, "name": 1.0, "date": 1.0}


@pytest.fixture(scope="module")
def judged():
    """Each labelled sentence with whether the verifier supports it."""
    lines = (ROOT / "tests" / "data" / "visit_claims.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = reading.read([str(ROOT / "examples" / "visit")], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=10**5)
    result = verify_claims([Claim(id=row["id"], text=row["text"]) for row in rows], articles)
    return [
        (row, sentence.verdict == "supported")
        for row, sentence in zip(rows, result.sentences, strict=True)
    ]


def test_most_false_sentences_are_refused(judged):
    passed = [supported for row, supported in judged if row["label"] == "unsupported"]
    assert 1 - sum(passed) / len(passed) >= LEAST_FALSE_REFUSED


def test_few_true_sentences_are_refused(judged):
    passed = [supported for row, supported in judged if row["label"] == "supported"]
    assert 1 - sum(passed) / len(passed) <= MOST_TRUE_REFUSED


def test_what_code_can_decide_is_always_refused(judged):
    all_, passed = Counter(), Counter()
    for row, supported in judged:
        all_[row["error"]] += 1
        passed[row["error"]] += supported
    refused = {kind: 1 - passed[kind] / all_[kind] for kind in LEAST_REFUSED_OF_A_TYPE}
    assert refused == LEAST_REFUSED_OF_A_TYPE
