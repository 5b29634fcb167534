"""Whether a source sentence can be read by itself."""

import re

from briefing.data.article import Sentence
from briefing.text.speech import REPORTING
from briefing.text.words import words

_FEWEST_WORDS, _MOST_WORDS = 6, 70

_MISSING_LEAD = re.compile(
    # Words that point at a sentence which the reader does not see.
    r"^[\"“']*(?:he|she|they|it|this|that|these|those|his|her|their|its|such|both|but|and|or|so|yet"
    r"|also|however|instead|moreover|then|there|here|the statement|the same|another|others)\b",
    re.IGNORECASE,
)
_DAMAGED = re.compile(
    r"\s[,;:.]\s|\b(?:the|a) (?:general|colonel|major|admiral)\. [A-Z]|,\s*,|\(\s*\)"
)
_CUT_OFF = re.compile(r"(?:\.\.|…)\W*\Z")
"""An agency's copy that was shortened ends so, in the middle of a sentence."""


def is_sound(sentence: Sentence) -> bool:
    """Return whether `sentence` is whole, shows no damage, and is neither a scrap nor a page."""
    text = sentence.text
    bare = text.rstrip("\"'”’)")
    if _DAMAGED.search(text) or not bare.endswith((".", "!", "?")) or _CUT_OFF.search(bare):
        return False
    return _FEWEST_WORDS <= len(words(text)) <= _MOST_WORDS


def stands_alone(sentence: Sentence) -> bool:
    """Return whether a reader who sees only `sentence` is not misled by it.

    It is sound, and leans on no other sentence for who speaks or who is meant.
    """
    text = sentence.text
    if not is_sound(sentence) or sentence.in_quotation or _MISSING_LEAD.match(text):
        return False
    if text.replace("''", '"').count('"') % 2 or text.count("“") != text.count("”"):
        return False
    return text[0] not in "\"'“" or bool(REPORTING.search(text))
