"""Words with which a text denies something."""

import re

NOTS = frozenset("not no never none nobody nothing neither nor without cannot".split())

_NOT_ALONE = r"(?! (?:just|only|merely|simply|least|to mention|long (?:after|before))\b)"
"""What is "not only" so, is so."""

_NO_DOUBT = (
    r"(?! (?:(?:doubt|question|second opinion|denying|disputing|secret)\b(?! (?:of|about) wh)"
    r"|(?:less|fewer|later|sooner) than\b|matter\b))"
)
"""What there is "no doubt" of, is so."""

_WORDS = (
    rf"(?<!\bor )not{_NOT_ALONE}|no{_NO_DOUBT}|never|none(?! other than\b)|nobody"
    r"|nothing(?! but\b)|neither|nor|without|cannot|hardly|barely|unlikely"
)
_IN_SHORT = rf"n['’]t\b{_NOT_ALONE}"

NOT = re.compile(rf"\b(?=[a-z])(?:{_WORDS})\b|{_IN_SHORT}", re.IGNORECASE)
"""A word that denies what stands behind it, and does not just limit it."""

NEGATOR = re.compile(
    rf"\b(?=[a-z])(?:{_WORDS}"
    r"|den(?:y|ies|ied)|refus(?:e|es|ed|al)|reject(?:s|ed)?|rul(?:e|es|ed) out"
    r"|fail(?:s|ed|ing|ure)? to|declin(?:e|es|ed) to|unable|false(?:ly)?|untrue|far from"
    r"|(?:has|have|had|is|are) yet to|(?:hoax|myth|lie) that)\b"
    rf"|{_IN_SHORT}",
    re.IGNORECASE,
)
"""The same, with the verbs that deny what stands behind them."""
