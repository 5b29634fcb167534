"""Words from outside made harmless in Markdown."""

import re

# Entities, not backslashes: the first Markdown and Python-Markdown do not know `\<`.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: f"\\{mark}" for mark in "\\`*_{}[]#|~^$!"}
)
_NUMBERED = re.compile(r"\d{1,9}[.)]")

# What GitHub, Markdown-it or a mail program would turn into a link or a mention.
_LINKLIKE = re.compile(r"//|@|\bwww\.|\w\.[^\W\d_]{2,}", re.IGNORECASE)
_ROUND_A_LINK = ".,;:!?…\"'“”‘’«»()[]{}<>*_~|"


def escaped(text: str) -> str:
    """Return `text`, a single line, so that Markdown shows it as it is, wherever it stands.

    Words that a reader's program would make a link of by itself become code: nothing else stops
    all of them, since some look for addresses after the escapes have gone.
    """
    words = (_code_if_link(word) for word in text.split(" "))
    return _not_a_block(" ".join(words))


def _code_if_link(word: str) -> str:
    if not _LINKLIKE.search(word):
        return word.translate(_ESCAPES)
    link = word.strip(_ROUND_A_LINK)
    before, _, after = word.partition(link)
    return before.translate(_ESCAPES) + code(link) + after.translate(_ESCAPES)


def code(text: str) -> str:
    """Return `text` as code, whatever backticks it holds."""
    runs = [len(run) for run in re.findall("`+", text)]
    if not runs:
        return f"`{text}`"
    fence = "`" * (max(runs) + 1)
    return f"{fence} {text} {fence}"


def _not_a_block(text: str) -> str:
    if text.startswith(("-", "+", "=", ":")):
        return "\\" + text
    if number := _NUMBERED.match(text):
        return f"{text[: number.end() - 1]}\\{text[number.end() - 1 :]}"
    return text
