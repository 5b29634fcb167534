"""Pairs as token ids, in batches of like length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

ENTAILMENT, NEUTRAL, CONTRADICTION, NOT_ENTAILMENT = range(4)
LABELS = {
    "entailment": ENTAILMENT,
    "neutral": NEUTRAL,
    "contradiction": CONTRADICTION,
    "not_entailment": NOT_ENTAILMENT,
}

_FIRST, _SEPARATOR = 101, 102
_MAX_CLAIM_TOKENS = 96


@dataclass(frozen=True, slots=True)
class Pair:
    """A premise and a hypothesis as token ids, with the label."""

    ids: np.ndarray
    premise_tokens: int
    """Tokens of the first segment: [CLS], the premise, [SEP]."""

    label: int


def encode(
    pairs: Sequence[tuple[str, str, int]], tokenizer: Tokenizer, max_tokens: int
) -> list[Pair]:
    """Return the pairs as token ids; the premise is cut so that none exceeds `max_tokens`."""
    encoded: list[Pair] = []
    for start in range(0, len(pairs), 4096):
        part = pairs[start : start + 4096]
        premises = tokenizer.encode_batch_fast([one[0] for one in part], add_special_tokens=False)
        claims = tokenizer.encode_batch_fast([one[1] for one in part], add_special_tokens=False)
        for premise, claim, (_, _, label) in zip(premises, claims, part, strict=True):
            second = claim.ids[:_MAX_CLAIM_TOKENS]
            first = premise.ids[: max_tokens - 3 - len(second)]
            ids = np.array([_FIRST, *first, _SEPARATOR, *second, _SEPARATOR], dtype=np.uint16)
            encoded.append(Pair(ids, len(first) + 2, label))
    return encoded


def batches(
    pairs: Sequence[Pair], *, tokens: int, seed: int, chunk: int = 6000
) -> Iterator[list[Pair]]:
    """Yield one pass over `pairs`, shuffled, in batches of about `tokens` with little padding."""
    order = list(range(len(pairs)))
    rng = random.Random(seed)
    rng.shuffle(order)
    for start in range(0, len(order), chunk):
        part = sorted(order[start : start + chunk], key=lambda i: len(pairs[i].ids))
        made: list[list[Pair]] = [[]]
        for index in part:
            pair = pairs[index]
            if (len(made[-1]) + 1) * len(pair.ids) > tokens:
                made.append([])
            made[-1].append(pair)
        rng.shuffle(made)
        yield from (batch for batch in made if batch)


def arrays(batch: Sequence[Pair]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ids, segment ids and labels of a batch, padded to its longest pair."""
    longest = max(len(pair.ids) for pair in batch)
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    kinds = np.zeros_like(ids)
    for row, pair in enumerate(batch):
        ids[row, : len(pair.ids)] = pair.ids
        kinds[row, pair.premise_tokens : len(pair.ids)] = 1
    return ids, kinds, np.array([pair.label for pair in batch])
