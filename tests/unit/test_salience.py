from itertools import permutations

import pytest

from briefing.text.salience import (
    FEATURES,
    MANNER,
    PLACE,
    Salience,
    features,
    fits_of,
    stems,
    units,
)
from tests import make

LEAD = "Foreign Minister Ada Lund arrived in Port Salm for talks on rail."
LATE = "A band of the fire brigade played two marches."
ASKED = '"Why do we pay this tariff at all?"'
STORY = make.story(f"{LEAD} {LATE}", f"{LEAD} The mayor wore a hat.")


def test_units_are_content_stems_and_pairs_with_one():
    assert units(stems("the talks of the ministers began")) == {
        "talk",
        "minist",
        "begin",
        ("the", "talk"),
        ("talk", "of"),
        ("the", "minist"),
        ("minist", "begin"),
    }


def test_what_several_articles_tell_early_weighs_more_than_what_one_tells_late():
    salience = Salience(STORY)
    lead, late = STORY.sentences[0], STORY.sentences[1]
    shorter = min(len(salience.units(lead)), len(salience.units(late)))

    def mean(one):
        return salience.worth(salience.units(one)) / len(salience.units(one))

    assert shorter > 5
    assert mean(lead) > mean(late)


def test_a_word_of_the_headlines_weighs_more():
    plain = Salience(make.story(make.article(f"{LEAD} {LATE}")))
    loud = Salience(make.story(make.article(f"{LEAD} {LATE}", title="Fire brigade plays marches")))
    assert loud.worth({"brigad"}) > plain.worth({"brigad"})
    assert loud.worth({"rail"}) == plain.worth({"rail"})


def test_a_word_of_the_focus_weighs_more():
    assert Salience(STORY, focus="marches").worth({"march"}) > Salience(STORY).worth({"march"})


def test_what_no_article_has_weighs_nothing():
    assert Salience(STORY).worth({"albatross"}) == 0


def test_features_are_as_the_docstring_says():
    of = {one.id: units(stems(one.text)) for one in STORY.sentences}
    found = features(STORY, of)
    assert found["rail"][:6] == (1.0, 0.6931471805599453, 0.0, 1.0, 1.0, 1.0)
    spread, frequency, headline, first, early, top = found["hat"][:6]
    assert (spread, frequency, headline, first) == (0.5, 0.0, 0.0, 0.25)
    assert round(early, 3) == 0.452
    assert round(top, 3) == 0.354


def test_features_of_manner_are_as_the_docstring_says():
    story = make.story(
        make.article(f"{LEAD} {ASKED}", title="Rail talks in Salm"), f"{ASKED} {LEAD}"
    )
    found = features(story, {one.id: units(stems(one.text)) for one in story.sentences})
    of = dict(zip(PLACE + MANNER, found["rail"], strict=True))
    assert (of["opens"], of["density"], of["everywhere"]) == (0.5, 0.5, 1.0)
    assert of["spread and headline"] == of["spread"] * of["headline"] == 1.0
    assert of["spread and early"] == of["early"]
    of = dict(zip(PLACE + MANNER, found["tariff"], strict=True))
    assert (of["quoted"], of["personal"], of["attributed"], of["asked"]) == (1.0, 1.0, 0.0, 1.0)
    assert of["length"] == of["shortest"] == len(ASKED.split()) / 30


def test_running_text_is_weighed_otherwise_than_lists():
    opening = units(stems(LEAD))
    assert Salience(STORY, prose=True).worth(opening) != Salience(STORY).worth(opening)


def test_weights_of_other_features_are_refused():
    saved = {
        kind: {
            "features": names[1:],
            "single": {"intercept": 0.0, "coefficients": []},
            "pair": {"intercept": 0.0, "coefficients": []},
        }
        for kind, names in FEATURES.items()
    }
    with pytest.raises(ValueError, match="other features"):
        fits_of(saved)


def test_does_not_hang_on_the_order_of_the_articles():
    texts = [f"{LEAD} {LATE}", LEAD, "The mayor wore a hat on Monday."]
    worths = {
        round(Salience(make.story(*order)).worth(units(stems(LEAD + LATE))), 9)
        for order in permutations(texts)
    }
    assert len(worths) == 1
