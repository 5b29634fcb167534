import json
import re
import sys

import pytest

from briefing.data.fusion import Fusion
from briefing.edges.entailment import WEIGHTS, load_entails, load_fusion
from briefing.steps.split import split
from briefing.steps.verify import Sources, retrieve, retrieve_each
from briefing.steps.verify.premises import MOST_SENTENCES, premises
from briefing.steps.verify.score import beside_citations, measure, score
from briefing.text.analysis import Analysis
from tests.conftest import ROOT
from tests.make import article

TEXT = (
    "The council of Harbour Town approved a new ferry line on Monday. "
    "Mayor Ines Daro said the first boat will sail in May. "
    "The line will cost 12 million crowns. "
    "Fishermen had asked for a bigger harbour instead. "
    "The old pier stays closed until the summer."
)
PAIRS = [
    ("The first boat will sail in May.", "A boat will sail in May."),
    ("The line will cost 12 million crowns.", "The line will cost 15 million crowns."),
    (TEXT, "The council approved a ferry line."),
    (TEXT, "The council rejected the ferry line."),
    ("", "Nothing is said."),
]


@pytest.fixture(scope="module")
def entails():
    loaded = load_entails()
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def fusion() -> Fusion:
    return load_fusion()


def test_a_pair_is_read_the_same_whatever_its_neighbours(entails):
    alone = [entails([pair])[0] for pair in PAIRS]
    assert list(entails(PAIRS)) == alone
    assert list(entails(PAIRS[::-1])) == alone[::-1]
    assert list(entails(PAIRS * 7)) == alone * 7
    assert list(load_entails()(PAIRS)) == alone


def test_chances_are_chances(entails):
    for one in entails(PAIRS):
        assert 0 <= one.supported <= 1
        assert 0 <= one.contradicted <= 1
        assert one.supported + one.contradicted <= 1.0001


def test_no_pairs_no_answers(entails):
    assert entails([]) == ()


def test_the_model_tells_a_true_claim_from_one_that_is_turned_round(entails):
    approved, rejected = entails(PAIRS[2:4])
    assert approved.supported > rejected.supported
    assert rejected.contradicted > approved.contradicted


@pytest.mark.parametrize(
    "long", ["word " * 100_000, "x" * 100_000, "日本" * 50_000, "\U0001f600" * 9_000]
)
def test_an_endless_text_is_cut_before_it_is_read(entails, long):
    (of_premise,) = entails([(long, "The council approved a ferry line.")])
    (of_claim,) = entails([(TEXT, long)])
    assert 0 <= of_premise.supported <= 1
    assert 0 <= of_claim.supported <= 1


def test_weights_stay_small():
    sizes = [path.stat().st_size for path in WEIGHTS.iterdir()]
    assert sum(sizes) <= 25_000_000


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_without_its_libraries_there_is_no_model_but_a_score(monkeypatch, fusion, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    assert load_entails() is None
    sources = Sources(split([article(TEXT)]))
    claim = "The line will cost 12 million crowns."
    scored = score(claim, sources, retrieve(claim, sources), fusion, None)
    assert not scored.has_model
    assert 0 < scored.probability < 1


def test_loading_the_coefficients_needs_no_model(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert load_fusion().with_model.curves


def test_what_is_measured_is_what_the_coefficients_ask_for(fusion, entails):
    sources = Sources(split([article(TEXT)]))
    claim = "The council approved a ferry line. It will cost 12 million crowns."
    finding = retrieve_each(claim, sources)
    anywhere = [set(measure(claim, sources, finding, one)) for one in (entails, None)]
    assert anywhere == [set(fusion.with_model.curves), set(fusion.without_model.curves)]
    # Of news it matters which checks refuse, and not how many.
    beside = [
        set(beside_citations(claim, sources, finding, one)) - {"refusals"}
        for one in (entails, None)
    ]
    assert beside == [set(fusion.news_with_model.curves), set(fusion.news_without_model.curves)]


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "The ferry line will cost 12 million crowns.",
            "The ferry line will cost 15 million crowns.",
        ),
        ("The council approved a ferry line.", "The council rejected a ferry line."),
        ("The first boat will sail in May.", "The last boat sank in May."),
    ],
)
def test_a_false_claim_scores_lower(fusion, entails, true, false):
    sources = Sources(split([article(TEXT)]))
    scores = [
        score(one, sources, retrieve(one, sources), fusion, entails).probability
        for one in (true, false)
    ]
    assert scores[0] > scores[1]


def test_a_text_is_as_good_as_its_worst_sentence(fusion, entails):
    sources = Sources(split([article(TEXT)]))
    good, bad = "The first boat will sail in May.", "The mayor sold the pier to Norway."
    parts = [
        measure(text, sources, retrieve_each(text, sources), entails)
        for text in (good, bad, f"{good} {bad}")
    ]
    for name in ("entails_most", "cover_best"):
        assert parts[2][name] == min(parts[0][name], parts[1][name])
    assert parts[2]["names_missing"] == max(parts[0]["names_missing"], parts[1]["names_missing"])
    assert parts[2]["sentences"] == 2


@pytest.mark.parametrize("text", ["", " ", "…", "The of and.", "?!"])
def test_a_text_without_words_has_a_score(fusion, entails, text):
    sources = Sources(split([article(TEXT)]))
    scored = score(text, sources, retrieve(text, sources), fusion, entails)
    assert 0 <= scored.probability <= 1


def test_premises_stand_in_the_order_of_the_source():
    sources = Sources(split([article(TEXT)]))
    found = premises(Analysis("In May the ferry line of 12 million crowns opens."), sources)
    assert found is not None
    texts = [sentence.text for sentence in sources.story.sentences]
    places = [TEXT.index(text) for text in texts if text in found.few]
    assert places == sorted(places)
    assert 1 < len(places) <= MOST_SENTENCES
    assert found.best in found.two
    assert 0 < found.best_cover <= found.few_cover <= found.all_cover <= 1


def test_nothing_in_common_gives_no_premise():
    assert premises(Analysis("Zebras gallop."), Sources(split([article(TEXT)]))) is None


def test_the_data_card_lists_what_the_scripts_train_on():
    from training import sets

    card = (ROOT / "training" / "README.md").read_text("utf-8")
    table = dict(re.findall(r"^\| (\w+) \| \d+ \| ([^|]+?) \|$", card, re.MULTILINE))
    assert table == sets.CLAIM_LICENCES | sets.HELD_OUT_LICENCES
    caps = re.findall(r"^\| (\w+) \| \d+ \| (\d+) \| [^|]+ \|$", card, re.MULTILINE)
    assert {name: int(cap) for name, cap in caps} == sets.NLI_CAPS
    assert all(name in card for name in sets.UNLICENSED)
    trained = sets.CLAIM_LICENCES.keys() | sets.HELD_OUT_LICENCES.keys()
    assert not trained & sets.UNLICENSED


def test_no_licence_of_the_card_forbids_trade_or_is_unknown():
    from training import sets

    for licence in (sets.CLAIM_LICENCES | sets.HELD_OUT_LICENCES).values():
        assert "NC" not in licence
        assert "none" not in licence.lower()


def test_the_weights_say_what_they_were_fitted_on(fusion):
    assert re.fullmatch("[0-9a-f]{64}", fusion.data)
    assert json.loads((WEIGHTS / "entailment.json").read_text("utf-8"))["version"]
