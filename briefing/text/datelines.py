"""What a wire service or a list puts before the first word of a sentence."""

import re

_PLACE = r"[A-Z][A-Z'’.-]{2,}(?:[ /-][A-Z'’.]{2,})*"
_BETWEEN = (
    r"(?:,?\s(?:[A-Z][\w.'’-]*|\d{1,4}(?:st|nd|rd|th)?|of|translated)(?=[\s,.:)])"
    r"|,?\s?\([^()]{2,60}\)|[,.])"
)
_STOP = r"\s*(?:(?:-{1,2}|–|—)\s+|:\s+)"
_OPENING = re.compile(
    r"(?:\([^()]{3,60}\)\s+)?(?:"
    # HALDEN, Norland, 3 May (Farm Wire) - The mayor; HALDEN: The mayor.
    rf"{_PLACE}{_BETWEEN}{{0,8}}{_STOP}"
    # HALDEN/OSTREN The mayor, of which the dash was lost.
    r"|[A-Z]{3,}(?:/[A-Z]{3,})+\s+"
    # Halden, N.D. (FW) - The mayor; (Farm Wire) - The mayor.
    r"|(?:[A-Z][\w.'’-]*,?\s){0,4}\([A-Z][A-Za-z ]{1,25}\)\s*(?:-{1,2}|–|—)\s+"
    # 3 May 2031 - The mayor.
    r"|\d{1,2}\s[A-Z][a-z]+\s\d{4}\s*(?:-{1,2}|–|—)\s+"
    # 7. The mayor, in a list.
    r"|\d{1,2}[.)]\s+"
    r")(?=[\"“'‘]?[A-Z0-9])"
)
_LONGEST = 120
"""Characters in which a dateline ends."""


def without_dateline(text: str) -> str:
    """Return a sentence without the place, the day and the agency before it, or its list number.

    What is left is a piece of the sentence, to its end. Text without a dateline is returned as it
    is.
    """
    found = _OPENING.match(text[:_LONGEST])
    return text[found.end() :] if found else text
