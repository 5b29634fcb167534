"""The sentences of a text to be checked, each a claim of its own."""

import re

from briefing.data.article import Span
from briefing.text.analysis import Analysis
from briefing.text.sentences import sentences

_TOKENISED_END = re.compile(r"(?<=\s[.!?])\s+(?=\S)|\n+")
"""The end of a sentence in text whose marks stand apart, as those of summarisation sets do."""

_LOWER_END = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[^\W\d_])")
_CAPITAL = re.compile(r"[A-Z]")
_MARK = re.compile(r"[\"“”]|''|``")


def claims_of(text: str) -> list[Analysis]:
    """Return the sentences of `text` that have words to check; the whole text where none has.

    Text without any capitals, and text with blanks before its full stops, are cut at each full
    stop. A quotation of several sentences stays whole with the words that introduce it.
    """
    parts = [one.span for one in sentences(text)]
    joint = _TOKENISED_END if _CAPITAL.search(text) else _LOWER_END
    parts = [smaller for part in parts for smaller in _cut(text, part, joint)]
    if joint is _LOWER_END:
        parts = [smaller for part in parts for smaller in _cut(text, part, _TOKENISED_END)]
    claims = [Analysis(span.of(text), span.start) for span in _paired(text, parts)]
    return [claim for claim in claims if claim.stems] or [Analysis(text)]


def _cut(text: str, part: Span, joint: re.Pattern[str]) -> list[Span]:
    at = part.start
    found: list[Span] = []
    for end in joint.finditer(text, part.start, part.end):
        found.append(Span(at, end.start()))
        at = end.end()
    return [*found, Span(at, part.end)]


def _paired(text: str, parts: list[Span]) -> list[Span]:
    """Return the parts, those between two quotation marks of a pair as one."""
    whole: list[Span] = []
    is_open = False
    for part in parts:
        if is_open:
            whole[-1] = Span(whole[-1].start, part.end)
        else:
            whole.append(part)
        is_open ^= len(_MARK.findall(part.of(text))) % 2 == 1
    # A mark that is never closed joins nothing.
    return parts if is_open else whole
