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
    - ModelRefused       the server will not answer this request: key, model, content filter
    - MalformedReply     the reply is not the JSON that the prompt asked for
  + OutputError        the result cannot be written
  + LibraryError       the library of articles cannot be opened, read or written
  + DeliveryError      mail cannot be sent: the server, the login, or what was asked for

A sentence that its sources do not support is a `Verdict`, not an error.
"""


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


class ModelUnavailable(ModelError):  # noqa: N818 -- reads as what went wrong
    """Worth another try: time-out, rate limit or server error.

    Attributes:
        retry_after_s: Seconds the server asked us to wait, if it said so.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ModelRefused(ModelError):  # noqa: N818 -- reads as what went wrong
    """The server will not answer this request: key, model name, quota or content filter."""


class MalformedReply(ModelError):  # noqa: N818 -- reads as what went wrong
    """The reply is not the JSON that the prompt asked for.

    Attributes:
        reply: The model's words, whole, for a saved run and for a second try.
    """

    def __init__(self, message: str, *, reply: str) -> None:
        super().__init__(message)
        self.reply = reply


class OutputError(BriefingError):
    """The result cannot be written."""


class LibraryError(BriefingError):
    """The library of articles cannot be opened, read or written."""


class DeliveryError(BriefingError):
    """Mail cannot be sent: the server, the login, or what was asked for."""
