"""Pairs from the human-labelled claims, with the premises that the verifier would give them."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from briefing.data.article import Article
from briefing.steps.split import split
from briefing.steps.verify import Sources
from briefing.steps.verify.analysis import Analysis
from briefing.steps.verify.premises import premises
from briefing.text.sentences import sentences
from training.pairs import ENTAILMENT, NOT_ENTAILMENT
from training.sets import CLAIM_LICENCES, is_validation, rows

_MOST_OF_A_SET = 2600
_MOST_REFUSED = 2.0
"""Refused claims for each supported one in a set, at most: the set's style must not tell."""

_FEW = 0.75
"""Share of the pairs that read the longest premise; the others read the best two sentences."""


def sources_of(texts: str | Sequence[str]) -> Sources:
    """Return the indexed sources of a row, each text an article."""
    listed = [texts] if isinstance(texts, str) else texts
    return Sources(
        split([Article(source=str(n), text=text) for n, text in enumerate(listed) if text.strip()])
    )


def parts_of(claim: str) -> list[str]:
    """Return the sentences of a claim."""
    return [found.span.of(claim) for found in sentences(claim)]


def claim_pairs(path: Path, seed: int) -> list[tuple[str, str, int]]:
    """Return pairs of the training documents, about as many supported as refused in each set.

    A claim of several sentences gives one pair a sentence. Which one of a refused claim is wrong
    is not labelled: it is the one that stands in no supported claim of the same document, and
    where that leaves several, the claim gives no pair.
    """
    rng = random.Random(seed)
    by_set: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(path):
        if row["dataset"] in CLAIM_LICENCES and not is_validation(row["doc_id"]):
            by_set[row["dataset"]][row["doc_id"]].append(row)
    pairs: list[tuple[str, str, int]] = []
    for name in sorted(by_set):
        labelled = [
            (number, text, label)
            for number, document in enumerate(by_set[name].values())
            for text, label in _labelled(document)
        ]
        documents = [document[0]["source"] for document in by_set[name].values()]
        kept = _balanced(labelled, rng)
        pairs += _with_premises(kept, documents, rng)
    return pairs


def _labelled(document: Sequence[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    supported = {
        part: None for row in document if row["label"] == 1 for part in parts_of(row["claim"])
    }
    refused: dict[str, None] = {}
    for row in document:
        unknown = [part for part in parts_of(row["claim"]) if part not in supported]
        if row["label"] == 0 and len(unknown) == 1:
            refused[unknown[0]] = None
    yield from ((part, ENTAILMENT) for part in supported)
    yield from ((part, NOT_ENTAILMENT) for part in refused)


def _balanced(
    labelled: Sequence[tuple[int, str, int]], rng: random.Random
) -> list[tuple[int, str, int]]:
    true = [one for one in labelled if one[2] == ENTAILMENT]
    false = [one for one in labelled if one[2] != ENTAILMENT]
    false = rng.sample(false, min(len(false), int(_MOST_REFUSED * len(true))))
    true = rng.sample(true, min(len(true), int(_MOST_REFUSED * len(false))))
    both = true + false
    return rng.sample(both, min(len(both), _MOST_OF_A_SET))


def _with_premises(
    labelled: Iterable[tuple[int, str, int]], documents: Sequence[str], rng: random.Random
) -> list[tuple[str, str, int]]:
    pairs = []
    indexed: dict[int, Sources] = {}
    for number, text, label in sorted(labelled):
        if number not in indexed:
            indexed = {number: sources_of(documents[number])}
        found = premises(Analysis(text), indexed[number])
        if found is not None:
            pairs.append((found.few if rng.random() < _FEW else found.two, text, label))
    return pairs
