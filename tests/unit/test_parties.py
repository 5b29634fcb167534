import pytest

from briefing.data.briefing import Person
from briefing.text.parties import parties


def person(name, side):
    return Person(name=name, variants=(), side=side, roles=())


PEOPLE = (
    person("Oren D'Avelle", "Hestria"),
    person("Yelda Imrasse", "Tolvessa"),
    person("Nella Quill-Orsa", ""),
)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Tolvessa wants a tariff for ten years, while Hestria has offered five.",
            "Tolvessa Hestria",
        ),
        ("Imrasse said the railway came first.", "Tolvessa"),
        ("“We are ready,” said D'Avelle, who leads the delegation.", "Hestria"),
        ("The Hestrian Foreign Ministry said the line was safe.", "Hestria"),
        ("Quill-Orsa told reporters that Hestria wants work to begin soon.", "Hestria"),
        ("Imrasse said that Hestria wants too much.", "Tolvessa"),
        ("“It is ours,” the office quoted Minister Yelda Imrasse as saying.", "Tolvessa"),
        ("An envoy to Tolvessa said the road was closed.", ""),
        ("Officials said nothing was signed.", ""),
        ("Trade between Tolvessa and Hestria grew.", ""),
        ("A wheat trader in Hestria said prices rose.", ""),
    ],
)
def test_a_line_is_given_to_the_side_that_speaks_or_wants(text, sides):
    assert parties(text, PEOPLE) == tuple(sides.split())


def test_without_known_sides_there_is_none():
    assert parties("Imrasse said the railway came first.", PEOPLE[2:]) == ()


@pytest.mark.parametrize("words", [" ", "quoted ", "said ", "for Hestria ", "Hestria wants "])
def test_no_text_takes_long(words):
    assert parties(words * 20_000, PEOPLE) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The envoy met leaders of Tolvessa, pressing Hestria on the tariff, officials said.",
        "Trade with Hestria fell, and analysts said the tariff was to blame.",
    ],
)
def test_people_without_a_name_speak_for_no_side_that_is_named_before_them(text):
    assert parties(text, PEOPLE) == ()


def test_the_officials_of_a_side_speak_for_it():
    assert parties("The talks went well, Tolvessan officials said.", PEOPLE) == ("Tolvessa",)
