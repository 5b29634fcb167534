"""One event that is told as done here, and as planned or called off there."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import product

from briefing.steps.compare.deeds import Deed, Status, deeds_in
from briefing.steps.compare.events import DECIDED, EVENTS, ONCE
from briefing.steps.compare.found import Found, Stand, counted, found, majority, source, topic
from briefing.steps.compare.frames import Frame, are_about_others, contrast, meet
from briefing.steps.compare.place import Place
from briefing.steps.compare.reading import Reading
from briefing.text.speech import REPORTING

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
_ALIKE_IN_ANY_DEED = 0.6


def statuses(reading: Reading) -> list[Found]:
    """Return the events that are done in one sentence, planned or called off in another.

    Inside one article, or where the article with the plan is the newer one, or plans for a day
    after the one on which the other has it done. A plan that an article of a later day reports as
    done came true: no conflict.
    """
    deeds = _few_of_a_kind(deed for s in reading.story.sentences for deed in deeds_in(s, reading))
    done_by_key: dict[str, list[Deed]] = defaultdict(list)
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


def _few_of_a_kind(deeds: Iterable[Deed]) -> list[Deed]:
    seen: Counter[tuple[Status, frozenset[str]]] = Counter()
    kept = []
    for deed in deeds:
        seen[deed.status, deed.keys] += 1
        if seen[deed.status, deed.keys] <= _MOST_OF_A_KIND:
            kept.append(deed)
    return kept


def _unique(deeds: Iterable[Deed]) -> Iterable[Deed]:
    return {(deed.sentence.id, deed.frame.clause): deed for deed in deeds}.values()


def _are_opposed(done: Deed, other: Deed, reading: Reading) -> bool:
    same_article = done.sentence.article == other.sentence.article
    if not same_article and not _is_late(other, done):
        return False
    if done.frame.repeated != other.frame.repeated or contrast(done.frame, other.frame):
        return False
    if done.places and other.places and not meet(done.places, other.places):
        return False
    if _is_long_ago(done):
        return False
    if done.is_any or other.is_any:
        return done.is_any and other.is_any and _are_one_deed(done, other, reading)
    is_known = other.is_definite and bool(done.keys & other.keys & (EVENTS | {"meet"}))
    is_once = bool(done.keys & other.keys & (ONCE | DECIDED))
    if not _dates_meet(done, other) and not is_once and not (same_article and is_known):
        return False
    return _same_parties(done, other, reading, is_known=is_known and same_article)


def _are_one_deed(done: Deed, other: Deed, reading: Reading) -> bool:
    """Whether two clauses with one verb, of any kind, tell of one deed of one doer on one thing."""
    if other.is_denied and _is_told(other):
        return False
    _, stems = reading.shared(done.frame, other.frame)
    things = stems - done.keys - done.frame.heads - other.frame.heads
    return (
        bool(things)
        and _dates_meet(done, other)
        and meet(done.frame.heads, other.frame.heads)
        and reading.likeness(done.frame, other.frame) >= _ALIKE_IN_ANY_DEED
    )


def _same_parties(done: Deed, other: Deed, reading: Reading, *, is_known: bool) -> bool:
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
        told = any(_is_told(deed) for deed in (done, other))
        if (
            told and not _is_late_denial(done, other)
        ) or done.sentence.article == other.sentence.article:
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


def _is_told(deed: Deed) -> bool:
    """Whether somebody says so, in what stands between the semicolons of its sentence."""
    text = deed.sentence.text
    at = max(text.find(deed.frame.clause), 0)
    start, end = text.rfind(";", 0, at) + 1, text.find(";", at)
    return bool(REPORTING.search(text, start, len(text) if end < 0 else end))


def _is_late_denial(done: Deed, other: Deed) -> bool:
    """Whether it is denied, on the day of the report or later, that somebody did it for good."""
    days = done.frame.day, other.frame.day
    return (
        bool(done.keys & other.keys & ONCE)
        and meet(done.frame.heads, other.frame.heads)
        and days[0] is not None
        and days[1] is not None
        and days[1] >= days[0]
    )


def _has_parties(deed: Deed, *, is_known: bool) -> bool:
    """Whether it names two who meet, speaks of "the two", or of a meeting known already."""
    people = _people(deed.frame)
    return deed.frame.pair or len(people) >= 2 or (is_known and deed.is_definite and not people)


def _people(frame: Frame) -> frozenset[str]:
    return frame.names - frame.places


def _is_late(other: Deed, done: Deed) -> bool:
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


def _is_long_ago(done: Deed) -> bool:
    day = done.frame.day
    return day is not None and any(p.last < day - _LONG_AGO for p in done.periods)


def _dates_meet(done: Deed, other: Deed) -> bool:
    if not done.periods or not other.periods:
        return True
    return any(a.holds(b) or b.holds(a) for a in done.periods for b in other.periods)


def _grouped(opposed: Sequence[tuple[Deed, Deed]]) -> list[list[tuple[Deed, Deed]]]:
    """Return the pairs by event: pairs that share a sentence are of one."""
    groups: list[list[tuple[Deed, Deed]]] = []
    for pair in opposed:
        ids = {deed.sentence.id for deed in pair}
        same = [g for g in groups if any(ids & {d.sentence.id for d in p} for p in g)]
        groups = [g for g in groups if g not in same]
        groups.append([*(p for g in same for p in g), pair])
    return groups


def _discrepancy(group: Sequence[tuple[Deed, Deed]]) -> Found:
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


def _has_passed(deed: Deed) -> bool:
    day = deed.frame.day
    return day is not None and any(day - _LONG_AGO < p.last < day for p in deed.periods)


def are_rival_statuses(one: Place, other: Place, reading: Reading) -> bool:
    """Whether two places that somebody holds against each other tell one event as done, and not.

    What sets deeds apart for `statuses` does so here; only those who take part need not be named
    as fully, since somebody has read them together.
    """
    left, right = (_deeds_at(place, reading) for place in (one, other))
    return any(
        done.status == "took place" != rival.status
        and done.keys & rival.keys
        and (_are_opposed(done, rival, reading) or _may_be_one(done, rival))
        for done, rival in [*product(left, right), *product(right, left)]
    )


def _deeds_at(place: Place, reading: Reading) -> list[Deed]:
    clauses = {
        clause.text
        for clause in reading.clauses(place.sentence)
        if place.meets(place.sentence, clause.span)
    }
    return [deed for deed in deeds_in(place.sentence, reading) if deed.frame.clause in clauses]


def _may_be_one(done: Deed, rival: Deed) -> bool:
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
