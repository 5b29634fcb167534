"""What must hold of a schedule in a time zone, found out without the code that is checked."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefing.data.digest import CatchUp, Schedule
from briefing.digest.schedule import due, edition

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def local_hours(zone, year):
    """Return the local time and the offset of each hour of a year, and of two days round it."""
    moment = datetime(year, 1, 1, tzinfo=UTC) - 2 * _DAY
    end = datetime(year + 1, 1, 1, tzinfo=UTC) + 2 * _DAY
    hours = []
    while moment < end:
        local = moment.astimezone(zone)
        hours.append((local.replace(tzinfo=None), local.utcoffset()))
        moment += _HOUR
    return hours


def check_year(key, year, times, hours=None):
    """Compare every edition of a year with a search over the offsets that the zone then had.

    Returns how many editions were compared. Raises `AssertionError` where one is wrong.
    """
    zone = ZoneInfo(key)
    hours = hours or local_hours(zone, year)
    offsets = {}
    for local, offset in hours:
        for day in (-1, 0, 1):
            offsets.setdefault(local.date() + day * _DAY, set()).add(offset)
    there = {local.date() for local, _ in hours if local.year == year}
    count = 0
    for at in times:
        schedule = Schedule(at=at, zone=key)
        before = None
        for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
            day = date(year, 1, 1) + number * _DAY
            found = edition(schedule, day)
            where = f"{key} {day} {at}"
            assert (found is not None) == (day in there), where
            if found is None:
                continue
            count += 1
            wanted = datetime.combine(day, at)
            moments = sorted(
                moment
                for offset in offsets[day]
                if (moment := (wanted - offset).replace(tzinfo=UTC)).astimezone(zone)
                .replace(tzinfo=None) == wanted
            )  # fmt: skip
            local = found.moment.astimezone(zone).replace(tzinfo=None)
            if moments:
                assert found.moment == moments[0], where
                assert bool(found.note) == (len(moments) > 1), where
            else:
                assert wanted < local < wanted + _DAY, where
                assert "skip" in found.note, where
            assert before is None or before < found.moment, where
            before = found.moment
    return count


def tick(schedule, *, since, moments, catch_up=CatchUp.LATEST, max_late=None):
    """Return the dates of the editions that ticks at these moments make, in order."""
    made = []
    for now in moments:
        made += [
            one.day
            for one in due(
                schedule,
                made=made[-6:],
                since=since,
                now=now,
                catch_up=catch_up,
                max_late=max_late,
            )
        ]
    return made


def check_ticks(key, year, at, *, every, hours=None):
    """Make sure that ticks through a year make each local date's edition once, in order."""
    zone = ZoneInfo(key)
    hours = hours or local_hours(zone, year)
    start = datetime(year, 1, 1, tzinfo=UTC)
    schedule = Schedule(at=at, zone=key)
    moments = [start + number * every for number in range(int(timedelta(days=365) / every))]
    made = tick(schedule, since=start, moments=moments, catch_up=CatchUp.ALL)
    assert made == sorted(set(made)), key
    inner = {local.date() for local, _ in hours[72 : -(96 + 24)]}
    assert inner <= set(made), (key, sorted(inner - set(made)))
    return len(made)


TIMES = (time(0, 0), time(1, 30), time(2, 30), time(23, 45))
"""Midnight, twice in the hours that clocks skip or repeat, and late."""

YEARS = (1994, 2011, 2026)
"""With the dates that Kiribati and Samoa left out, and one of today's rules."""
