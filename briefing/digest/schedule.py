"""Says which editions are due; whoever calls it, cron, a timer or a loop, is only the tick.

The key of an edition is its local date, so an hour that comes twice or never in a year, a machine
that was asleep, or a clock that is set back change when it is made, but not whether nor how often.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefing.data.digest import WEEKDAYS, CatchUp, Due, Schedule

_DAY = timedelta(days=1)

ON_TIME = timedelta(hours=1)
"""A tick this late is still the tick: timers are spread, and machines take time to boot."""

MOST_LATE = {
    CatchUp.LATEST: timedelta(hours=12),
    CatchUp.ALL: timedelta(days=31),
    CatchUp.SKIP: ON_TIME,
}
"""How late an edition may be made, where nothing is set."""

_SEEN_DAYS = 3
"""A zone may skip a date whole, and a moment may fall on the day after: three days see all."""


def edition(schedule: Schedule, day: date) -> Due | None:
    """Return the edition of a local date; None where the zone or the schedule leaves it out.

    A time that the clocks leave out that day moves forward, by as much as they do (RFC 5545,
    3.3.5); one that comes twice counts when it first comes.
    """
    if WEEKDAYS[day.weekday()] not in schedule.weekdays:
        return None
    zone = ZoneInfo(schedule.zone)
    if not _exists(day, zone):
        return None
    wanted = datetime.combine(day, schedule.at, zone)
    moment = wanted.astimezone(UTC)
    local = moment.astimezone(zone)
    note = ""
    if local.replace(tzinfo=None) != wanted.replace(tzinfo=None):
        when = f"{local:%H:%M}" + (" the day after" if local.date() != day else "")
        note = f"the clocks skip {schedule.at:%H:%M} that day: sent at {when}"
    elif wanted.utcoffset() != wanted.replace(fold=1).utcoffset():
        note = f"{schedule.at:%H:%M} comes twice that day: sent the first time"
    return Due(day=day, moment=moment, note=note)


def editions(schedule: Schedule, after: datetime) -> Iterator[Due]:
    """Yield the editions that are due later than `after`, in order, without end."""
    day = after.astimezone(ZoneInfo(schedule.zone)).date() - _SEEN_DAYS * _DAY
    while day < date.max - 2 * _DAY:
        found = edition(schedule, day)
        if found and found.moment > after:
            yield found
        day += _DAY


def due(
    schedule: Schedule,
    *,
    made: Collection[date],
    since: datetime,
    now: datetime,
    catch_up: CatchUp = CatchUp.LATEST,
    max_late: timedelta | None = None,
) -> tuple[Due, ...]:
    """Return the editions to make now, the oldest first.

    An edition is never due again once it is made, nor is one before it. A clock that ran ahead may
    have left editions with dates to come; they hold nothing up.

    Args:
        schedule: When there is one a day.
        made: Dates of the editions there are.
        since: When the digest was first seen; one that was due in the hour before counts.
        now: With its time zone.
        catch_up: Of those that were missed, `latest` makes the last, `all` each, `skip` none.
        max_late: Later than this an edition is no longer made; None for `MOST_LATE`.
    """
    limit = MOST_LATE[catch_up] if max_late is None else max_late
    if catch_up is CatchUp.SKIP:
        limit = min(limit, ON_TIME)
    known = [one for day in made if (one := edition(schedule, day)) and one.moment <= now]
    last = max((one.moment for one in known), default=None)
    start = max(now - limit, since - ON_TIME) - timedelta(microseconds=1)
    found = []
    for one in editions(schedule, start if last is None else max(start, last)):
        if one.moment > now:
            break
        if one.day not in made:
            found.append(one)
    return tuple(found if catch_up is CatchUp.ALL else found[-1:])


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Say whether any moment has this local date; in 2011 Samoa had no 30 December."""
    times = (time.min, time(12), time.max)
    return any(_is_there(datetime.combine(day, at, zone)) for at in times)


def _is_there(wanted: datetime) -> bool:
    back = wanted.astimezone(UTC).astimezone(wanted.tzinfo)
    return back.replace(tzinfo=None) == wanted.replace(tzinfo=None)
