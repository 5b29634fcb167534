"""From pairs of sentences that contradict each other to disagreements with sides."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product
from typing import Generic, Literal, TypeVar

from briefing.data.article import Sentence, Span
from briefing.steps.compare.found import Found, Stand, counted, found, majority, topic
from briefing.steps.compare.frames import Frame
from briefing.steps.compare.phrasing import are_rivals
from briefing.steps.compare.place import Place
from briefing.steps.compare.reading import Reading

Value = TypeVar("Value")

MOST_IN_A_SENTENCE = 12
"""Dates or figures that are read of one sentence: with more it is a table."""

_MOST_WITH_A_WORD = 300
"""A word that stands beside more claims than this says of none what it is about."""

_ALIKE = 0.5
"""How alike a sentence must be to one that stands against another, to stand beside it."""


@dataclass(frozen=True, slots=True)
class Claim(Generic[Value]):
    """A value that a sentence gives for something."""

    value: Value
    sentence: Sentence
    label: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class Disagreement(Generic[Value]):
    """Claims about one thing that cannot all be true, by the value they give."""

    sides: tuple[tuple[Claim[Value], ...], ...]
    """The side with most claims first; then in the order of the story."""

    @property
    def stands(self) -> tuple[Stand, ...]:
        """The sides with their words."""
        return tuple(
            Stand(side[0].label, tuple(dict.fromkeys(claim.sentence for claim in side)))
            for side in self.sides
        )


def disagreements(
    claims: Sequence[Claim[Value]],
    reading: Reading,
    *,
    are_opposed: Callable[[Value, Value], bool],
    are_same: Callable[[Value, Value], bool],
    is_vague: Callable[[Value], bool] = lambda _: False,
) -> Iterator[Disagreement[Value]]:
    """Yield the claims that stand against each other, one disagreement a thing.

    Two claims are let be where an article of the one side knows the value of the other side for
    something like it: then there are two things, and not two opinions. What `is_vague` ("dozens")
    is the same as many values: it shows nothing of the kind, and joins no side by itself.
    """
    exact = [claim for claim in claims if not is_vague(claim.value)]
    groups: list[list[int]] = []
    for left, right in _pairs(claims):
        one, other = claims[left], claims[right]
        if not are_opposed(one.value, other.value):
            continue
        if _knows(one, other, exact, are_same, reading) or _knows(
            other, one, exact, are_same, reading
        ):
            continue
        joined = [group for group in groups if left in group or right in group]
        groups = [group for group in groups if group not in joined]
        groups.append(sorted({left, right}.union(*joined)))
    for group in sorted(groups):
        members = set(group)
        for place, claim in enumerate(claims):
            # Who says the same as one side, of the same thing, speaks for that side.
            if (
                place not in members
                and not is_vague(claim.value)
                and any(
                    are_same(claim.value, claims[m].value)
                    and reading.likeness(claim.frame, claims[m].frame) >= _ALIKE
                    and claim.sentence.article != claims[m].sentence.article
                    for m in group
                )
            ):
                members.add(place)
        ordered = sorted(members, key=lambda m: (is_vague(claims[m].value), m))
        sides = _sides([claims[m] for m in ordered], are_same)
        if len(sides) > 1:
            yield Disagreement(sides)


def around(places: Sequence[Place], reading: Reading) -> list[Sentence]:
    """Return the sentences of the articles that the places are in."""
    articles = {place.sentence.article for place in places}
    return [one for one in reading.story.sentences if one.article in articles]


def differ_at(
    places: tuple[Place, Place],
    claims: Sequence[Claim[Value]],
    reading: Reading,
    *,
    span: Callable[[Value], Span],
    are_opposed: Callable[[Value, Value], bool],
    are_same: Callable[[Value, Value], bool],
) -> bool:
    """Whether claims at two places that somebody holds against each other cannot both be true.

    Args:
        places: The two.
        claims: Of their articles, so that what both know is no disagreement.
        reading: The story.
        span: Where in its sentence a value stands.
        are_opposed: Whether two values that differ are of one thing.
        are_same: Whether two values agree.
    """
    at = [
        {id(claim.value) for claim in claims if place.meets(claim.sentence, span(claim.value))}
        for place in places
    ]
    pairs = {pair for left, right in permutations(at) for pair in product(left, right)}
    found = disagreements(
        claims,
        reading,
        are_opposed=lambda one, other: (
            (id(one), id(other)) in pairs and not are_same(one, other) and are_opposed(one, other)
        ),
        are_same=are_same,
    )
    return next(found, None) is not None


def _pairs(claims: Sequence[Claim[Value]]) -> Iterable[tuple[int, int]]:
    """Return the pairs of claims with a name and a word in common, each once, in order."""
    by_stem: dict[str, list[int]] = {}
    for place, claim in enumerate(claims):
        for item in claim.frame.stems | claim.frame.names:
            by_stem.setdefault(item, []).append(place)
    found = {
        pair
        for places in by_stem.values()
        if len(places) <= _MOST_WITH_A_WORD
        for pair in combinations(places, 2)
    }
    return sorted(
        pair for pair in found if claims[pair[0]].sentence is not claims[pair[1]].sentence
    )


def _knows(
    one: Claim[Value],
    other: Claim[Value],
    claims: Sequence[Claim[Value]],
    are_same: Callable[[Value, Value], bool],
    reading: Reading,
) -> bool:
    """Whether the article of `one` gives the value of `other` too, for something like it."""
    if one.sentence.article == other.sentence.article:
        return False
    return any(
        claim.sentence.article == one.sentence.article
        and are_same(claim.value, other.value)
        and not are_rivals(claim.frame.stems, other.frame.stems)
        and (
            claim.frame.clause == one.frame.clause
            or reading.likeness(claim.frame, other.frame) >= 0.3
        )
        for claim in claims
    )


def _sides(
    claims: Sequence[Claim[Value]], are_same: Callable[[Value, Value], bool]
) -> tuple[tuple[Claim[Value], ...], ...]:
    sides: list[list[Claim[Value]]] = []
    for claim in claims:
        side = next((s for s in sides if are_same(s[0].value, claim.value)), None)
        if side is None:
            sides.append([claim])
        else:
            side.append(claim)
    return tuple(
        map(tuple, sorted(sides, key=lambda side: -len({c.sentence.article for c in side})))
    )


def two_values(
    kind: Literal["date", "number"],
    disagreement: Disagreement[Value],
    *,
    given: str,
    differ: str,
) -> Found:
    """Return the discrepancy of claims that give one thing two values.

    Args:
        kind: Of the values.
        disagreement: The claims; resolved where most voices give one of the values.
        given: What the values are called: "the dates given".
        differ: What is said of the sources while it is open.
    """
    stands = disagreement.stands
    winner = majority(stands)
    frame = disagreement.sides[0][0].frame
    what = topic(frame.text, frame.sentence)
    either = " or ".join(stand.label for stand in stands)
    return found(
        kind,
        stands,
        severity="high",
        winner=winner,
        reason=counted(stands),
        wording=f"“{what}”: most sources say {winner.label}; {given} are {either}."
        if winner
        else f"{differ}, {either}: “{what}”.",
    )
