"""The deeds that sentences tell of: done, planned or called off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefing.data.article import Sentence
from briefing.steps.compare.events import DECIDED, DECIDING, DEED_OF, DEEDS, EVENTS, MEETING, MET
from briefing.steps.compare.frames import WEAK, Frame
from briefing.steps.compare.phrasing import plain
from briefing.steps.compare.reading import Reading
from briefing.text.clauses import VERB, Clause
from briefing.text.dates import Period, resolve
from briefing.text.words import STOPWORDS, stem

Status = Literal["took place", "planned", "called off"]

_CALLED_OFF = re.compile(
    r"\b(?:cancell?ed|postponed|called off|put off|scrapped|calls off|cancels|postpones"
    r"|fell through|did not (?:take place|go ahead|happen)|was not held|were not held"
    r"|never took place"
    r"|(?:refused|declined) to|(?:did|has|have|had|will) not|didn['’]t|won['’]t)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:would|could|should|might|may|possibly|perhaps|consider\w*|threaten\w*|if|whether"
    r"|unless|ask\w*|urg\w*|will(?! not)|want\w*|call\w* for)\b"
)
_DENIED = re.compile(
    r"\b(?:(?:refused|declined) to|(?:did|has|have|had|will) not|didn['’]t|won['’]t)\b"
    r"(?! (?:take place|go ahead|happen))"
)
_PLANNED = re.compile(
    r"\b(?:will|shall)\b(?!\s+not)|['’]ll\b|\bto be\s+\w+(?:ed|en|ld)\b"
    r"|\b(?:is|are)\s+(?:(?:now|still)\s+)?(?:(?:due|set|scheduled|expected|planned|likely)\s+)?to\b"
    r"|\b(?:is|are)\s+(?:due|scheduled|planned|expected)\b"
    r"|\b(?:has|have|is|are)\s+(?:still\s+)?yet to\b"
    r"|\b(?:is|are)\s+still\s+(?:negotiating|considering|discussing|preparing|waiting|working on"
    r"|in (?:talks|negotiations)(?:\s+(?:about|over|on|for|to))?)"
)
_OPEN = re.compile(
    r"\b(?:would|can|could|should|might|may|hopes?|hoped|wants?|wanted|if|unless|whether"
    r"|had planned|was to|were to|(?:was|were) (?:due|expected|scheduled|set)|plans?"
    r"|ahead of|not|never|no longer|without|asked|urged|invited|propos\w+|agreed to|promised"
    r"|pledged|vowed|ready to|trying|tried|seek\w*|sought)\b",
    re.IGNORECASE,
)
_PAST_PLAN = re.compile(
    r"\b(?:earlier|previously|had (?:said|announced)|before (?:the|his|her))\b", re.IGNORECASE
)
_DONE = re.compile(r"\b(?:has|have|had|was|were)\b|\b(?!need|inde|spee|bree|wee|see)[a-z]{2,}ed\b")
_DEFINITE = re.compile(
    r"\b(?:the|this|these|both|his|her|its|their)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)
_OCCURS = re.compile(
    r"\b(?:h[eo]lds?|holding|(?:took|takes?|taking|taken) place|began|begins?|begun|happen(?:s|ed)?"
    r"|occurr?(?:s|ed)?|end(?:s|ed)|conclude[sd]?|lasted|attend(?:s|ed)?|conduct(?:s|ed)?|led|leads?"
    r"|chair(?:s|ed)?|open(?:s|ed)|continue[sd]?|resume[sd]?|convene[sd]?|went on|wrapped up"
    r"|host(?:s|ed)?|play(?:s|ed)?|start(?:s|ed)"
    r"|(?:had|have|has|pays?|paid|gave|give) (?:a|an|talks|their|his|her|formal|bilateral))\b"
)
"""Verbs that tell of a meeting or another event that it is, was or will be."""

_AWAITED = re.compile(
    rf"{_OCCURS.pattern}|\b(?:is|are) (?:due|scheduled|planned|expected)\b(?! to\b)"
)
"""The same verbs, and those by which a plan alone is told."""

_ATTENDED = re.compile(r"(?:^|, )(?:At|During|After)\s+(?:the|a|an|their)\s+(?:[\w-]+\s+){0,2}$")
_ANY_WORD = re.compile(r"[a-z]{3,}")
_HEAD_END = re.compile(r"\s(?:of|on|to|in|for|with|between|at|by)\s|,")
_NEAR_CHARS = 45
"""How far an event may stand from the verb that tells of it."""

_PERFECT = re.compile(
    r"\b(?:has|have)\s+(?:already\s+|now\s+|been\s+){0,2}(\w+(?:ed|en|un|lt|ld|nt|ght))\b"
)
"""What is there to stay: "has repaired the bridge", where "repaired" may be told of many days."""

_MODAL = frozenset(map(stem, "able want like expect continue remain".split()))
_RECEIVED = re.compile(r"\b(?:was|were|is|be|been) met\b")
_QUOTE_MARK = re.compile(r"[\"“”«»]|''")


@dataclass(frozen=True, slots=True)
class Deed:
    """What one clause says that somebody did, will do or did not do."""

    sentence: Sentence
    status: Status
    frame: Frame
    keys: frozenset[str]
    """Stems of its verb and of the events it names; all kinds of meeting are one."""

    is_denied: bool
    """It says that somebody did not do it: no event is called off by that."""

    is_definite: bool
    """It speaks of "the talks", which the reader knows already."""

    is_any: bool
    """Its verb is none of those that are known to name a deed of one day."""

    periods: tuple[Period, ...]
    places: frozenset[str]


def deeds_in(sentence: Sentence, reading: Reading) -> Iterator[Deed]:
    """Yield the deeds that the clauses of a sentence tell of; none of a question or a quotation."""
    if sentence.in_quotation or sentence.text.rstrip().endswith("?"):
        return
    for clause in reading.clauses(sentence):
        status = None if _QUOTE_MARK.search(clause.text) else _status(clause)
        if status is None or (status == "planned" and _PAST_PLAN.search(sentence.text)):
            continue
        frame = reading.frame(sentence, clause.span, whole=True)
        keys, definite = _keys(clause, status, frame.subject)
        is_any = not keys
        if not keys:
            keys = _any_deed(clause, status)
        if not keys:
            continue
        day = reading.day(sentence)
        yield Deed(
            sentence=sentence,
            status=status,
            frame=frame,
            keys=keys,
            is_denied=status == "called off" and bool(_DENIED.search(clause.text)),
            is_definite=definite,
            is_any=is_any,
            periods=tuple(
                period
                for mention in reading.analysis(sentence).dates
                if clause.span.start <= mention.span.start < clause.span.end
                for period in _meant(resolve(mention, day), status, day)
            ),
            places=reading.places(sentence.text),
        )


def _any_deed(clause: Clause, status: Status) -> frozenset[str]:
    """Return the stem of any verb for what has been done, will be done or was not done."""
    text = plain(clause.text)
    if status == "took place":
        found = [part[1] for part in _PERFECT.finditer(text)][:1]
    else:
        found = _verbs(text, status)
    return frozenset(stem(word) for word in found) - WEAK - _MODAL


def _meant(periods: Sequence[Period], status: Status, day: date | None) -> Sequence[Period]:
    """Return the days that a weekday may mean: what is done was done on the last one."""
    if status == "planned" or len(periods) < 2 or day is None:
        return periods
    return [period for period in periods if period.first <= day]


def _status(clause: Clause) -> Status | None:
    text = clause.text
    if _CALLED_OFF.search(text):
        return None if _UNSURE.search(text) else "called off"
    if _PLANNED.search(text):
        return None if re.search(r"\b(?:if|unless|would|could)\b", text) else "planned"
    if _OPEN.search(text):
        return None
    verb = next((v for v in VERB.finditer(text) if v[0] not in {"said", "told", "says"}), None)
    if verb is None or not (_DONE.search(text) or _is_past(verb[0])):
        return None
    return "took place"


def _is_past(verb: str) -> bool:
    return not verb.endswith("s") and verb not in {"do", "has", "have", "is", "are"}


def _keys(clause: Clause, status: Status, subject: str) -> tuple[frozenset[str], bool]:
    """Return the stems that name the deed, and whether it is a known one.

    A noun such as "talks" names it where the verb only says that they take place.
    """
    text = plain(clause.text)
    found = {stem(word) for word in _verbs(text, status)}
    found = {DEED_OF.get(one, one) for one in found} & DEEDS
    if status == "took place":
        # "Projects are discussed" tells of no meeting; "they met" does.
        found -= MEETING - MET
    whole = text if subject in text else f"{subject} | {text}"
    definite = False
    for word in _events(whole, status, subject):
        found.add(stem(word[0]))
        definite = definite or bool(_DEFINITE.search(whole[: word.start()]))
    if _RECEIVED.search(text):
        found -= MEETING
    if status != "took place" and found & DECIDING:
        found |= DECIDED
    return frozenset("meet" if key in MEETING else key for key in found), definite


def _events(text: str, status: Status, subject: str) -> Iterator[re.Match[str]]:
    """Yield the words for events that are the subject, or stand close to the verb.

    "At the premiere the actor …" has it take place as well.
    """
    pattern = {"called off": _CALLED_OFF, "planned": _AWAITED, "took place": _OCCURS}[status]
    verbs = list(pattern.finditer(text))
    head = _HEAD_END.split(subject, maxsplit=1)[0].split()
    for word in _ANY_WORD.finditer(text):
        if stem(word[0]) not in EVENTS:
            continue
        attended = status == "took place" and _ATTENDED.search(text, 0, word.start())
        near = any(
            0 <= max(word.start() - verb.end(), verb.start() - word.end()) <= _NEAR_CHARS
            for verb in verbs
        )
        if attended or (verbs and (near or word[0] in head[-1:])):
            yield word


def _verbs(text: str, status: Status) -> list[str]:
    """Return the verbs that may name the deed."""
    if status == "took place":
        return [verb[0] for verb in VERB.finditer(text)]
    anchor = (_PLANNED if status == "planned" else _DENIED).search(text)
    if anchor is None:
        return []
    inside, behind = (_ANY_WORD.findall(part) for part in (anchor[0], text[anchor.end() :]))
    kept = [w for w in (*inside[-1:], *behind[:4]) if w not in STOPWORDS and not w.endswith("ly")]
    return kept[:2]
