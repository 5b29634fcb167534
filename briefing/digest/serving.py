"""A loop of our own for where neither cron nor a timer is: it goes round until it is stopped."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from briefing.digest.replies import wait
from briefing.digest.running import Round
from briefing.errors import BriefingError
from briefing.ports import Clock

_log = logging.getLogger(__name__)

TICK = timedelta(minutes=1)


def serve(
    go_round: Callable[[], Round],
    *,
    now: Clock,
    wait_for: Callable[[float], bool],
    report: Callable[[datetime, Round | BriefingError], None],
) -> None:
    """Go round once a minute, and more rarely while the mail server or the database fails.

    Args:
        go_round: Makes what is due and sends what is ready.
        now: For the report.
        wait_for: Waits so many seconds, and says whether to stop.
        report: Told of each round: what it did, or why there was none.
    """
    failed = 0
    while True:
        try:
            done = go_round()
        except BriefingError as error:
            _log.error("the round failed: %s", error)
            report(now(), error)
            failed += 1
        else:
            report(now(), done)
            failed = failed + 1 if done.delivery.stopped else 0
        pause = max(TICK, wait(failed)) if failed else TICK
        if wait_for(pause.total_seconds()):
            return
