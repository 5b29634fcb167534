"""Who speaks in a sentence, as the words beside its verbs of saying name them."""

import re
from collections.abc import Iterable

from briefing.text.kept import kept
from briefing.text.names import key, names
from briefing.text.speech import SAYING
from briefing.text.words import words

_APPOSITION_CHARS = 60
"""Characters before a verb of saying in which its speaker is looked for, where no comma tells."""

_NEVER_INVERTED = frozenset({"told", "tells", "called", "described"})
"""Verbs of saying that no speaker stands behind."""

_INSTITUTIONS = frozenset(
    "foreign office ministry minister prime president official government department state "
    "the a an general secretary deputy special envoy spokesperson spokeswoman spokesman army "
    "chief of and for ministers officials statement".split()
)
"""Words of a speaker's phrase that are no name, with a capital or without."""

SPEAKING = _INSTITUTIONS - frozenset("the a an of for and general special deputy".split())
"""Words that name a speaker, if not by a name."""

_BE = re.compile(r"\b(?:is|are|was|were|been|being)\s+(?:\w+ly\s+)?$")
_ACTS = re.compile(r"(?P<who>[^,]*?\w\s+)(?:(?:has|have|had)\s+)?[a-z]{3,}ed\s")
"""Who acts, and the first verb in the past."""
_SENTENCE = r"(?<!\b[A-Z])\.|[;\"“”]|''|\bthat\b"
"""What a speaker's phrase does not reach over: no full stop of "U.S."."""

_PRONOUN = re.compile(
    r"\b(?:he|she|they|it)\s+(?:(?:has|had|have|also|later|then|further|himself|herself|itself)\s+"
    r"|\w+ly\s+)*$",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"\s*(?:his|her|their|its|the|an?|some|many|several|two)\s+[a-z][a-z\s-]*", re.IGNORECASE
)
_RELATIVE = re.compile(r",\s*(?:who|which|whose)\b[^,]*,\s*$")
_APPOSED = re.compile(r"(?:^|(?<=,))(?P<head>[^,]*),(?P<tail>[^,]*),\s*$")
_APPOSITION = re.compile(
    r"\s*(?:(?:the|an?|his|her|its|their|now|then)\b|[^\W\d_a-z]"
    r"|[a-z-]+\s+(?:for|of)\b)"
)
_DECLARES = re.compile(r"declared(?!\s*(?:that\b|[,:\"“]))", re.IGNORECASE)
"""Who "declared everything" or "declared war" is not quoted."""

_ADDS = re.compile(
    r"added\s+(?!that\b|the\s+\w+\s+(?:is|was|had|would|will)\b)"
    r"(?:(?!is\b|are\b|was\b|were\b|had\b|has\b|have\b|would\b|will\b|could\b|that\b|[a-z]+ed\b)"
    r"[\w'’-]+\s+){1,6}to\b"
)
"""Who "added three names to a list" says nothing."""

_NOR = re.compile(r"\b(?:nor|neither)\s+(?:(?:has|had|have|\w+ly)\s+)*$")
"""Who "neither condemned nor called for" it does not speak."""

_NOTHING = re.compile(r"\s+(?:nothing|little|not a word|(?:\w+\s+)?goodbye)\b")
_PLACE = re.compile(
    r"(?<![\w’'-])(?P<head>[\w’'-]+)\s+(?:in|at|from|near)\s+(?:the\s+)?[^\W\d_a-z][\w-]+"
    r"(?:\s+[^\W\d_a-z][\w-]+)*(?:,\s+[^\W\d_a-z][\w-]+(?=,\s+(?:who|which)\b))?"
)
_SPEAKS_FOR = re.compile(
    r"(?<=man|son|yer|voy)\s+(?:for|of)\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*"
)
"""Behind "spokesman", "spokesperson", "lawyer" and "envoy": whose they are."""

_HAS = re.compile(r"[\s,]*(?:has|have|had)\s+")
_ACCORDING = re.compile(r"^\s*(?:According to|In the words of)\s[^,]*,\s+(?=\S)")
_OF_WHOM = re.compile(
    r"\b(?:close to|familiar with|loyal to|allied (?:to|with)|opposed to)\s+(?:the\s+)?"
    r"[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*"
)
_BESIDE_CHARS = 400
"""Characters on each side of a verb of saying that are read for its speaker."""


@kept
def speakers(text: str) -> tuple[str, ...]:
    """Return, for each verb of saying, the words beside it that may name the speaker."""
    return tuple(
        beside(verb, text)
        for verb in SAYING.finditer(text)
        if not _DECLARES.match(text, verb.start())
        and not _ADDS.match(text, verb.start())
        and not _NOR.search(text, 0, verb.start())
        and not _NOTHING.match(text, verb.end())
        and not _is_passive(verb)
    )


def _is_passive(verb: re.Match[str]) -> bool:
    """Whether it is told of what is said, and not of who says it: "the visit was announced"."""
    return verb[0].lower() != "quoted" and bool(_BE.search(verb.string, 0, verb.start()))


def speaker_names(phrase: str) -> list[str]:
    """Return the keys of the words of all names in a phrase."""
    return [word for one in named(phrase) for word in one]


def named(phrase: str) -> list[list[str]]:
    """Return the keys of the words of each name in a phrase, institutions' common words apart."""
    # "Somebody close to Justice Minister Ada Lund": it is not Lund who speaks.
    own = _OF_WHOM.sub("", phrase)
    own = _SPEAKS_FOR.sub("", own)
    own = re.sub(r"\b(?:for|to|on|with)\s+[A-Z][\w-]+", "", own)
    # "Dario Penn, coordinator of Red Lantern, said": it is Penn who speaks.
    own = re.sub(r"(,[^,]*\bof)\s+(?:the\s+)?[A-Z][\w-]+(?:\s+[A-Z][\w-]+)*", r"\1", own)
    # A rebel in Belm speaks for himself, the ministry in Belm for its government.
    own = _PLACE.sub(lambda it: it[0] if key(it["head"]) in _INSTITUTIONS else it["head"], own)
    found = [
        [key(word) for word in words(name.text) if key(word) not in _INSTITUTIONS]
        for name in names(own)
    ]
    return [one for one in found if one]


def beside(verb: re.Match[str], text: str) -> str:
    """Return the words beside a verb of saying that may name the speaker."""
    behind = re.split(_SENTENCE, text[verb.end() : verb.end() + _BESIDE_CHARS])[0]
    if verb[0].lower() in ("according to", "in the words of"):
        return behind.split(",")[0]
    lead = _before(verb, text)
    if verb[0].lower() not in _NEVER_INVERTED and _is_inverted(lead, behind):
        # "…," said its coordinator, Dario Penn, on Monday.
        return ",".join(behind.split(",")[:2])
    if re.search(r"\band\s+(?:(?:has|had|also|then|later)\s+)*$", lead):
        # "The union condemned the Penn Gate blockade and said …", "Lund said … and called …"
        start = verb.start() - len(lead)
        first = next(SAYING.finditer(text, start, verb.start()), None)
        if first is not None:
            return beside(first, text)
        acts = _ACTS.match(lead)
        lead = acts["who"] if acts else lead
    pronoun = _PRONOUN.search(lead)
    if pronoun:
        return pronoun[0]
    # The foreign minister, Dario Penn, said …
    apposed = _APPOSED.search(lead)
    if apposed and _RELATIVE.search(apposed[0]):
        apposed = None
        lead = _RELATIVE.sub("", lead)
    if apposed and not _APPOSITION.match(apposed["tail"]) and speaker_names(apposed["head"]):
        # Dario Penn, once at odds with Ada Lund, said …
        return apposed["head"]
    plain = apposed[0] if apposed else lead.split(",")[-1]
    if speaker_names(plain) or set(map(key, words(plain))) & SPEAKING:
        return plain
    return plain if _UNNAMED.fullmatch(plain) else lead[-_APPOSITION_CHARS:]


def _before(verb: re.Match[str], text: str) -> str:
    """Return the words of its sentence before a verb of saying."""
    lead = re.split(_SENTENCE, text[max(0, verb.start() - _BESIDE_CHARS) : verb.start()])[-1]
    if _HAS.fullmatch(lead):
        # "…," has told the chief of the inspection, Ada Lund.
        return ""
    # According to Ada Lund, Dario Penn replied …
    return _ACCORDING.sub("", lead, count=1)


def _is_inverted(lead: str, behind: str) -> bool:
    """Whether the speaker stands behind the verb of saying: "…," said its chairman."""
    if not re.search(r"\w", lead):
        return True
    return bool(re.search(r"[^\w\s,)\]'’.%-]\s*$", lead) and re.match(r"\s+[^\W\d_a-z]", behind))


def keys_of(phrases: Iterable[str]) -> set[str]:
    """Return the keys of all words of some phrases."""
    return {key(word) for phrase in phrases for word in words(phrase)}
