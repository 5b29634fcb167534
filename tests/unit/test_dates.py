from datetime import date

import pytest

from briefing.text.dates import Period, dates, resolve

TUESDAY = date(2031, 4, 1)


def only(text):
    (mention,) = dates(text)
    return mention


def days(text, on=TUESDAY):
    return [(str(period.first), str(period.last)) for period in resolve(only(text), on)]


@pytest.mark.parametrize(
    "text",
    [
        "28 March 2031",
        "28th of March 2031",
        "March 28, 2031",
        "Mar. 28, 2031",
        "28 Mar, 2031",
        "2031-03-28",
    ],
)
def test_reads_a_whole_date_however_it_is_written(text):
    mention = only(f"They met on {text} in Salm.")
    assert (mention.year, mention.month, mention.day) == (2031, 3, 28)
    assert mention.text == text


def test_fills_in_nothing_that_the_text_does_not_give():
    assert (only("in March").year, only("in March").day) == (None, None)
    assert (only("2029").month, only("18 March").year) == (None, None)
    assert only("March 2029").day is None


@pytest.mark.parametrize("text", ["6-7 April", "6 to 7 April", "6 and 7 April", "April 6-7"])
def test_reads_a_range_of_days(text):
    assert (only(text).day, only(text).last_day) == (6, 7)
    assert days(text) == [("2031-04-06", "2031-04-07")]


@pytest.mark.parametrize(
    "text",
    [
        "they may go",
        "$2029 was paid",
        "2029 people came",
        "1900 tonnes",
        "12029",
        "2031-13-01",
        "the march went on",
        "the monthly talks",
    ],
)
def test_leaves_out_what_is_no_date(text):
    assert dates(text) == ()


def test_gives_the_dates_in_order_without_overlap():
    text = "From 31 March to 1 April 2031, and not in 2030, they met on Tuesday."
    found = dates(text)
    assert [mention.text for mention in found] == ["31 March", "1 April 2031", "2030", "Tuesday"]
    assert all(mention.span.of(text) == mention.text for mention in found)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2031-04-01", "2031-04-01"),
        ("yesterday", "2031-03-31", "2031-03-31"),
        ("tomorrow", "2031-04-02", "2031-04-02"),
        ("last month", "2031-03-01", "2031-03-31"),
        ("next month", "2031-05-01", "2031-05-31"),
        ("last week", "2031-03-24", "2031-03-30"),
        ("last year", "2030-01-01", "2030-12-31"),
        ("this year", "2031-01-01", "2031-12-31"),
        ("two weeks ago", "2031-03-17", "2031-03-23"),
        ("four months ago", "2030-12-01", "2030-12-31"),
        ("a year ago", "2030-01-01", "2030-12-31"),
        ("in February", "2031-02-01", "2031-02-28"),
        ("2029", "2029-01-01", "2029-12-31"),
        ("December 2029", "2029-12-01", "2029-12-31"),
    ],
)
def test_resolves_against_the_day_of_the_article(text, first, last):
    assert days(text) == [(first, last)]


def test_a_day_without_a_year_is_the_nearest_one():
    assert days("28 December", on=date(2031, 1, 3)) == [("2030-12-28", "2030-12-28")]
    assert days("3 January", on=date(2030, 12, 28)) == [("2031-01-03", "2031-01-03")]


def test_a_weekday_is_the_one_before_or_the_one_after():
    assert sorted(days("Friday")) == [
        ("2031-03-28", "2031-03-28"),
        ("2031-04-04", "2031-04-04"),
    ]
    assert days("Tuesday") == [("2031-04-01", "2031-04-01")]


@pytest.mark.parametrize("text", ["today", "Friday", "18 March", "last month"])
def test_without_the_day_of_the_article_only_a_whole_date_resolves(text):
    assert resolve(only(text), None) == ()
    assert len(resolve(only("18 March 2031"), None)) == 1


@pytest.mark.parametrize("text", ["30 February 2031", "31 April 2031", "9-2 April 2031"])
def test_a_day_that_the_calendar_does_not_have_resolves_to_nothing(text):
    assert resolve(only(text), TUESDAY) == ()


def test_29_february_is_looked_for_in_the_leap_year_nearby():
    assert days("29 February", on=date(2031, 6, 1)) == [("2032-02-29", "2032-02-29")]


def test_relative_mentions_say_that_they_are():
    assert only("yesterday").is_relative
    assert only("Friday").is_relative
    assert not only("18 March").is_relative


def test_a_period_holds_what_lies_wholly_inside():
    march = Period(date(2031, 3, 1), date(2031, 3, 31))
    assert march.holds(march)
    assert march.holds(Period(date(2031, 3, 28), date(2031, 3, 28)))
    assert not march.holds(Period(date(2031, 3, 31), date(2031, 4, 1)))
