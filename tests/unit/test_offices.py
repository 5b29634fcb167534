import pytest

from briefing.text.names import names
from briefing.text.offices import Holders, offices
from tests import make


def only(text):
    (office,) = offices(text)
    return office


def holders(*texts):
    """Each text is an article of its own."""
    story = make.story(*texts)
    return Holders({s.id: (s, offices(s.text)) for s in story.sentences})


def person(text):
    return names(text)[0]


@pytest.mark.parametrize(
    ("text", "title", "holder"),
    [
        ("Foreign Minister Ada Lund came.", "foreign minister", "Ada Lund"),
        ("The Minister for Foreign Affairs, Ada Lund, came.", "foreign minister", "Ada Lund"),
        ("Minister of External Affairs of Maronde Ada Lund", "foreign minister", "Ada Lund"),
        ("Ada Lund, the Marondian foreign minister, came.", "foreign minister", "Ada Lund"),
        ("Ada Lund is the prime minister.", "prime minister", "Ada Lund"),
        ("Ada Lund became president.", "president", "Ada Lund"),
        ("PM Ada Lund", "prime minister", "Ada Lund"),
        ("Premier Ada Lund", "prime minister", "Ada Lund"),
        ("Defense Minister Ada Lund", "defence minister", "Ada Lund"),
        ("the army chief, General Bo Hall, came", "army chief", "Bo Hall"),
        ("The special envoy, Bo Hall, came", "envoy", "Bo Hall"),
        ("spokeswoman Nella Quill-Orsa", "spokesperson", "Nella Quill-Orsa"),
    ],
)
def test_reads_an_office_and_its_holder(text, title, holder):
    office = only(text)
    assert (office.title, office.holder.text) == (title, holder)
    assert office.span.of(text) == office.text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Deputy Foreign Minister Ada Lund", "deputy foreign minister"),
        ("former President Ada Lund", "former president"),
        ("Vice President Ada Lund", "vice president"),
        ("acting Prime Minister Ada Lund", "acting prime minister"),
    ],
)
def test_a_deputy_or_former_office_is_another_office(text, title):
    assert only(text).title == title


@pytest.mark.parametrize(
    "text", ["The foreign minister came.", "They met the PRESIDENT OF MARONDE yesterday."]
)
def test_an_office_without_a_name_beside_it_has_no_holder(text):
    assert only(text).holder is None


@pytest.mark.parametrize(
    "text", ["Hestrian Foreign Minister Ada Lund", "the Foreign Minister of Hestria, Ada Lund,"]
)
def test_an_office_knows_its_country(text):
    assert only(text).nation in ("hestria", "hestrian")


def test_two_offices_in_one_sentence_keep_their_holders():
    found = offices("President Lorcan Hadrell and Prime Minister Adria Pollune came.")
    assert [(office.title, office.holder.text) for office in found] == [
        ("president", "Lorcan Hadrell"),
        ("prime minister", "Adria Pollune"),
    ]


def test_the_usual_office_is_the_one_that_most_articles_give():
    known = holders(
        "Foreign Minister Ada Lund came.",
        "Foreign Minister Lund left. Foreign Minister Lund slept.",
        "Prime Minister Lund spoke.",
    )
    assert known.usual(person("Ada Lund came")) == ("foreign minister", 2)
    assert len(known.of(person("Ada Lund came"))) == 4


def test_there_is_no_usual_office_in_a_tie_or_for_a_stranger():
    known = holders("Foreign Minister Lund came.", "Prime Minister Lund spoke.")
    assert known.usual(person("Lund came")) is None
    assert known.usual(person("Hall came")) is None


def test_two_people_of_one_surname_are_kept_apart():
    known = holders("Foreign Minister Ada Lund came.", "President Bo Lund did not.")
    assert known.usual(person("Bo Lund spoke")) == ("president", 1)
    assert list(known.conflicts()) == []


def test_a_person_with_two_exclusive_offices_is_a_conflict_told_once():
    known = holders(
        "Foreign Minister Ada Lund came.",
        "Prime Minister Lund spoke. Prime Minister Lund left.",
    )
    ((*said,),) = known.conflicts()
    assert [held.title for held in said] == [
        "foreign minister",
        "prime minister",
        "prime minister",
    ]


def test_an_office_that_can_be_held_beside_another_is_no_conflict():
    known = holders("Foreign Minister Lund came.", "Deputy Prime Minister Lund spoke.")
    assert list(known.conflicts()) == []
