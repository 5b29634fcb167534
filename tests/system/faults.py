"""What a fault of a server must come to, and how that is seen."""

from dataclasses import dataclass

import openai  # noqa: F401 -- half a second, which no deadline should pay for
import pytest

from briefing.edges.openai_chat import OpenAIChat
from briefing.errors import MalformedReply, ModelRefused, ModelUnavailable, Remedy
from briefing.ports import ChatRequest
from tests.stand_in import Reply, stand_in_server

KEY = "sk-stand-in-0123456789abcdef"
REQUEST = ChatRequest(
    model="small",
    system="Answer in JSON.",
    user="Story: Bridge reopens\nWrite one sentence.",
    reply_schema={"type": "object", "properties": {}, "additionalProperties": False},
    schema_name="draft",
    max_tokens=60,
)
REPLY_BYTES = 20_000


def chat_with(base_url, **options):
    defaults = {
        "timeout_s": 20.0,
        "reply_bytes": REPLY_BYTES,
        "sleep": lambda _: None,
        "random": lambda: 0.5,
    }
    return OpenAIChat(KEY, base_url, **(defaults | options))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    script: tuple[Reply, ...]
    error: type[Exception]
    calls: int
    says: tuple[str, ...]
    remedy: Remedy
    reply: str | None = None
    timeout_s: float = 20.0
    waits: list[float] | None = None


def fault(name, *script, **expected):
    return pytest.param(Fault(script=script, **expected), id=name)


def refused(name, *script, says, remedy=Remedy.STOP, calls=1, **expected):
    return fault(
        name, *script, error=ModelRefused, calls=calls, says=says, remedy=remedy, **expected
    )


def unavailable(name, *script, says, remedy=Remedy.RETRY, calls=4, **expected):
    return fault(
        name, *script, error=ModelUnavailable, calls=calls, says=says, remedy=remedy, **expected
    )


def malformed(name, *script, says, remedy=Remedy.REPAIR, calls=2, **expected):
    return fault(
        name, *script, error=MalformedReply, calls=calls, says=says, remedy=remedy, **expected
    )


def check(fault, **options):
    """Ask a stand-in server that has the fault, and see what comes of it."""
    waits = []
    with stand_in_server(*fault.script) as server:
        chat = chat_with(server.base_url, timeout_s=fault.timeout_s, sleep=waits.append, **options)
        with pytest.raises(fault.error) as raised:
            chat.complete(REQUEST)
        # Who held no deadline would have read on: none of these ends within half a minute.
        slow = sum(bool(reply.delay_s or reply.drip_s) for reply in fault.script)
        assert not slow or server.whole <= len(fault.script) - slow
        message = str(raised.value)
        assert message.startswith(f"127.0.0.1:{server.port} ")
    assert raised.value.remedy is fault.remedy
    assert len(server.asked) == fault.calls
    assert [part for part in fault.says if part not in message] == []
    assert message.endswith(".")
    assert message.isprintable()
    assert len(message) < 500
    assert KEY not in message
    assert fault.waits is None or waits == fault.waits
    if isinstance(raised.value, MalformedReply):
        assert fault.reply is None or raised.value.reply == fault.reply
