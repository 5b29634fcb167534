"""Figures without a number: "dozens of soldiers", "hundreds of homes"."""

import re
from decimal import Decimal

from briefing.data.article import Span
from briefing.text.numbers import Number
from briefing.text.words import stem

_VAGUE = re.compile(
    r"\b(?P<words>(?:many |several |a few )?(?:(?:tens|hundreds) of thousands|thousands|hundreds"
    r"|dozens|scores)|a handful)\s+of\s+(?=(?P<noun>[a-z][\w'’-]+))(?!millions|billions|thousands)",
    re.IGNORECASE,
)
_ENDS = {
    "a handful": (2, 9),
    "dozens": (18, 150),
    "scores": (30, 200),
    "hundreds": (150, 2_500),
    "thousands": (1_500, 150_000),
    "tens of thousands": (15_000, 150_000),
    "hundreds of thousands": (150_000, 1_500_000),
}
"""The least and the most that the words may mean, set wide by hand: "hundreds" may be 1,200."""


def vague(text: str) -> tuple[Number, ...]:
    """Return the figures that `text` gives in such words, each with the range that they allow."""
    return tuple(_number(found) for found in _VAGUE.finditer(text))


def _number(found: re.Match[str]) -> Number:
    words = found["words"].lower()
    low, high = next(ends for name, ends in reversed(_ENDS.items()) if words.endswith(name))
    return Number(
        value=Decimal(low),
        unit=stem(found["noun"]),
        measured=False,
        ordinal=False,
        hedge="about",
        span=Span(*found.span()),
        text=found["words"],
        ends=(Decimal(low), Decimal(high)),
    )
