"""Gathers the calls of work done side by side into rounds, and has each round answered as a batch.

Work that waits for an answer goes no further. When all work under way waits, or is done, what it
asks for is a round: all drafts that are ready together, then what has to be mended of them.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

from briefing.data.briefing import Usage
from briefing.edges.answer import Answer, Call
from briefing.edges.batch_replies import Batch
from briefing.edges.batch_server import BatchServer
from briefing.edges.batch_state import BatchState, Submission, line
from briefing.edges.model_errors import Failure, unanswered
from briefing.errors import BatchPending, ModelError, ModelUnavailable

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")

_FIRST_PAUSE_S, _SLOWER = 1.0, 1.5

_MOST_THREADS = 256
"""Of one run. A round may take a day, so that many stories should be in the first one; what waits
costs a stack."""

_FREE = Usage()
"""Of calls that were never sent, or whose batch was turned down."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One call that can wait."""

    key: str
    """The hash of all that decides on its answer."""

    body: Mapping[str, object]
    call: Call
    server: BatchServer
    ticket: str
    """Under what the books have it."""


class BatchRounds:
    """A crew whose calls are answered in rounds, large enough for all work to begin at once."""

    def __init__(
        self,
        state: BatchState,
        *,
        wait_s: float,
        longest_pause_s: float = 60.0,
        most_threads: int = _MOST_THREADS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        say: Callable[[str], None] = lambda words: None,
    ) -> None:
        """Take what is remembered, and how long to wait.

        Args:
            state: What was sent before, by this run or one that was killed.
            wait_s: For all rounds together; 0 only looks whether a batch has ended.
            longest_pause_s: Between two looks.
            most_threads: Over all work that is shared out, and shared out again.
            clock: Seconds, from any start.
            sleep: Waits so many seconds; by default until the run is broken off.
            say: Told in words what is sent and waited for.
        """
        self.state = state
        self._wait_s = wait_s
        self._longest_pause_s = longest_pause_s
        self._clock = clock
        self._is_stopping = threading.Event()
        self._sleep = sleep or self._is_stopping.wait
        self._say = say
        self._turn = threading.Condition()
        self._threads_left = most_threads
        self._at_work = 1
        self._waiting: list[_Waiting] = []
        self._until: float | None = None
        self._used: list[str] = []
        self._is_broken_off = False

    def each(self, work: Callable[[_Item], _Done], items: Sequence[_Item]) -> tuple[_Done, ...]:
        """Return what `work` makes of each item, in their order.

        All begin at once, as far as the run has threads left; the others begin as these end, and
        what they ask for is in later rounds.
        """
        with self._turn:
            workers = min(len(items), self._threads_left)
            if workers > 1:
                self._threads_left -= workers
                self._at_work += workers - 1
        if workers < 2:
            return tuple(map(work, items))
        left = [workers]
        to_do = iter(enumerate(items))
        done: dict[int, Future[_Done]] = {number: Future() for number in range(len(items))}

        def next_item() -> tuple[int, _Item] | None:
            with self._turn:
                return next(to_do, None)

        def one_worker() -> None:
            try:
                while (taken := next_item()) is not None:
                    number, item = taken
                    try:
                        done[number].set_result(work(item))
                    except BaseException as error:
                        done[number].set_exception(error)
            finally:
                with self._turn:
                    left[0] -= 1
                    if left[0]:  # The last one leaves its place to the work that shared it out.
                        self._at_work -= 1
                        self._turn.notify_all()

        with ThreadPoolExecutor(workers) as pool:
            try:
                for ended in [pool.submit(one_worker) for _ in range(workers)]:
                    ended.result()
            except KeyboardInterrupt:
                self._is_stopping.set()
                raise
        with self._turn:
            self._threads_left += workers
        return tuple(done[number].result() for number in range(len(items)))

    def ask(self, question: Question) -> Answer | Failure:
        """Return the answer to a call, when all work under way has asked for its own.

        Raises:
            BatchPending: It has not come in time.
            CacheError: What is under way cannot be kept.
        """
        mine = _Waiting(question)
        with self._turn:
            self._waiting.append(mine)
            while mine.outcome is None:
                if len(self._waiting) < self._at_work:
                    self._turn.wait()
                    continue
                together, self._waiting = self._waiting, []
                self._turn.release()
                try:
                    outcomes = self._answered(together)
                finally:
                    self._turn.acquire()
                for one, outcome in zip(together, outcomes, strict=True):
                    one.outcome = outcome
                self._turn.notify_all()
        if isinstance(mine.outcome, BaseException):
            raise mine.outcome
        return mine.outcome

    def finish(self) -> None:
        """Let go of the answers that were used: what could be read of them is kept elsewhere.

        Not where some are waited for: what is asked next may rest on one that could not be read.
        """
        if self._used and not self._is_broken_off:
            self.state.forget(self._used)

    def _answered(self, together: Sequence["_Waiting"]) -> list["_Outcome"]:
        try:
            found = self._round({one.question.key: one.question for one in together})
        except BaseException as error:
            self._is_broken_off = True
            return [error for _ in together]
        return [found[one.question.key] for one in together]

    def _round(self, questions: Mapping[str, Question]) -> dict[str, Answer | Failure]:
        if self._is_stopping.is_set():
            raise BatchPending("the run was broken off. Run the same again to go on.")
        if self._until is None:
            self._until = self._clock() + self._wait_s
        found: dict[str, Answer | Failure] = {}
        under_way: list[_UnderWay] = []
        with self.state.submitting():
            for server in dict.fromkeys(one.server for one in questions.values()):
                mine = {key: one for key, one in questions.items() if one.server is server}
                try:
                    under_way += self._sent(server, mine)
                except ModelError as error:
                    # Where the server may have taken it all the same, it may be charged.
                    usage = None if isinstance(error, ModelUnavailable) else _FREE
                    found |= dict.fromkeys(mine, Failure(error=error, usage=usage))
        for one in self._waited_for(under_way):
            found |= self._collected(one, questions)
        for key in questions.keys() - found.keys():
            answer = self.state.answer(key)
            self._used.append(key)
            found[key] = answer or unanswered("collected by another run", questions[key].call)
        return found

    def _sent(self, server: BatchServer, questions: Mapping[str, Question]) -> list["_UnderWay"]:
        """Send what was not sent before; return each batch that is still to be waited for."""
        before = self.state.submissions(tuple(questions))
        batches: list[_UnderWay] = []
        for one in dict.fromkeys(before.values()):
            keys = tuple(key for key in questions if before.get(key) == one)
            if one.batch is None and one.file is None:
                if self.state.answer(keys[0]) is None:
                    self.state.drop(one)  # Broken off before its lines were uploaded.
                    before = {key: kept for key, kept in before.items() if kept != one}
                continue
            batches.append(self._resumed(server, one, keys))
        fresh = {key: one for key, one in questions.items() if key not in before}
        if fresh:
            batches.append(self._submitted(server, fresh))
        return batches

    def _resumed(self, server: BatchServer, one: Submission, keys: tuple[str, ...]) -> "_UnderWay":
        if one.batch is not None:
            batch = server.get(one.batch)
        else:
            # Broken off in between: the server may have it, or not.
            batch = server.sought(one.name) or self._created(server, one)
            one = replace(one, batch=batch.id)
            self.state.note(one)
        self._say(f"{_calls(len(keys))} sent before in batch {batch.id}: {_far(batch)}")
        return _UnderWay(server, one, batch, keys)

    def _submitted(self, server: BatchServer, questions: Mapping[str, Question]) -> "_UnderWay":
        one = self.state.begin({key: question.ticket for key, question in questions.items()})
        try:
            lines = [line(key, server.path, each.body) for key, each in questions.items()]
            one = replace(one, file=server.upload(b"".join(lines)))
        except ModelError:
            self.state.drop(one)
            raise
        self.state.note(one)
        one = replace(one, batch=(batch := self._created(server, one)).id)
        self.state.note(one)
        self._say(f"{_calls(len(questions))} sent in batch {batch.id} to {server.call('').host}")
        return _UnderWay(server, one, batch, tuple(questions))

    def _created(self, server: BatchServer, one: Submission) -> Batch:
        """Return the batch of lines that were uploaded; forget them where there will be none.

        Where it may have been made all the same, the next run looks for it.
        """
        assert one.file is not None
        try:
            return server.create(one.file, one.name)
        except ModelUnavailable:
            raise
        except ModelError:
            self.state.drop(one)
            raise

    def _waited_for(self, under_way: Sequence["_UnderWay"]) -> Sequence["_UnderWay"]:
        """Return the batches when all have ended, after ever longer pauses."""
        assert self._until is not None
        pause_s = min(_FIRST_PAUSE_S, self._longest_pause_s)
        while waiting := [one for one in under_way if one.batch.state == "waiting"]:
            left_s = self._until - self._clock()
            if left_s <= 0 or self._is_stopping.is_set():
                raise _pending(waiting)
            self._sleep(min(pause_s, left_s))
            pause_s = min(pause_s * _SLOWER, self._longest_pause_s)
            for one in waiting:
                try:
                    one.batch = one.server.get(one.batch.id)
                except ModelUnavailable as error:
                    _log.info("%s It may be there again later.", error)
        return under_way

    def _collected(
        self, one: "_UnderWay", questions: Mapping[str, Question]
    ) -> dict[str, Answer | Failure]:
        """Keep the answers of an ended batch; return what went wrong, by its calls."""
        if all(self.state.answer(key) for key in one.keys):
            return {}  # By another run, which has the files deleted.
        answers = {}
        if one.batch.state == "ended":
            try:
                answers = one.server.results(one.batch, max(one.batch.total, len(one.keys)))
            except ModelError:
                # Another run may have been quicker, and had the files deleted meanwhile.
                if all(self.state.answer(key) for key in one.keys):
                    return {}
                raise
        fine = {key: answer for key, answer in answers.items() if 200 <= answer.status < 300}
        self.state.collect(one.submission, fine)
        one.server.forget(one.batch)
        wrong: dict[str, Answer | Failure] = {}
        for key in one.keys:
            call = questions[key].call
            if one.batch.state == "failed":
                wrong[key] = one.server.failure(one.batch, call)
            elif key not in answers:
                wrong[key] = unanswered(one.batch.status, call)
            elif key not in fine:
                wrong[key] = answers[key]
        self._say(f"batch {one.batch.id} has ended: {_far(one.batch)}")
        return wrong


_Outcome = Answer | Failure | BaseException


@dataclass(slots=True)
class _Waiting:
    """A call, until its answer is there."""

    question: Question
    outcome: _Outcome | None = None


@dataclass(slots=True)
class _UnderWay:
    """A batch, and those of the calls in it that are waited for."""

    server: BatchServer
    submission: Submission
    batch: Batch
    keys: tuple[str, ...]


def _pending(waiting: Sequence[_UnderWay]) -> BatchPending:
    batches = "; ".join(
        f"{_calls(len(one.keys))} in batch {one.batch.id} at {one.server.call('').host} "
        f"({_far(one.batch)})"
        for one in waiting
    )
    return BatchPending(
        f"still waiting for {batches}. Run the same again to collect what has come: nothing is "
        "sent or paid twice. `--batch-wait` waits longer."
    )


def _calls(count: int) -> str:
    return f"{count:,} {'call' if count == 1 else 'calls'}"


def _far(batch: Batch) -> str:
    return f"{batch.status}, {batch.done:,} of {batch.total:,} done"
