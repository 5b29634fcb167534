"""How long a server is asked again, and what is waited between two tries."""

import logging
import random as random_numbers
import time
from collections.abc import Callable
from dataclasses import dataclass

from briefing.edges.model_errors import Failure
from briefing.errors import ModelUnavailable

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 8.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Tries, and the time that they may take together."""

    tries: int = 4
    """At most so many, if the errors are worth it."""

    timeout_s: float = 120.0
    """For one call, all tries and pauses included."""

    clock: Callable[[], float] = time.monotonic
    """Seconds, from any start."""

    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random_numbers.random
    """A number from 0 to 1, which spreads the tries of many clients."""

    def pause(self, failure: Failure, tried: int, until: float) -> None:
        """Wait before the next try, or raise the error where none is worth it."""
        error = failure.error
        if tried >= min(failure.tries, self.tries):
            raise error
        asked_s = error.retry_after_s if isinstance(error, ModelUnavailable) else None
        # Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
        longest_s = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2 ** (tried - 1))
        pause_s = self.random() * longest_s if asked_s is None else asked_s
        left_s = until - self.clock()
        if asked_s is not None and asked_s >= left_s:
            raise ModelUnavailable(
                f"{error} It asks for {asked_s:g} s of patience, and {left_s:.0f} s are left.",
                retry_after_s=asked_s,
            )
        if pause_s >= left_s:
            raise error
        _log.info("%s Trying again in %.1f s.", error, pause_s)
        self.sleep(pause_s)
