"""Rank sentences by what they tell that is new, for their tokens."""

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import sqrt

from briefing.data.article import Sentence
from briefing.text.salience import Salience, Unit

_TOLD_TWICE = 0.6
"""Share of a sentence's weight that two others have told: with more it is a third repetition."""


def ranked(
    sentences: Sequence[Sentence], salience: Salience, costs: Mapping[str, int], *, budget: int
) -> list[Sentence]:
    """Return sentences that fit `budget` together, the most needed first.

    First comes whatever adds most salience that is not yet there, per square root of its tokens
    (the cost-scaled greedy choice of Lin and Bilmes, 2010). Salience knows what opens an article;
    to rank leads higher still costs tokens (bench/packing.py). What two have told already comes
    after all that is new.

    Args:
        sentences: In the order of the story.
        salience: What their words weigh.
        costs: Tokens of each sentence, by its id.
        budget: Most tokens of all together.
    """
    units = {sentence.id: salience.units(sentence) for sentence in sentences}
    whole = {id_: salience.worth(of) for id_, of in units.items()}
    told: Counter[Unit] = Counter()

    def rank(sentence: Sentence) -> tuple[bool, float]:
        of = units[sentence.id]
        twice = salience.worth(unit for unit in of if told[unit] >= 2)
        gain = salience.worth(of - told.keys())
        return twice > _TOLD_TWICE * whole[sentence.id], -gain / sqrt(costs[sentence.id])

    # Ranks only fall as more is told, so an entry that stays on top is the best one.
    heap = [(rank(sentence), position) for position, sentence in enumerate(sentences)]
    heapify(heap)
    kept: list[Sentence] = []
    used = 0
    while heap:
        before, position = heappop(heap)
        sentence = sentences[position]
        if used + costs[sentence.id] > budget:
            continue
        now = rank(sentence)
        if heap and now > before and (now, position) > heap[0]:
            heappush(heap, (now, position))
            continue
        kept.append(sentence)
        used += costs[sentence.id]
        told.update(units[sentence.id])
    return kept
