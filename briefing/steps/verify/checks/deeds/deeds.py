"""A deed belongs to the one who did it, and is done to the one it was done to."""

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.data.article import Span
from briefing.data.briefing import Citation
from briefing.data.reason import Reason
from briefing.steps.verify.checks.deeds import agents, lent
from briefing.steps.verify.checks.deeds.bodies import acts_for, called
from briefing.steps.verify.checks.deeds.roles import (
    AUXILIARY,
    BASE_AFTER,
    BE,
    LEAD_CHARS,
    NOUN,
    Deed,
    alike,
    deeds_in,
    is_participle,
)
from briefing.steps.verify.fault import Fault, swapped
from briefing.steps.verify.sources import Cited, Sources
from briefing.steps.verify.two_sides import TwoSides
from briefing.text.analysis import Analysis
from briefing.text.kept import kept
from briefing.text.names import Name, is_spelt_out, key, same_name
from briefing.text.speakers import speaker_names, speakers
from briefing.text.speech import SAID, SAYING
from briefing.text.words import STOPWORDS, content_stems, stem, synonyms, words

_SYMMETRIC = frozenset(
    stem(word)
    for word in "meet talk agree sign share exchange cooperate speak attend hold leave go".split()
)
"""What two sides do together, or to no one: who stands first says nothing."""

_SAYS = frozenset(map(stem, SAID))
_LIGHT = frozenset(
    stem(word) for word in "meet talk share exchange cooperate take make give have get come".split()
)
"""Verbs of which the words before and behind say little."""

_DETERMINED = re.compile(
    r"\b(?:a|an|the|his|her|its|their|this|that|no|newly|un)\s+$", re.IGNORECASE
)
"""What stands before a participle that is an adjective: "a hired boiler"."""

_COUNTED = re.compile(
    r"(?:\b(?:\d+|two|three|four|five|six|several|many|some|most)|['’]s?)\s+$", re.IGNORECASE
)
_DESCRIBED = re.compile(
    r"\b(?:a|an|the|his|her|its|their|this|that|no)\s+(?:[\w-]+\s+){1,2}$", re.IGNORECASE
)
"""What may stand before a noun that looks like a verb: "14 votes", "a first official visit"."""

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
_FIRST_PERSON = re.compile(rf"\b(?:[Ww]e|I)(?:['’]\w+)?\s+{AUXILIARY}$")
"""Who says "we will go" stands outside the quotation."""

_INFINITIVE = re.compile(r"\bto\s+(?:\w+ly\s+)?$")
"""Behind "to" a verb's agent may stand far off."""

_QUOTATION = re.compile(r"[\"“][^\"“”]*(?:[\"”]|$)")
_CUT = re.compile(r";|\b(?:while|whereas|but)\b")
"""Behind these another one may act than before them."""

_AND = re.compile(r"\band\s+$")
_REACH_CHARS = 120
"""Characters before and behind a verb in which those are named who do it, or have it done."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Nobody does, or suffers, what the source gives to others only."""
    for deed in deeds_in(claim):
        if deed.part == "agent" and deed.verb in _SAYS and _is_speaker(deed, cited):
            # Who says a thing is for another check.
            continue
        if deed.verb in _SYMMETRIC and not deed.passive and _takes_part(deed, cited):
            continue
        same = {deed.verb} | (synonyms(deed.verb) if deed.passive else set())
        wrong = _wrong_everywhere(deed, same, cited, sources)
        if wrong:
            said, against = wrong
            return Fault(
                code=Reason.ANOTHER_DID_IT, detail=said, words=deed.span, against=(against,)
            )
    return (
        _turned_round(claim, cited)
        or agents.check(claim, cited)
        or lent.check(claim, cited, sources)
    )


def _wrong_everywhere(
    deed: Deed, same: set[str], cited: Sequence[Cited], sources: Sources
) -> tuple[str, Citation] | None:
    """Return what is wrong with `deed` where the source first has its verb, if it is everywhere."""
    first: tuple[str, Citation] | None = None
    for piece in cited:
        for word in _WORD.finditer(piece.analysis.text):
            if stem(word[0]) not in same or _is_noun(word):
                continue
            said = _standing(deed, piece.analysis, word, sources)
            if not said:
                return None
            first = first or (said, piece.part(Span(*word.span())))
    return first


def _is_speaker(deed: Deed, cited: Sequence[Cited]) -> bool:
    return any(
        same_name(deed.name, one)
        for piece in cited
        for phrase in speakers(piece.analysis.text)
        for one in speaker_names(phrase)
    )


def _takes_part(deed: Deed, cited: Sequence[Cited]) -> bool:
    return any(same_name(deed.name, word) for piece in cited for word in piece.analysis.word_keys)


def _is_noun(word: re.Match[str]) -> bool:
    """Whether a word is the name of a deed, as "a claim" is, by its end or what leads to it."""
    if NOUN.search(word[0]) or _DETERMINED.search(
        word.string, max(0, word.start() - LEAD_CHARS), word.start()
    ):
        return True
    if is_participle(word[0]):
        return False
    if _COUNTED.search(word.string, max(0, word.start() - LEAD_CHARS), word.start()):
        return True
    return (
        not word[0].endswith("s")
        and _DESCRIBED.search(word.string, max(0, word.start() - LEAD_CHARS), word.start())
        is not None
    )


def _standing(deed: Deed, source: Analysis, word: re.Match[str], sources: Sources) -> str:
    """Return what is wrong with `deed` at one place where the source has its verb, or nothing."""
    if _INFINITIVE.search(source.text, max(0, word.start() - LEAD_CHARS), word.start()):
        return ""
    lead = source.text[max(0, word.start() - LEAD_CHARS) : word.start()]
    by = bool(re.match(r"(?:\s+(?!and\b)[a-z]+){0,2}\s+by\s", source.text[word.end() :]))
    passive = (by or bool(BE.search(lead))) and is_participle(word[0])
    own = [n for n in source.names if not _is_possessive(n, source.text)]
    since = max([0, *(cut.end() for cut in _CUT.finditer(source.text, 0, word.start()))])
    left = [n for n in own if word.start() - _REACH_CHARS < n.span.end <= word.start()]
    if content_stems(source.text[since : word.start()]):
        left = [n for n in left if n.span.start >= since]
    right = [n for n in own if word.end() <= n.span.start < word.end() + _REACH_CHARS]
    before = (deed.part == "agent") != passive
    expected, other = (left, right) if before else (right, left)
    if any(alike(deed.name, name.last) for name in expected):
        return ""
    possessors = (n for n in source.names if _is_possessive(n, source.text))
    owners = [n for n in possessors if n.span.end <= word.start()]
    side = source.text[since : word.start()] if before else source.text[word.end() :]
    named = (deed.name in map(key, words(side)) and not owners) or is_spelt_out(deed.name, side)
    # "Lund condemned the raid on Belm and offered help": who stands before both verbs did both.
    goes_on = _AND.search(lead)
    acting = (left[0] if goes_on else left[-1]) if left else None
    if named or (before and _is_done_for(deed, acting, source, word, sources)):
        return ""
    if before and not left and any(alike(deed.name, name.last) for name in owners):
        if _THEIRS.search(source.text, since, word.start()):
            # "Lund's lawyer said that she denied it": who is meant stands further on.
            return ""
        return f"in the source it is not {deed.name!r} but somebody or something of theirs"
    spoken = before and _FIRST_PERSON.search(source.text, 0, word.start())
    if any(alike(deed.name, name.last) for name in other) and not spoken:
        return f"in the source {deed.name!r} is not the {deed.part} of {word[0]!r}"
    if not expected:
        return ""
    if expected is left and _PRONOUN.search(source.text, expected[-1].span.end, word.start()):
        return ""
    return (
        f"in the source {expected[-1].text!r}, not {deed.name!r}, is the {deed.part} of {word[0]!r}"
    )


def _is_done_for(
    deed: Deed, last: Name | None, source: Analysis, word: re.Match[str], sources: Sources
) -> bool:
    """Whether who acts in the source does it for the deed's body, or is the deed's "a judge".

    "A judge freed the crew of the Brisa" is told of Judge Lund, where a text calls her so.
    """
    if deed.part != "agent":
        return False
    subject = re.match(r"(?:[A-Z]{3,}\b[^a-z]*)?(?:An?|The)((?:\s+[\w-]+){1,3})", source.text)
    nouns = set(content_stems(subject[1])) if subject and subject.end() <= word.start() else set()
    if nouns and nouns & called(deed.name, sources):
        return True
    return acts_for(deed.name, last, source, word, sources)


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
                if same and here.is_turned(_sides(piece.analysis.text, word.start(), word.end())):
                    return swapped(Span(*verb.span()), piece, Span(*word.span()))
    return None


@kept
def _verbs(text: str) -> tuple[re.Match[str], ...]:
    return tuple(word for word in _WORD.finditer(text) if _is_verb(word, text))


def _is_verb(word: re.Match[str], text: str) -> bool:
    if _DETERMINED.search(text, max(0, word.start() - LEAD_CHARS), word.start()):
        return False
    return word[0] not in STOPWORDS and bool(
        is_participle(word[0])
        or BASE_AFTER.search(text, max(0, word.start() - LEAD_CHARS), word.start())
    )


@lru_cache(maxsize=4_096)
def _sides(whole: str, start: int, end: int) -> TwoSides:
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
    before, behind = frozenset(content_stems(left)), frozenset(content_stems(right))
    begun = bool(BE.search(text[:start]))
    by = _BY_AGENT.search(re.split(r"\band\b", right)[0])
    # "Will vote by 28 May" and "closed by Friday" have no agent behind "by".
    done = _BY_AGENT.match(_IN_STATE.sub("", right))
    direct = done and not BASE_AFTER.search(text, 0, start)
    if direct or (by and begun):
        # "A draft seen by Lund would raise the toll": what would is the draft.
        return TwoSides(frozenset(content_stems(_AUX.split(right)[0])), before)
    # A passive without "by" does not say who did it.
    is_done_to = begun and is_participle(whole[start:end])
    return TwoSides(frozenset(), before) if is_done_to else TwoSides(before, behind)
