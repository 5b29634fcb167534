import pytest

from briefing.text.words import Weights, content_stems, stem, synonyms, words


def test_words_keep_inner_hyphens_apostrophes_and_points():
    text = "D'Avelle's two-day visit cost 3.2 million; the U.S. paid (not us)."
    assert words(text) == tuple(
        "D'Avelle's two-day visit cost 3.2 million the U.S paid not us".split(" ")
    )


def test_words_of_any_script_are_words():
    assert words("Привет, мир! Ελλάδα_now") == ("Привет", "мир", "Ελλάδα", "now")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("visits", "visited"),
        ("Organisation", "organization"),
        ("met", "meeting"),
        ("programme", "program"),
        ("Hestria's", "Hestria"),
        ("Hestria’s", "Hestria"),
        ("defence", "defense"),
        ("sought", "seek"),
    ],
)
def test_forms_of_one_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("import", "export"), ("war", "warm"), ("2029", "2030")]
)
def test_different_words_have_different_stems(one, other):
    assert stem(one) != stem(other)


def test_content_stems_leave_out_words_without_content():
    assert content_stems("The minister said that he was with them in Kaldrin") == (
        stem("minister"),
        stem("Kaldrin"),
    )


def test_content_stems_take_a_hyphenated_word_apart():
    assert content_stems("pipe-laying") == (stem("pipe"), stem("laying"))


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [("accused", "charged"), ("killed", "murdered"), ("victims", "dead"), ("injured", "killed")],
)
def test_a_word_that_says_more_is_no_synonym(weaker, stronger):
    assert stem(stronger) not in synonyms(stem(weaker))


def test_synonyms_go_both_ways_and_never_to_the_word_itself():
    assert stem("railroad") in synonyms(stem("railway"))
    assert stem("railway") in synonyms(stem("railroad"))
    assert stem("railway") not in synonyms(stem("railway"))
    assert synonyms(stem("Kaldrin")) == frozenset()


def test_a_word_weighs_more_the_fewer_texts_have_it():
    weights = Weights(["the pipeline opened", "the pipeline closed", "a pipeline in Salm"])
    assert weights[stem("pipeline")] == 1.0
    assert weights[stem("Salm")] > weights[stem("pipeline")]
    assert weights["never seen"] > weights[stem("Salm")]


def test_a_word_that_one_text_repeats_counts_once():
    assert Weights(["gas gas gas", "rail"])[stem("gas")] == Weights(["gas", "rail"])[stem("gas")]


def test_weights_of_no_texts_are_all_alike():
    assert Weights([])["gas"] == Weights([])["rail"] == 1.0
