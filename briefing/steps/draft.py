"""Ask for a draft, and read the answer: two pure halves around one call to the model."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from briefing import prompting
from briefing.data.draft import MOST_PROPOSALS, PROPOSABLE, Draft, DraftSentence, Proposal
from briefing.errors import MalformedReply
from briefing.ports import Brief, ChatReply, ChatRequest
from briefing.text.canonical import clean
from briefing.text.reply import parse as parse_json
from briefing.text.reply import parse_lists, parse_parts

if TYPE_CHECKING:
    from briefing.data.article import Sentence

_TOKENS_A_SENTENCE = 90
_TOKENS_A_DIFFERENCE = 70
_MOST_TEXT = 1_000
_MOST_CITES = 3
"""Weak models list ids without end."""

_ID = re.compile(r"\bS\d+\.\d+\b")
_IDS = re.compile(
    r"\s*[\[(]\s*S\d+\.\d+(?:[\s,;&]+(?:and\s+)?S\d+\.\d+)*\s*[\])]"
    r"|^\s*(?:S\d+\.\d+[\s,;:]+)+"
)
"""Ids in brackets, wherever a model puts them, or bare before the sentence."""


class _ReplyDifference(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: str
    first: str
    first_words: str
    second: str
    second_words: str


class DraftReply(BaseModel):
    """The JSON that `prompts/draft.user.jinja` asks for.

    A sentence stands behind the ids of what it cites, in the form in which the prompt prints the
    source sentences: "[S2.7] …". Of the forms tried that is the cheapest; in one list a section,
    none is repeated for each sentence (`bench/peers.py` counts its tokens).
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    sections: dict[str, tuple[str, ...]]
    """By the section's id."""

    differences: tuple[_ReplyDifference, ...] = ()

    @field_validator("differences", mode="before")
    @classmethod
    def _of_the_shape(cls, given: object) -> list[_ReplyDifference]:
        """Return those that can be read: a bad one must not cost the sentences."""
        found = []
        for one in given if isinstance(given, list | tuple) else ():
            with suppress(ValidationError):
                found.append(_ReplyDifference.model_validate(one))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """An article as the prompt prints it."""

    label: str
    outlet: str
    published: date | None
    lines: str


def request(brief: Brief, *, model: str) -> ChatRequest:
    """Return the request that drafts a briefing from the evidence of `brief`."""
    return ChatRequest(
        model=model,
        system=prompting.fill("draft.system.jinja"),
        user=prompting.fill(
            "draft.user.jinja",
            sections=brief.template.sections,
            focus=brief.focus,
            as_of=max((a.published for a in brief.story.articles if a.published), default=None),
            articles=_sources(brief),
            kinds=PROPOSABLE,
        ),
        reply_schema=_schema(brief),
        step="draft",
        schema_name="briefing",
        max_tokens=_TOKENS_A_SENTENCE * sum(section.most for section in brief.template.sections)
        + _TOKENS_A_DIFFERENCE * MOST_PROPOSALS,
    )


def parse(reply: ChatReply, brief: Brief) -> Draft:
    """Return the sentences in a model's reply, in the order of the template's sections.

    Text is made harmless at this door; empty, over-long and surplus sentences are left out, and
    so are those for a section that the template does not have. Of a reply that was cut off, the
    whole sentences are taken, and the whole differences.

    Raises:
        MalformedReply: The reply is not the JSON that was asked for.
    """
    found = _found(reply, brief)
    sentences = [
        sentence
        for section in brief.template.sections
        for line in found.sections.get(section.id, ())[: section.most]
        if 0 < len((sentence := _sentence(line, section.id)).text) <= _MOST_TEXT
    ]
    return Draft(
        sentences=tuple(sentences),
        proposals=tuple(
            Proposal(**{name: clean(words) for name, words in one.model_dump().items()})
            for one in found.differences
        ),
    )


def _sentence(line: str, section: str) -> DraftSentence:
    line = " ".join(clean(line).split())
    cites = [id_ for ids in _IDS.finditer(line) for id_ in _ID.findall(ids[0])]
    return DraftSentence(
        section=section,
        text=_IDS.sub("", line).strip(),
        cites=tuple(dict.fromkeys(cites))[:_MOST_CITES],
    )


def _found(reply: ChatReply, brief: Brief) -> DraftReply:
    try:
        return parse_json(reply.text, DraftReply, model=reply.model)
    except MalformedReply as error:
        # Cut off by its length, or by a comma that is missing: each whole sentence still counts.
        whole = parse_lists(reply.text, {section.id for section in brief.template.sections})
        if whole:
            parts = parse_parts(reply.text, _ReplyDifference)
            return DraftReply(sections=whole, differences=parts)
        if reply.is_cut:
            raise MalformedReply(
                f"{reply.model} wrote all the tokens it may without one whole sentence. "
                "Take a more capable model.",
                reply=reply.text,
                problem="it is too long; write less",
            ) from error
        raise


def _sources(brief: Brief) -> list[_Source]:
    sent: dict[str, list[Sentence]] = {}
    for sentence in brief.evidence.sentences:
        sent.setdefault(sentence.article, []).append(sentence)
    return [
        _Source(
            label=sentences[0].id.split(".")[0],
            outlet=_attribute(article.outlet),
            published=article.published,
            lines="\n".join(f"[{s.id}] {' '.join(s.text.split())}" for s in sentences),
        )
        for article in brief.story.articles
        if (sentences := sent.get(article.id))
    ]


def _attribute(text: str) -> str:
    return text.replace('"', "'").replace("\n", " ")


def _schema(brief: Brief) -> Mapping[str, Any]:
    """Return the JSON Schema of the reply, within what servers take as strict.

    Every section is to be there, if empty. What begins a sentence is left to the prompt: few
    servers keep to a `pattern`, and some turn down a request with one.
    """
    sections = brief.template.sections
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["sections", "differences"],
        "properties": {
            "sections": {
                "type": "object",
                "additionalProperties": False,
                "required": [section.id for section in sections],
                "properties": {
                    section.id: {
                        "type": "array",
                        "maxItems": section.most,
                        "items": {"type": "string"},
                    }
                    for section in sections
                },
            },
            "differences": {
                "type": "array",
                "maxItems": MOST_PROPOSALS,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": list(_ReplyDifference.model_fields),
                    "properties": {
                        **{name: {"type": "string"} for name in _ReplyDifference.model_fields},
                        "kind": {"type": "string", "enum": list(PROPOSABLE)},
                    },
                },
            },
        },
    }
