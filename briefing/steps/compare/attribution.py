"""What one outlet gives to a speaker, and another prints in its own voice."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.data.article import Sentence
from briefing.steps.compare.found import Found, Stand, counted, found, source, topic
from briefing.steps.compare.reading import Reading
from briefing.steps.compare.vague import vague
from briefing.text.names import initials
from briefing.text.speech import REPORTING, SAYING
from briefing.text.words import STOPWORDS, words

_SHARED_RUN = 8
"""Words in a row that two outlets do not write by chance."""

_LEAST_COVER = 0.7
"""Share of the words in the outlet's own voice that stand in the attributed sentence too."""

_LAST_WORDS = 2
_GRAM = 5
_MOST_WITH_A_GRAM = 50
_SPEAKER_WORDS = 16
"""How many words a speaker, his office and the day may take."""

_OPENS_CLAUSE = frozenset("but while although though whereas ; because".split())
_ATTRIBUTING = re.compile(
    SAYING.pattern
    + r"|\b(?:insists?|maintains?|maintained|claims|argues|argued|states|stated|believes"
    r"|reads|announced|saying|adding|added)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|we|our|ours|us|my|me|you|your)\b|\b[Hh]eard\b|^(?:He|She)\b|['’](?:m|ve|re)\b"
    r"|^(?:We|Our|My|You|Your)\b|\b(?:he|she) himself|^[A-Z]{2,3}:"
)
"""Words of a transcript, a witness or a story, never an outlet's own on a public matter."""

_PASSIVE = re.compile(r"\b(?:been|was|were|is|are|being)\s+(?:told|asked|urged|called)\b")
"""Who is told to do something says nothing."""

_TRAILING = re.compile(rf",[^,]{{3,60}}(?:{_ATTRIBUTING.pattern})\W*$", re.IGNORECASE)
"""At the end it says whose voice it is: "…, the ministry maintains"."""

_MARK = re.compile(r"[\"“”«»]|''")


@dataclass(frozen=True, slots=True)
class _Pair:
    said: Sentence
    own: Sentence
    speaker: str


def attributions(reading: Reading) -> list[Found]:
    """Return what speakers say in one article and the outlet itself in another, one a speaker.

    The words must be mostly the same, eight in a row at least. An office that publishes its own
    statement loses nothing; nor does a sentence that goes on with what the one before it reports.
    """
    groups: list[list[_Pair]] = []
    for pair in _pairs(reading):
        same = [g for g in groups if any(_are_joined(pair, other) for other in g)]
        groups = [g for g in groups if g not in same]
        groups.append([*(p for g in same for p in g), pair])
    return [_discrepancy(group) for group in groups]


def _are_joined(one: _Pair, other: _Pair) -> bool:
    if one.own is other.own or one.said is other.said:
        return True
    left, right = _simple(one.speaker), _simple(other.speaker)
    return (
        left == right
        or initials(left.title()) == right.upper()
        or initials(right.title()) == left.upper()
    )


def _pairs(reading: Reading) -> Iterator[_Pair]:
    by_gram: dict[tuple[str, ...], list[Sentence]] = defaultdict(list)
    for sentence in reading.story.sentences:
        if _is_own_voice(sentence, reading):
            for gram in _grams(sentence.text):
                if len(by_gram[gram]) < _MOST_WITH_A_GRAM:
                    by_gram[gram].append(sentence)
    seen = set()
    for said in reading.story.sentences:
        for own in {s.id: s for g in _grams(said.text) for s in by_gram.get(g, ())}.values():
            if own.article == said.article or (said.id, own.id) in seen:
                continue
            seen.add((said.id, own.id))
            speaker = _speaker(said, own, reading)
            if speaker:
                yield _Pair(said, own, speaker)


def _grams(text: str) -> list[tuple[str, ...]]:
    lowered = [word.lower() for word in words(text)]
    return [tuple(lowered[i : i + _GRAM]) for i in range(len(lowered) - _GRAM + 1)]


def _is_own_voice(sentence: Sentence, reading: Reading) -> bool:
    text = _PASSIVE.sub("", sentence.text)
    marks = (REPORTING, _TRAILING, _MARK, _FIRST_PERSON)
    if sentence.in_quotation or any(mark.search(text) for mark in marks):
        return False
    if reading.is_official(sentence):
        return False
    before = reading.before(sentence)
    if before is None:
        return True
    goes_on = before.paragraph == sentence.paragraph and _ATTRIBUTING.search(before.text)
    return not goes_on and not before.text.rstrip().endswith(":")


def _speaker(said: Sentence, own: Sentence, reading: Reading) -> str:
    """Return who says in `said` what `own` says itself, or an empty string."""
    left, right = ([w.lower() for w in words(s.text)] for s in (said, own))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    run = matcher.find_longest_match()
    shared = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    if run.size < _SHARED_RUN or shared < _LEAST_COVER * len(right):
        return ""
    if reading.heads(own) & reading.naming.people:
        return ""
    if _says_otherwise(own, said, reading):
        return ""
    if _governs(said.text, own.text):
        return _named(said.text) or "a speaker"
    if said.in_quotation or _MARK.match(said.text):
        return next(filter(None, (_named(s.text) for s in reading.paragraph(said))), "")
    return ""


def _says_otherwise(own: Sentence, said: Sentence, reading: Reading) -> bool:
    """Whether `own` ends in words, or gives a figure, that `said` has not: another statement."""
    known = {word.lower() for word in words(said.text)}
    content = [word.lower() for word in words(own.text) if word.lower() not in STOPWORDS]
    figures, others = (
        {n.value for n in (*reading.analysis(s).numbers, *vague(s.text))} for s in (own, said)
    )
    return not known.intersection(content[-_LAST_WORDS:]) or not figures <= others


def _governs(text: str, own: str) -> bool:
    """Whether a verb of saying in `text` governs the words that are in `own`.

    It does where nothing but its speaker stands between: no "but", no other clause.
    """
    known = {word.lower() for word in words(own)}
    tokens = [(found[0], found.start()) for found in re.finditer(r"[\w'’-]+|[;:]", text)]
    for verb in _ATTRIBUTING.finditer(text):
        if {word.lower() for word in words(verb[0])} <= known:
            continue
        ahead = [word for word, start in tokens if start >= verb.end()]
        behind = [word for word, start in tokens if start < verb.start()][::-1]
        if any(_reaches(side, known) for side in (ahead, behind)):
            return True
    return False


def _reaches(side: list[str], known: set[str]) -> bool:
    """Whether words of the other text stand near, before a word that opens another clause."""
    for place, word in enumerate(side[:_SPEAKER_WORDS]):
        if word.lower() in _OPENS_CLAUSE:
            return False
        if [w.lower() in known for w in side[place : place + _GRAM]].count(True) == _GRAM:
            return True
    return False


def _named(text: str) -> str:
    """Return the words beside the first verb of saying that say who speaks."""
    verb = _ATTRIBUTING.search(text)
    if verb is None:
        return ""
    behind = re.split(r"[.;,\"“”]|''|\bthat\b", text[verb.end() :])[0]
    before = re.split(r"[.;,\"“”]|''", text[: verb.start()])[-1]
    if verb[0].lower() in {"according to", "in the words of"}:
        return _tidy(behind)
    return _tidy(before) if re.search(r"\w", before) else _tidy(behind)


def _tidy(phrase: str) -> str:
    plain = " ".join(phrase.split()).strip(" ,.;:'\"“”")
    plain = re.sub(r"^(?:and|but|as|while|also)\s+|\s+(?:in|on|at)\s.*$", "", plain)
    is_speaker = re.search(r"[A-Z]|^(?:the|a|an|its|his|her|two)\s\w", plain)
    return plain if is_speaker and len(plain) <= 60 else ""


def _simple(speaker: str) -> str:
    return re.sub(r"^(?:the|a|an|its|his|her)\s+|\s+(?:statement|also)$", "", speaker.lower())


def _discrepancy(pairs: list[_Pair]) -> Found:
    said = Stand(pairs[0].speaker, tuple(dict.fromkeys(pair.said for pair in pairs)))
    own = Stand("in its own voice", tuple(dict.fromkeys(pair.own for pair in pairs)))
    sources = sorted({source(sentence) for sentence in own.sentences})
    return found(
        "attribution lost",
        (said, own),
        severity="medium",
        winner=said,
        is_disputing=True,
        every=True,
        reason=counted((said, own)),
        wording=f"{', '.join(sources)} print{'s' if len(sources) == 1 else ''} as fact what is a "
        f"statement ({said.label}): “{topic(own.sentences[0].text, own.sentences[0])}”.",
    )
