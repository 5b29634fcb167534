"""A half, a third or most of a thing is what the source's figures make of it."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.speech import unquoted

_SHARE = re.compile(
    r"\b(?P<word>(?P<half>half)|(?:a|one)[- ](?:(?P<third>third)|(?P<quarter>quarter)"
    r"|(?P<fifth>fifth))|two[- ](?P<thirds>thirds)|three[- ](?P<quarters>quarters))\s+of\s+"
    r"(?!(?:\d{4}|next|this|last|the (?:year|month|week|day|game|match|season|century))\b)",
    re.IGNORECASE,
)
_PERCENT = {
    "half": (42, 58), "third": (28, 38), "quarter": (20, 30), "fifth": (15, 25),
    "thirds": (60, 72), "quarters": (70, 80),
}  # fmt: skip
"""From how many percent to how many a share may be told so, with "nearly" and "over"."""

_FRACTION = re.compile(
    r"\b(?:half|halves|halved|thirds?|quarters?|fifths?|majority|most|\d+ (?:of|out of))\b",
    re.IGNORECASE,
)
_MOSTLY = re.compile(
    r"\b(?P<word>most (?:of\b|people|[a-z]+s\b)|(?:the|a) (?:\w+ )?majority|mostly)", re.IGNORECASE
)
_MINORITY = re.compile(r"\b(?:minority|fewer than half|less than half|under half)\b", re.IGNORECASE)
_MAJORITY = re.compile(r"\b(?:most|mostly|majority|more than half|over half|main(?:ly)?)\b", re.I)

_NO_EXCEPTION = re.compile(
    r"\b(?:without exception|with no exceptions?|to the last (?:man|one)|one and all"
    r"|across the board)\b",
    re.IGNORECASE,
)
_WHOLLY = re.compile(
    r"\b(?:all|every\w*|each|none?|any\w*|exception\w*|entire\w*|whole|across the board)\b",
    re.IGNORECASE,
)
_EVERY_TIME = re.compile(
    r"\b(?P<word>(?:every|each) (?:year|month|week|day|time|spring|summer|autumn|winter)"
    r"|annual(?:ly)?|year after year|unbroken|regularly|once again)\b",
    re.IGNORECASE,
)
_FIRST_IN = re.compile(
    r"\bfirst\b[^.;]{0,80}?\b(?:since|in (?:(?:over|nearly|almost|more than|at least) )?"
    r"(?:\w+|\d+) (?:years|months|weeks|decades)|ever|time)\b",
    re.IGNORECASE,
)


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """A share is the source's, a minority is not most, nor what is the first in years, yearly."""
    text = unquoted(claim.text)
    return (
        _other_share(text, cited)
        or _opposed(_MOSTLY, _MINORITY, _MAJORITY, text, cited)
        or _opposed(_EVERY_TIME, _FIRST_IN, _EVERY_TIME, text, cited)
        or _without_exception(text, cited)
    )


def _other_share(text: str, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "half of" it is 20 percent, and no share in words, there."""
    for found in _SHARE.finditer(text):
        least, most = next(span for name, span in _PERCENT.items() if found[name])
        if any(_FRACTION.search(piece.analysis.text) for piece in cited):
            return None
        shares = [
            (piece, number)
            for piece in cited
            for number in piece.analysis.numbers
            if number.unit == "percent"
        ]
        if shares and not any(least <= number.value <= most for _, number in shares):
            piece, number = shares[0]
            return differs(
                Reason.QUANTITY_CHANGED,
                found["word"],
                Span(*found.span("word")),
                piece,
                number.span,
            )
    return None


def _opposed(
    said: re.Pattern[str],
    other: re.Pattern[str],
    same: re.Pattern[str],
    text: str,
    cited: Sequence[Cited],
) -> Fault | None:
    """Return what is wrong where a text has `said`, and the source has `other` and not `same`."""
    here = said.search(text)
    if here is None or other.search(text):
        return None
    if any(same.search(piece.analysis.text) for piece in cited):
        return None
    for piece in cited:
        if there := other.search(piece.analysis.text):
            return differs(
                Reason.QUANTITY_CHANGED,
                here["word"],
                Span(*here.span("word")),
                piece,
                Span(*there.span()),
            )
    return None


def _without_exception(text: str, cited: Sequence[Cited]) -> Fault | None:
    here = _NO_EXCEPTION.search(text)
    if here is None or any(_WHOLLY.search(piece.analysis.text) for piece in cited):
        return None
    return Fault(
        code=Reason.QUANTITY_CHANGED,
        detail=f"{here[0]!r} is not in the source",
        words=Span(*here.span()),
    )
