"""Stops asking a server that keeps failing, and asks again after a rest."""

import threading
import time
from collections.abc import Callable

_FAILURES = 8
"""Two calls with all their usual tries, one after the other."""

_REST_S = 30.0


class CircuitBreaker:
    """Opens after so many failures in a row; after a rest one try may close it again.

    The pattern is Nygard's ("Release It!", 2007). Safe to share among threads.
    """

    def __init__(
        self,
        *,
        failures: int = _FAILURES,
        rest_s: float = _REST_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take how many failures open it, and for how long."""
        self._most = failures
        self._rest_s = rest_s
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0

    @property
    def failures(self) -> int:
        """How many tries have failed since the last one that did not."""
        return self._failures

    def rest_s(self) -> float:
        """Return how long nothing may be asked; 0 lets one try through.

        When a rest is over, that one try holds all others back for another rest, unless it
        succeeds.
        """
        with self._lock:
            if self._failures < self._most:
                return 0.0
            now = self._clock()
            if now < self._open_until:
                return self._open_until - now
            self._open_until = now + self._rest_s
            return 0.0

    def note(self, *, is_outage: bool) -> None:
        """Take down how a try went."""
        with self._lock:
            if not is_outage:
                self._failures = 0
                return
            self._failures += 1
            if self._failures >= self._most:
                self._open_until = self._clock() + self._rest_s
