"""A thread for what can be done while a run waits: for a model, or for a process that parses."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

_Done = TypeVar("_Done")


class WhileWaiting:
    """Does work aside from the moment on at which something is waited for, one after the other.

    Until then nothing is begun, since two threads of Python share one core: what has to be ready
    before that would come later. What is asked for before its turn is done by who asks, so that
    results do not hang on whether, or how long, anything was waited for.
    """

    def __init__(self) -> None:
        self._left: list[_Work[Any]] = []
        self._lock = Lock()
        self._is_at_work = False

    def __call__(self, work: Callable[[], _Done]) -> Callable[[], _Done]:
        """Take work, and return what gives its result, or raises its error."""
        one = _Work(work)
        with self._lock:
            self._left.append(one)

        def result() -> _Done:
            with self._lock:
                # What is never waited for would be kept to the end of a run of many stories.
                if one in self._left:
                    self._left.remove(one)
            return one.result()

        return result

    def begin(self) -> None:
        """Do what is left, now that something is waited for."""
        with self._lock:
            if self._is_at_work or not self._left:
                return
            self._is_at_work = True
        Thread(target=self._do_all, name="aside").start()

    def end(self) -> None:
        """Begin no more: what nobody has asked for by now is not wanted."""
        with self._lock:
            self._left.clear()

    def _do_all(self) -> None:
        while True:
            with self._lock:
                if not self._left:
                    self._is_at_work = False
                    return
                one = self._left.pop(0)
            one.do()


class _Work(Generic[_Done]):
    def __init__(self, work: Callable[[], _Done]) -> None:
        self._work = work
        self._lock = Lock()
        self._future: Future[_Done] = Future()

    def do(self) -> None:
        """Do it, if nobody has."""
        with self._lock:
            if self._future.done():
                return
            try:
                self._future.set_result(self._work())
            except Exception as error:
                # Raised where the result is asked for.
                self._future.set_exception(error)

    def result(self) -> _Done:
        """Return the result; raise what the work raised."""
        self.do()
        return self._future.result()
