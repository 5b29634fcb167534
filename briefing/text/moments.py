"""Moments as a person gives them to a command: an age, a day, or a time of a day."""

import re
from datetime import datetime, time, timedelta

from briefing.errors import ConfigError

_AGE = re.compile(r"(\d{1,6})\s*(h|d|w)", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}


def moment(words: str, now: datetime, *, option: str, is_end: bool = False) -> datetime:
    """Return the moment that `words` mean: `24h` or `7d` before `now`, `2031-04-06`, or a time.

    Args:
        words: As the user gave them.
        now: With its time zone, which a day or time without one has too.
        option: What to call them in a message.
        is_end: A day means its end and not its beginning.

    Raises:
        ConfigError: They mean no moment.
    """
    if age := _AGE.fullmatch(words.strip()):
        try:
            return now - timedelta(hours=int(age[1]) * _HOURS[age[2].lower()])
        except OverflowError as error:
            raise _unclear(words, option) from error
    try:
        found = datetime.fromisoformat(words.strip())
        if is_end and len(words.strip()) <= len("2031-04-06"):
            found = datetime.combine(found.date(), time()) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise _unclear(words, option) from error
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)


def _unclear(words: str, option: str) -> ConfigError:
    return ConfigError(
        f"`{option}` is {words!r}. Give an age such as 24h, 7d or 2w, or a day such as 2031-04-06."
    )
