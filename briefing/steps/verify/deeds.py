"""Check 9: a deed belongs to the one who did it, and is done to the one it was done to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.names import Name, key, same_name
from briefing.text.words import STOPWORDS, content_stems, stem, words

_SYMMETRIC = frozenset(
    stem(word)
    for word in "meet talk agree sign share exchange cooperate speak attend hold leave go".split()
)
"""What two sides do together, or to no one: who stands first says nothing."""

_AUXILIARY = (
    r"(?:(?:will|would|shall|should|may|might|can|could|has|have|had|is|are|was|were|be|been"
    r"|being|to|not|also|then|later|earlier|already|both|due|set|expected|scheduled|likely"
    r"|personally)\s+){0,5}"
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$")
_VERB = re.compile(rf",?\s+(?P<aux>{_AUXILIARY})(?P<verb>[a-z]{{3,}})\b")
_IRREGULAR = frozenset(
    "met held led told paid sold sent built brought left gave made took wrote saw won lost kept "
    "put read beat shot struck sought lent bought taught caught fought drew threw began flew ran "
    "rose fell grew went came drove broke chose became".split()
)
_BASE_AFTER = re.compile(r"\b(?:will|would|shall|should|may|might|can|could|to)\s+(?:\w+ly\s+)?$")
_NOUN = re.compile(r"(?:ion|ions|ment|ments|al|ance|ence|ings?|ers?|ors?)$")
_OBJECT = re.compile(
    r"\s+(?:(?:on|with|to|by|at|for|the|a|an|his|her|its|their)\s+){0,3}(?:[a-z]+\s+){0,2}$"
)
_GOVERNED = re.compile(
    r"\b(?:of|from|in|at|on|with|by|for|to|near|over|between [A-Z][\w' -]{0,30}and)\s+(?:the\s+)?$"
)
_PAST_BEFORE_NAME = re.compile(r"(?P<verb>[a-z]{2,}ed)\s+(?=[A-Z])")
_WORD = re.compile(r"[a-z]{3,}")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|who|which|that|we|I)\b", re.IGNORECASE)
_LEAD_CHARS, _REACH_CHARS = 40, 120
_ALIKE = 0.87


@dataclass(frozen=True, slots=True)
class _Deed:
    """A verb beside a name, and the name's part in it."""

    verb: str
    part: str
    """`agent` or `patient`."""

    name: str
    passive: bool


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """Nobody does, or suffers, what the source gives to others only."""
    for deed in _deeds(claim):
        if deed.verb in _SYMMETRIC and not deed.passive:
            continue
        found = [
            _standing(deed, piece.analysis, word)
            for piece in cited
            for word in _WORD.finditer(piece.analysis.text)
            if stem(word[0]) == deed.verb and not _NOUN.search(word[0])
        ]
        if found and all(found):
            return Check(name="deeds", ok=False, detail=found[0])
    detail = _turned_round(claim, cited)
    return Check(name="deeds", ok=not detail, detail=detail)


def _standing(deed: _Deed, source: Analysis, word: re.Match[str]) -> str:
    """Return what is wrong with `deed` at one place where the source has its verb, or nothing."""
    lead = source.text[max(0, word.start() - _LEAD_CHARS) : word.start()]
    passive = bool(_BE.search(lead)) and _is_participle(word[0])
    own = [n for n in source.names if not _is_possessive(n, source.text)]
    left = [n for n in own if word.start() - _REACH_CHARS < n.span.end <= word.start()]
    right = [n for n in own if word.end() <= n.span.start < word.end() + _REACH_CHARS]
    before = (deed.part == "agent") != passive
    expected, other = (left, right) if before else (right, left)
    if any(_alike(deed.name, name.last) for name in expected):
        return ""
    owners = [n for n in source.names if n not in own and n.span.end <= word.start()]
    side = source.text[: word.start()] if before else source.text[word.end() :]
    if deed.name in map(key, words(side)) and not owners:
        return ""
    if before and not left and any(_alike(deed.name, name.last) for name in owners):
        return f"in the source it is not {deed.name!r} but somebody or something of theirs"
    if any(_alike(deed.name, name.last) for name in other):
        return f"in the source {deed.name!r} is not the {deed.part} of {word[0]!r}"
    if not expected or (expected is left and _PRONOUN.search(lead)):
        return ""
    return (
        f"in the source {expected[-1].text!r}, not {deed.name!r}, is the {deed.part} of {word[0]!r}"
    )


def _is_possessive(name: Name, text: str) -> bool:
    """Whether the name only says whose the next word is: "Ada Lund's brother"."""
    owns = name.text.endswith(("'s", "’s")) or re.match(r"['’]s?\b", text[name.span.end :])
    return bool(owns)


def _turned_round(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where the words on the two sides of a verb have changed places."""
    for verb in _WORD.finditer(claim.text):
        if not _is_participle(verb[0]) or stem(verb[0]) in _SYMMETRIC:
            continue
        here = _sides(claim.text, verb)
        for piece in cited:
            for word in _WORD.finditer(piece.analysis.text):
                same = stem(word[0]) == stem(verb[0]) and _is_participle(word[0])
                if same and _cross(here, _sides(piece.analysis.text, word)):
                    return f"the source has the two sides of {word[0]!r} the other way round"
    return ""


def _sides(text: str, verb: re.Match[str]) -> tuple[set[str], set[str]]:
    """Return the content stems of who does it and of whom it is done to, as far as order tells."""
    left = re.split(r"[;,]\s|\bthat\b", text[: verb.start()])[-1]
    right = re.split(r"[;,]\s|\bthat\b", text[verb.end() :])[0]
    sides = set(content_stems(left)), set(content_stems(right))
    passive = re.match(r"\s+by\b", right) or (
        _BE.search(text[: verb.start()]) and re.search(r"\bby\b", right)
    )
    return (sides[1], sides[0]) if passive else sides


def _cross(here: tuple[set[str], set[str]], there: tuple[set[str], set[str]]) -> bool:
    crossed = here[0] & there[1] - there[0] and here[1] & there[0] - there[1]
    return bool(crossed) and not (here[0] & there[0] - there[1] and here[1] & there[1] - there[0])


def _alike(name: str, other: str) -> bool:
    """Whether two names are one, a misspelling included: another check looks at spelling."""
    return same_name(name, other) or SequenceMatcher(None, name, other).ratio() > _ALIKE


def _is_participle(verb: str) -> bool:
    return verb.endswith(("ed", "en")) or verb in _IRREGULAR


def _deeds(analysis: Analysis) -> Iterator[_Deed]:
    for found in _PAST_BEFORE_NAME.finditer(analysis.text):
        for name in analysis.names:
            if name.span.start == found.end() and _stands_alone(name, analysis.text):
                yield _Deed(stem(found["verb"]), "patient", name.last, passive=False)
    for position, name in enumerate(analysis.names):
        found_verb = _VERB.match(analysis.text, name.span.end)
        governed = _GOVERNED.search(analysis.text, 0, name.span.start)
        if found_verb is not None and governed is None and _acts(found_verb):
            yield from _deeds_at(position, found_verb, analysis)


def _acts(found: re.Match[str]) -> bool:
    """Whether the word behind a name is its verb, as far as its form and what leads to it tell."""
    verb = found["verb"]
    if verb in STOPWORDS:
        return False
    return _is_participle(verb) or bool(_BASE_AFTER.search(found["aux"]))


def _deeds_at(position: int, found: re.Match[str], analysis: Analysis) -> Iterator[_Deed]:
    names, text, verb = analysis.names, analysis.text, stem(found["verb"])
    passive = bool(_BE.search(found["aux"])) and _is_participle(found["verb"])
    for subject in (names[position], *_joined_before(position, names, text)):
        yield _Deed(verb, "patient" if passive else "agent", subject.last, passive)
    following = names[position + 1] if position + 1 < len(names) else None
    if following is None or not _stands_alone(following, text):
        return
    between = text[found.end() : following.span.start]
    if passive and len(between) < 60 and re.search(r"\bby\s+(?:\S+\s+){0,4}$", between):
        yield _Deed(verb, "agent", following.last, passive)
    elif not passive and _OBJECT.fullmatch(re.sub(r"\b(?:[A-Z]\w+\s+)+$", "", between)):
        for object_ in (following, *_joined_after(position + 1, names, text)):
            yield _Deed(verb, "patient", object_.last, passive)


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
    return pair if re.match(r"\s+and\b", between) and len(between) < _LEAD_CHARS else []
