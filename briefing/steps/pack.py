"""Choose the numbered sentences that fit a token budget."""

from collections import Counter
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from math import sqrt

from briefing.data.article import Sentence, Story
from briefing.data.evidence import Evidence
from briefing.errors import BudgetError
from briefing.ports import CountTokens
from briefing.text.canonical import canonical
from briefing.text.words import Weights, content_stems

_LEAD_BONUS = 4.0
"""A first sentence is worth this many times the same words elsewhere: news tells the most first."""

_FOCUS_BONUS = 3.0

_SHORTEST_COPY = 40
"""Characters under which two equal sentences ("He did not elaborate.") are not one fact."""


def pack(story: Story, *, budget: int, count: CountTokens, focus: str | None = None) -> Evidence:
    """Keep the sentences that tell the most new things for their tokens.

    Sentences that read the same are sent once. The lead of every article comes first, then
    whatever adds most idf-weighted words that are not yet there, per square root of its tokens
    (the cost-scaled greedy choice of Lin and Bilmes, 2010). A sentence that does not fit is
    skipped, never cut.

    Args:
        story: The articles, numbered.
        budget: Most tokens of `lines` of the kept sentences.
        count: Tokens of a text, for the model that will read it.
        focus: Words to prefer.

    Raises:
        BudgetError: Not even one sentence fits.
    """
    unique, copies = _without_copies(story)
    if sum(len(line(sentence).encode()) + 1 for sentence in unique) <= budget:
        kept: set[str] = {sentence.id for sentence in unique}
    else:
        kept = _choose(unique, budget=budget, count=count, focus=focus)
    packed = [sentence for sentence in unique if sentence.id in kept]
    while packed and (tokens := count(lines(packed))) > budget:
        # Tokens of a whole may exceed those of its parts by a few at the seams.
        packed.pop()
    if not packed:
        raise BudgetError(
            f"none of {len(unique)} sentences fits the budget of {budget} tokens. "
            "Raise `--budget`, or `budget_tokens` under [draft]."
        )
    sent = {sentence.id for sentence in packed}
    return Evidence(
        sentences=tuple(packed),
        copies={id_: also for id_, also in copies.items() if id_ in sent},
        left_out=tuple(sentence for sentence in unique if sentence.id not in sent),
        tokens=tokens,
    )


def line(sentence: Sentence) -> str:
    """Return a sentence as the prompt prints it, and as its tokens are counted."""
    return f"[{sentence.id}] {' '.join(sentence.text.split())}"


def lines(sentences: Sequence[Sentence]) -> str:
    """Return sentences as the prompt prints them, one a line."""
    return "\n".join(map(line, sentences))


def _without_copies(story: Story) -> tuple[list[Sentence], dict[str, tuple[str, ...]]]:
    first: dict[str, Sentence] = {}
    copies: dict[str, tuple[str, ...]] = {}
    unique: list[Sentence] = []
    for sentence in story.sentences:
        form = canonical(sentence.text).form
        original = first.setdefault(form, sentence)
        if original is sentence or len(form) < _SHORTEST_COPY:
            unique.append(sentence)
        else:
            copies[original.id] = (*copies.get(original.id, ()), sentence.id)
    return unique, copies


def _choose(
    sentences: Sequence[Sentence], *, budget: int, count: CountTokens, focus: str | None
) -> set[str]:
    weights = Weights(sentence.text for sentence in sentences)
    wanted = set(content_stems(focus or ""))
    stems = {sentence.id: Counter(content_stems(sentence.text)) for sentence in sentences}
    leads = {sentence.article: sentence.id for sentence in reversed(sentences)}
    covered: set[str] = set()

    def gain(sentence: Sentence) -> float:
        new = sum(
            weights[stem] * (_FOCUS_BONUS if stem in wanted else 1.0)
            for stem in stems[sentence.id]
            if stem not in covered
        )
        return new * (_LEAD_BONUS if leads[sentence.article] == sentence.id else 1.0)

    costs = {sentence.id: count(line(sentence) + "\n") for sentence in sentences}
    # Gains only shrink as words are covered, so an entry that stays on top is the best one.
    heap = [
        (-gain(sentence) / sqrt(costs[sentence.id]), position)
        for position, sentence in enumerate(sentences)
    ]
    heapify(heap)
    kept: set[str] = set()
    used = 0
    while heap:
        _, position = heappop(heap)
        sentence = sentences[position]
        cost = costs[sentence.id]
        if used + cost > budget:
            continue
        value = -gain(sentence) / sqrt(cost)
        if heap and value > heap[0][0] and value != 0:
            heappush(heap, (value, position))
            continue
        kept.add(sentence.id)
        used += cost
        covered.update(stems[sentence.id])
    return kept
