"""Ask a model whether quoted words bear sentences out, and read the answer."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from briefing import prompting
from briefing.errors import MalformedReply
from briefing.ports import ChatReply, ChatRequest, Doubt, Ruling
from briefing.text.canonical import clean
from briefing.text.reply import parse as parse_json
from briefing.text.reply import parse_parts

_TOKENS_A_SENTENCE = 60
_REASON_CHARS = 200


class _ReplyRuling(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    number: int
    supported: bool
    reason: str = ""


class JudgeReply(BaseModel):
    """The JSON that `prompts/judge.user.jinja` asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    rulings: tuple[_ReplyRuling, ...]


def request(doubts: Sequence[Doubt], *, model: str) -> ChatRequest:
    """Return the request that shows each sentence with the words it cites, and nothing else."""
    items = [
        {
            "number": number,
            "text": " ".join(doubt.text.split()),
            "quotes": [" ".join(quote.split()) for quote in doubt.quotes],
        }
        for number, doubt in enumerate(doubts, start=1)
    ]
    return ChatRequest(
        model=model,
        system=prompting.fill("judge.system.jinja"),
        user=prompting.fill("judge.user.jinja", items=items),
        reply_schema=_SCHEMA,
        schema_name="judge",
        max_tokens=_TOKENS_A_SENTENCE * max(1, len(items)),
    )


def parse(reply: ChatReply, doubts: Sequence[Doubt]) -> tuple[Ruling | None, ...]:
    """Return the ruling on each doubt, in order; None where the reply has none.

    Of two rulings on one sentence the stricter counts. Of a reply that was cut off, the whole
    rulings are taken.

    Raises:
        MalformedReply: The reply is not the JSON that was asked for.
    """
    try:
        found = parse_json(reply.text, JudgeReply, model=reply.model).rulings
    except MalformedReply:
        found = parse_parts(reply.text, _ReplyRuling)
        if not found:
            raise
    rulings: dict[int, Ruling] = {}
    for one in found:
        known = rulings.get(one.number)
        if known is None or not one.supported:
            reason = " ".join(clean(one.reason).split())[:_REASON_CHARS]
            rulings[one.number] = Ruling(
                is_supported=one.supported, reason=reason or "it gives no reason"
            )
    return tuple(rulings.get(number) for number in range(1, len(doubts) + 1))


_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["rulings"],
    "properties": {
        "rulings": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["number", "reason", "supported"],
                "properties": {
                    "number": {"type": "integer"},
                    "reason": {"type": "string"},
                    "supported": {"type": "boolean"},
                },
            },
        }
    },
}
