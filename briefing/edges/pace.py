"""Keeps a distance in time between two visits to one host."""

import threading
from collections.abc import Callable


class Pace:
    """Hands out the moments at which each host may be visited. Threads may share it."""

    def __init__(
        self, delay_s: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._delay_s = delay_s
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._delays_s: dict[str, float] = {}
        self._free_at: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Return when it is our turn to visit `host`, and take that turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + self._delays_s.get(host, self._delay_s)
        if turn > now:
            self._sleep(turn - now)

    def slow_down(self, host: str, delay_s: float) -> None:
        """Keep at least `delay_s` between visits to `host`, from the turn just taken on."""
        with self._lock:
            known_s = self._delays_s.get(host, self._delay_s)
            if delay_s > known_s:
                self._delays_s[host] = delay_s
                self._free_at[host] = self._free_at.get(host, self._clock()) + delay_s - known_s
