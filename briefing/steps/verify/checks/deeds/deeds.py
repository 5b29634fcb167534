"""Check 9: a deed belongs to the one who did it, and is done to the one it was done to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.deeds import agents
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.kept import kept
from briefing.text.names import Name, is_spelt_out, key, same_name
from briefing.text.speech import SAYING
from briefing.text.words import STOPWORDS, content_stems, stem, synonyms, words

_SYMMETRIC = frozenset(
    stem(word)
    for word in "meet talk agree sign share exchange cooperate speak attend hold leave go".split()
)
"""What two sides do together, or to no one: who stands first says nothing."""

_LIGHT = frozenset(
    stem(word) for word in "meet talk share exchange cooperate take make give have get come".split()
)
"""Verbs of which the words before and behind say little."""

_DETERMINED = re.compile(r"\b(?:a|an|the|his|her|its|their|this|that|no|newly|un)\s+$")
"""What stands before a participle that is an adjective: "a hired boiler"."""

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
_WORD = re.compile(r"\b[a-z]{3,}\b")
_BY_AGENT = re.compile(
    r"\s*\bby\b(?!\s+(?:\d(?![\d,.]*\s+(?:MPs|members|lawmakers|deputies|people|men|women|countries"
    r"|states|nations|soldiers|officers|companies|groups|parties|residents|workers|voters|senators"
    r"|judges|experts)\b)|(?:early|late|mid|next|the end|then|now|noon|midnight"
    r"|this (?:week|month|year|time|morning|evening|spring|summer|autumn|winter|[A-Z])"
    r"|[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|about|nearly|half|a (?:third|quarter|half))\b))"
)
"""What is done by somebody, not by a day or by so much."""

_AUX = re.compile(r"\b(?:will|would|has|have|had|is|are|was|were|can|could|may|might)\b")
_IN_STATE = re.compile(r"^\s+in\s+[a-z]+(?=\s+by\b)")
"""What may stand between a participle and "by": "received in audience by"."""

_PRONOUN = re.compile(r"\b(?:he|she|they|it|who|which|that|we|I)\b", re.IGNORECASE)
_THEIRS = re.compile(
    rf"{SAYING.pattern}\s+(?:that\s+)?(?:(?:his|her|its|their)\s+\w+|he|she|it|they)\s",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(rf"\b(?:[Ww]e|I)(?:['’]\w+)?\s+{_AUXILIARY}$")
"""Who says "we will go" stands outside the quotation."""

_INFINITIVE = re.compile(r"\bto\s+(?:\w+ly\s+)?$")
"""Behind "to" a verb's agent may stand far off."""

_QUOTATION = re.compile(r"[\"“][^\"“”]*(?:[\"”]|$)")
_BETWEEN = re.compile(r"\bbetween\s.+\band\b")
"""Who stands behind it is one of two, and not alone the agent."""

_CUT = re.compile(r";|\b(?:while|whereas|but)\b")
"""Behind these another one may act than before them."""

_FOLLOWS_A_VERB = re.compile(
    r"\s+(?:(?:a|an|the|his|her|its|their|to|that|no|not|about|more|nearly|for|against)\b|\d|[A-Z])"
)
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
    span: Span
    """Of the name."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Nobody does, or suffers, what the source gives to others only."""
    for deed in _deeds(claim):
        if deed.verb in _SYMMETRIC and not deed.passive and _takes_part(deed, cited):
            continue
        alike = {deed.verb} | (synonyms(deed.verb) if deed.passive else set())
        found = [
            (_standing(deed, piece.analysis, word), piece, word)
            for piece in cited
            for word in _WORD.finditer(piece.analysis.text)
            if stem(word[0]) in alike and not _is_noun(word)
        ]
        if found and all(said for said, _, _ in found):
            said, piece, word = found[0]
            return Fault(
                code=Reason.ANOTHER_DID_IT,
                detail=said,
                words=deed.span,
                against=(piece.part(Span(*word.span())),),
            )
    return _turned_round(claim, cited) or agents.check(claim, cited)


def _takes_part(deed: _Deed, cited: Sequence[Cited]) -> bool:
    return any(same_name(deed.name, word) for piece in cited for word in piece.analysis.word_keys)


def _is_noun(word: re.Match[str]) -> bool:
    """Whether a word is the name of a deed, as "a claim" is, by its end or what leads to it."""
    return bool(_NOUN.search(word[0]) or _DETERMINED.search(word.string, 0, word.start()))


def _standing(deed: _Deed, source: Analysis, word: re.Match[str]) -> str:
    """Return what is wrong with `deed` at one place where the source has its verb, or nothing."""
    if _INFINITIVE.search(source.text, 0, word.start()):
        return ""
    lead = source.text[max(0, word.start() - _LEAD_CHARS) : word.start()]
    by = bool(re.match(r"(?:\s+(?!and\b)[a-z]+){0,2}\s+by\s", source.text[word.end() :]))
    passive = (by or bool(_BE.search(lead))) and _is_participle(word[0])
    own = [n for n in source.names if not _is_possessive(n, source.text)]
    since = max([0, *(cut.end() for cut in _CUT.finditer(source.text, 0, word.start()))])
    left = [n for n in own if word.start() - _REACH_CHARS < n.span.end <= word.start()]
    if content_stems(source.text[since : word.start()]):
        left = [n for n in left if n.span.start >= since]
    right = [n for n in own if word.end() <= n.span.start < word.end() + _REACH_CHARS]
    before = (deed.part == "agent") != passive
    expected, other = (left, right) if before else (right, left)
    if any(_alike(deed.name, name.last) for name in expected):
        return ""
    owners = [n for n in source.names if n not in own and n.span.end <= word.start()]
    side = source.text[since : word.start()] if before else source.text[word.end() :]
    if (deed.name in map(key, words(side)) and not owners) or is_spelt_out(deed.name, side):
        return ""
    if before and not left and any(_alike(deed.name, name.last) for name in owners):
        if _THEIRS.search(source.text, since, word.start()):
            # "Lund's lawyer said that she denied it": who is meant stands further on.
            return ""
        return f"in the source it is not {deed.name!r} but somebody or something of theirs"
    spoken = before and _FIRST_PERSON.search(source.text, 0, word.start())
    if any(_alike(deed.name, name.last) for name in other) and not spoken:
        return f"in the source {deed.name!r} is not the {deed.part} of {word[0]!r}"
    if not expected:
        return ""
    if expected is left and _PRONOUN.search(source.text, expected[-1].span.end, word.start()):
        return ""
    return (
        f"in the source {expected[-1].text!r}, not {deed.name!r}, is the {deed.part} of {word[0]!r}"
    )


def _is_possessive(name: Name, text: str) -> bool:
    """Whether the name only says whose the next word is: "Ada Lund's brother"."""
    owns = name.text.endswith(("'s", "’s")) or re.match(r"['’]s?\b", text[name.span.end :])
    return bool(owns)


def _turned_round(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the words on the two sides of a verb have changed places."""
    for verb in _verbs(claim.text):
        if stem(verb[0]) in _LIGHT:
            continue
        here = _sides(claim.text, verb.start(), verb.end())
        for piece in cited:
            for word in _verbs(piece.analysis.text):
                same = stem(word[0]) == stem(verb[0])
                if same and _cross(here, _sides(piece.analysis.text, word.start(), word.end())):
                    return Fault(
                        code=Reason.SIDES_SWAPPED,
                        detail=f"the source has the two sides of {word[0]!r} the other way round",
                        words=Span(*verb.span()),
                        against=(piece.part(Span(*word.span())),),
                    )
    return None


@kept
def _verbs(text: str) -> tuple[re.Match[str], ...]:
    return tuple(word for word in _WORD.finditer(text) if _is_verb(word, text))


def _is_verb(word: re.Match[str], text: str) -> bool:
    if _DETERMINED.search(text, 0, word.start()):
        return False
    return word[0] not in STOPWORDS and bool(
        _is_participle(word[0]) or _BASE_AFTER.search(text, 0, word.start())
    )


@lru_cache(maxsize=4_096)
def _sides(whole: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the content stems of who does what the verb at a place of a text says, and to whom.

    As far as the order of the words tells.
    """
    # What is asked or said between quotation marks is on no side.
    text = _QUOTATION.sub(lambda found: " " * len(found[0]), whole)
    left = re.split(r"[;,]\s|\bthat\b", text[:start])[-1]
    if not content_stems(left):
        # "The groups will meet, and are to report": the subject stands in front.
        left = re.split(r"[;,]\s|\bthat\b|\b(?:will|are|is|was|were|to)\b", text)[0]
    right = re.split(r"[;,]\s|\bthat\b", text[end:])[0]
    sides = frozenset(content_stems(left)), frozenset(content_stems(right))
    begun = bool(_BE.search(text[:start]))
    by = _BY_AGENT.search(re.split(r"\band\b", right)[0])
    # "Will vote by 28 May" and "closed by Friday" have no agent behind "by".
    done = _BY_AGENT.match(_IN_STATE.sub("", right))
    direct = done and not _BASE_AFTER.search(text, 0, start)
    if direct or (by and begun):
        # "A draft seen by Lund would raise the toll": what would is the draft.
        return frozenset(content_stems(_AUX.split(right)[0])), sides[0]
    # A passive without "by" does not say who did it.
    return (frozenset(), sides[0]) if begun and _is_participle(whole[start:end]) else sides


def _cross(
    here: tuple[frozenset[str], frozenset[str]], there: tuple[frozenset[str], frozenset[str]]
) -> bool:
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
                yield _Deed(stem(found["verb"]), "patient", name.last, False, name.span)
    for position, name in enumerate(analysis.names):
        found_verb = _VERB.match(analysis.text, name.span.end)
        governed = _GOVERNED.search(analysis.text, 0, name.span.start) or (
            _BETWEEN.search(re.split(r"[.;]", analysis.text[: name.span.start])[-1])
        )
        if found_verb is not None and governed is None and _acts(found_verb):
            yield from _deeds_at(position, found_verb, analysis)


def _acts(found: re.Match[str]) -> bool:
    """Whether the word behind a name is its verb, as far as its form and what leads to it tell."""
    verb = found["verb"]
    if verb in STOPWORDS:
        return False
    if _is_participle(verb) or _BASE_AFTER.search(found["aux"]):
        return True
    if found["aux"]:
        # "Norland was host to": what one is, one does.
        return bool(re.search(r"\b(?:is|are|was|were)\s+$", found["aux"]))
    present = verb.endswith("s") and not verb.endswith("ss") and not _NOUN.search(verb)
    return present and bool(_FOLLOWS_A_VERB.match(found.string, found.end()))


def _deeds_at(position: int, found: re.Match[str], analysis: Analysis) -> Iterator[_Deed]:
    names, text, verb = analysis.names, analysis.text, stem(found["verb"])
    passive = bool(_BE.search(found["aux"])) and _is_participle(found["verb"])
    for subject in (names[position], *_joined_before(position, names, text)):
        part = "patient" if passive else "agent"
        yield _Deed(verb, part, subject.last, passive, subject.span)
    following = names[position + 1] if position + 1 < len(names) else None
    if following is None or not _stands_alone(following, text):
        return
    between = text[found.end() : following.span.start]
    if passive and len(between) < 60 and re.search(r"\bby\s+(?:\S+\s+){0,4}$", between):
        yield _Deed(verb, "agent", following.last, passive, following.span)
    elif not passive and _OBJECT.fullmatch(re.sub(r"\b(?:[A-Z]\w+\s+)+$", "", between)):
        for object_ in (following, *_joined_after(position + 1, names, text)):
            yield _Deed(verb, "patient", object_.last, passive, object_.span)


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
