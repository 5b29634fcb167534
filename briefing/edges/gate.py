"""Lets calls through one by one: so many at once, so many requests and tokens a minute."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyrate_limiter import Limiter


class Gate:
    """Holds a call back until there is room for it. Safe to share among threads."""

    def __init__(
        self,
        *,
        at_once: int = 8,
        requests_per_minute: int | None = None,
        tokens_per_minute: int | None = None,
    ) -> None:
        """Take the limits; None is no limit."""
        self._places = threading.BoundedSemaphore(at_once)
        self._requests = _limiter(requests_per_minute)
        self._tokens = _limiter(tokens_per_minute)
        self._most_tokens = tokens_per_minute or 0

    @contextmanager
    def turn(self, tokens: int, *, timeout_s: float) -> Iterator[None]:
        """Wait for room for one call of `tokens` at most, and hold its place meanwhile.

        A call of more tokens than a minute has waits for a whole minute's worth.

        Raises:
            TimeoutError: There is no room within `timeout_s`.
        """
        until = time.monotonic() + timeout_s
        if not self._places.acquire(timeout=max(0.0, timeout_s)):
            raise TimeoutError
        try:
            _wait(self._requests, 1, until)
            _wait(self._tokens, min(tokens, self._most_tokens), until)
            yield
        finally:
            self._places.release()


def _limiter(per_minute: int | None) -> "Limiter | None":
    if per_minute is None:
        return None
    from pyrate_limiter import Duration, Limiter, Rate

    return Limiter(Rate(per_minute, Duration.MINUTE))


def _wait(limiter: "Limiter | None", weight: int, until: float) -> None:
    if limiter is None:
        return
    left_s = max(0.0, until - time.monotonic())
    if not limiter.try_acquire("calls", weight, timeout=left_s):
        raise TimeoutError
