from decimal import Decimal

import pytest

from briefing.text.numbers import numbers


def only(text):
    (number,) = numbers(text)
    return number


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$793 million", "793000000", "usd"),
        ("$2.3 bn", "2300000000", "usd"),
        ("US$ 5m", "5000000", "usd"),
        ("3.2 million euros", "3200000", "eur"),
        ("12,34,567 rupees", "1234567", "rupee"),
        ("Rs. 500 crore", "5000000000", "rupee"),
        ("900,000 tonnes", "900000", "tonne"),
        ("38%", "38", "percent"),
        ("38 per cent", "38", "percent"),
        ("thirty-eight percent", "38", "percent"),
        ("640 kilometres", "640", "kilometre"),
        ("nearly three hours", "3", "hour"),
        ("one hour", "1", "hour"),
        ("0.5 metres", "0.5", "metre"),
        ("640km", "640", "kilometre"),
        ("5kg of fish", "5", "kilogram"),
        ("1\u00a0200\u00a0000 tonnes", "1200000", "tonne"),
        ("1 200 tonnes", "1200", "tonne"),
    ],
)
def test_reads_the_value_and_the_unit_of_measure(text, value, unit):
    number = only(text)
    assert (number.value, number.unit, number.measured) == (Decimal(value), unit, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("410 passengers", 410),
        ("14-member delegation", 14),
        ("fourteen members", 14),
        ("twenty-one ships", 21),
        ("a dozen ships", 12),
        ("half a million people", 500_000),
        ("five hundred thousand people", 500_000),
        ("-5 people", -5),
    ],
)
def test_reads_a_count_of_things(text, value):
    assert (only(text).value, only(text).measured) == (value, False)


def test_what_is_counted_is_the_unit_of_a_count():
    assert only("14-member delegation").unit == only("fourteen members").unit
    assert only("14 members").unit != only("14 ships").unit


@pytest.mark.parametrize(
    ("text", "value"), [("the seventh session", 7), ("3rd round", 3), ("twenty-first century", 21)]
)
def test_knows_an_ordinal_from_a_count(text, value):
    number = only(text)
    assert (number.value, number.ordinal) == (value, True)


@pytest.mark.parametrize(
    "text",
    [
        "one of them",
        "No one came",
        "the B2 road",
        "two-way trade",
        "hundreds of people",
        "a second minute",
    ],
)
def test_leaves_out_what_counts_nothing(text):
    assert numbers(text) == ()


def test_gives_the_numbers_in_order_with_their_places():
    text = "It carries 410 passengers over 210 kilometres."
    found = numbers(text)
    assert [number.value for number in found] == [410, 210]
    assert [number.span.of(text) for number in found] == [number.text for number in found]


@pytest.mark.parametrize("word", ["nearly", "about", "around", "almost", "roughly", "close to"])
def test_a_hedge_before_a_number_belongs_to_it(word):
    assert only(f"worth {word} $800 million").hedged
    assert not only("worth $800 million").hedged


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("38%", "38 percent"),
        ("$2.3 billion", "$2.3bn"),
        ("14 members", "fourteen people"),
        ("a dozen ships", "12 ships"),
        ("nearly $800 million", "$793 million"),
        ("1.2 million tonnes", "1,200,000 tonnes"),
        ("7th session", "seventh session"),
    ],
)
def test_a_number_agrees_with_the_same_in_another_form(claim, source):
    assert only(claim).agrees(only(source))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("$793 million", "$739 million"),
        ("$793 million", "$793 billion"),
        ("$793 million", "€793 million"),
        ("640 miles", "640 kilometres"),
        ("38%", "38 ships"),
        ("nearly $900 million", "$793 million"),
        ("$800 million", "$793 million"),
        ("7 sessions", "the seventh session"),
        ("5 degrees", "-5 degrees"),
    ],
)
def test_a_number_does_not_agree_with_another(claim, source):
    assert not only(claim).agrees(only(source))


def test_two_zeros_in_words_are_no_range():
    assert [number.value for number in numbers("It ended zero to zero.")] == [0, 0]
