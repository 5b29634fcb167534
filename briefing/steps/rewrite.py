"""Have picked quotations said in fewer words: what a weak model can do."""

from dataclasses import replace

from pydantic import BaseModel, ConfigDict

from briefing import prompting
from briefing.data.draft import DraftSentence
from briefing.ports import ChatReply, ChatRequest
from briefing.text.canonical import clean
from briefing.text.reply import parse as parse_json

_MOST_TOKENS = 120
_SHORTEST_CHARS = 90
"""A quotation of so many characters is short as it is: it is left alone."""

_FEWEST_WORDS, _SHARE = 8, 0.5
"""Words that are asked for, at least and of the quotation's. Small models take more anyway."""


class RewriteReply(BaseModel):
    """The JSON that `prompts/rewrite.user.jinja` asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str


def is_long(picked: DraftSentence) -> bool:
    """Return whether a quotation is worth saying in fewer words."""
    return len(picked.text) > _SHORTEST_CHARS


def request(picked: DraftSentence, *, model: str) -> ChatRequest:
    """Return the request that asks for one quotation in fewer words.

    Each has a call of its own: of four in one call, Qwen2.5-Coder-0.5B repeated all. Nor are two
    joined into one sentence: the same model crossed their facts over, and no check saw it.
    """
    return ChatRequest(
        model=model,
        system=prompting.fill("rewrite.system.jinja"),
        user=prompting.fill(
            "rewrite.user.jinja",
            text=picked.text,
            most_words=max(_FEWEST_WORDS, round(_SHARE * len(picked.text.split()))),
        ),
        reply_schema=_SCHEMA,
        schema_name="rewrite",
        max_tokens=_MOST_TOKENS,
    )


def parse(reply: ChatReply, picked: DraftSentence) -> DraftSentence:
    """Return the quotation in the shorter words of the reply, citing the same.

    Words that are no shorter leave it as it was: it says the same, and is exact.

    Raises:
        MalformedReply: The reply is not the JSON that was asked for.
    """
    found = parse_json(reply.text, RewriteReply, model=reply.model)
    text = " ".join(clean(found.text).split())
    return replace(picked, text=text) if 0 < len(text) < len(picked.text) else picked


_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"type": "string"}},
}
