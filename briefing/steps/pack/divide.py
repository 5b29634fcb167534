"""Divide evidence that is too much for one call into parts, each about its own matters."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, sqrt

from briefing.data.article import Sentence, Story
from briefing.data.evidence import Evidence
from briefing.ports import CountTokens
from briefing.steps.pack.lines import line, lines
from briefing.text.words import Weights, content_stems

_UNEVEN = 1.1
"""How many times the mean a part may hold, so that what belongs together can stay so."""

_ROUNDS = 6
"""After so many rounds hardly a paragraph changes sides."""

_Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Sentences that stand together in an article."""

    sentences: tuple[Sentence, ...]
    vector: _Vector
    tokens: int


def divide(
    evidence: Evidence, story: Story, *, parts: int, budget: int, count: CountTokens
) -> Evidence:
    """Return `evidence` in so many parts, each within `budget`, each about its own matters.

    Paragraphs are clustered by their words, whatever article they are from: spherical k-means
    (Dhillon and Modha, 2001) from seeds far apart, in which a part that is full takes no more, and
    the paragraph that would lose most by going elsewhere chooses first. A paragraph that fits
    nowhere is taken apart, and a sentence that fits nowhere is left out.

    Args:
        evidence: What is to be divided.
        story: What it was chosen from.
        parts: How many calls; two or more.
        budget: Most tokens of the lines of one part.
        count: Tokens of a text.
    """
    weights = Weights(sentence.text for sentence in evidence.sentences)
    blocks = [
        _block(tuple(of), weights, count)
        for _, of in groupby(evidence.sentences, key=lambda one: (one.article, one.paragraph))
    ]
    mean = ceil(sum(block.tokens for block in blocks) / parts)
    most = min(budget, ceil(mean * _UNEVEN))
    centres = _seeds(blocks, parts)
    placed: list[list[_Block]] = []
    for _ in range(_ROUNDS):
        before = placed
        placed, homeless = _assigned(blocks, centres, most)
        if placed == before:
            break
        centres = [_sum(block.vector for block in of) for of in placed]
    for block in homeless:
        for sentence in block.sentences:
            _place(_block((sentence,), weights, count), placed, centres, budget)
    return _joined(evidence, story, [of for of in placed if of], budget, count)


def _block(sentences: tuple[Sentence, ...], weights: Weights, count: CountTokens) -> _Block:
    bag = Counter(stem for one in sentences for stem in content_stems(one.text))
    return _Block(
        sentences,
        _unit({stem: n * weights[stem] for stem, n in sorted(bag.items())}),
        sum(count(line(one) + "\n") for one in sentences),
    )


def _seeds(blocks: Sequence[_Block], parts: int) -> list[_Vector]:
    """Return paragraphs unlike each other: first the one most like all, then the farthest."""
    centre = _unit(_sum(block.vector for block in blocks))
    seeds = [max(blocks, key=lambda block: _dot(block.vector, centre)).vector]
    while len(seeds) < parts:
        # A scrap is far from everything: of the far ones, the one that says most.
        farthest = min(
            blocks,
            key=lambda block: (
                max(_dot(block.vector, seed) for seed in seeds) - _dot(block.vector, centre)
            ),
        )
        seeds.append(farthest.vector)
    return seeds


def _assigned(
    blocks: Sequence[_Block], centres: Sequence[_Vector], most: int
) -> tuple[list[list[_Block]], list[_Block]]:
    """Return the blocks of each centre, in their order, and those for which there is no room."""
    units = [_unit(centre) for centre in centres]
    likeness = {block: [_dot(block.vector, centre) for centre in units] for block in blocks}

    def regret(block: _Block) -> float:
        first, second, *_ = sorted(likeness[block], reverse=True)
        return first - second

    homes: dict[_Block, int] = {}
    room = [most] * len(centres)
    for block in sorted(blocks, key=regret, reverse=True):
        open_ = [part for part, left in enumerate(room) if block.tokens <= left]
        if open_:
            home = max(open_, key=likeness[block].__getitem__)
            homes[block] = home
            room[home] -= block.tokens
    placed = [
        [block for block in blocks if homes.get(block) == part] for part in range(len(centres))
    ]
    return placed, [block for block in blocks if block not in homes]


def _place(
    block: _Block, placed: list[list[_Block]], centres: Sequence[_Vector], budget: int
) -> None:
    """Put `block` into the part most like it that has room, if there is one."""
    open_ = [
        part
        for part, of in enumerate(placed)
        if sum(other.tokens for other in of) + block.tokens <= budget
    ]
    if open_:
        home = max(open_, key=lambda part: _dot(block.vector, _unit(centres[part])))
        placed[home].append(block)


def _joined(
    evidence: Evidence,
    story: Story,
    placed: Sequence[Sequence[_Block]],
    budget: int,
    count: CountTokens,
) -> Evidence:
    parts = []
    for of in placed:
        kept = {sentence.id for block in of for sentence in block.sentences}
        sentences = tuple(one for one in evidence.sentences if one.id in kept)
        while (tokens := count(lines(sentences))) > budget:
            sentences = sentences[:-1]
        copies = {one.id: evidence.copies[one.id] for one in sentences if one.id in evidence.copies}
        parts.append(
            Evidence(
                sentences=sentences,
                copies=copies,
                left_out=(),
                tokens=tokens,
                budget_tokens=budget,
            )
        )
    sent = {sentence.id for part in parts for sentence in part.sentences}
    copies = {id_: also for id_, also in evidence.copies.items() if id_ in sent}
    told = sent.union(*copies.values())
    return replace(
        evidence,
        sentences=tuple(one for one in evidence.sentences if one.id in sent),
        copies=copies,
        left_out=tuple(one for one in story.sentences if one.id not in told),
        tokens=sum(part.tokens for part in parts),
        budget_tokens=budget,
        parts=tuple(parts),
    )


def _sum(vectors: Iterable[_Vector]) -> _Vector:
    total: dict[str, float] = {}
    for vector in vectors:
        for stem, value in vector.items():
            total[stem] = total.get(stem, 0.0) + value
    return total


def _unit(vector: _Vector) -> _Vector:
    length = sqrt(sum(value * value for value in vector.values()))
    return {stem: value / length for stem, value in vector.items()} if length else {}


def _dot(one: _Vector, other: _Vector) -> float:
    return sum(value * other[stem] for stem, value in one.items() if stem in other)
