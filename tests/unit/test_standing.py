import pytest

from briefing.text.standing import is_sound, stands_alone
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


@pytest.mark.parametrize(
    "text",
    [
        # Who speaks, or whom he leads, stands in the sentence before.
        '"The deposits of up to 80,000 crowns are safe," she said on Monday.',
        '"We have more boots than feet to put in them," said its coordinator, Dario Hall.',
        "Colonel Bo Hall, who commands them, said the bridge would open in May.",
        "Dr Ada Lund, its regional coordinator, said the fever could be stopped.",
        "The pictures would be looked at, he said, because of a suspicion in the port.",
        # What is run, and what was called so.
        "The Alliance wants to run it until the end of 2036.",
        "General Hall called that suspicion baseless and left for Port Salm.",
        "Ada Lund, a lawyer for the families, called this sum an insult to the dead.",
        # The others of whom.
        "The others will be on short-time pay until the end of May.",
        "In return Norland will let the boats of Salm land their catches.",
        "Nonetheless, many in Port Salm see the next mayor as a friend of the railway.",
        "“If they want a free boat, we will be glad to give one to them in the port.”",
        "From the price of our boats a first part was paid in May.",
    ],
)
def test_a_sentence_whose_people_or_things_are_named_elsewhere_does_not(text):
    assert not stands_alone(first(text))


@pytest.mark.parametrize(
    "text",
    [
        "Lund said he would pay for the new bridge in May.",
        "As he stepped from the train, Lund said the line was open.",
        "The minister said she would go to Port Salm in May.",
        "Salm sold the ferry to a firm that wants to run it until 2036.",
        "The company said it would run the ferry until 2036.",
        "The ministry denied that the engine had been ready since May.",
        '"The line is open," said the mayor of Port Salm, who cut the ribbon.',
        "Bo Hall sold his ferry to the port in May.",
        "The number of ferries in the port stands at 14 today.",
    ],
)
def test_a_pronoun_with_somebody_before_it_does_no_harm(text):
    assert stands_alone(first(text))


@pytest.mark.parametrize(
    "text",
    [
        "A ferry that belongs to the port of Salm is seen in the harbour on May 8, 2031.",
        "Bo Hall hits a kerb during the second lap of the race in Port Salm.",
        "Ada Lund, actor in the play of the year, on 19 September in Port Salm.",
        "Associated Press A soldier rides on top of a carrier near the border on Thursday.",
        "In this still image the police look at the harbour of Port Salm on Thursday.",
        "Enlarge Image In Port Salm a battery fires against a missile.",
    ],
)
def test_what_stands_below_a_picture_is_not_sound(text):
    assert not is_sound(first(text))


def test_long_blanks_and_many_pronouns_take_no_time():
    text = "“" + "x" * 40_000 + "” " + " " * 40_000 + "she said it of them."
    assert not stands_alone(first(text))
