"""Have picked quotations said in fewer words: what a weak model can do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from briefing import prompting
from briefing.data.draft import Draft, DraftSentence
from briefing.errors import MalformedReply
from briefing.ports import ChatReply, ChatRequest
from briefing.text.canonical import clean
from briefing.text.reply import parse as parse_json
from briefing.text.reply import parse_parts

_TOKENS_A_SENTENCE = 90
_SHORTEST_CHARS = 90
"""A quotation of so many characters is short as it is: it is left alone."""

_ITEMS_A_CALL = 4
_ID = re.compile(r"(S\d+)\.(\d+)")


class _ReplySentence(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    number: int
    text: str


class RewriteReply(BaseModel):
    """The JSON that `prompts/rewrite.user.jinja` asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sentences: tuple[_ReplySentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One quotation, or two that stand side by side in their article and become one sentence."""

    picked: tuple[DraftSentence, ...]

    @property
    def lines(self) -> str:
        """Return the words as the prompt prints them."""
        return " ".join(one.text for one in self.picked)


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


def calls(found: Sequence[Item]) -> tuple[tuple[Item, ...], ...]:
    """Return the items that each call asks about: those that are long enough to be shortened."""
    long = [item for item in found if len(item.lines) > _SHORTEST_CHARS]
    return tuple(
        tuple(long[start : start + _ITEMS_A_CALL]) for start in range(0, len(long), _ITEMS_A_CALL)
    )


def request(asked: Sequence[Item], *, model: str) -> ChatRequest:
    """Return the request that asks for `asked` in fewer words."""
    return ChatRequest(
        model=model,
        system=prompting.fill("rewrite.system.jinja"),
        user=prompting.fill("rewrite.user.jinja", items=asked),
        reply_schema=_schema(len(asked)),
        schema_name="rewrite",
        max_tokens=_TOKENS_A_SENTENCE * len(asked),
    )


def parse(reply: ChatReply, asked: Sequence[Item]) -> Mapping[Item, str]:
    """Return the shorter words for those of `asked` that got any.

    Words that are no shorter than the quotation are left out: it says the same, and is exact.

    Raises:
        MalformedReply: The reply is not the JSON that was asked for.
    """
    try:
        found = parse_json(reply.text, RewriteReply, model=reply.model).sentences
    except MalformedReply:
        found = parse_parts(reply.text, _ReplySentence)
        if not found:
            raise
    texts = {one.number: " ".join(clean(one.text).split()) for one in found}
    return {
        item: text
        for number, item in enumerate(asked, start=1)
        if 0 < len(text := texts.get(number, "")) < len(item.lines)
    }


def rewritten(found: Sequence[Item], shorter: Mapping[Item, str]) -> Draft:
    """Return the draft: each item in its shorter words, where it has any, else as it was picked."""
    sentences: list[DraftSentence] = []
    for item in found:
        if item not in shorter:
            sentences += item.picked
            continue
        cites = tuple(dict.fromkeys(cite for one in item.picked for cite in one.cites))
        section = item.picked[0].section
        sentences.append(DraftSentence(section=section, text=shorter[item], cites=cites))
    return Draft(sentences=tuple(sentences))


def _follows(first: DraftSentence, second: DraftSentence) -> bool:
    places = [_ID.fullmatch(one.cites[0]) for one in (first, second)]
    if not all(places):
        return False
    (article, number), (other, next_) = (place.groups() for place in places if place)
    return article == other and int(next_) == int(number) + 1


def _schema(count: int) -> dict[str, object]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["sentences"],
        "properties": {
            "sentences": {
                "type": "array",
                "maxItems": count,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["number", "text"],
                    "properties": {
                        "number": {"type": "integer", "enum": list(range(1, count + 1))},
                        "text": {"type": "string"},
                    },
                },
            }
        },
    }
