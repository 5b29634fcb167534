"""The clock of the machine."""

from datetime import datetime


def now() -> datetime:
    """Return the moment now, in the time zone of the machine."""
    return datetime.now().astimezone()
