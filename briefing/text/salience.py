"""How much of a story each of its words carries: what people keep when they sum it up."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log, sqrt
from typing import Any, TypeAlias

from briefing.data.article import Sentence, Story
from briefing.text.words import STOPWORDS, content_stems, stem, words

Unit: TypeAlias = str | tuple[str, str]
"""A stem that carries content, or two stems side by side of which one does."""

FEATURES = ("spread", "frequency", "headline", "first", "early", "top")
"""What is known of a unit, in the order of the coefficients: see `features`."""

_PAIR = 2.0
"""A pair of neighbours says more than its words: who did what. On Multi-News and AllSides one to
four do equally well (bench/extractive.py)."""

_SHARPNESS = 1.5
"""Power of the chance: what is likely counts for more than many things that are not. Tried with
1, which is .004 of ROUGE-1 worse on Multi-News and no better on AllSides (bench/extractive.py)."""

_ASKED_FOR = 3.0
"""What the reader asks about weighs so many times more."""

_FILE = files("briefing") / "weights" / "salience.json"
_STOPS = frozenset(map(stem, STOPWORDS))


@dataclass(frozen=True, slots=True)
class _Fit:
    """A logistic regression: intercept and a coefficient a feature."""

    intercept: float
    coefficients: tuple[float, ...]

    def probability(self, values: Sequence[float]) -> float:
        total = sum(a * b for a, b in zip(self.coefficients, values, strict=True))
        return 1 / (1 + exp(-self.intercept - total))


@lru_cache(maxsize=1)
def _fits() -> tuple[_Fit, _Fit]:
    """Return what training/salience.py has learnt of single stems and of pairs."""
    saved = json.loads(_FILE.read_text("utf-8"))
    if tuple(saved["features"]) != FEATURES:
        raise ValueError(f"{_FILE} was made for other features: run training/salience.py")
    return fits_of(saved)


def fits_of(saved: Mapping[str, Any]) -> tuple[_Fit, _Fit]:
    """Return the regressions of single stems and of pairs, as training/salience.py saves them."""
    single, pair = (
        _Fit(saved[kind]["intercept"], tuple(saved[kind]["coefficients"]))
        for kind in ("single", "pair")
    )
    return single, pair


class Salience:
    """What the words of a story weigh: by the chance that a human summary of it has them.

    Learnt from human summaries as in Hong and Nenkova (2014), with six features that any story
    has, none of them a word. A sentence is worth the units that it adds to those already told, so
    that the best sentences together are a budgeted maximum coverage (Lin and Bilmes, 2010).
    """

    def __init__(self, story: Story, *, focus: str | None = None) -> None:
        self._units = {one.id: units(stems(one.text)) for one in story.sentences}
        wanted = set(content_stems(focus or ""))
        single, pair = _fits()
        self._weights: dict[Unit, float] = {}
        for unit, values in features(story, self._units).items():
            is_single = isinstance(unit, str)
            chance = (single if is_single else pair).probability(values) ** _SHARPNESS
            weight = chance if is_single else _PAIR * chance
            asked_for = unit in wanted if is_single else not wanted.isdisjoint(unit)
            self._weights[unit] = weight * (_ASKED_FOR if asked_for else 1.0)

    def units(self, sentence: Sentence) -> frozenset[Unit]:
        """Return what there is to tell in a sentence of the story."""
        return self._units[sentence.id]

    def worth(self, told: Iterable[Unit]) -> float:
        """Return the weight of some units together; what the story does not have weighs nothing."""
        # Sets of strings have another order in each process, and sums of floats hang on it.
        return sum(sorted(self._weights.get(unit, 0.0) for unit in told))


def stems(text: str) -> list[str]:
    """Return the stems of all words of `text`, parts of a hyphenated word apart."""
    return [stem(part) for word in words(text) for part in word.split("-") if part]


def units(of: Sequence[str]) -> frozenset[Unit]:
    """Return the units in a row of stems."""
    single = (one for one in of if one not in _STOPS)
    pairs = (
        (one, after) for one, after in pairwise(of) if one not in _STOPS or after not in _STOPS
    )
    return frozenset((*single, *pairs))


def features(story: Story, of: Mapping[str, frozenset[Unit]]) -> Mapping[Unit, tuple[float, ...]]:
    """Return what tells how likely a human summary has each unit.

    In order: the share of the articles that have it; the log of how many sentences have it; the
    share of the headlines that have it; and how early the articles have it, as means of `1/p`,
    `exp((1 - p) / 10)` and `1/sqrt(p)` over the articles, where p is the number of the first
    sentence that has it, and 0 for an article that has it not.

    Args:
        story: The articles.
        of: The units of each sentence, by its id.
    """
    position: dict[str, int] = defaultdict(int)
    earliest: dict[Unit, dict[str, int]] = defaultdict(dict)
    counts: dict[Unit, int] = defaultdict(int)
    for sentence in story.sentences:
        position[sentence.article] += 1
        # The order of a set must not decide on the order of the result.
        for unit in sorted(of[sentence.id], key=str):
            earliest[unit].setdefault(sentence.article, position[sentence.article])
            counts[unit] += 1
    headlines = [units(stems(article.title)) for article in story.articles if article.title]
    found = {}
    for unit, places in earliest.items():
        at = places.values()
        found[unit] = (
            len(places) / len(story.articles),
            log(counts[unit]),
            sum(unit in headline for headline in headlines) / max(1, len(headlines)),
            sum(1 / p for p in at) / len(story.articles),
            sum(exp((1 - p) / 10) for p in at) / len(story.articles),
            sum(1 / sqrt(p) for p in at) / len(story.articles),
        )
    return found
