"""Sends what is in the outbox, one letter after the other, and writes down what became of each.

Plain SMTP cannot be exactly-once across a crash. What holds: a letter is `attempting` in the
database before the first byte of it goes out, and what a killed run leaves so is in doubt.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from briefing.data.digest import Letter, Policy, Receipt, State
from briefing.digest.replies import Fate, classify, wait
from briefing.ports import Clock

_log = logging.getLogger(__name__)

_MOST_LOSSES = 3
"""So many lost connections in a row are not about one letter."""


class Outbox(Protocol):
    """Keeps letters and where each of them is, across crashes."""

    def recover(self, now: datetime) -> tuple[int, int]:
        """Settle what a killed run left attempting: how many are ready again, how many held."""
        ...

    def expire(self, now: datetime) -> int:
        """Mark what nobody waits for any more, and return how many."""
        ...

    def next_ready(self, now: datetime) -> Letter | None:
        """Return the letter to send next; None where none is."""
        ...

    def attempt(self, letter: Letter, now: datetime) -> bool:
        """Mark a letter as under way, on disk; False where it is no longer to be sent."""
        ...

    def settle(
        self,
        letter: Letter,
        state: State,
        now: datetime,
        *,
        reason: str,
        next_try: datetime | None = None,
        is_dead: bool = False,
    ) -> None:
        """Write down what became of a letter."""
        ...


class Mailer(Protocol):
    """Speaks with a mail server."""

    def send(self, letter: Letter, *, before_body: Callable[[], bool]) -> Receipt | None:
        """Hand a letter over, and return the server's last word.

        `before_body` is called when the server waits for the message and none of it has gone
        out. Where it says False nothing goes out, and None is returned.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one run did."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    held: int = 0
    expired: int = 0
    recovered: int = 0
    """Left under way by a run that was killed, and sent again."""

    stopped: Receipt | None = None
    """Why the run ended before its time; None: there was nothing left to do now."""

    is_ours: bool = False
    """What stopped it is in our settings, and will not mend itself."""

    @property
    def is_clean(self) -> bool:
        """Nothing went wrong."""
        return self.stopped is None and not (self.failed or self.held or self.expired)


def deliver(
    outbox: Outbox,
    mailer: Mailer,
    *,
    now: Clock,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Delivery:
    """Send all letters that are ready, and return what became of them.

    The caller makes sure that no other run is at work: what is `attempting` at the start is then
    the mark of one that was killed.

    Raises:
        LibraryError: The database fails. A letter under way is in doubt, and the next run settles
            it.
    """
    recovered, held = outbox.recover(now())
    counts: Counter[str] = Counter(recovered=recovered, held=held)
    losses = 0
    stopped: Receipt | None = None
    is_ours = False
    counts["expired"] += outbox.expire(now())
    while not is_stopping():
        letter = outbox.next_ready(now())
        if letter is None:
            break
        receipt = mailer.send(letter, before_body=partial(_mark, outbox, letter, now))
        if receipt is None:
            counts["expired"] += outbox.expire(now())
            continue
        fate = classify(receipt)
        _log.info(
            "%s: %s",
            letter.message_id,
            fate,
            extra={"facts": {"digest": letter.digest, "day": letter.day, "fate": fate}},
        )
        if fate in {Fate.PAUSE, Fate.STOP}:
            stopped, is_ours = receipt, fate is Fate.STOP
            break
        counts[_settle(outbox, letter, receipt, fate, now())] += 1
        losses = losses + 1 if receipt.code is None else 0
        if losses == _MOST_LOSSES:
            stopped = receipt
            break
    return Delivery(**counts, stopped=stopped, is_ours=is_ours)


def _mark(outbox: Outbox, letter: Letter, now: Clock) -> bool:
    return outbox.attempt(letter, now())


def _settle(outbox: Outbox, letter: Letter, receipt: Receipt, fate: Fate, now: datetime) -> str:
    """Write down what became of a letter, and return what to count it as."""
    reason = said(receipt)
    match fate:
        case Fate.SENT:
            outbox.settle(letter, State.SENT, now, reason=reason)
            return "sent"
        case Fate.DOUBT if letter.policy is Policy.HOLD:
            outbox.settle(letter, State.HELD, now, reason=reason)
            return "held"
        case Fate.RETRY | Fate.DOUBT:
            again = now + wait(letter.attempts + 1)
            outbox.settle(letter, State.READY, now, reason=reason, next_try=again)
            return "retried"
        case _:
            outbox.settle(letter, State.FAILED, now, reason=reason, is_dead=fate is Fate.DEAD)
            return "failed"


def said(receipt: Receipt) -> str:
    """Return a receipt in words: `RCPT TO: 450 busy`."""
    words = " ".join(str(part) for part in (receipt.code, receipt.text) if part)
    return f"{receipt.stage}: {words or 'the connection was lost'}"
