"""Whether somebody named is who a text elsewhere calls by what he is: "the former treasurer"."""

import re
from collections.abc import Sequence

from briefing.steps.verify.sources import Cited, Sources
from briefing.text.names import key
from briefing.text.speakers import named, speakers
from briefing.text.words import content_stems, stem, words

_DEFINITE = re.compile(r"\s*(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s+")
_OF = re.compile(r"\b(?:of|in|at|from|for|on|who|which|with)\b|,")
_IS = (
    r"(?:,\s+[^,.;]{1,30})?,\s+(?:who\s+(?:is|was|has been|had been)|an?|the|now|then|once|former"
    r"|[\w’']+['’]s)\b"
)
"""What stands between a name and what one is: "Ada Lund, 63, who was treasurer"."""

_PEOPLE = frozenset(
    map(stem, "people residents officials lawyers critics workers experts police".split())
)


def is_told_of(phrase: str, surname: str, sources: Sources) -> bool:
    """Whether a speaker called by what he is, and not by name, is the one of this surname.

    Args:
        phrase: Of who speaks: "the former treasurer of Belm".
        surname: A key.
        sources: One of them has to say so: "Ada Lund, who was treasurer until May".
    """
    start = _DEFINITE.match(phrase)
    if start is None:
        return False
    noun = _OF.split(phrase[start.end() :])[0]
    stems = content_stems(noun)
    if not stems or stems[-1] in _PEOPLE or named(noun) or _is_named(phrase):
        return False
    return any(
        surname in sources.analysis(sentence).word_keys and _is(surname, stems[-1], sentence.text)
        for sentence in sources.story.sentences
    )


def _is_named(phrase: str) -> bool:
    """Whether the one called so is named behind it: "the treasurer, Bo Tarn"."""
    apposed = phrase.rpartition(",")[2]
    return apposed != phrase and bool(named(apposed)) and not _OF.match(apposed.strip())


def is_who_speaks(surname: str, telling: Sequence[Cited], sources: Sources) -> bool:
    """Whether the source has somebody speak by what he is who elsewhere has this surname."""
    return any(
        is_told_of(phrase, surname, sources)
        for piece in telling
        for phrase in speakers(piece.analysis.text)
    )


def _is(surname: str, noun: str, text: str) -> bool:
    """Whether a text says of a name, beside it, that he is what a noun says."""
    for found in re.finditer(r"[^\W\d_a-z][\w'’-]*", text):
        if key(found[0]) != surname or found[0].endswith(("'s", "’s")):
            continue
        behind = re.match(rf"{_IS}(?P<what>[^,.;]{{0,60}})", text[found.end() :])
        if behind and noun in content_stems(behind["what"]):
            return True
        before = re.split(r"[,;:.]", text[: found.start()])[-1]
        # "Its former treasurer Ada Lund": only first names stand between.
        while before and (last := words(before)) and last[-1][0].isupper():
            before = before[: before.rindex(last[-1])]
        said = content_stems(before)
        if said and said[-1] == noun and before.rstrip()[-1:].isalpha():
            return True
        apposed = re.search(
            r"(?:^|[,;]|\b(?:the|its|their|his|her)\b)(?P<what>[^,;]{1,60}),\s+"
            r"(?:[^\W\d_a-z][\w'’-]*\s+){0,2}$",
            text[: found.start()],
        )
        if apposed and noun in content_stems(_OF.split(apposed["what"])[0])[-1:]:
            return True
    return False
