"""A Markdown file: its words without the marks, and what its front matter says of it.

Front matter is YAML between lines of `---`, or TOML between lines of `+++`, as site generators and
web clippers write it; its fields have the names that `parse.records` knows.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefing.data.document import Document, Kind, RawDocument
from briefing.edges.parse import charset, markup, records
from briefing.edges.parse.web import web_address
from briefing.settings import LimitSettings

_FRONT = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\n(?P<fields>.{0,20000}?)\n(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
_SHOWN = frozenset({"text", "code_inline", "text_special"})


def documents(raw: RawDocument, limits: LimitSettings) -> Iterator[Document]:
    """Yield the text, a paragraph for each block of it.

    Raises:
        SourceError: It is no text.
    """
    read = charset.decode(raw.content)
    text = read.text.lstrip("\ufeff").replace("\r\n", "\n")
    front = _FRONT.match(text)
    fields = _fields(front) if front else None
    body = _words(text if front is None or fields is None else text[front.end() :])
    if not fields:
        yield Document(source=raw.source, kind=Kind.MARKDOWN, text=body, damage=read.damage)
        return
    record = {**fields, "text": body} if body.strip() else fields
    found = records.document(raw.source, record, read.damage)
    # Clippers put the address of the page where others put the outlet.
    address = web_address(found.outlet)
    yield replace(
        found,
        kind=Kind.MARKDOWN,
        text=body or found.text,
        outlet="" if address else found.outlet,
        url=found.url or address,
        author=_WIKI_LINK.sub(r"\1", found.author),
    )


def _fields(front: re.Match[str]) -> Mapping[str, Any] | None:
    """Return the fields of the front matter, all words as they stand; None where it has none."""
    try:
        if front["fence"] == "+++":
            found = {
                name: str(value) if not isinstance(value, list | dict) else value
                for name, value in tomllib.loads(front["fields"]).items()
            }
        else:
            # Words alone: a date is read as all dates of containers are.
            found = yaml.load(front["fields"], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _words(text: str) -> str:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    blocks = []
    for at, token in enumerate(tokens):
        if token.type == "inline":
            blocks.append(_number(tokens, at) + _inline(token.children or ()))
        elif token.type in {"code_block", "fence"}:
            blocks.append(token.content)
        elif token.type == "html_block":
            blocks.append(markup.text_of(token.content))
    return "\n\n".join(block for block in blocks if block.strip())


def _number(tokens: list[Token], at: int) -> str:
    """Return the number that stands before this text and counts nothing: `2031. It was …`."""
    if at < 3 or tokens[at - 2].type != "list_item_open" or not tokens[at - 2].info:
        return ""
    is_first = tokens[at - 3].type == "ordered_list_open"
    number = tokens[at - 2].info
    return f"{number}{tokens[at - 2].markup} " if is_first and number not in {"0", "1"} else ""


def _inline(children: tuple[Token, ...] | list[Token]) -> str:
    words = "".join(
        _BREAKS.get(one.type, one.content if one.type in _SHOWN else "") for one in children
    )
    return _FOOTNOTE.sub("", _WIKI_LINK.sub(r"\1", words))
