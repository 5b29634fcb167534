"""Every error that briefing raises.

BriefingError
  + ConfigError        a setting is missing or cannot be used
  + SourceError        a file, page or feed cannot be read as articles
    - SourceUnavailable  worth another try: time-out, no connection, busy server
    - SourceRefused      not to be had: address, certificate, robots.txt, 403, 404
    - SourceOverLimit    more than is allowed: bytes, headers, redirects
    - SourceBroken       what the server sent is garbled
  + PromptError        a prompt template is missing, or lacks a variable
  + BudgetError        the evidence does not fit the token budget
  + ModelError         the model did not give a usable reply
    - ModelUnavailable   worth another try: time-out, rate limit, server error
    - ModelRefused       the server will not answer: key, model, quota
      . PromptTooLong      the prompt does not fit the model's window
      . ContentRefused     the request or the reply was filtered out, or the model declined
    - MalformedReply     the reply is not the JSON that the prompt asked for
    - CeilingReached     the call might cost more than may be spent
  + ReplayMismatch     a replayed run asks for something else than was recorded
  + OutputError        the result cannot be written
  + LibraryError       the library of articles cannot be opened, read or written
  + DeliveryError      mail cannot be sent: the server, the login, or what was asked for
  + BatchPending       the calls of a run wait in a batch: the next run collects them
  + CacheError         the replies that are kept cannot be read or written

A sentence that its sources do not support is a `Verdict`, not an error.
"""

from enum import StrEnum


class Remedy(StrEnum):
    """What is worth doing about a reply, or about the error that came in its place."""

    OK = "ok"
    """Nothing: the reply is whole."""

    RETRY = "retry"
    """Ask the same again, after a pause."""

    SHRINK = "shrink"
    """Ask with less evidence."""

    SPLIT = "split"
    """Take what is whole, and ask for the rest in a call of its own."""

    REPAIR = "repair"
    """Ask again, and say what could not be read."""

    SKIP = "skip"
    """Go on without this reply: the model will not give it, and may give others."""

    STOP = "stop"
    """Make no further call: all would fail alike."""


class BriefingError(Exception):
    """Base of all errors meant for the user: the message alone must be enough to act on."""

    exit_code = 1


class ConfigError(BriefingError):
    """A setting is missing or cannot be used."""

    exit_code = 2


class SourceError(BriefingError):
    """A file, page or feed cannot be read as articles."""

    exit_code = 4


class SourceUnavailable(SourceError):  # noqa: N818 -- reads as what went wrong
    """Worth another try: time-out, no connection or a busy server.

    Attributes:
        status: What the server answered, if it did.
        retry_after_s: Seconds it asked us to wait, if it said so.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_s = retry_after_s


class SourceRefused(SourceError):  # noqa: N818 -- reads as what went wrong
    """Not to be fetched, or not to be had: address, certificate, robots.txt, login, 404.

    Attributes:
        status: What the server answered, if it was asked.
    """

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class SourceOverLimit(SourceError):  # noqa: N818 -- reads as what went wrong
    """More than is allowed: bytes, headers or redirects."""


class SourceBroken(SourceError):  # noqa: N818 -- reads as what went wrong
    """What the server sent is garbled: no proper HTTP, or not to be unpacked."""


class PromptError(BriefingError):
    """A prompt template is missing, or lacks a variable."""


class BudgetError(BriefingError):
    """The evidence does not fit the token budget."""


class ModelError(BriefingError):
    """The model did not give a usable reply."""

    remedy = Remedy.STOP


class ModelUnavailable(ModelError):  # noqa: N818 -- reads as what went wrong
    """Worth another try: time-out, rate limit or server error.

    Attributes:
        retry_after_s: Seconds the server asked us to wait, if it said so.
    """

    remedy = Remedy.RETRY

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ModelRefused(ModelError):  # noqa: N818 -- reads as what went wrong
    """The server will not answer: key, model name, quota, or a request it does not take."""


class PromptTooLong(ModelRefused):
    """The prompt does not fit the model's window: less evidence might."""

    remedy = Remedy.SHRINK


class ContentRefused(ModelRefused):
    """The request or the reply was filtered out, or the model declined to answer."""

    remedy = Remedy.SKIP


class MalformedReply(ModelError):  # noqa: N818 -- reads as what went wrong
    """The reply is not the JSON that the prompt asked for.

    Attributes:
        reply: The model's words, whole, for a saved run and for a second try.
        problem: What is wrong with them, in words that the model may hear.
    """

    remedy = Remedy.REPAIR

    def __init__(self, message: str, *, reply: str, problem: str = "") -> None:
        super().__init__(message)
        self.reply = reply
        self.problem = problem


class CeilingReached(ModelError):  # noqa: N818 -- reads as what went wrong
    """The call might cost more than may be spent: it is not made."""


class ReplayMismatch(BriefingError):  # noqa: N818 -- reads as what went wrong
    """A replayed run asks for something else than was recorded; the message shows the diff."""

    exit_code = 6


class BatchPending(BriefingError):  # noqa: N818 -- reads as what went wrong
    """The calls of a run were sent as a batch and are not answered yet: the next run collects."""

    exit_code = 7


class OutputError(BriefingError):
    """The result cannot be written."""


class LibraryError(BriefingError):
    """The library of articles cannot be opened, read or written."""


class DeliveryError(BriefingError):
    """Mail cannot be sent: the server, the login, or what was asked for."""


class CacheError(BriefingError):
    """The replies that are kept cannot be read or written."""
