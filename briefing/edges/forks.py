"""A crew of processes, for work that keeps Python itself busy."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any, Generic, NoReturn, TypeVar

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")

_MOST = 4
_LEAST_EACH = 8
"""Fewer items for each are sooner done by one: a copy has to load what it works with itself."""


def free_processors() -> int:
    """Return how many processes are worth starting: 1 where a process cannot be copied safely."""
    # Elsewhere there is no fork, or, as on macOS, system libraries that do not bear one.
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


class Forks:
    """A crew of copies of this process, which share the items out as cards are dealt.

    What the work reads is in each copy already; what it returns is sent back, so it must be such as
    can be pickled. What it changes stays in the copy. A copy never writes to the terminal, and ends
    soon after this process has, however that came.
    """

    def __init__(self, at_once: int) -> None:
        """Take how many processes may work, this one among them."""
        self._at_once = min(at_once, _MOST)

    def each(self, work: Callable[[_Item], _Done], items: Sequence[_Item]) -> tuple[_Done, ...]:
        """Return what `work` makes of each item, in their order."""
        hands = min(self._at_once, len(items) // _LEAST_EACH)
        if hands < 2:
            return tuple(map(work, items))
        copies: list[_Copy[_Done]] = []
        try:
            # One by one: those that were begun are ended where the next cannot be.
            copies.extend(_Copy(work, items[turn::hands]) for turn in range(1, hands))
            own = [work(item) for item in items[::hands]]
            shares = [own, *(copy.result() for copy in copies)]
        except Exception:
            # An error, here or in a copy: the first in the order of the items is met again.
            return tuple(map(work, items))
        finally:
            for copy in copies:
                copy.end()
        return tuple(shares[at % hands][at // hands] for at in range(len(items)))


class _Copy(Generic[_Done]):
    """A copy of this process at work."""

    def __init__(self, work: Callable[[_Item], _Done], items: Sequence[_Item]) -> None:
        reading, writing = os.pipe()
        self._results = os.fdopen(reading, "rb")
        parent = os.getpid()
        try:
            self._pid = os.fork()
            if self._pid == 0:
                # A copy that could read its own results would wait for itself to do so.
                os.close(reading)
                _do(work, items, writing, parent)
        except OSError:
            self._results.close()
            raise
        finally:
            os.close(writing)

    def result(self) -> list[_Done]:
        """Return what it made of its items; raise where it could not, or was killed."""
        done: list[_Done] = pickle.load(self._results)
        return done

    def end(self) -> None:
        """Stop it, wherever it is."""
        self._results.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _do(work: Callable[[Any], Any], items: Sequence[Any], writing: int, parent: int) -> NoReturn:
    """Do the work, send what it returns, and end this process without another step."""
    try:
        with os.fdopen(writing, "wb") as results:
            done = []
            for item in items:
                if os.getppid() != parent:
                    os._exit(0)
                done.append(work(item))
            pickle.dump(done, results, pickle.HIGHEST_PROTOCOL)
    finally:
        # The buffers of the terminal, and what else is to be done at exit, are not a copy's.
        os._exit(0)
