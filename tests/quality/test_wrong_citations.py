"""A drafted sentence is checked beside the words that its drafter cites, whichever these are."""

import json
from itertools import pairwise

import pytest

from briefing.data.briefing import Citation, Verdict
from briefing.edges import reading
from briefing.edges.entailment import load_entails, load_fusion
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from briefing.steps.split import split
from briefing.steps.verify import Sources, Weigher, verify, weighed
from tests.conftest import ROOT

CLAIMS = 60
STEP = 7
"""Each claim cites every seventh sentence of the story."""

MOST_COVER = 0.35
"""With less of a claim in a sentence, that is no evidence of it, true or false."""


@pytest.fixture(scope="module")
def sources():
    found = reading.read([str(ROOT / "examples" / "visit")], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=10**5)
    return Sources(split(articles), is_news=True)


@pytest.fixture(scope="module")
def claims():
    lines = (ROOT / "tests" / "data" / "visit_claims.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row["text"] for row in rows[:: len(rows) // CLAIMS]]


@pytest.mark.parametrize("entails", [None, load_entails()], ids=["words", "model"])
def test_no_sentence_is_borne_out_by_words_of_something_else(sources, claims, entails):
    weigh = Weigher(load_fusion(), entails)
    accepted = []
    beside = 0
    for number, text in enumerate(claims):
        for cited in sources.story.sentences[number % STEP :: STEP]:
            finding = verify(text, [Citation.of(cited)], sources)
            if finding.cover >= MOST_COVER:
                continue
            beside += 1
            if weighed(text, finding, sources, weigh).verdict is Verdict.SUPPORTED:
                accepted.append((text, cited.text))
    assert beside > 8 * CLAIMS
    assert accepted == []


@pytest.mark.parametrize("is_news", [False, True], ids=["other text", "news"])
@pytest.mark.parametrize("has_model", [False, True], ids=["words", "model"])
def test_no_word_in_common_tells_against_a_sentence(has_model, is_news):
    curves = load_fusion().fit(is_news=is_news, has_model=has_model).curves
    steps = {
        name: [after[1] - before[1] for before, after in pairwise(curve)]
        for name, curve in curves.items()
    }
    shared = {"words_plain", "words_whole", "words_part", "inside", "mass", "cited_cover"}
    assert all(step >= 0 for name in shared | {"likelihood"} for step in steps[name])
    faults = {name for name in steps if name.startswith("refused_")}
    assert {"refused_numbers", "refused_titles"} < faults
    assert all(
        step <= 0 for name in faults | {"conflicts", "verbs_missing"} for step in steps[name]
    )
