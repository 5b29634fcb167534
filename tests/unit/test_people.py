import pytest

from briefing.steps.compare import compare
from briefing.steps.people import people
from briefing.steps.trace import trace
from tests import make


def listed(*texts):
    story = make.story(*map(make.article, texts))
    return people(story, compare(story, trace(story)).discrepancies)


def test_a_person_has_a_name_an_office_and_a_side():
    (found,) = listed("Velmoran President Ilse Maronde landed. Velmora is far away.")
    assert (found.name, found.side) == ("Ilse Maronde", "Velmora")
    assert [role.title for role in found.roles] == ["president"]


def test_a_role_is_cited_with_the_words_that_give_it():
    text = "On Monday the Velmoran foreign minister, Ilse Maronde, landed in Tarsk."
    (found,) = listed(text)
    (citation,) = found.roles[0].citations
    assert citation.quote == "foreign minister, Ilse Maronde"
    assert text[citation.start : citation.end] == citation.quote


def test_a_surname_and_another_spelling_are_the_same_person():
    (found,) = listed(
        "Foreign Minister Sergej Maronde landed. Foreign Minister Maronde spoke.",
        "Foreign Minister Sergei Maronde landed on time.",
        "The plane of Foreign Minister Sergei Maronde was late.",
    )
    assert found.name == "Sergei Maronde"
    assert found.variants == ("Maronde", "Sergej Maronde")


def test_a_misspelt_surname_is_the_same_person_only_with_first_name_and_office():
    same = listed(
        "Special envoy Zamir Kolubat spoke in Tarsk.", "Special envoy Zamir Kobulat came."
    )
    assert len(same) == 1
    other = listed("Special envoy Zamir Kolubat spoke.", "President Zamir Kobulat came to Tarsk.")
    assert len(other) == 2


def test_two_people_of_one_surname_are_two_and_a_bare_surname_is_neither():
    found = listed(
        "Prime Minister Imra Kan spoke. Ambassador Shafi Kan listened. Prime Minister Kan left."
    )
    assert [person.name for person in found] == ["Imra Kan", "Shafi Kan"]
    assert all(person.variants == () for person in found)


def test_the_office_that_fewer_articles_give_is_left_to_the_discrepancies():
    (found,) = listed(
        "Foreign Minister Ilse Maronde landed.",
        "Foreign Minister Ilse Maronde spoke at noon.",
        "Prime Minister Ilse Maronde landed in the rain.",
    )
    assert [role.title for role in found.roles] == ["foreign minister"]
    assert len(found.discrepancies) == 1


def test_with_a_tie_both_offices_are_listed():
    (found,) = listed("Foreign Minister Ilse Maronde landed.", "Prime Minister Ilse Maronde spoke.")
    assert [role.title for role in found.roles] == ["foreign minister", "prime minister"]


def test_a_side_that_no_article_names_is_not_guessed():
    (found,) = listed("President Ilse Maronde met Velmoran farmers.")
    assert found.side == ""


def test_the_same_story_in_another_order_gives_the_same_people():
    texts = (
        "Velmoran President Ilse Maronde landed in Tarsk.",
        "Prime Minister Pavel Orrin of Tarsk met President Ilse Maronde.",
    )
    names = [(person.name, person.side) for person in listed(*texts)]
    assert names == [(person.name, person.side) for person in listed(*reversed(texts))]


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        (
            "Ada Lund, president of the Human Rights Campaign, spoke.",
            "Ada Lund",
            "Human Rights Campaign",
        ),
        (
            "The president of the National Organization of Ferries, Ada Lund, spoke.",
            "Ada Lund",
            "National Organization of Ferries",
        ),
        ("The chief executive of Salm Star, Ada Lund, spoke.", "Ada Lund", "Salm Star"),
        ("Port St. Salm Mayor Ada Lund spoke.", "Ada Lund", "Port St. Salm"),
        (
            "The president of the People's Democrats, Ada Lund, spoke.",
            "Ada Lund",
            "People's Democrats",
        ),
        (
            "The Northern Highlands Front met. Front spokesman Bo Hall spoke.",
            "Bo Hall",
            "Northern Highlands Front",
        ),
        (
            "The Federation's chairman, Bo Hall, spoke. Bo Hall, chairman of the Farm Workers' "
            "Federation, left. Federation chairman Bo Hall came.",
            "Bo Hall",
            "Farm Workers' Federation",
        ),
        ("Foreign Ministry spokesman Bo Hall spoke.", "Bo Hall", ""),
        ("He met with the President of the State Bo Hall.", "Bo Hall", ""),
        ("The Prime Minister of Velmora Mr. Bo Hall spoke.", "Bo Hall", "Velmora"),
    ],
)
def test_a_side_is_a_state_or_the_whole_name_of_a_body(text, name, side):
    (found,) = listed(text)
    assert (found.name, found.side) == (name, side)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The then labour minister, Bo Hall, ended the strike.", ["former labour minister"]),
        ("Former Vice President Bo Hall spoke.", ["former vice president"]),
        ("The envoy, former Velmoran prime minister Bo Hall, spoke.", ["former prime minister"]),
        (
            "President Bo Hall spoke. As the then labour minister, Bo Hall ended the strike.",
            ["president", "former labour minister"],
        ),
        ("Secretary of State Bo Hall landed.", ["secretary of state"]),
        ("Secretary-General Bo Hall spoke. Secretary General Hall left.", ["secretary general"]),
    ],
)
def test_an_office_that_is_over_says_so(text, titles):
    (found,) = listed(text)
    assert [role.title for role in found.roles] == titles


def test_a_name_misspelt_throughout_is_one_person():
    (found,) = listed(
        "President Mohamed Salmi spoke. President Mohamed Salmi left.",
        "President Mohammed Salmy landed in Tarsk.",
    )
    assert (found.name, found.variants) == ("Mohamed Salmi", ("Mohammed Salmy",))


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Farm Commission must decide. Its chairman, Bo Hall, spoke.", "Farm Commission"),
        ("Salm Star, an airline, lost its way, its finance director, Bo Hall, said.", "Salm Star"),
        ("The Farm Union met the Boat Union. Its chairman, Bo Hall, spoke.", ""),
        ("The port was shut. Its chairman, Bo Hall, spoke.", ""),
        ("Farms were sold to Salm Star. Its chairman, Bo Hall, spoke.", ""),
    ],
)
def test_its_chairman_is_that_of_the_one_body_named_before(text, side):
    (found,) = listed(text)
    assert found.side == side


def test_what_a_sentence_is_about_holds_no_office():
    assert listed("Concerning the pipeline Torvo, the Premier assured that a law would come.") == ()


@pytest.mark.parametrize(
    ("texts", "is_over"),
    [
        (("Transport Minister Bo Hall spoke.", "Former Transport Minister Bo Hall spoke."), True),
        (
            (
                "Transport Minister Bo Hall spoke.",
                "Transport Minister Bo Hall left Tarsk.",
                "The then Transport Minister Bo Hall had opened the line of Tarsk.",
            ),
            False,
        ),
    ],
)
def test_nobody_is_printed_as_holding_an_office_and_having_held_it(texts, is_over):
    (found,) = listed(*texts)
    (role,) = found.roles
    assert role.title.startswith("former ") is is_over


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund of Velmora, the chairwoman of the committee, spoke in the port.",
        "They came to the Queen City by train, and the city was pleased.",
    ],
)
def test_a_place_or_a_thing_holds_no_office(text):
    assert listed(text) == ()


def test_a_surname_that_is_a_word_too_is_a_person_where_a_forename_stands_before_it():
    (found,) = listed("Mayor Ada Brook crossed a brook. Mayor Brook left Tarsk.")
    assert (found.name, found.variants) == ("Ada Brook", ("Brook",))
