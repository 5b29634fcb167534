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


def stands_alone(sentence: Sentence) -> bool:
    """Return whether a reader who sees only `sentence` is not misled by it.

    It leans on no other sentence for who speaks or who is meant, is whole, shows no damage, and
    is neither a scrap nor a paragraph.
    """
    text = sentence.text
    if sentence.in_quotation or _DAMAGED.search(text) or _MISSING_LEAD.match(text):
        return False
    if not text.rstrip("\"'”’)").endswith((".", "!", "?")):
        return False
    if text.replace("''", '"').count('"') % 2 or text.count("“") != text.count("”"):
        return False
    if text[0] in "\"“'" and not REPORTING.search(text):
        return False
    return _FEWEST_WORDS <= len(words(text)) <= _MOST_WORDS
