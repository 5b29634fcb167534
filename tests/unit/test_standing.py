import pytest

from briefing.text.standing import stands_alone
from tests import make


def first(text):
    return make.story(text).sentences[0]


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Ada Lund arrived in Port Salm on Monday.",
        '"We came to listen and to learn," Lund told reporters.',
        "The Foreign Office said that ties rest on “candour and respect”.",
        "Will the new line to Port Salm ever open?",
    ],
)
def test_a_whole_sentence_that_names_who_is_meant_stands_alone(text):
    assert stands_alone(first(text))


@pytest.mark.parametrize(
    "text",
    [
        "She arrived in Port Salm on Monday afternoon.",
        "It was dropped after the talks in Port Salm.",
        "However, the talks in Port Salm went on.",
        "But the talks in Port Salm went on.",
        "“This is the last time we come to Salm.”",
        "Lund arrived in Port Salm on Monday and",
        "Lund, “who came by train to Port Salm, left.",
        "The delegation heads Lund. , mostly people of ports.",
        "The visit by the general. Bo Hall of Salm went on.",
        "Lund came.",
        "word " * 80 + "end.",
    ],
)
def test_a_sentence_that_leans_on_others_or_is_damaged_does_not(text):
    assert not stands_alone(first(text))


def test_a_sentence_inside_a_quotation_begun_before_does_not():
    story = make.story("Lund said: “We came. The line to Port Salm will open soon.”")
    assert not stands_alone(story.sentences[1])
