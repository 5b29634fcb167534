"""Who holds an office of a country, a party or a firm acts for it."""

import re

from briefing.data.article import Sentence
from briefing.steps.verify.sources import Sources
from briefing.text.analysis import Analysis
from briefing.text.names import Name, key, same_name
from briefing.text.offices import LEADING, SERVING
from briefing.text.words import stem, words

_OFFICIAL = (
    rf"(?:{'|'.join(sorted(LEADING | SERVING))}|leadership|spokespeople|delegate|delegation"
    r"|government|ministry|cabinet|parliament|negotiators?|executive|board|management|lawyers?"
    r"|council|office|authorities|officials|diplomats?|representatives?)"
)
"""Those who act for a body; its members, and a person's relatives, act for themselves."""

_OF_BODIES = frozenset(
    stem(word)
    for word in (
        "offer demand propose reject refuse accept agree sign announce urge ask accuse criticise "
        "criticize condemn deny promise pledge warn oppose support back welcome want seek order "
        "approve veto withdraw send deploy summon recall expel impose lift suspend extend freeze "
        "call launch protest dispute blame threaten request invite confirm recognise recognize "
        "favour describe regret denounce grant block ban close reopen pay fund rule insist declare "
        "call plan decide cancel postpone admit dismiss hail praise rebuff press appeal"
    ).split()
)
"""What is done in office. Who resigns, travels, falls ill or is arrested does so himself."""

_WHOSE = (
    r"(?P<whose>(?:(?!(?:and|after|with|to|that|by|former|against|for)\b)[\w'’-]+\s+){0,4})"
    rf"(?i:{_OFFICIAL})\b(?:\s+(?:of|for|to|in)\s+(?P<of>(?:the\s+)?(?:[\w'’-]+\s?){{1,4}}))?"
)
_HELD = re.compile(rf"(?:^|(?<![\w'’-])){_WHOSE},?\s*$")
_HELD_BEHIND = re.compile(rf",\s+{_WHOSE},")
"""An office of a body, before its holder and behind: "Norland's minister, Ada Lund"."""

_NAMED = re.compile(rf"(?i:\b{_OFFICIAL}\b)")
_ITS = re.compile(r"(?:[Ii]ts|[Tt]heir)\b")
_BEFORE = re.compile(r"\b([A-Za-z]+)\s+$")
_CALLED = frozenset(
    map(stem, "judge magistrate prosecutor captain skipper pilot coach mayor governor".split())
)
"""What one is called before the name, and alone where the name is not told."""

_REACH_CHARS = 90
"""Characters before a name in which its office is looked for: that of a body of some words."""


def acts_for(
    body: str, person: Name | None, source: Analysis, verb: re.Match[str], sources: Sources
) -> bool:
    """Whether a deed of the person before `verb` is one of the body, which he speaks for.

    "Norland's foreign minister, Ada Lund, condemned the raid": Norland did.

    Args:
        body: Key of the last word of its name.
        person: Who stands before the verb; None where only the office does.
        source: The sentence.
        verb: In it.
        sources: What they call the person elsewhere counts, too.
    """
    if stem(verb[0]) not in _OF_BODIES:
        return False
    if person and _NAMED.search(person.text) and _has(body, person.text):
        # "The Norlandish Interior Ministry denied": Norland did.
        return True
    if _holds(body, person, source, verb):
        return True
    return person is not None and any(
        _is_introduced(body, person, sentence, sources)
        for sentence in sources.story.sentences
        if person.last in sources.analysis(sentence).word_keys
    )


def called(surname: str, sources: Sources) -> set[str]:
    """Return the stems of the nouns that the sources have just before a name: "Judge Ada Lund"."""
    found: set[str] = set()
    for sentence in sources.story.sentences:
        there = sources.analysis(sentence)
        if surname not in there.word_keys:
            continue
        for name in there.names:
            before = _BEFORE.search(sentence.text, 0, name.span.start)
            if name.last == surname and before:
                found.add(stem(before[1]))
    return found & _CALLED


def _is_introduced(body: str, person: Name, sentence: Sentence, sources: Sources) -> bool:
    """Whether a sentence calls the person an official of the body, or of what stands before it.

    "The ministry denied it. Its spokesman, Ada Lund, said …"
    """
    there = sources.analysis(sentence)
    for name in there.names:
        if name.last != person.last:
            continue
        lead = sentence.text[max(0, name.span.start - _REACH_CHARS) : name.span.start]
        before, behind = _HELD.search(lead), _HELD_BEHIND.match(sentence.text, name.span.end)
        if any(held and _has(body, f"{held['whose']} {held['of']}") for held in (before, behind)):
            return True
        if before is not None and _ITS.match(before["whose"] or ""):
            inside = sources.sentences_of(sentence.article)
            at = inside.index(sentence)
            # What it is that has him stands first in the sentence before.
            first = [one.names[:2] for one in map(sources.analysis, inside[max(0, at - 1) : at])]
            if any(_has(body, one.text) for names in first for one in names):
                return True
    return False


def _holds(body: str, person: Name | None, source: Analysis, verb: re.Match[str]) -> bool:
    end = person.span.start if person else verb.start()
    before = _HELD.search(source.text[max(0, end - _REACH_CHARS) : end])
    behind = _HELD_BEHIND.match(source.text, person.span.end) if person else None
    return any(
        held is not None and _has(body, f"{held['whose'] or ''} {held['of'] or ''}")
        for held in (before, behind)
    )


def _has(body: str, phrase: str) -> bool:
    return any(word[0].isupper() and same_name(body, key(word)) for word in words(phrase))
