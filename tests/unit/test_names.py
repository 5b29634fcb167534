import pytest

from briefing.text.names import initials, is_everyday, key, names, same_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Minister Oren D'Avelle met Yelda Imrasse.", ["Oren D'Avelle", "Yelda Imrasse"]),
        ("Gen. Davit Omarre and Ms. Nella Quill-Orsa", ["Davit Omarre", "Nella Quill-Orsa"]),
        ("Abdul al-Rashid met Anna van Berg.", ["Abdul al-Rashid", "Anna van Berg"]),
        ("Anna van der Berg came.", ["Anna van der Berg"]),
        ("The Kaldrin–Ustavar railway", ["Kaldrin", "Ustavar"]),
        ("Officials in Kaldrin and NATO", ["Kaldrin", "NATO"]),
        ("Élise Ångström visited Łódź.", ["Élise Ångström", "Łódź"]),
        ("President Lorcan Hadrell’s office", ["Lorcan Hadrell’s"]),
        ("The talks began on Monday. However, They ended in April.", []),
        ("nothing here is capital", []),
    ],
)
def test_names_are_runs_of_capitals_without_offices_and_everyday_words(text, expected):
    assert [name.text for name in names(text)] == expected


def test_a_name_knows_its_place_and_its_surname():
    text = "Then Oren D’Avelle’s plane landed."
    (name,) = names(text)
    assert name.span.of(text) == name.text
    assert name.last == "d'avelle"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("D’Avelle", "D'AVELLE"),
        ("Hestria's", "hestria"),
        ("Ministers’", "Ministers"),
        ("Ångström", "angstrom"),
        ("U.S.", "us"),
    ],
)
def test_a_key_folds_case_accents_possessives_and_points(one, other):
    assert key(one) == key(other)


def test_a_misspelt_name_has_another_key():
    assert key("D'Alvelle") != key("D'Avelle")


@pytest.mark.parametrize(
    ("one", "other"),
    [("hestria", "hestrian"), ("tolvessa", "tolvessan"), ("japan", "japanese"), ("lund", "lund")],
)
def test_a_country_and_its_people_are_one_name(one, other):
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("lund", "lundberg"), ("hestria", "tolvessa"), ("us", "usa"), ("omar", "omarre")],
)
def test_names_that_only_begin_alike_are_two(one, other):
    assert not same_name(one, other)


def test_initials_are_those_of_the_capitalised_words():
    assert initials("Lakes and Passes Organization") == "LPO"
    assert initials("Kaldrin") == ""


@pytest.mark.parametrize("word", ["The", "Monday", "However", "Officials", "General", "Dr"])
def test_everyday_words_and_ranks_are_no_names(word):
    assert is_everyday(word)
    assert not is_everyday("Kaldrin")
