"""Read the JSON in a model's reply, whatever stands round it."""

import json
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from briefing.errors import MalformedReply

_Reply = TypeVar("_Reply", bound=BaseModel)

_MOST_STARTS = 50
"""Braces tried as the beginning of the object, so that chatter full of braces costs little."""

_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BEHIND = re.compile(r"\s*(.?)")
_OPENED = re.compile(r":\s*\[")

_THINKING = re.compile(r"\A\s*<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)


def parse(text: str, shape: type[_Reply], *, model: str) -> _Reply:
    """Return the JSON object in `text` as a `shape`.

    Reasoning in `<think>` tags, code fences and chatter before or behind the object are passed
    over.

    Raises:
        MalformedReply: There is no object, or it is not of that shape.
    """
    problem = "no JSON object"
    for candidate in _objects(_THINKING.sub("", text)):
        try:
            return shape.model_validate(candidate)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the reply"
            problem = f"{where}: {first['msg'].lower()}"
    raise MalformedReply(
        f"{model} answered with something else than the JSON asked for ({problem}). "
        "Try again, or take a more capable model.",
        reply=text,
        problem=problem,
    )


def is_bare_json(text: str) -> bool:
    """Return whether `text` is one JSON object and nothing else."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def parse_parts(text: str, shape: type[_Reply]) -> tuple[_Reply, ...]:
    """Return the objects of a `shape` anywhere in `text`: what is left of a reply cut off."""
    found = []
    for candidate in _objects(_THINKING.sub("", text)):
        with suppress(ValidationError):
            found.append(shape.model_validate(candidate))
    return tuple(found)


def parse_lists(text: str, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the whole strings in the lists under `keys` anywhere in `text`, by key.

    It is what is left of a reply cut off, or with a bracket or a comma missing. A string with
    quotation marks inside that were not escaped is left out, with what is between them.
    """
    text = _THINKING.sub("", text)
    found: dict[str, list[str]] = {}
    key, end, is_first = "", 0, False
    for match in _STRING.finditer(text):
        before = text[end : match.start()].strip()
        end = match.end()
        behind = _BEHIND.match(text, end)
        mark = behind[1] if behind else ""
        if mark == ":":
            name = match[0][1:-1]
            key, is_first = name if name in keys else "", True
            continue
        is_listed = _OPENED.fullmatch(before) if is_first else before == ","
        if "]" in before or "}" in before or (is_first and not is_listed):
            key = ""
        is_first = False
        if key and is_listed and mark and mark in ",]":
            with suppress(ValueError):
                found.setdefault(key, []).append(json.loads(match[0], strict=False))
    return {name: tuple(texts) for name, texts in found.items()}


def _objects(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(_MOST_STARTS):
        if at < 0:
            return
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):  # ValueError: also an integer of 4,301 digits.
            end = at + 1
        else:
            yield found
        at = text.find("{", end)
