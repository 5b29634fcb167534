"""What an answer of a chat server means: a reply, or an error and whether to try again."""

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing.data.briefing import Usage
from briefing.edges.answer import Answer, Call, Complaint, complaint, retry_after_s
from briefing.edges.completion import PATHS, Completion, read
from briefing.errors import (
    ContentRefused,
    MalformedReply,
    ModelError,
    ModelRefused,
    ModelUnavailable,
    PromptTooLong,
    Remedy,
)
from briefing.ports import ChatReply

_ONCE, _TWICE, _OFTEN = 1, 2, 100

_TROUBLE = {408, 409, 425, 429, *range(500, 600)}

_NOT_UNDERSTOOD = {400, 422, 500, 501}
"""Statuses with which servers turn down a parameter that they do not know."""

_STATUS_OF = {
    "insufficient_quota": 402,
    "invalid_api_key": 401,
    "model_not_found": 404,
    "rate_limit_exceeded": 429,
    "token_limit_exceeded": 429,
}
"""What a code means, whatever status it is sent with."""

_ADDRESS = "OPENAI_BASE_URL (or `--base-url`)"
"""What says where a server is."""

_KEY_TROUBLE = {
    401: "does not accept the key {why}. Check OPENAI_API_KEY",
    402: "has no credit left for the key {why}. Check the billing of the account",
    403: "does not let the key do this {why}. Check OPENAI_API_KEY, and what it may use",
}

_TOO_LONG = re.compile(
    r"context.?(length|size|window)|maximum context|prompt is too long|too many (input )?tokens",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error, and what may still be tried before it is raised."""

    error: ModelError
    tries: int = _ONCE
    """At most so many in all."""

    complaint: str = ""
    """What the server says it does not understand; empty where that is not the matter."""

    usage: Usage | None = None
    """What the try took; None where it may have taken anything, and was perhaps charged."""

    is_outage: bool = False
    """The server is down or broken, and not merely busy."""

    @property
    def remedy(self) -> Remedy:
        """What is worth doing about it."""
        return self.error.remedy


_FREE = Usage()
"""Of a try that no provider charges: it was turned down, or never arrived."""


def classify(answer: Answer, call: Call) -> ChatReply | Failure:
    """Return the reply in `answer`, or what went wrong, with what the server says it took."""
    found = _classified(answer, call)
    if isinstance(found, ChatReply) or not 200 <= answer.status < 300:
        return found
    completion = read(answer.body, call.api)
    said = completion.usage if completion else Usage()
    return replace(found, usage=said if said.prompt_tokens else None)


def _classified(answer: Answer, call: Call) -> ChatReply | Failure:
    if not 200 <= answer.status < 300:
        return _turned_down(answer.status, complaint(answer, call), answer, call)
    if answer.headers.get("content-encoding", "identity") != "identity":
        return _refused(call, "compresses its replies, though asked not to. Turn that off there")
    text = call.hidden(answer.body.decode("utf-8", "replace"))
    if len(answer.body) > call.reply_bytes:
        what = f"sent a reply of more than {call.reply_bytes} bytes. Use another model"
        return _malformed(call, what, text, tries=_ONCE)
    completion = read(answer.body, call.api)
    if completion is None:
        return _not_a_completion(text, call)
    if completion.error:
        said = complaint(answer, call)
        return _turned_down(_status_within(completion.error), said, answer, call)
    if completion.end == "nothing":
        return _not_a_completion(text, call)
    return _whole(completion, call)


def unreachable(error: BaseException, call: Call) -> Failure:
    """Return what it means that no answer came, by the exceptions that led to `error`."""
    causes = tuple(_causes(error))
    reason = call.clean(next((str(cause) for cause in reversed(causes) if str(cause)), ""))

    def caused_by(kind: type[BaseException]) -> bool:
        return any(isinstance(cause, kind) for cause in causes)

    if caused_by(ConnectionRefusedError):
        what = f"refuses connections. Is the server running? Start it, or correct {_ADDRESS}"
        return _unavailable(call, what, tries=_TWICE, usage=_FREE)
    if caused_by(socket.gaierror):
        what = f"is not to be found ({reason}). Check {_ADDRESS} and the network"
        return _unavailable(call, what, tries=_TWICE, usage=_FREE)
    if caused_by(ssl.SSLCertVerificationError):
        what = f"shows a certificate that is not trusted ({reason}). Check {_ADDRESS}"
        return _refused(call, f"{what}, or name your certificates in SSL_CERT_FILE")
    if caused_by(ssl.SSLError):
        what = f"does not answer in TLS ({reason}). If it speaks plain HTTP"
        what = f"{what}, begin {_ADDRESS} with http://"
        return _unavailable(call, what, tries=_TWICE, usage=_FREE)
    if caused_by(TimeoutError):
        what = f"does not take the connection in time. Is the server running? Check {_ADDRESS}"
        return _unavailable(call, what)
    what = f"cannot be reached, or broke off ({reason or 'no reason given'})"
    return _unavailable(call, f"{what}. Is the server running? If it is, see its log", usage=None)


def late(timeout_s: float, call: Call) -> Failure:
    """Return what it means that the time ran out."""
    what = f"gave no whole reply within {timeout_s:g} s. Is the server running? If it is"
    return _unavailable(
        call, f"{what}, allow more time, or use a faster model", tries=_ONCE, usage=None
    )


def _whole(completion: Completion, call: Call) -> ChatReply | Failure:
    text = call.hidden(completion.text)
    if completion.end == "filtered":
        what = "filtered the reply out. Use other articles, or another model"
        return _refused(call, what, kind=ContentRefused)
    if completion.end == "broken":
        return _unavailable(call, "broke off while it wrote. Try again later")
    if completion.refusal:
        said = call.clean(completion.refusal)
        what = f"declined: {said!r}. Use other articles, or another model"
        return _refused(call, what, kind=ContentRefused)
    if not text.strip() and completion.end == "cut":
        what = f"used up {call.max_tokens:,} tokens before it wrote anything"
        what = f"{what}. If the model thinks first, raise `reasoning_tokens`"
        return _malformed(call, what, text, tries=_ONCE)
    if not text.strip():
        return _malformed(call, "sent an empty reply. Try again, or use another model", text)
    return ChatReply(
        text=text,
        model=call.clean(completion.model) or call.model,
        usage=completion.usage,
        is_cut=completion.end == "cut",
    )


def _status_within(error: object) -> int:
    """Return the status that a server put into a body that it sent with 200."""
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 500


def _turned_down(status: int, said: Complaint, answer: Answer, call: Call) -> Failure:
    why = f"({status}: {said.text})" if said.text else f"({status})"
    status = next((_STATUS_OF[code] for code in said.codes if code in _STATUS_OF), status)
    if 300 <= status < 400:
        there = call.clean(answer.headers.get("location")).removesuffix(PATHS[call.api])
        return _refused(call, f"redirects to {there!r}. Make that {_ADDRESS}")
    is_long = "context_length_exceeded" in said.codes or _TOO_LONG.search(said.text)
    if status == 413 or is_long:
        what = f"finds the prompt too long for {call.model!r} {why}"
        what = f"{what}. Use fewer articles, or a smaller token budget"
        return _refused(call, what, kind=PromptTooLong)
    if "content_filter" in said.codes:
        what = f"filtered the request out {why}. Use other articles"
        return _refused(call, what, kind=ContentRefused)
    if status == 404:
        what = f"does not know model {call.model!r} at {call.url} {why}. Check its name"
        what = f"{what}, and {_ADDRESS}, which most often ends in /v1"
        if call.api == "responses":
            what = f'{what}. If the server has no Responses API, set `api = "chat"`'
        return _refused(call, what)
    if status in _KEY_TROUBLE:
        return _refused(call, _KEY_TROUBLE[status].format(why=why))
    words = f"{said.param} {said.text}" if status in _NOT_UNDERSTOOD else ""
    if status not in _TROUBLE:
        what = f"does not accept the request {why}. Check the name of the model"
        return _refused(call, f"{what}, and the server's log", complaint=words)
    what = f"is in trouble {why}. Try again later; if it is yours, see its log"
    if status == 429:
        what = f"limits the rate of requests {why}. Wait, then try again"
    found = _unavailable(call, what, retry_after_s=retry_after_s(answer), complaint=words)
    return replace(found, is_outage=status >= 500)


def _not_a_completion(text: str, call: Call) -> Failure:
    if text.lstrip().startswith("<"):
        what = f"sent a web page instead of a reply. Check {_ADDRESS}"
        return _refused(call, f"{what}, which most often ends in /v1")
    what = "chat completion" if call.api == "chat" else "response"
    what = f"sent what is no {what}: {call.clean(text)!r}. Try again"
    return _malformed(call, f"{what}; if it stays so, check {_ADDRESS}", text)


def _refused(
    call: Call, what: str, *, kind: type[ModelRefused] = ModelRefused, complaint: str = ""
) -> Failure:
    return Failure(error=kind(f"{call.host} {what}."), complaint=complaint, usage=_FREE)


def _unavailable(
    call: Call,
    what: str,
    *,
    tries: int = _OFTEN,
    retry_after_s: float | None = None,
    complaint: str = "",
    usage: Usage | None = _FREE,
) -> Failure:
    error = ModelUnavailable(f"{call.host} {what}.", retry_after_s=retry_after_s)
    return Failure(error=error, tries=tries, complaint=complaint, usage=usage, is_outage=True)


def left_alone(failures: int, rest_s: float, call: Call) -> Failure:
    """Return what it means that a server which keeps failing is not asked for a while."""
    what = f"has failed {failures} times in a row, and is left alone for {rest_s:.0f} s more"
    found = _unavailable(call, f"{what}. Try again then; if it is yours, see its log", tries=_ONCE)
    return replace(found, is_outage=False)


def no_turn(call: Call) -> Failure:
    """Return what it means that the limits on calls left no room for one in time."""
    what = "was not asked in time: the limits on calls at once and a minute left no room"
    found = _unavailable(call, f"{what}. Allow more time, or raise them", tries=_ONCE)
    return replace(found, is_outage=False)


def no_batch_api(answer: Answer, call: Call) -> Failure:
    """Return what it means that a server knows nothing of batches."""
    said = complaint(answer, call)
    why = f"({answer.status}: {said.text})" if said.text else f"({answer.status})"
    return _refused(call, f"has no Batch API, or not this file or batch {why}. Run without batch")


def odd_batch(call: Call) -> Failure:
    """Return what it means that a server tells of a batch in words of its own."""
    return _malformed(call, "tells of a batch in a way that is not known. Run without batch", "")


def unanswered(status: str, call: Call) -> Failure:
    """Return what it means that a batch ended, and this call in it was not answered."""
    what = f"ended the batch ({call.clean(status)}) without an answer to this call"
    return _unavailable(call, f"{what}. Run again to send it anew", tries=_ONCE)


def _malformed(call: Call, what: str, reply: str, *, tries: int = _TWICE) -> Failure:
    return Failure(error=MalformedReply(f"{call.host} {what}.", reply=reply), tries=tries)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield `error` and all that led to it; a host with two addresses fails with a group."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for member in error.exceptions:
                yield from _causes(member)
        error = error.__cause__ or error.__context__
