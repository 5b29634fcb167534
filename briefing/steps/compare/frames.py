"""What a date, a number or a deed is about, and whether two of them are about one thing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.data.article import Sentence
from briefing.steps.compare.phrasing import are_rivals, of_one_kind
from briefing.text.clauses import VERB
from briefing.text.names import is_everyday
from briefing.text.words import STOPWORDS, stem, synonyms

_RANK = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|latest)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?(?P<verb>[a-z]{2,}(?:ed|en|t|ld))\b(?!.*\bby\s)"
)
_WORDS = re.compile(r"[\w'’.,-]*\w")
WEAK = frozenset(
    "reach come stand amount total hit put have get least most more less fewer own go take make "
    "give be hold lead sinc near shortli earli late happen occur".split()
)
"""Verbs and adverbs that say little of what a number or a date belongs to."""

LINKING = STOPWORDS | WEAK

UNITS = frozenset(
    stem(word)
    for word in "tonnes kilometres miles metres feet acres hectares litres kilograms barrels "
    "million billion crowns dollars euros percent hours minutes years".split()
)

_PEOPLE = frozenset({"n", "an", "ian", "ese", "ish"})
"""What makes of a country's name that of its people."""

_MODALS = frozenset("can could will would may might must shall should to not".split())
_FLOWS = frozenset(map(stem, ("export", "import")))
_LEAST_COUNTRY = 5
_LEAST_ENDING = 4
_MANY_SHARED = 3
"""Words in common, a name among them, that make one subject known to the other side enough:
"workers at Calder walked out", "the strike at Calder"."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What one mention (a date, a number, a deed) is about, as far as the words beside it tell."""

    sentence: Sentence
    day: date | None
    """The day that its article counts from."""

    clause: str
    text: str
    """The stretch of the clause that was read."""

    verb: str
    """Stem of the verb that the mention hangs on; empty for "was" and the like."""

    subject: str
    heads: frozenset[str]
    """Stems or keys of the subject's own word; empty for a pronoun."""

    names: frozenset[str]
    """Keys of names, spellings folded, the subject's among them."""

    stems: frozenset[str]
    """Stems of the other content words, dates and numbers left out."""

    places: frozenset[str]
    owners: frozenset[str]
    """Keys of the names behind "of" and before "'s"."""

    pronoun: bool
    """Its subject is "he" or "it": who is meant was guessed from the sentence before."""

    pair: bool
    """It speaks of "the two ministers" without naming them."""

    repeated: frozenset[str]
    """Words such as "again" and "next": one of several."""


def contrast(one: Frame, other: Frame) -> bool:
    """Whether two stretches are word for word the same but for what they speak of.

    "exported timber worth" and "exported fish worth": one or two content words in the place of
    others, with the same words on both sides. Verbs and synonyms in each other's place are none.
    """
    left, right = _WORDS.findall(one.text), _WORDS.findall(other.text)
    blocks = SequenceMatcher(
        None, [w.lower() for w in left], [w.lower() for w in right], autojunk=False
    ).get_opcodes()
    for place, (tag, a, b, c, d) in enumerate(blocks):
        if tag != "replace" or b - a > 2 or d - c > 2 or not 0 < place < len(blocks) - 1:
            continue
        old = [stem(w) for at, w in enumerate(left[a:b], a) if _names_thing(left, at)]
        new = [stem(w) for at, w in enumerate(right[c:d], c) if _names_thing(right, at)]
        if old and new and not meet(frozenset(old), frozenset(new)):
            return True
    return False


def _names_thing(found: Sequence[str], at: int) -> bool:
    """Whether the word at a place may name a thing: no unit, and no verb behind "can" or "to"."""
    word = found[at]
    if stem(word) in UNITS or (at and found[at - 1].lower() in _MODALS):
        return False
    return is_noun(word)


def is_noun(word: str) -> bool:
    """Whether a word may name a thing: no verb, number, stopword or everyday word."""
    plain = word.lower() not in STOPWORDS and not any(char.isdigit() for char in word)
    return (
        plain and not VERB.fullmatch(word) and stem(word) not in LINKING and not is_everyday(word)
    )


def are_apart(one: Frame, other: Frame) -> bool:
    """Whether the words beside the two say that they are about different things."""
    if are_about_others(one, other) or _are_of_another_rank(one, other):
        return True
    if are_rivals(one.names | one.stems, other.names | other.stems) or _flow_apart(one, other):
        return True
    if one.places and other.places and not meet(one.places, other.places):
        return True
    if one.owners and other.owners and not one.owners & other.owners:
        return True
    return one.repeated != other.repeated or contrast(one, other)


def meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a stem of `one` says the same as one of `other`."""
    return not one.isdisjoint(other) or any(_is_met(left, other) for left in one)


def matching(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Return the stems of `one` that say the same as one of `other`."""
    both = one & other
    return both | {left for left in one - both if _is_met(left, other)}


def _is_met(stemmed: str, others: frozenset[str]) -> bool:
    """Whether a stem is `alike` to one of `others`, most of which need not be looked at."""
    if not (synonyms(stemmed) | of_one_kind(stemmed)).isdisjoint(others):
        return True
    beginnings, endings = _edges(others)
    return (stemmed[:_LEAST_COUNTRY] in beginnings or stemmed[-_LEAST_ENDING:] in endings) and any(
        alike(stemmed, other) for other in others
    )


@lru_cache(maxsize=4_096)
def _edges(stems: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return how stems begin and end: what is alike by its letters shares one or the other."""
    return (
        frozenset(one[:_LEAST_COUNTRY] for one in stems),
        frozenset(one[-_LEAST_ENDING:] for one in stems),
    )


def are_about_others(one: Frame, other: Frame) -> bool:
    """Whether the subjects differ, and one of them is not even named on the other side.

    "Rescuers saved ten people" and "ten people were saved by rescuers" are about one thing.
    """
    if not one.heads or not other.heads or meet(one.heads, other.heads):
        return False
    if _is_done_to(one, other) or _is_done_to(other, one):
        return False
    left, right = one.names | one.stems, other.names | other.stems
    known = meet(one.heads, right), meet(other.heads, left)
    if any(known) and one.names & other.names and len(matching(left, right)) >= _MANY_SHARED:
        return False
    return not all(known)


def _flow_apart(one: Frame, other: Frame) -> bool:
    """Whether both speak of exports, or of imports, and of different ones who sell or buy."""
    if not one.stems & other.stems & _FLOWS:
        return False
    left, right = (frame.owners or frame.heads & frame.names for frame in (one, other))
    return bool(left and right) and not left & right


def _is_done_to(one: Frame, other: Frame) -> bool:
    """Whether `one` says without a doer what `other` says that somebody did.

    "Seven were treated for burns", and "doctors treated nine people for burns".
    """
    passive = _PASSIVE.search(one.clause)
    if passive is None or not one.verb or stem(passive["verb"]) != one.verb != "":
        return False
    return (
        alike(one.verb, other.verb)
        and not _PASSIVE.search(other.clause)
        and (meet(one.heads, other.stems | other.names))
    )


def _are_of_another_rank(one: Frame, other: Frame) -> bool:
    """Whether one speaks of the first quarter and the other of the last, or of the second."""
    left, right = (
        {found[0].lower() for found in _RANK.finditer(frame.text)} for frame in (one, other)
    )
    return bool(left and right and not left & right)


@lru_cache(maxsize=100_000)
def alike(one: str, other: str) -> bool:
    """Whether two stems say the same: equal, of one kind, or one a compound of the other."""
    if one == other or other in synonyms(one) or other in of_one_kind(one):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= _LEAST_COUNTRY and long.removeprefix(short) in _PEOPLE:
        return True
    return len(short) >= _LEAST_ENDING and long.endswith(short)
