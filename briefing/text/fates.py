"""What befell the people whom a text counts: killed, injured, held, rescued."""

import re
from functools import lru_cache

from briefing.data.article import Span
from briefing.text.numbers import Number

_FATES = {
    "killed": r"kill(?:ed|ing|s)|dead|died|dies|deaths?|death toll|lives|perished|drowned|murdered"
    r"|fatalities|bodies|claimed",
    "injured": r"injur(?:ed|ing|es|ies)|wound(?:ed|ing|s)|hurt|hospitali[sz]ed|in hospitals?",
    "held": r"arrest(?:ed|ing|s)|detain(?:ed|ing)|detentions|jailed|in custody",
    "missing": r"missing|disappeared|unaccounted for",
    "saved": r"rescu(?:ed|ing)|saved|evacuat(?:ed|ing)|freed|released",
    "homeless": r"homeless|displac(?:ed|ing)|fled|flee(?:ing)?",
}
"""What befalls people who are counted."""

_GAP = r"(?:\s+(?!and\b|or\b|but\b|while\b|with\b|after\b|when\b)[\w'’-]+){0,4}?\s+"
_BEHIND = re.compile(
    _GAP + "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _FATES.items()) + r")\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _FATES.items())
    + r")(?:\s+(?!and\b|or\b|but\b|while\b|with\b|after\b|when\b)[\w'’-]+){0,3}\s+[$€£]?$",
    re.IGNORECASE,
)

_BEFORE_CHARS = 80
"""In which the three words before a number, and the participle before them, have room."""


def fate(text: str, number: Number) -> str | None:
    """Return what befell those whom a number counts, as far as the words beside it tell."""
    return _read(text, number.span)


@lru_cache(maxsize=4_096)
def _read(text: str, span: Span) -> str | None:
    # "Killing 12 people and injuring 30": the participle before a number governs it.
    before = _BEFORE.search(text, max(0, span.start - _BEFORE_CHARS), span.start)
    found = before or _BEHIND.match(text, span.end)
    return found.lastgroup if found else None
