"""What a server's answer holds, in whichever of OpenAI's two APIs it is worded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from briefing.data.briefing import Usage

Api = Literal["chat", "responses"]
"""Chat Completions, which every server speaks, or OpenAI's Responses."""

PATHS: Mapping[Api, str] = {"chat": "/chat/completions", "responses": "/responses"}
"""Where each is asked, behind the address of a server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What came back, in the words of neither API."""

    end: Literal["whole", "cut", "filtered", "broken", "nothing"]
    """How the reply ends; `nothing`: there is none."""

    usage: Usage
    text: str = ""
    refusal: str = ""
    """What the model says instead of a reply."""

    model: object = None
    error: object = None
    """What the server tells of where it fails in the middle of an answer."""


def read(body: bytes, api: Api) -> Completion | None:
    """Return what `body` holds, however odd all but the reply itself is; None for no JSON of it."""
    try:
        return _of_chat(body) if api == "chat" else _of_response(body)
    except ValidationError:
        return None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    finish_reason: str | None = None
    message: _Message


class _Chat(BaseModel):
    model: Any = None
    choices: list[_Choice] | None = None
    error: Any = None
    usage: Any = None


def _of_chat(body: bytes) -> Completion:
    sent = _Chat.model_validate_json(body)
    usage = _usage(sent.usage, "prompt", "completion")
    if not sent.choices:
        return Completion(end="nothing", model=sent.model, usage=usage, error=sent.error)
    choice = sent.choices[0]
    return Completion(
        end=_CHAT_ENDS.get(choice.finish_reason or "", "whole"),
        text=choice.message.content or "",
        refusal=choice.message.refusal or "",
        model=sent.model,
        usage=usage,
        error=sent.error,
    )


_CHAT_ENDS: Mapping[str, Literal["cut", "filtered", "broken"]] = {
    "length": "cut",
    "content_filter": "filtered",
    "error": "broken",
}


class _Part(BaseModel):
    type: str = ""
    text: str | None = None
    refusal: str | None = None


class _Item(BaseModel):
    """A message, or what the model thought, which has no parts that are read."""

    type: str = ""
    content: list[_Part] | None = None


class _Response(BaseModel):
    model: Any = None
    status: str | None = None
    output: list[_Item] | None = None
    incomplete_details: Any = None
    error: Any = None
    usage: Any = None


def _of_response(body: bytes) -> Completion:
    sent = _Response.model_validate_json(body)
    parts = list(_parts(sent))
    return Completion(
        end=_response_end(sent),
        text="".join(part.text or "" for part in parts if part.type == "output_text"),
        refusal="".join(part.refusal or "" for part in parts if part.type == "refusal"),
        model=sent.model,
        usage=_usage(sent.usage, "input", "output"),
        error=sent.error,
    )


def _parts(sent: _Response) -> Iterator[_Part]:
    for item in sent.output or ():
        if item.type == "message":
            yield from item.content or ()


def _response_end(
    sent: _Response,
) -> Literal["whole", "cut", "filtered", "broken", "nothing"]:
    if sent.output is None:
        return "nothing"
    if sent.status == "incomplete":
        details = sent.incomplete_details
        why = details.get("reason") if isinstance(details, dict) else None
        return _INCOMPLETE.get(str(why), "broken")
    return "whole" if sent.status in {"completed", None} else "broken"


_INCOMPLETE: Mapping[str, Literal["cut", "filtered"]] = {
    "max_output_tokens": "cut",
    "content_filter": "filtered",
}


def _usage(sent: object, prompt: str, reply: str) -> Usage:
    """Return the tokens that a server tells of; what is no count is none."""
    return Usage(
        calls=1,
        prompt_tokens=_count(sent, f"{prompt}_tokens"),
        completion_tokens=_count(sent, f"{reply}_tokens"),
        cached_tokens=_count(_within(sent, f"{prompt}_tokens_details"), "cached_tokens"),
        reasoning_tokens=_count(_within(sent, f"{reply}_tokens_details"), "reasoning_tokens"),
    )


def _count(sent: object, name: str) -> int:
    count = _within(sent, name)
    return count if isinstance(count, int) and count > 0 else 0


def _within(sent: object, name: str) -> object:
    return sent.get(name) if isinstance(sent, dict) else None
