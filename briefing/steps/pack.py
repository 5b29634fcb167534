"""Choose the numbered sentences that fit a token budget."""

from collections import Counter
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from math import sqrt

from briefing.data.article import Sentence, Story
from briefing.data.evidence import Evidence
from briefing.data.origin import Copies
from briefing.errors import BudgetError
from briefing.ports import CountTokens
from briefing.text.salience import Salience, Unit

_LEAD_BONUS = 2.0
"""A first sentence is worth this many times the same words elsewhere: news tells the most first."""

_TOLD_TWICE = 0.6
"""Share of a sentence's weight that two others have told: with more it is a third repetition."""


def pack(
    story: Story,
    *,
    budget: int,
    count: CountTokens,
    copies: Copies,
    focus: str | None = None,
) -> Evidence:
    """Keep the sentences that tell the most new things for their tokens.

    What several articles have in the same words is sent once, and cites them all. The lead of
    every article comes early, then whatever adds most salience that is not yet there, per square
    root of its tokens (the cost-scaled greedy choice of Lin and Bilmes, 2010). What two kept
    sentences have told already comes after all that is told once. A sentence that does not fit is
    skipped, never cut.

    Args:
        story: The articles, numbered.
        budget: Most tokens of `lines` of the kept sentences.
        count: Tokens of a text, for the model that will read it.
        copies: What the articles share.
        focus: Words to prefer.

    Raises:
        BudgetError: Not even one sentence fits.
    """
    unique, repeats = _without_repeats(story, copies)
    ranked = list(unique)
    if sum(len(line(sentence).encode()) + 1 for sentence in unique) > budget:
        ranked = _ranked(unique, Salience(story, focus=focus), budget=budget, count=count)
    packed = _in_order(ranked, story)
    while packed and (tokens := count(lines(packed))) > budget:
        # Tokens of a whole may exceed those of its parts by a few at the seams.
        ranked.pop()
        packed = _in_order(ranked, story)
    if not packed:
        raise BudgetError(
            f"none of {len(unique)} sentences fits the budget of {budget} tokens. "
            "Raise `--budget`, or `budget_tokens` under [draft]."
        )
    sent = {sentence.id for sentence in packed}
    return Evidence(
        sentences=packed,
        copies={id_: also for id_, also in repeats.items() if id_ in sent},
        left_out=tuple(sentence for sentence in unique if sentence.id not in sent),
        tokens=tokens,
    )


def line(sentence: Sentence) -> str:
    """Return a sentence as the prompt prints it, and as its tokens are counted."""
    return f"[{sentence.id}] {' '.join(sentence.text.split())}"


def lines(sentences: Sequence[Sentence]) -> str:
    """Return sentences as the prompt prints them, one a line."""
    return "\n".join(map(line, sentences))


def _in_order(sentences: Sequence[Sentence], story: Story) -> tuple[Sentence, ...]:
    kept = {sentence.id for sentence in sentences}
    return tuple(sentence for sentence in story.sentences if sentence.id in kept)


def _without_repeats(
    story: Story, copies: Copies
) -> tuple[list[Sentence], dict[str, tuple[str, ...]]]:
    """Return the sentences to choose from, and what each of them carries beside itself.

    Of sentences that carry each other the one that carries most is kept, then the first.
    """
    repeats: dict[str, tuple[str, ...]] = {}
    dropped: set[str] = set()
    # The sort is stable, so that the first of several equal sentences stands for all.
    for sentence in sorted(story.sentences, key=lambda one: -len(copies.repeats.get(one.id, ()))):
        carried = copies.repeats.get(sentence.id, ())
        if sentence.id in dropped or not carried:
            continue
        repeats[sentence.id] = tuple(id_ for id_ in carried if id_ not in repeats)
        dropped.update(repeats[sentence.id])
    return [sentence for sentence in story.sentences if sentence.id not in dropped], repeats


def _ranked(
    sentences: Sequence[Sentence], salience: Salience, *, budget: int, count: CountTokens
) -> list[Sentence]:
    """Return sentences that fit, the most needed first."""
    leads = {sentence.article: sentence.id for sentence in reversed(sentences)}
    units = {sentence.id: salience.units(sentence) for sentence in sentences}
    whole = {id_: salience.worth(of) for id_, of in units.items()}
    costs = {sentence.id: count(line(sentence) + "\n") for sentence in sentences}
    told: Counter[Unit] = Counter()

    def rank(sentence: Sentence) -> tuple[bool, float]:
        of = units[sentence.id]
        twice = salience.worth(unit for unit in of if told[unit] >= 2)
        bonus = _LEAD_BONUS if leads[sentence.article] == sentence.id else 1.0
        gain = salience.worth(of - told.keys()) * bonus
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
