import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import pytest

from briefing.data.digest import CatchUp, Schedule
from briefing.digest.schedule import due, edition, editions
from tests.zone_check import TIMES, YEARS, check_ticks, check_year, tick

LONDON = ZoneInfo("Europe/London")
SEVEN = Schedule(at=time(7), zone="Europe/London")
HARD = ("Europe/London", "America/Asuncion", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Gaza")


def london(*fields):
    return datetime(*fields, tzinfo=LONDON)


FIRST = london(2026, 11, 1)


def days(found):
    return [one.day.day for one in found]


def test_an_edition_is_due_at_its_local_time():
    assert edition(SEVEN, date(2026, 1, 5)).moment == datetime(2026, 1, 5, 7, tzinfo=UTC)
    assert edition(SEVEN, date(2026, 7, 5)).moment == datetime(2026, 7, 5, 6, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_moves_forward():
    night = Schedule(at=time(1, 30), zone="Europe/London")
    spring = edition(night, date(2026, 3, 29))
    assert spring.moment.astimezone(LONDON) == london(2026, 3, 29, 2, 30)
    assert spring.note == "the clocks skip 01:30 that day: sent at 02:30"


def test_a_midnight_that_does_not_exist_is_not_skipped():
    midnight = Schedule(at=time(0), zone="Asia/Beirut")
    found = edition(midnight, date(2026, 3, 29))
    assert f"{found.moment.astimezone(ZoneInfo('Asia/Beirut')):%d %H:%M}" == "29 01:00"


def test_an_hour_that_comes_twice_is_the_first():
    night = Schedule(at=time(1, 30), zone="Europe/London")
    autumn = edition(night, date(2026, 10, 25))
    assert autumn.moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert autumn.note == "01:30 comes twice that day: sent the first time"
    ticks = [london(2026, 10, 24, 12) + timedelta(minutes=10 * n) for n in range(200)]
    assert tick(night, since=ticks[0], moments=ticks) == [date(2026, 10, 25)]


def test_a_date_that_a_zone_leaves_out_has_no_edition():
    apia = Schedule(at=time(7), zone="Pacific/Apia")
    start = datetime(2011, 12, 28, 0, tzinfo=ZoneInfo("Pacific/Apia"))
    assert days(islice(editions(apia, start), 4)) == [28, 29, 31, 1]


def test_only_the_weekdays_that_are_asked_for():
    weekdays = Schedule(at=time(7), zone="Europe/London", weekdays=("mon", "fri"))
    assert days(islice(editions(weekdays, london(2026, 11, 20, 8)), 3)) == [23, 27, 30]


@pytest.mark.parametrize("zone", HARD)
@pytest.mark.parametrize("year", YEARS)
def test_every_local_date_has_one_edition_at_its_time(zone, year):
    assert check_year(zone, year, TIMES) > 4 * 360


@pytest.mark.parametrize("seed", range(6))
def test_a_zone_drawn_by_lot_does_as_well(seed):
    chance = random.Random(seed)
    zone = chance.choice(sorted(available_timezones()))
    at = time(chance.randrange(24), chance.randrange(60))
    year = chance.randrange(1990, 2037)
    assert check_year(zone, year, [at]) > 360
    assert check_ticks(zone, year, at, every=timedelta(hours=5, minutes=7)) > 360


NOVEMBER = [*range(10, 31)]


@pytest.mark.parametrize(
    ("down", "latest", "every", "on_time"),
    [
        (timedelta(hours=1), [10], [10], [10]),
        (timedelta(hours=3), [10], [10], []),
        (timedelta(days=3), [], [10, 11, 12], []),
        (timedelta(days=3, hours=1), [13], [10, 11, 12, 13], [13]),
        (timedelta(days=30), [], [*NOVEMBER, *range(1, 10)], []),
        (timedelta(days=30, hours=3), [10], [*NOVEMBER, *range(1, 11)], []),
    ],
)
def test_what_was_missed_is_made_as_the_policy_says(down, latest, every, on_time):
    """The machine sleeps from ten to seven on 10 November, and wakes `down` later."""
    wakes = london(2026, 11, 10, 6, 50) + down
    made = [date(2026, 11, day) for day in range(1, 10)]
    found = {
        policy: days(due(SEVEN, made=made, since=FIRST, now=wakes, catch_up=policy))
        for policy in CatchUp
    }
    assert found == {CatchUp.LATEST: latest, CatchUp.ALL: every, CatchUp.SKIP: on_time}


def test_an_edition_is_not_made_later_than_is_wanted():
    late = london(2026, 11, 10, 20)
    made = [date(2026, 11, 9)]
    assert due(SEVEN, made=made, since=FIRST, now=late) == ()
    found = due(SEVEN, made=made, since=FIRST, now=late, max_late=timedelta(hours=14))
    assert days(found) == [10]


def test_a_new_digest_has_no_past():
    now = london(2026, 11, 10, 12)
    assert due(SEVEN, made=(), since=now, now=now, catch_up=CatchUp.ALL) == ()
    first_tick = london(2026, 11, 10, 7, 20)
    assert days(due(SEVEN, made=(), since=first_tick, now=first_tick)) == [10]


def test_a_clock_that_is_set_back_makes_none_twice():
    ticks = [london(2026, 11, 10) + timedelta(hours=n) for n in range(100)]
    back = [tick - timedelta(days=2) for tick in ticks]
    made = tick(SEVEN, since=ticks[0], moments=[*ticks, *back, *ticks])
    assert [day.day for day in made] == [10, 11, 12, 13]


def test_a_clock_that_ran_ahead_a_year_holds_nothing_up():
    ahead = [date(2027, 11, 9)]
    found = due(SEVEN, made=ahead, since=FIRST, now=london(2026, 11, 10, 7, 1))
    assert days(found) == [10]
