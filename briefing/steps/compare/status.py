"""One event that is told as done here, and as planned or called off there."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Literal

from briefing.data.article import Sentence
from briefing.steps.compare.events import DECIDED, DECIDING, DEEDS, EVENTS, MEETING, MET, ONCE
from briefing.steps.compare.found import Found, Stand, counted, found, majority, source, topic
from briefing.steps.compare.frames import Frame, are_about_others, contrast, meet
from briefing.steps.compare.place import Place
from briefing.steps.compare.reading import Reading
from briefing.text.clauses import VERB, Clause
from briefing.text.dates import Period, resolve
from briefing.text.speech import REPORTING
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
    r"\b(?:would|could|should|might|may|possibly|perhaps|consider\w*|threat\w*|if|whether"
    r"|unless|ask\w*|urg\w*|will(?! not)|want\w*|call\w* for)\b"
)
_DENIED = re.compile(
    r"\b(?:(?:refused|declined) to|(?:did|has|have|had|will) not|didn['’]t|won['’]t)\b"
    r"(?! (?:take place|go ahead|happen))"
)
_PLANNED = re.compile(
    r"\b(?:will|shall)\b(?!\s+not)|['’]ll\b|\bto be\s+\w+(?:ed|en|ld)\b"
    r"|\b(?:is|are)\s+(?:(?:now|still)\s+)?(?:(?:due|set|scheduled|expected|planned|likely)\s+)?to\b"
    r"|\b(?:is|are)\s+(?:due|scheduled|planned)\b"
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

_ATTENDED = re.compile(r"(?:^|, )(?:At|During|After)\s+(?:the|a|an|their)\s+(?:[\w-]+\s+){0,2}$")
_ANY_WORD = re.compile(r"[a-z]{3,}")
_HEAD_END = re.compile(r"\s(?:of|on|to|in|for|with|between|at|by)\s|,")
_NEAR_CHARS = 45
"""How far an event may stand from the verb that tells of it."""

_RECEIVED = re.compile(r"\b(?:was|were|is|be|been) met\b")
_QUOTE_MARK = re.compile(r"[\"“”«»]|''")
_MOST_OF_A_KIND = 40
"""Deeds of one kind that are held against as many plans: no pile of articles may take too long."""

_FAR_AHEAD = re.compile(
    r"\bnext (?:week|month|year|spring|summer|autumn|fall|winter|season)\b"
    r"|\b(?:later|before the end of) (?:this|the) (?:month|year)\b"
    r"|\b(?:in|over) the coming (?:days|weeks|months)\b"
)
"""A time that is no day and lies ahead whatever the day of the article is."""

_LONG_AGO = timedelta(days=10)
_ALIKE = 0.6
_ALIKE_IN_ONE_ARTICLE = 0.4
_ALIKE_CALLED_OFF = 0.1
"""What it counts that an event was called off: it is told of one event, not of its kind."""

_ALIKE_TO_DENIAL = 0.8


@dataclass(frozen=True, slots=True)
class _Deed:
    sentence: Sentence
    status: Status
    frame: Frame
    keys: frozenset[str]
    """Stems of its verb and of the events it names; all kinds of meeting are one."""

    is_denied: bool
    """It says that somebody did not do it: no event is called off by that."""

    is_definite: bool
    """It speaks of "the talks", which the reader knows already."""

    periods: tuple[Period, ...]
    places: frozenset[str]


def statuses(reading: Reading) -> list[Found]:
    """Return the events that are done in one sentence, planned or called off in another.

    Inside one article, or where the article with the plan is the newer one, or plans for a day
    after the one on which the other has it done. A plan that an article of a later day reports as
    done came true: no conflict.
    """
    deeds = _few_of_a_kind(deed for s in reading.story.sentences for deed in _deeds(s, reading))
    done_by_key: dict[str, list[_Deed]] = defaultdict(list)
    for deed in deeds:
        for key in deed.keys if deed.status == "took place" else ():
            done_by_key[key].append(deed)
    opposed = [
        (done, other)
        for other in deeds
        if other.status != "took place"
        for done in _unique(done for key in sorted(other.keys) for done in done_by_key[key])
        if done.sentence is not other.sentence and _are_opposed(done, other, reading)
    ]
    return [_discrepancy(group) for group in _grouped(opposed)]


def _few_of_a_kind(deeds: Iterable[_Deed]) -> list[_Deed]:
    seen: Counter[tuple[Status, frozenset[str]]] = Counter()
    kept = []
    for deed in deeds:
        seen[deed.status, deed.keys] += 1
        if seen[deed.status, deed.keys] <= _MOST_OF_A_KIND:
            kept.append(deed)
    return kept


def _unique(deeds: Iterable[_Deed]) -> Iterable[_Deed]:
    return {(deed.sentence.id, deed.frame.clause): deed for deed in deeds}.values()


def _deeds(sentence: Sentence, reading: Reading) -> Iterator[_Deed]:
    if sentence.in_quotation or sentence.text.rstrip().endswith("?"):
        return
    for clause in reading.clauses(sentence):
        status = None if _QUOTE_MARK.search(clause.text) else _status(clause)
        if status is None or (status == "planned" and _PAST_PLAN.search(sentence.text)):
            continue
        frame = reading.frame(sentence, clause.span, whole=True)
        keys, definite = _keys(clause, status, frame.subject)
        if not keys:
            continue
        day = reading.day(sentence)
        yield _Deed(
            sentence=sentence,
            status=status,
            frame=frame,
            keys=keys,
            is_denied=status == "called off" and bool(_DENIED.search(clause.text)),
            is_definite=definite,
            periods=tuple(
                period
                for mention in reading.analysis(sentence).dates
                if clause.span.start <= mention.span.start < clause.span.end
                for period in _meant(resolve(mention, day), status, day)
            ),
            places=reading.places(sentence.text),
        )


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
    text = clause.text
    found = {stem(word) for word in _verbs(text, status)}
    if status != "took place" and found & DECIDING:
        found |= DECIDED
    found &= DEEDS
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
    return frozenset("meet" if key in MEETING else key for key in found), definite


def _events(text: str, status: Status, subject: str) -> Iterator[re.Match[str]]:
    """Yield the words for events that are the subject, or stand close to the verb.

    "At the premiere the actor …" has it take place as well.
    """
    verbs = list((_CALLED_OFF if status == "called off" else _OCCURS).finditer(text))
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


def _are_opposed(done: _Deed, other: _Deed, reading: Reading) -> bool:
    same_article = done.sentence.article == other.sentence.article
    if not same_article and not _is_late(other, done):
        return False
    if done.frame.repeated != other.frame.repeated or contrast(done.frame, other.frame):
        return False
    if done.places and other.places and not meet(done.places, other.places):
        return False
    if _is_long_ago(done):
        return False
    is_known = other.is_definite and bool(done.keys & other.keys & (EVENTS | {"meet"}))
    is_once = bool(done.keys & other.keys & ONCE)
    if not _dates_meet(done, other) and not is_once and not (same_article and is_known):
        return False
    return _same_parties(done, other, reading, is_known=is_known and same_article)


def _same_parties(done: _Deed, other: _Deed, reading: Reading, *, is_known: bool) -> bool:
    left, right = _people(done.frame), _people(other.frame)
    if "meet" in done.keys & other.keys and (is_known or done.frame.pair or other.frame.pair):
        if left and right and not done.frame.pair and not other.frame.pair:
            return len(left & right) >= min(2, len(left), len(right))
        same = done.frame.heads and meet(done.frame.heads, other.frame.heads)
        return bool(same) or all(_has_parties(deed, is_known=is_known) for deed in (done, other))
    if is_known:
        return not (left and right) or bool(left & right)
    names, stems = reading.shared(done.frame, other.frame)
    same_subject = (
        done.frame.pair or other.frame.pair or not are_about_others(done.frame, other.frame)
    )
    likeness = reading.likeness(done.frame, other.frame)
    if other.is_denied:
        told = any(REPORTING.search(deed.sentence.text) for deed in (done, other))
        if told or done.sentence.article == other.sentence.article:
            return False
        is_decision = bool(done.keys & other.keys & DECIDED)
        least = _ALIKE if is_decision else _ALIKE_TO_DENIAL
        return same_subject and (bool(names) or is_decision) and likeness >= least
    same_day = bool(done.periods and other.periods) and _dates_meet(done, other)
    if not same_subject:
        return other.status == "called off" and len(names) + len(stems) + same_day >= 3
    if done.sentence.article == other.sentence.article:
        objects = (names | stems) - done.keys - done.frame.heads - other.frame.heads
        named = done.frame.heads & other.frame.heads & done.frame.names
        is_once = bool(done.keys & other.keys & ONCE and named)
        return (bool(objects) or is_once) and likeness >= _ALIKE_IN_ONE_ARTICLE
    if other.status == "called off":
        likeness += _ALIKE_CALLED_OFF
    return len(names) + len(stems - done.keys) + same_day >= 2 and likeness >= _ALIKE


def _has_parties(deed: _Deed, *, is_known: bool) -> bool:
    """Whether it names two who meet, speaks of "the two", or of a meeting known already."""
    people = _people(deed.frame)
    return deed.frame.pair or len(people) >= 2 or (is_known and deed.is_definite and not people)


def _people(frame: Frame) -> frozenset[str]:
    return frame.names - frame.places


def _is_late(other: _Deed, done: _Deed) -> bool:
    """Whether the article with the plan could know that it was done."""
    if other.status == "called off":
        return True
    planned, reported = other.frame.day, done.frame.day
    if planned is None or reported is None:
        return False
    if planned == reported and _FAR_AHEAD.search(other.frame.clause):
        return True
    return planned > reported or (
        bool(other.periods) and min(p.first for p in other.periods) > reported
    )


def _is_long_ago(done: _Deed) -> bool:
    day = done.frame.day
    return day is not None and any(p.last < day - _LONG_AGO for p in done.periods)


def _dates_meet(done: _Deed, other: _Deed) -> bool:
    if not done.periods or not other.periods:
        return True
    return any(a.holds(b) or b.holds(a) for a in done.periods for b in other.periods)


def _grouped(opposed: Sequence[tuple[_Deed, _Deed]]) -> list[list[tuple[_Deed, _Deed]]]:
    """Return the pairs by event: pairs that share a sentence are of one."""
    groups: list[list[tuple[_Deed, _Deed]]] = []
    for pair in opposed:
        ids = {deed.sentence.id for deed in pair}
        same = [g for g in groups if any(ids & {d.sentence.id for d in p} for p in g)]
        groups = [g for g in groups if g not in same]
        groups.append([*(p for g in same for p in g), pair])
    return groups


def _discrepancy(group: Sequence[tuple[_Deed, _Deed]]) -> Found:
    done = Stand("took place", tuple(dict.fromkeys(pair[0].sentence for pair in group)))
    others = [pair[1] for pair in group]
    other = Stand(others[0].status, tuple(dict.fromkeys(deed.sentence for deed in others)))
    stands = (done, other)
    winner = majority(stands)
    reason = counted(stands)
    if winner is None and all(deed.status == "planned" and _has_passed(deed) for deed in others):
        winner, reason = done, f"{reason}; its day had passed when the plan was printed"
    what = topic(others[0].frame.text, others[0].frame.sentence)
    both = sorted({d.sentence.article for d, _ in group} & {o.sentence.article for _, o in group})
    inside = next((s for s in other.sentences if s.article in both), None)
    return found(
        "event status",
        stands,
        severity="high",
        winner=winner,
        reason=reason,
        wording=f"{source(inside)} tells it both as {other.label} and as done: “{what}”."
        if inside
        else f"The sources differ whether it took place or was {other.label}: “{what}”.",
    )


def _has_passed(deed: _Deed) -> bool:
    day = deed.frame.day
    return day is not None and any(day - _LONG_AGO < p.last < day for p in deed.periods)


def are_rival_statuses(one: Place, other: Place, reading: Reading) -> bool:
    """Whether two places that somebody holds against each other tell one event as done, and not.

    What sets deeds apart for `statuses` does so here; only those who take part need not be named
    as fully, since somebody has read them together.
    """
    left, right = (_deeds_in(place, reading) for place in (one, other))
    return any(
        done.status == "took place" != rival.status
        and done.keys & rival.keys
        and (_are_opposed(done, rival, reading) or _may_be_one(done, rival))
        for done, rival in [*product(left, right), *product(right, left)]
    )


def _deeds_in(place: Place, reading: Reading) -> list[_Deed]:
    clauses = {
        clause.text
        for clause in reading.clauses(place.sentence)
        if place.meets(place.sentence, clause.span)
    }
    return [deed for deed in _deeds(place.sentence, reading) if deed.frame.clause in clauses]


def _may_be_one(done: _Deed, rival: _Deed) -> bool:
    if rival.is_denied or _is_long_ago(done):
        return False
    is_pair = done.frame.pair or rival.frame.pair
    if not is_pair and are_about_others(done.frame, rival.frame):
        return False
    if done.sentence.article != rival.sentence.article and not _is_late(rival, done):
        return False
    if done.frame.repeated != rival.frame.repeated or contrast(done.frame, rival.frame):
        return False
    if done.places and rival.places and not meet(done.places, rival.places):
        return False
    return _dates_meet(done, rival)
