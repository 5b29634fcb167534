"""Says what a mail server's last word means for a letter, and when to try again."""

import re
from datetime import timedelta
from enum import StrEnum

from briefing.data.digest import Receipt, Stage

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
"""How long to wait after the first failed try, the second and so on; then always the last."""

_BEFORE_A_LETTER = frozenset(
    {
        Stage.CONNECT,
        Stage.GREETING,
        Stage.HELLO,
        Stage.TLS,
        Stage.CERTIFICATE,
        Stage.LOGIN,
        Stage.SENDER,
    }
)
"""Up to here the server has not heard of the recipient: what goes wrong is not about them."""

_NOBODY = re.compile(r"5\.1\.(?:1|2|3|6|10)\b")
"""Bad mailbox, bad system, bad syntax, moved, null MX (RFC 3463, RFC 7505). A bare 550 is no such
word: servers say it of senders that they do not like."""


class Fate(StrEnum):
    """What becomes of a letter, and of the run."""

    SENT = "sent"
    RETRY = "retry"
    """This letter waits; the others go on."""

    DOUBT = "doubt"
    """It was under way, and nobody knows whether it was taken: see `Policy`."""

    FAILED = "failed"
    DEAD = "dead"
    """Failed, and so will every other letter to this address."""

    PAUSE = "pause"
    """The server cannot now. The run ends, no letter is marked."""

    STOP = "stop"
    """The server will not have us as we are set up. The run ends, no letter is marked."""


def classify(receipt: Receipt) -> Fate:
    """Return what `receipt` means; whatever is no proper reply counts as a lost connection."""
    stage, code = receipt.stage, receipt.code
    if stage is Stage.CERTIFICATE:
        return Fate.STOP
    is_of_the_run = stage in _BEFORE_A_LETTER
    match code and code // 100:
        case 2 if stage is Stage.BODY:
            return Fate.SENT
        case 4:
            return Fate.PAUSE if is_of_the_run else Fate.RETRY
        case 5:
            if is_of_the_run:
                return Fate.STOP
            is_dead = stage is Stage.RECIPIENT and is_nobody(receipt.text)
            return Fate.DEAD if is_dead else Fate.FAILED
    if is_of_the_run:
        return Fate.PAUSE
    return Fate.DOUBT if stage is Stage.BODY else Fate.RETRY


def is_nobody(status: str) -> bool:
    """Say whether what begins with a status of RFC 3463 says that nobody of that name is there."""
    return bool(_NOBODY.match(status))


def wait(attempts: int) -> timedelta:
    """Return how long a letter waits after so many failed tries."""
    return BACK_OFF[min(max(attempts, 1), len(BACK_OFF)) - 1]
