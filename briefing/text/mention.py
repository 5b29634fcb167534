"""Whether any text has a word that a reader asks about."""

from collections.abc import Iterable

from briefing.text.salience import stems
from briefing.text.words import content_stems


def is_mentioned(words: str, texts: Iterable[str]) -> bool:
    """Return whether one of `texts` has a word of `words`, in any form of it, or them as they are.

    Words such as "the" count only where there are no others.
    """
    wanted = set(content_stems(words)) or set(stems(words))
    plain = words.casefold()
    # A script without blanks has no words to compare, and its letters are found as they are.
    return any(plain in text.casefold() or not wanted.isdisjoint(stems(text)) for text in texts)
