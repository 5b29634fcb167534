"""Choose the numbered sentences that fit a token budget."""

from collections.abc import Sequence
from math import ceil

from briefing.data.article import Sentence, Story
from briefing.data.evidence import Evidence
from briefing.data.origin import Copies
from briefing.errors import BudgetError
from briefing.ports import CountTokens
from briefing.steps.pack.choose import ranked
from briefing.steps.pack.divide import divide
from briefing.steps.pack.lines import line, lines
from briefing.text.salience import Salience

_NOT_WORTH_A_CALL = 0.1
"""With no more than this share of the tokens left out, one call less is made."""

_FILLING = 0.95
"""How full parts can be made when what belongs together stays together."""


def pack(
    story: Story,
    *,
    budget: int,
    count: CountTokens,
    copies: Copies,
    focus: str | None = None,
    parts: int = 1,
) -> Evidence:
    """Keep the sentences that tell the most new things for their tokens.

    What several articles have in the same words is sent once, and cites them all. A sentence that
    does not fit is skipped, never cut. Where much does not fit into one call, and more calls are
    allowed, the evidence is divided among as few calls as hold nine tenths of it.

    Args:
        story: The articles, numbered.
        budget: Most tokens of `lines` of the sentences that one call is given.
        count: Tokens of a text, for the model that will read it.
        copies: What the articles share.
        focus: Words to prefer.
        parts: Most calls.

    Raises:
        BudgetError: Not even one sentence fits.
    """
    unique, repeats = _without_repeats(story, copies)
    if sum(len(line(sentence).encode()) + 1 for sentence in unique) <= budget:
        return _evidence(unique, unique, repeats, story, budget=budget, count=count)
    salience = Salience(story, focus=focus)
    costs = {sentence.id: count(line(sentence) + "\n") for sentence in unique}
    total = sum(costs.values())
    calls = min(parts, ceil(total * (1 - _NOT_WORTH_A_CALL) / budget))
    if calls <= 1:
        best = ranked(unique, salience, costs, budget=budget)
        return _evidence(best, unique, repeats, story, budget=budget, count=count)
    room = int(calls * budget * _FILLING)
    best = ranked(unique, salience, costs, budget=room)
    whole = _evidence(best, unique, repeats, story, budget=room, count=count)
    return divide(whole, story, parts=calls, budget=budget, count=count)


def _evidence(
    best: Sequence[Sentence],
    unique: Sequence[Sentence],
    repeats: dict[str, tuple[str, ...]],
    story: Story,
    *,
    budget: int,
    count: CountTokens,
) -> Evidence:
    """Return `best`, the most needed first, without the last of them that do not fit after all."""
    kept = list(best)
    packed = _in_order(kept, story)
    while packed and (tokens := count(lines(packed))) > budget:
        # Tokens of a whole may exceed those of its parts by a few at the seams.
        kept.pop()
        packed = _in_order(kept, story)
    if not packed:
        raise BudgetError(
            f"none of {len(unique)} sentences fits the budget of {budget} tokens. "
            "Raise `--budget`, or `budget_tokens` under [draft]."
        )
    sent = {sentence.id for sentence in packed}
    copies = {id_: also for id_, also in repeats.items() if id_ in sent}
    told = sent.union(*copies.values())
    return Evidence(
        sentences=packed,
        copies=copies,
        left_out=tuple(sentence for sentence in story.sentences if sentence.id not in told),
        tokens=tokens,
        budget_tokens=budget,
    )


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
