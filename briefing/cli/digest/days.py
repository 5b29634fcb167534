"""Days as a person gives them to the commands of digests."""

from datetime import date
from zoneinfo import ZoneInfo

from briefing.edges import clock
from briefing.errors import ConfigError
from briefing.mail_settings import DigestSettings


def day_of(words: str | None, digest: DigestSettings) -> date:
    """Return the day that `--date` names, or today where the digest is at home.

    Raises:
        ConfigError: It names none.
    """
    if words is None:
        return clock.now().astimezone(ZoneInfo(digest.timetable.zone)).date()
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise ConfigError(f"`--date` is {words!r}. Give a day such as 2031-04-07.") from error
