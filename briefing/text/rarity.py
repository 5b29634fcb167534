"""How rare a word is: in the articles at hand, and in the news at large."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import log

BACKGROUND_TEXTS = 100.0
"""Weight of the background, in articles: it decides among a handful, and hardly matters among
thousands."""

_FILE = files("briefing") / "weights" / "background_idf.txt.gz"


@dataclass(frozen=True, slots=True)
class Background:
    """In how many of so many open texts a stem stands; training/grouping.py counted them."""

    texts: int
    counts: Mapping[str, int]

    def share(self, stem: str) -> float:
        """Return the share of texts with `stem`; half a text for one that was never seen."""
        return (self.counts.get(stem, 0) + 0.5) / (self.texts + 1)


@lru_cache(maxsize=1)
def background() -> Background:
    """Return the counts that come with briefing: the number of texts, then a stem a line."""
    head, *lines = gzip.decompress(_FILE.read_bytes()).decode("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return Background(int(head), {stem: int(count) for stem, count in pairs})


def rarity(stem: str, count: int, texts: int, language: str = "en") -> float:
    """Return the inverse document frequency of `stem`, never below 0.

    Args:
        stem: As `text.words.stem` makes it.
        count: Of the texts at hand that have it.
        texts: The texts at hand.
        language: Of the text; the background knows English only.
    """
    if language != "en":
        return log((texts + 1) / max(count, 0.5))
    share = (count + BACKGROUND_TEXTS * background().share(stem)) / (texts + BACKGROUND_TEXTS)
    return max(0.0, -log(share))
