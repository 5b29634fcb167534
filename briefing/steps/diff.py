"""Set two briefings side by side: what is new, gone, changed, or disputed by now."""

import re
from collections.abc import Mapping, Sequence

from briefing.data.briefing import Briefing, CheckedSentence, Confidence, Stage
from briefing.data.changes import ChangedSentence, Changes
from briefing.text.dates import dates
from briefing.text.names import names, same_name
from briefing.text.numbers import Number, numbers
from briefing.text.words import Weights, content_stems

_SAME = 0.5
"""Share of the idf-weighted words of two sentences that they have in common, from which they tell
the same; chosen on the pairs of the tests, where others have .35 at most."""

_SAME_FRAME = 0.7
"""Share of the other words that two sentences must have in common for a name to have changed."""

_NOT = re.compile(r"\b(?:not|never|no|nobody|nothing|without|n['’]t)\b", re.IGNORECASE)


def diff(old: Briefing, new: Briefing) -> Changes:
    """Return how `new` differs from `old`, sentence by sentence.

    Sentences are paired by what they tell, the most alike first: the same words, or most of them.
    A pair is a change where an amount, a date, a name, a denial or the stage differs; other words
    for the same are not.
    """
    pairs = _pairs(old.sentences, new.sentences)
    paired = {id(sentence) for pair in pairs for sentence in pair}
    changes = [
        ChangedSentence(old=before, new=after, what=what)
        for before, after in pairs
        if (what := _what(before, after))
    ]
    return Changes(
        new=tuple(one for one in new.sentences if id(one) not in paired),
        gone=tuple(one for one in old.sentences if id(one) not in paired),
        changed=tuple(changes),
        disputed=tuple(
            after
            for before, after in pairs
            if after.confidence is Confidence.DISPUTED
            and before.confidence is not Confidence.DISPUTED
        ),
        same=len(pairs) - len(changes),
    )


def _pairs(
    old: Sequence[CheckedSentence], new: Sequence[CheckedSentence]
) -> list[tuple[CheckedSentence, CheckedSentence]]:
    weights = Weights(sentence.text for sentence in (*old, *new))
    read = {id(one): _weighed(one, weights) for one in (*old, *new)}
    ranked = sorted(
        (
            (-_alike(read[id(before)], read[id(after)]), later, earlier)
            for later, after in enumerate(new)
            for earlier, before in enumerate(old)
        ),
    )
    taken: dict[int, int] = {}
    for unlike, later, earlier in ranked:
        if -unlike >= _SAME and later not in taken and earlier not in taken.values():
            taken[later] = earlier
    return [(old[taken[later]], new[later]) for later in sorted(taken)]


def _weighed(sentence: CheckedSentence, weights: Weights) -> dict[str, float]:
    return {stem: weights[stem] for stem in content_stems(sentence.text)}


def _alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the weighted Dice coefficient of two sets of words, 0 to 1."""
    total = sum(one.values()) + sum(other.values())
    shared = sum(weight for stem, weight in one.items() if stem in other)
    return 2 * shared / total if total else 0.0


def _what(old: CheckedSentence, new: CheckedSentence) -> tuple[str, ...]:
    if old.text == new.text and old.stage == new.stage:
        return ()
    found = [*_amounts(old.text, new.text), _day(old, new), _name(old.text, new.text)]
    if bool(_NOT.search(old.text)) != bool(_NOT.search(new.text)):
        found.append("denied -> said" if _NOT.search(old.text) else "said -> denied")
    # What is planned for no day did not change because a newer article is read.
    is_aged = not new.when and new.stage is Stage.ANNOUNCED
    if old.stage and new.stage and old.stage is not new.stage and not is_aged:
        found.append(f"{old.stage} -> {new.stage}")
    return tuple(filter(None, found))


def _amounts(old: str, new: str) -> list[str]:
    """Return what became of each amount that has another value, of the same unit, in `new`.

    A sentence that only says more or less did not change.
    """
    before, after = _numbers(old), _numbers(new)
    lost = [n for n in before if not any(n.agrees(m) or m.agrees(n) for m in after)]
    come = [m for m in after if not any(n.agrees(m) or m.agrees(n) for n in before)]
    return [
        f"{n.text} -> {m.text}"
        for n in lost
        for m in come
        if (n.unit, n.measured, n.ordinal) == (m.unit, m.measured, m.ordinal)
    ]


def _numbers(text: str) -> list[Number]:
    taken = [mention.span for mention in dates(text)]
    return [
        number
        for number in numbers(text)
        if not any(s.start < number.span.end and number.span.start < s.end for s in taken)
    ]


def _day(old: CheckedSentence, new: CheckedSentence) -> str:
    if len(old.when) != 1 or len(new.when) != 1:
        return ""
    before, after = old.when[0], new.when[0]
    apart = before.last < after.first or after.last < before.first
    return f"{before.words} -> {after.words}" if apart else ""


def _name(old: str, new: str) -> str:
    """Return the one name that was put in the place of another, where all else stayed."""
    lost, come = _names(old, new), _names(new, old)
    if len(lost) != 1 or len(come) != 1:
        return ""
    frame, other = old.replace(lost[0], ""), new.replace(come[0], "")
    stems = set(content_stems(frame)), set(content_stems(other))
    alike = len(stems[0] & stems[1]) / max(len(stems[0] | stems[1]), 1)
    return f"{lost[0]} -> {come[0]}" if alike >= _SAME_FRAME else ""


def _names(text: str, other: str) -> list[str]:
    known = [name.last for name in names(other)]
    return [
        name.text
        for name in names(text)
        if not any(same_name(name.last, one) for one in known) and name.text not in other
    ]
