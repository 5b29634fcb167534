"""Where a text denies something, and how far what denies it reaches."""

import re

from briefing.text.kept import kept
from briefing.text.negation import NEGATOR
from briefing.text.words import content_stems

REJECTS = re.compile(
    r"\b(?:den(?:y|ies|ied)|refus(?:e|es|ed)|reject(?:s|ed)?|rul(?:e|es|ed) out|declin(?:e|es|ed)"
    r"|dismiss(?:es|ed)?|fail(?:s|ed)?)\b",
    re.IGNORECASE,
)
KEPT_FROM = re.compile(
    r"\b(?:prevent\w*|avoid\w*|avert\w*|stopp\w*|block\w*|halt\w*|lack\w*|dropped|cancel\w*"
    r"|abandon\w*|put off|postpon\w*|suspend\w*|silent|omit\w*|omission|contradict\w*|unlike"
    r"|turn(?:s|ed|ing)? down"
    r"|(?:keep(?:s|ing)?|kept)(?!\s[^,;:]*(?:[a-z]{2}ed|open|shut)\b)"
    r"|(?:stay|remain)(?:s|ed|ing)? (?:away|out|aloof)|missing|missed|lost"
    r"|absent|absence|left (?:out|off)"
    r"|exclud\w*|instead of|rather than|refrain\w*|withh[eo]ld\w*|free of|exempt\w*|veto\w*"
    r"|boycott\w*|abstain\w*|skipp\w*|shunn\w*)\b",
    re.IGNORECASE,
)
"""Words that may be told with a "not"."""

_SCOPE_END = re.compile(
    r"[,;:()\"“”]|''|\b(?:but|and|if|whether|while|whereas|although|though|because"
    r"|since|before|until|unless|after|when|despite|amid|in protest|protesting|in response"
    r"|owing to|(?<!not )(?<!n.t )due to|over (?:the|an?|his|her|its|their))\b"
)


PREFIXED = re.compile(r"\b(?:non-?(?P<non>[a-z]{4,})|un(?P<un>[a-z]{3,}ed))\b", re.IGNORECASE)
"""Denied by its first letters: "non-binding", "unsigned"."""


def denied(text: str) -> set[str]:
    """Return the content stems between a negator and the end of its clause, or behind "non-"."""
    within = {one for start, end in scopes(text) for one in content_stems(text[start:end])}
    prefixed = PREFIXED.finditer(text)
    return within.union(*(content_stems(found["non"] or found["un"]) for found in prefixed))


def said(text: str) -> str:
    """Return the text with what it denies blanked out."""
    left = list(text)
    for start, end in scopes(text):
        left[start:end] = " " * (end - start)
    return "".join(left)


@kept
def scopes(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each stretch begins and ends that a text denies."""
    found = []
    for negator in NEGATOR.finditer(text):
        ending = _SCOPE_END.search(text, negator.end())
        found.append((negator.end(), ending.start() if ending else len(text)))
    return tuple(found)
