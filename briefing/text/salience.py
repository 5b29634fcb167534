"""How much of a story each of its words carries: what people keep when they sum it up."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp, fsum, log, sqrt
from typing import Any, TypeAlias

from briefing.data.article import Sentence, Story
from briefing.text.speech import SAYING
from briefing.text.words import STOPWORDS, content_stems, stem, words

Unit: TypeAlias = str | tuple[str, str]
"""A stem that carries content, or two stems side by side of which one does."""

PLACE = ("spread", "frequency", "headline", "first", "early", "top")
"""Where a unit stands, in the order of the coefficients: see `features`."""

MANNER = (
    "opens",
    "density",
    "everywhere",
    "spread and headline",
    "spread and early",
    "quoted",
    "personal",
    "attributed",
    "asked",
    "length",
    "shortest",
)
"""How the sentences are that have it, and what goes together, behind those."""

FEATURES = {"lists": PLACE, "prose": PLACE + MANNER}
"""What is known of a unit, for each kind of text. In lists, whose sentences stand alone, what
`MANNER` adds put a quotation at the head of the invented visit; in running text it is worth .010
of ROUGE-2 on AllSides and .006 on NeuS, in stories held out."""

_PAIR = {"lists": 2.0, "prose": 3.0}
"""A pair of neighbours says more than its words: who did what. In lists one to four do equally
well on Multi-News and AllSides. In running text 3 is .001 of ROUGE-1 better than 4 on AllSides and
NeuS, .002 on Multi-News, and 6 is worse."""

_SHARPNESS = 1.5
"""Power of the chance: what is likely counts for more than many things that are not. Tried with
1, which is .004 of ROUGE-1 worse on Multi-News and no better on AllSides, and in running text with
1.25 and 1.75, which are .002 to .003 worse on AllSides (bench/extractive.py)."""

_ASKED_FOR = 3.0
"""What the reader asks about weighs so many times more."""

_MARKS = re.compile(r"[\"“”]")
_PERSONAL = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|[Oo]ur|us|[Yy]our?)\b")

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
def _fits() -> Mapping[str, tuple[_Fit, _Fit]]:
    """Return what training/salience.py has learnt."""
    return fits_of(json.loads(_FILE.read_text("utf-8")))


def fits_of(saved: Mapping[str, Any]) -> Mapping[str, tuple[_Fit, _Fit]]:
    """Return the regressions of single stems and of pairs, for lists and for prose.

    Args:
        saved: As training/salience.py writes them.
    """
    found = {}
    for kind, names in FEATURES.items():
        if tuple(saved[kind]["features"]) != names:
            raise ValueError(f"{_FILE} was made for other features: run training/salience.py")
        single, pair = (
            _Fit(saved[kind][of]["intercept"], tuple(saved[kind][of]["coefficients"]))
            for of in ("single", "pair")
        )
        found[kind] = (single, pair)
    return found


class Salience:
    """What the words of a story weigh: by the chance that a human summary of it has them.

    Learnt from human summaries as in Hong and Nenkova (2014), with features that any story
    has, none of them a word. A sentence is worth the units that it adds to those already told, so
    that the best sentences together are a budgeted maximum coverage (Lin and Bilmes, 2010).

    Args:
        story: The articles.
        focus: Words to prefer.
        prose: For running text; else for evidence and for lists.
    """

    def __init__(self, story: Story, *, focus: str | None = None, prose: bool = False) -> None:
        kind = "prose" if prose else "lists"
        self._units = {one.id: units(stems(one.text)) for one in story.sentences}
        wanted = set(content_stems(focus or ""))
        single, pair = _fits()[kind]
        known = len(FEATURES[kind])
        self._weights: dict[Unit, float] = {}
        for unit, values in features(story, self._units).items():
            is_single = isinstance(unit, str)
            chance = (single if is_single else pair).probability(values[:known])
            chance **= _SHARPNESS
            weight = chance if is_single else _PAIR[kind] * chance
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

    In the order of `PLACE`: the share of the articles that have it; the log of how many sentences
    have it; the share of the headlines that have it; how early the articles have it, as means of
    `1/p`, `exp((1 - p) / 10)` and `1/sqrt(p)` over the articles, where p is the number of the
    first sentence that has it, and 0 for an article that has it not.

    Then `MANNER`: the share of the articles that open with it; the share of the sentences that
    have it; whether all articles have it; the products of the first of all with the third and the
    fifth; of the sentences that have it, the share with quotation marks, with the writer or the
    reader in them, with a verb of saying, that are questions; the words of the mean one and of
    the shortest, over 30.

    Args:
        story: The articles.
        of: The units of each sentence, by its id.
    """
    position: dict[str, int] = defaultdict(int)
    earliest: dict[Unit, dict[str, int]] = defaultdict(dict)
    having: dict[Unit, list[tuple[float, ...]]] = defaultdict(list)
    for sentence in story.sentences:
        position[sentence.article] += 1
        manner = _manner(sentence.text)
        # The order of a set must not decide on the order of the result.
        for unit in sorted(of[sentence.id], key=str):
            earliest[unit].setdefault(sentence.article, position[sentence.article])
            having[unit].append(manner)
    headlines = [units(stems(article.title)) for article in story.articles if article.title]
    found = {}
    for unit, places in earliest.items():
        at = places.values()
        articles = len(story.articles)
        spread = len(places) / articles
        headline = sum(unit in one for one in headlines) / max(1, len(headlines))
        early = sum(exp((1 - p) / 10) for p in at) / articles
        manners = [fsum(column) / len(having[unit]) for column in zip(*having[unit], strict=True)]
        found[unit] = (
            spread,
            log(len(having[unit])),
            headline,
            sum(1 / p for p in at) / articles,
            early,
            sum(1 / sqrt(p) for p in at) / articles,
            sum(p == 1 for p in at) / articles,
            len(having[unit]) / len(story.sentences),
            float(len(places) == articles),
            spread * headline,
            spread * early,
            *manners,
            min(manner[-1] for manner in having[unit]),
        )
    return found


def _manner(text: str) -> tuple[float, ...]:
    return (
        float(bool(_MARKS.search(text))),
        float(bool(_PERSONAL.search(text))),
        float(bool(SAYING.search(text))),
        float(text.rstrip("\"'”’").endswith("?")),
        len(text.split()) / 30,
    )
