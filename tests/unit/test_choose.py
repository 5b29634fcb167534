"""Which template suits the articles; the texts are invented."""

import pytest

from briefing.steps.choose import choose
from tests import make

ARRIVAL = "Hestrian Foreign Minister Oren Maronde arrived in Port Salm on Monday."
FIRE = "A fire in the old harbour of Port Salm killed three people on Monday, the police said."


def chosen(*texts, title=""):
    return choose([make.article(text, title=title) for text in texts])


@pytest.mark.parametrize(
    "lead",
    [
        ARRIVAL,
        "President Ilse Verrin begins a two-day visit to Hestria on Tuesday.",
        "The king of Velmora will pay a state visit to Hestria in May.",
        "Prime Minister Ana Lund heads to Salm for talks on gas, her office said.",
        "Ana Lund met her Hestrian counterpart, Oren Maronde, on Monday.",
        "Foreign Minister Ana Lund will call on President Bo Hall in Salm on Wednesday.",
        "On the second day of her visit Minister Ana Lund saw the port and the grain exchange.",
        "President Ilse Verrin visits Hestria on Tuesday for talks on grain.",
        "Delegations of both sides met in Salm on Monday for the first time in a year.",
        "The Velmora-Hestria summit opened on Monday with a quarrel about grain.",
        "The two presidents meet in Salm on Monday.",
        "The government received the Hestrian prime minister with music.",
        "Hestria and Velmora ended three days of talks without a statement.",
        "Peace talks on Ombara began on Monday under a cloud.",
        "The envoys gather in Salm on Monday.",
    ],
)
def test_a_visit_a_summit_and_talks_are_a_visit(lead):
    assert chosen(lead) == "visit"


@pytest.mark.parametrize(
    "lead",
    [
        FIRE,
        "Wage talks at the port of Salm failed, and the cranes stand still since Monday.",
        "The two sides held a third round of talks on pay, the union said.",
        "The band Harbour Lights arrives in Salm on Monday on a three-day tour of the north.",
        "The two sides meet in the final on Saturday.",
        "Arden Trust and Corvane held talks about a merger, two people said.",
        "Interior Minister Ana Lund travelled to the valley to visit victims of the flood.",
        "Ana Lund spoke by telephone with her Hestrian counterpart on Monday.",
        "Opposition leaders called on Foreign Minister Ana Lund to step down.",
        "The foreign minister called on all sides to keep calm.",
        "Senators met President Ilse Verrin for talks on the budget.",
        "The court heard a former minister, who had met the builder twice, on Monday.",
        "Visiting hours at the hospital of Salm end at eight from Monday on.",
        "A tourist from Velmora fell from the city wall of Salm during a day trip.",
    ],
)
def test_what_goes_nowhere_to_meet_is_a_story(lead):
    assert chosen(lead) == "story"


def test_a_visit_by_the_way_is_a_story():
    rest = "The bridge is closed. Minister Ana Lund arrived in Salm for a visit. The water falls."
    assert chosen(f"{FIRE} The old town was evacuated. {rest}") == "story"


def test_more_than_half_of_the_articles_must_tell_of_it():
    assert chosen(ARRIVAL, ARRIVAL, FIRE) == "visit"
    assert chosen(ARRIVAL, FIRE) == "story"
    assert chosen(FIRE, FIRE, ARRIVAL) == "story"


def test_a_headline_tells_too_and_may_be_missing():
    text = "Gas stood at the top of the list. Grain came second."
    assert chosen(text, title="Maronde on first foreign trip as minister since May") == "visit"
    assert chosen(text) == "story"


def test_talks_named_by_a_place_are_told_from_those_named_by_their_matter():
    assert chosen("The Salm talks go on. The hotels in Salm are full.") == "visit"
    assert chosen("The Wheat talks go on. The hotels in Salm are full.") == "story"


def test_other_languages_and_nothing_at_all_are_a_story():
    assert chosen("Die Außenministerin traf am Montag zu einem zweitägigen Besuch ein.") == "story"
    assert choose([]) == "story"
    assert chosen("?") == "story"


def test_the_order_of_the_articles_does_not_count():
    articles = [make.article(text) for text in (ARRIVAL, FIRE, "Peace talks began in Salm.")]
    assert choose(articles) == choose(articles[::-1]) == "visit"


@pytest.mark.parametrize("blank", [" ", "talks with ", "arrives in ", "Aba talks ", "visits a "])
def test_a_long_opening_is_read_too(blank):
    assert chosen(blank * 10_000 + "fog.", title=blank * 2_000) == "story"
