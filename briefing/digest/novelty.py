"""Says whether a sentence tells the readers of a digest anything that they have not had."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from briefing.text.canonical import form
from briefing.text.names import key
from briefing.text.numbers import Number, numbers
from briefing.text.phrases import Phrases, phrases
from briefing.text.words import content_stems, synonyms, words

_SAME_SUBJECT = 0.7
"""Share of its words that an earlier sentence must have, for another figure in it to be a changed
one. Set by hand on the pairs of `tests/data/novelty.jsonl`, which are few."""

_NUMBER_WORD = re.compile(r"\d")
# A plan that is done, a claim that is denied: the words that tell carry no content of their own.
_STATUS = re.compile(
    r"\b(?:will|would|shall|should|may|might|could|must|can|not|no|never|none|nor|neither"
    r"|without|cannot|if|unless|until|after|before|yet)\b|n[’']t\b",
    re.IGNORECASE,
)


class Freshness(StrEnum):
    """What an earlier edition makes of a sentence."""

    NEW = "new"
    CHANGED = "changed"
    """It was sent with another figure."""

    KNOWN = "known"
    """It was sent, in these words or in others that say as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How fresh a sentence is."""

    freshness: Freshness
    change: str = ""
    """In words, what the figure was: `6 April: 14`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A sentence of an earlier edition."""

    text: str
    day: date


@dataclass(frozen=True, slots=True)
class _Reading:
    """What of a sentence is compared."""

    form: str
    stems: frozenset[str]
    status: tuple[str, ...]
    numbers: tuple[Number, ...]
    names: tuple[str, ...]
    """Each word with a capital once, in order: who beats whom is told by the order alone."""

    day: date


class Memory:
    """The sentences that the readers of one digest have had."""

    def __init__(self, sent: Iterable[Sent], *, headings: Phrases | None = None) -> None:
        """Take what they have had, and in whose words a day is told: English unless given."""
        self._headings = headings or phrases("en")
        self._sent = [_read(one.text, one.day) for one in sent]
        self._forms = {one.form for one in self._sent}

    def judge(self, text: str, day: date) -> News:
        """Return how fresh a sentence of the edition of `day` is.

        Known: an earlier sentence has all of its words, in some form or by a synonym, all of its
        figures, the same words of denial, plan and condition, and its names in their order.
        Changed: no word of the two is
        exchanged for another, and an earlier sentence has another figure of the same kind. All
        else is new, in doubt too: it is better to read a thing twice than never.
        """
        read = _read(text, day)
        if read.form in self._forms:
            return News(freshness=Freshness.KNOWN)
        change: tuple[float, str] = (0.0, "")
        for earlier in self._sent:
            if earlier.status != read.status or not _in_one_order(read.names, earlier.names):
                continue
            covered = _covered(read.stems, earlier.stems)
            if covered < _SAME_SUBJECT:
                continue
            if all(any(_same(one, other) for other in earlier.numbers) for one in read.numbers):
                if covered == 1:
                    return News(freshness=Freshness.KNOWN)
            elif covered == 1 or _covered(earlier.stems, read.stems) == 1:
                change = max(change, (covered, self._was(read, earlier)))
        if change[1]:
            return News(freshness=Freshness.CHANGED, change=change[1])
        return News(freshness=Freshness.NEW)

    def _was(self, read: _Reading, earlier: _Reading) -> str:
        """Return the figures that stood in the place of the new ones; empty where none did."""
        fresh = [one for one in read.numbers if not any(_same(one, old) for old in earlier.numbers)]
        gone = [old for old in earlier.numbers if not any(_same(one, old) for one in read.numbers)]
        was = [
            old for old in gone
            if any(old.unit == one.unit and old.ordinal == one.ordinal for one in fresh)
        ]  # fmt: skip
        if not was or len(was) != len(gone):
            return ""
        figures = ", ".join(dict.fromkeys(old.text.strip() for old in was))
        return f"{self._headings.dated(earlier.day, 'short_day')}: {figures}"


def _read(text: str, day: date) -> _Reading:
    stems = frozenset(one for one in content_stems(text) if not _NUMBER_WORD.search(one))
    found = numbers(text)
    spelled = {
        stem for one in found if not _NUMBER_WORD.search(one.text)
        for stem in content_stems(one.text)
    }  # fmt: skip
    status = sorted(found.lower().replace("’", "'") for found in _STATUS.findall(text))
    return _Reading(
        form=form(text).casefold().rstrip(".!?\"' "),
        stems=stems - spelled,
        status=tuple(status),
        numbers=found,
        names=tuple(dict.fromkeys(key(word) for word in words(text) if word[0].isupper())),
        day=day,
    )


def _in_one_order(names: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return [one for one in names if one in others] == [one for one in others if one in names]


def _covered(stems: frozenset[str], earlier: frozenset[str]) -> float:
    if not stems:
        return 0.0
    return sum(one in earlier or bool(synonyms(one) & earlier) for one in stems) / len(stems)


def _same(one: Number, other: Number) -> bool:
    return one.value == other.value and (one.unit == other.unit or not (one.unit and other.unit))
