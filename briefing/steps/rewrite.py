"""Have picked quotations said in fewer words: what a weak model can do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from briefing import prompting
from briefing.data.draft import Draft, DraftSentence
from briefing.ports import ChatReply, ChatRequest
from briefing.text.canonical import clean
from briefing.text.reply import parse as parse_json

_MOST_TOKENS = 120
_SHORTEST_CHARS = 90
"""A quotation of so many characters is short as it is: it is left alone."""

_FEWEST_WORDS, _SHARE = 8, 0.5
"""Words that are asked for, at least and of the quotation's. Small models take more anyway."""

_ID = re.compile(r"(S\d+)\.(\d+)")


class RewriteReply(BaseModel):
    """The JSON that `prompts/rewrite.user.jinja` asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One quotation, or two that stand side by side in their article and become one sentence."""

    picked: tuple[DraftSentence, ...]

    @property
    def text(self) -> str:
        """The words of the quotation, or of both."""
        return " ".join(one.text for one in self.picked)

    @property
    def is_long(self) -> bool:
        """It is worth saying in fewer words."""
        return len(self.text) > _SHORTEST_CHARS


def items(draft: Draft) -> tuple[Item, ...]:
    """Return what is to be said shorter: quotations of a section that follow each other as one."""
    found: list[Item] = []
    for sentence in draft.sentences:
        last = found[-1].picked if found else ()
        if len(last) == 1 and last[0].section == sentence.section and _follows(last[0], sentence):
            found[-1] = Item(picked=(*last, sentence))
        else:
            found.append(Item(picked=(sentence,)))
    return tuple(found)


def request(item: Item, *, model: str) -> ChatRequest:
    """Return the request that asks for one item in fewer words.

    Each has a call of its own: of four in one call, Qwen2.5-Coder-0.5B repeated all.
    """
    return ChatRequest(
        model=model,
        system=prompting.fill("rewrite.system.jinja"),
        user=prompting.fill(
            "rewrite.user.jinja",
            text=item.text,
            most_words=max(_FEWEST_WORDS, round(_SHARE * len(item.text.split()))),
        ),
        reply_schema=_SCHEMA,
        schema_name="rewrite",
        max_tokens=_MOST_TOKENS,
    )


def parse(reply: ChatReply, item: Item) -> str | None:
    """Return the shorter words, or None where they are none.

    Words that are no shorter than the quotation are none: it says the same, and is exact.

    Raises:
        MalformedReply: The reply is not the JSON that was asked for.
    """
    found = parse_json(reply.text, RewriteReply, model=reply.model)
    text = " ".join(clean(found.text).split())
    return text if 0 < len(text) < len(item.text) else None


def rewritten(found: Sequence[Item], shorter: Mapping[Item, str | None]) -> Draft:
    """Return the draft: each item in its shorter words, where it has any, else as it was picked."""
    sentences: list[DraftSentence] = []
    for item in found:
        text = shorter.get(item)
        if text is None:
            sentences += item.picked
            continue
        cites = tuple(dict.fromkeys(cite for one in item.picked for cite in one.cites))
        section = item.picked[0].section
        sentences.append(DraftSentence(section=section, text=text, cites=cites))
    return Draft(sentences=tuple(sentences))


def _follows(first: DraftSentence, second: DraftSentence) -> bool:
    places = [_ID.fullmatch(one.cites[0]) for one in (first, second)]
    if not all(places):
        return False
    (article, number), (other, next_) = (place.groups() for place in places if place)
    return article == other and int(next_) == int(number) + 1


_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"type": "string"}},
}
