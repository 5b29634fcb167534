"""Whose line a sentence gives: the side that speaks in it, or wants something."""

import re
from collections.abc import Iterable, Mapping, Sequence

from briefing.data.briefing import Person
from briefing.text.clauses import MAX_CHARS
from briefing.text.names import key, same_name
from briefing.text.speakers import speaker_names, speakers
from briefing.text.words import words

_WANTING = re.compile(
    r"\b(?P<who>[^\W\d_a-z][\w'’-]+)\s+(?:(?:has|have|had|also|still|now|itself|long)\s+){0,2}"
    r"(?:wants?|wanted|seeks?|sought|hopes?|hoped|proposes?|proposed|offers?|offered|demands?"
    r"|demanded|insists?|insisted|rejects?|rejected|asks?|asked|prefers?|preferred|backs?|backed"
    r"|supports?|supported|opposes?|opposed|refuses?|refused|accepts?|accepted|calls? for"
    r"|called for|is (?:ready|willing|against|in favour)|will not)\b"
)
"""A side, and what it wants, offers or refuses."""

_QUOTED_AS = re.compile(r"\bquot(?:ed|es|ing)\s+(?P<who>[^,;.\"“”]{3,60}?)\s+as\s+(?:having\s+)?sa")
"""Who is quoted by whom: it is the line of the one who is quoted."""

_UNNAMED = re.compile(
    r"(?:^|[,;]\s*|\band\s+)(?:the\s+|some\s+|several\s+|two\s+|three\s+|many\s+)?"
    r"(?:officials?|people|sources?|diplomats?|aides?|witnesses|medics|doctors|police|analysts"
    r"|activists|residents|critics|observers|lawyers)\s*$"
)
"""Speakers without a name at the end of a longer phrase: the names before them do not speak."""

_ELSEWHERE = re.compile(r"\b(?:for|to|on|in|from|with|at)\s+(?:the\s+)?[^\W\d_a-z][\w'’-]+")
"""A name that stands beside a speaker and is not the speaker's: "the envoy to Tolvessa"."""


def parties(text: str, people: Sequence[Person]) -> tuple[str, ...]:
    """Return the sides whose line `text` gives, in the order of the text.

    They are the sides of those who speak in it; where no speaker's side is known, those that are
    said to want, to offer or to refuse something. A sentence of more than `MAX_CHARS` is not read.

    Args:
        text: A sentence.
        people: Of the story, with their sides.
    """
    if len(text) > MAX_CHARS:
        return ()
    sides = tuple(dict.fromkeys(person.side for person in people if person.side))
    of_surname = {key(person.name.split()[-1]): person.side for person in people if person.side}
    speaking = _speaking(text, sides, of_surname)
    return tuple(dict.fromkeys(speaking or _wanting(text, sides)))


def _speaking(text: str, sides: Sequence[str], of_surname: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    quoted = [found["who"] for found in _QUOTED_AS.finditer(text)]
    for phrase in quoted or speakers(text):
        if _UNNAMED.search(phrase):
            continue
        named = [of_surname[one] for one in speaker_names(phrase) if one in of_surname]
        found += named[:1] or list(_named(_ELSEWHERE.sub("", phrase), sides))[:1]
    return found


def _wanting(text: str, sides: Sequence[str]) -> list[str]:
    return [side for who in _WANTING.finditer(text) for side in _named(who["who"], sides)]


def _named(text: str, sides: Sequence[str]) -> Iterable[str]:
    for word in words(text):
        bare = key(word).removesuffix("'s")
        yield from (side for side in sides if word[0].isupper() and same_name(bare, key(side)))
