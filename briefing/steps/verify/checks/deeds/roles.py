"""What a sentence tells of: who does what, and to whom it is done."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.data.article import Span
from briefing.text.analysis import Analysis
from briefing.text.names import Name, key, same_name
from briefing.text.verbs import PARTICIPLE, PAST, REGULAR_PAST, UNCHANGED
from briefing.text.words import STOPWORDS, stem

_WISHED = frozenset(map(stem, "want expect need like prefer".split()))
_WISH_BEHIND = re.compile(r"\s+to\s+[a-z]")
"""In "wants Norland to go" it is the going that is wanted."""

AUXILIARY = (
    r"(?:(?:will|would|shall|should|may|might|can|could|has|have|had|is|are|was|were|be|been"
    r"|being|to|not|also|then|later|earlier|already|both|due|set|expected|scheduled|likely"
    r"|personally)\s+){0,5}"
)
BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$")
_VERB = re.compile(rf",?\s+(?P<aux>{AUXILIARY})(?P<verb>[a-z]{{3,}})\b")
_PAST = re.compile(rf"{PAST}|{PARTICIPLE}|{UNCHANGED}")
_PARTICIPLE = re.compile(rf"{PARTICIPLE}|{UNCHANGED}")
BASE_AFTER = re.compile(r"\b(?:will|would|shall|should|may|might|can|could|to)\s+(?:\w+ly\s+)?$")
NOUN = re.compile(r"(?:ion|ions|ment|ments|al|ance|ence|ings?|ers?|ors?)$")
_OBJECT = re.compile(
    r"\s+(?:(?:on|with|to|by|at|for|the|a|an|his|her|its|their)\s+){0,3}(?:[a-z]+\s+){0,2}$"
)
_GOVERNED = re.compile(
    r"\b(?:of|from|in|at|on|with|by|for|to|near|over|between [A-Z][\w' -]{0,30}and)\s+(?:the\s+)?"
    r"(?:(?:[\w-]+\s+){0,2}[\w-]+['’]s?\s+(?:(?:own|ruling|largest|main|biggest)\s+)?)?$"
)
_PAST_BEFORE_NAME = re.compile(rf"(?P<verb>{REGULAR_PAST})\s+(?=[A-Z])")
_BETWEEN = re.compile(r"\bbetween\s.+\band\b")
"""Who stands behind it is one of two, and not alone the agent."""

_FOLLOWS_A_VERB = re.compile(
    r"\s+(?:(?:a|an|the|his|her|its|their|to|that|no|not|about|more|nearly|for|against)\b|\d|[A-Z])"
)
_ASIDE = re.compile(r",\s+(?:who|which|whose)\b[^,]*$")
_ALIKE = 0.87
"""Ratio of `SequenceMatcher` above which two names are one, one of them misspelt: a letter of eight
or more. Set by hand."""

LEAD_CHARS = 40
"""Characters before a verb in which its auxiliaries stand, and between names that "and" joins."""

_LEAD_OF_A_NAME = 400
"""Characters before a name that are read for what governs it: a sentence has no more."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb beside a name, and the name's part in it."""

    verb: str
    part: str
    """`agent` or `patient`."""

    name: str
    passive: bool
    span: Span
    """Of the name."""


def is_participle(verb: str) -> bool:
    """Whether a verb has the form of a past tense or participle."""
    return verb.endswith(("ed", "en")) or _PAST.fullmatch(verb) is not None


def deeds_in(analysis: Analysis) -> Iterator[Deed]:
    """Return the verbs beside names, with the part that each name has in them."""
    for found in _PAST_BEFORE_NAME.finditer(analysis.text):
        verb = stem(found["verb"])
        for name in analysis.names:
            if name.span.start != found.end() or not _stands_alone(name, analysis.text):
                continue
            if verb not in _WISHED or not _WISH_BEHIND.match(analysis.text, name.span.end):
                yield Deed(verb, "patient", name.last, False, name.span)
    for position, name in enumerate(analysis.names):
        found_verb = _VERB.match(analysis.text, name.span.end)
        if found_verb is None:
            continue
        lead = analysis.text[max(0, name.span.start - _LEAD_OF_A_NAME) : name.span.start]
        if found_verb[0][0] == "," and _ASIDE.search(lead):
            # "Ada Lund, who runs Salm Trust, blamed": it is Lund who did.
            continue
        governed = _GOVERNED.search(lead) or _BETWEEN.search(re.split(r"[.;]", lead)[-1])
        if governed is None and _acts(found_verb):
            yield from _deeds_at(position, found_verb, analysis)


def _acts(found: re.Match[str]) -> bool:
    """Whether the word behind a name is its verb, as far as its form and what leads to it tell."""
    verb = found["verb"]
    if verb in STOPWORDS:
        return False
    if found[0].startswith(f", {verb}") and _PARTICIPLE.fullmatch(verb):
        # "The Belm mill, set up in 1989": others did that.
        return False
    if is_participle(verb) or BASE_AFTER.search(found["aux"]):
        return True
    if found["aux"]:
        # "Norland was host to": what one is, one does.
        return bool(re.search(r"\b(?:is|are|was|were)\s+$", found["aux"]))
    present = verb.endswith("s") and not verb.endswith("ss") and not NOUN.search(verb)
    return present and bool(_FOLLOWS_A_VERB.match(found.string, found.end()))


def _deeds_at(position: int, found: re.Match[str], analysis: Analysis) -> Iterator[Deed]:
    names, text, verb = analysis.names, analysis.text, stem(found["verb"])
    passive = bool(BE.search(found["aux"])) and is_participle(found["verb"])
    for subject in (names[position], *_joined_before(position, names, text)):
        part = "patient" if passive else "agent"
        yield Deed(verb, part, subject.last, passive, subject.span)
    following = names[position + 1] if position + 1 < len(names) else None
    if following is None or not _stands_alone(following, text):
        return
    between = text[found.end() : following.span.start]
    if passive and len(between) < 60 and re.search(r"\bby\s+(?:\S+\s+){0,4}$", between):
        yield Deed(verb, "agent", following.last, passive, following.span)
    elif verb in _WISHED and _WISH_BEHIND.match(text, following.span.end):
        return
    elif not passive and _OBJECT.fullmatch(re.sub(r"\b(?:[A-Z]\w+\s+)+$", "", between)):
        for object_ in (following, *_joined_after(position + 1, names, text)):
            yield Deed(verb, "patient", object_.last, passive, object_.span)


def _stands_alone(name: Name, text: str) -> bool:
    """Whether the name is the thing itself, not "Norland's capital" or "Norlandish officials"."""
    if key(name.text) != key(name.text.replace("'s", "").replace("’s", "")):
        return False
    return not re.match(
        r"['’]s\b|\s+(?!and\b|in\b|on\b|at\b|to\b|for\b|as\b|with\b|by\b|of\b)[a-z]",
        text[name.span.end :],
    )


def _joined_before(position: int, names: Sequence[Name], text: str) -> list[Name]:
    """Return the name that "and" joins to the one at `position` from before."""
    return _joined(names, position - 1, text)[:1] if position else []


def _joined_after(position: int, names: Sequence[Name], text: str) -> list[Name]:
    """Return the name that "and" joins to the one at `position` from behind."""
    return _joined(names, position, text)[1:]


def _joined(names: Sequence[Name], position: int, text: str) -> list[Name]:
    """Return the names at `position` and behind it if "and" stands between them, else none."""
    pair = list(names[position : position + 2])
    if len(pair) < 2:
        return []
    between = text[pair[0].span.end : pair[1].span.start]
    return pair if re.match(r"\s+and\b", between) and len(between) < LEAD_CHARS else []


def alike(name: str, other: str) -> bool:
    """Whether two names are one, a misspelling included: another check looks at spelling."""
    return same_name(name, other) or SequenceMatcher(None, name, other).ratio() > _ALIKE
