from datetime import date

import pytest

from briefing.data.briefing import Stage
from briefing.text.occasions import is_overtaken, is_statement, occasions, stage

WEDNESDAY = date(2031, 4, 2)


def days(text, on=WEDNESDAY):
    return [(str(one.period.first), str(one.period.last)) for one in occasions(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She arrived on Monday.", ["2031-03-31"]),
        ("She will arrive on Friday.", ["2031-04-04"]),
        ("Talks are to be held on Friday.", ["2031-04-04"]),
        ("She landed on Wednesday and will leave on Friday.", ["2031-04-02", "2031-04-04"]),
        ("Orrin, who came on Tuesday, will leave on Friday.", ["2031-04-01", "2031-04-04"]),
        ("She will be received on Thursday.", ["2031-04-03"]),
        ("On Monday she landed in Tarsk.", ["2031-03-31"]),
        ("The boats that would carry the spring wheat were unloaded on Monday.", ["2031-03-31"]),
        ("He may speak, but is expected to leave on Friday.", ["2031-04-04"]),
        ("In May they agreed, and on Monday they signed.", ["2031-03-31"]),
        ("The envoy visited Tarsk yesterday.", ["2031-04-01"]),
    ],
)
def test_a_weekday_lies_where_the_verb_looks(text, expected):
    assert [first for first, last in days(text) if first == last] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The envoy flies home on Tuesday.",
        "The talks will be held on Tuesday morning.",
        "The port has been closed since Monday.",
        "She is to report by June 30.",
        "The tariff may change, the ministry said on Monday.",
        "Tarsk has accepted the offer, and the boats should arrive on Friday.",
        "The envoy said that an accord would be signed on Friday.",
        "The accord was signed on 31 February 2030.",
    ],
)
def test_a_date_that_may_mean_two_things_or_only_bounds_is_left_out(text):
    assert days(text) == []


def test_periods_are_worked_out_from_the_day_of_the_article():
    assert days("Tashkar visited Tarsk last month.") == [("2031-03-01", "2031-03-31")]
    assert days("Tashkar visited Tarsk last month.", on=None) == []
    assert days("They met on 9 October 2030.", on=None) == [("2030-10-09", "2030-10-09")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The two sides signed an accord on Monday.", Stage.DONE),
        ("The two sides will sign an accord on Friday.", Stage.PLANNED),
        ("The two sides will sign an accord.", Stage.PLANNED),
        ("The ministers are meeting at the harbour.", Stage.UNDER_WAY),
        ("She arrived on Monday on a visit during which she will hold talks.", Stage.DONE),
        ("Orrin, who arrived on Monday, will leave on Friday.", Stage.PLANNED),
        ("She is not expected to meet the opposition.", None),
        ("She hopes to meet the opposition on Friday.", None),
        ("The call on Friday was cancelled.", None),
        ("The harbour lies to the north.", None),
    ],
)
def test_the_first_verb_of_the_main_clause_tells_the_stage(text, expected):
    assert stage(text, on=WEDNESDAY, as_of=WEDNESDAY) == expected


def test_a_plan_whose_day_has_passed_was_announced():
    text = "The two sides will sign an accord on Friday."
    assert stage(text, on=WEDNESDAY, as_of=date(2031, 4, 8)) is Stage.ANNOUNCED
    assert stage(text, on=WEDNESDAY, as_of=date(2031, 4, 4)) is Stage.PLANNED


@pytest.mark.parametrize(
    "text",
    [
        "The two sides will sign an accord on Friday if parliament agrees.",
        "The two sides will sign an accord on Friday, and would not say where.",
    ],
)
def test_a_plan_with_doubts_is_announced_too_once_its_day_has_passed(text):
    assert stage(text, on=WEDNESDAY, as_of=WEDNESDAY) is None
    assert stage(text, on=WEDNESDAY, as_of=date(2031, 4, 8)) is Stage.ANNOUNCED


def test_who_is_expected_on_a_day_has_not_come():
    text = "The chairman is expected in Salm on Friday."
    assert stage(text, on=WEDNESDAY, as_of=WEDNESDAY) is Stage.PLANNED
    assert stage(text, on=WEDNESDAY, as_of=date(2031, 4, 8)) is Stage.ANNOUNCED


def test_what_an_older_article_plans_without_a_day_was_announced():
    text = "The two sides will sign an accord."
    assert stage(text, on=WEDNESDAY, as_of=date(2031, 4, 3)) is Stage.ANNOUNCED
    assert stage(text, on=None, as_of=WEDNESDAY) is None


def test_what_is_denied_or_doubted_without_a_day_tells_no_stage_later_either():
    text = "She is not expected to meet the opposition."
    assert stage(text, on=WEDNESDAY, as_of=date(2031, 4, 8)) is None


def test_a_plan_is_overtaken_once_its_day_has_passed_unless_it_says_so_itself():
    later = date(2031, 4, 8)
    assert is_overtaken("She will leave on Friday.", on=WEDNESDAY, as_of=later)
    assert not is_overtaken("She will leave on Friday.", on=WEDNESDAY, as_of=WEDNESDAY)
    assert not is_overtaken("She was due to leave on Friday.", on=WEDNESDAY, as_of=later)
    assert not is_overtaken("She will leave.", on=WEDNESDAY, as_of=later)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy is expected in Tarsk on Friday, a day before the vote.", "2031-04-04"),
        ("The union has announced a march for Friday.", "2031-04-04"),
        ("Orrin, who sued the paper on 8 March, withdrew the suit on Monday.", "2031-03-31"),
    ],
)
def test_what_is_expected_or_set_for_a_day_is_still_to_come(text, expected):
    last = occasions(text, WEDNESDAY)[-1]
    assert str(last.period.first) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Those who were hoping that the vote on Friday would help them had a plan.",
        "Trade is to reach 3 billion crowns until the year 2035.",
        "The commission must report by the end of June.",
        "The price is the lowest since shares were first sold in 2016.",
    ],
)
def test_what_is_hoped_for_or_bounded_has_no_day(text):
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "is_aside"),
    [
        ("Orrin, who took office in January, told of the ship.", True),
        ("The visit takes place at the invitation of Orrin, who came in January.", True),
        ("Orrin, who is to leave on Friday, told of the ship.", False),
        ("In January Orrin, who leads the party, took office.", False),
    ],
)
def test_a_day_told_by_the_way_is_marked(text, is_aside):
    assert [one.is_aside for one in occasions(text, WEDNESDAY)] == [is_aside]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The exchange is to take place on 27 May on the isle of Hask.", Stage.PLANNED),
        ("A group, headed by the judge Orrin, will meet in Tarsk on 19 June.", Stage.PLANNED),
        ("The envoy is expected in Tarsk on Friday.", Stage.PLANNED),
        ("The minister replied that the fund holds 75 million crowns.", None),
        ("Orrin called the order half a door.", None),
        ("Orrin called off the visit.", Stage.DONE),
        ("Orrin withdrew the suit.", Stage.DONE),
    ],
)
def test_a_month_named_may_an_aside_and_a_reply_do_not_hide_the_stage(text, expected):
    assert stage(text, on=WEDNESDAY, as_of=WEDNESDAY) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister replied that the fund held 75 million crowns.", True),
        ("The union said workers had complained about a valve.", True),
        ("Orrin, who leads the party, called the order half a door.", True),
        ("The minister met Orrin, who said the talks were useful.", False),
        ("The envoy is expected in Tarsk on Friday, officials said.", False),
        ("The envoy leads a delegation of 14, according to a list.", False),
    ],
)
def test_a_statement_tells_first_that_somebody_speaks(text, expected):
    assert is_statement(text) is expected
