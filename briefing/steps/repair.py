"""Ask once more for the sentences that failed, and read the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict

from briefing import prompting
from briefing.data.article import Story
from briefing.data.draft import DraftSentence, Rejected
from briefing.errors import MalformedReply
from briefing.ports import ChatReply, ChatRequest
from briefing.text.canonical import clean
from briefing.text.reply import parse as parse_json
from briefing.text.reply import parse_parts

_TOKENS_A_SENTENCE = 90


class _ReplySentence(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    number: int
    text: str | None


class RepairReply(BaseModel):
    """The JSON that `prompts/repair.user.jinja` asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sentences: tuple[_ReplySentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    number: int
    text: str
    reason: str
    lines: str


def request(rejected: Sequence[Rejected], story: Story, *, model: str) -> ChatRequest:
    """Return the request that asks for `rejected` again, each with the sentences it cites."""
    by_id = {sentence.id: sentence for sentence in story.sentences}
    items = [
        _Item(
            number=number,
            text=one.sentence.text,
            reason=one.reason,
            lines="\n".join(
                f"[{cite}] {' '.join(by_id[cite].text.split())}"
                for cite in one.sentence.cites
                if cite in by_id
            ),
        )
        for number, one in enumerate(rejected, start=1)
    ]
    return ChatRequest(
        model=model,
        system=prompting.fill("repair.system.jinja"),
        user=prompting.fill("repair.user.jinja", rejected=items),
        reply_schema=_SCHEMA,
        schema_name="repair",
        max_tokens=_TOKENS_A_SENTENCE * max(1, len(items)),
    )


def parse(reply: ChatReply, rejected: Sequence[Rejected]) -> tuple[DraftSentence | None, ...]:
    """Return the better sentence, or None, for each that was rejected, in order.

    A repaired sentence keeps the section and the citations of the one it replaces. Of a reply
    that was cut off, the whole sentences are taken.

    Raises:
        MalformedReply: The reply is not the JSON that was asked for.
    """
    try:
        found = parse_json(reply.text, RepairReply, model=reply.model).sentences
    except MalformedReply:
        found = parse_parts(reply.text, _ReplySentence)
        if not found:
            raise
    texts = {one.number: " ".join(clean(one.text or "").split()) for one in found}
    return tuple(
        replace(one.sentence, text=texts[number]) if texts.get(number) else None
        for number, one in enumerate(rejected, start=1)
    )


_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["sentences"],
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["number", "text"],
                "properties": {
                    "number": {"type": "integer"},
                    "text": {"type": ["string", "null"]},
                },
            },
        }
    },
}
