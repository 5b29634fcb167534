"""Learn from human summaries which words of a story they keep.

    pip install --group bench
    python training/salience.py MDS.jsonl...

Each row has `articles` (objects with `text`, perhaps `title`), a human `reference`, and `set`.
Logistic regressions, of single stems and of pairs, for lists and for prose, on the features of
`briefing.text.salience`: does the summary have the unit? A story counts by the square root of its
units, so that long articles do not decide alone. What comes out is fifty numbers and no word
of any article: `briefing/weights/salience.json`, with a card that says what it was made from.

Tried and left out, for running text, judged by stories held out in five parts (AllSides .398 of
ROUGE-1, NeuS .396; the standard error of the first is .010): capitals, figures, rarity in the news
at large, likeness to other articles, centrality, words of headlines, place in the sentence, and all
of these with the length of the story. They tell better which units are kept (AUC on AllSides .740
to .764, pairs .672 to .700), but choose no better sentences: .395 to .398 on AllSides, .393 to .396
on NeuS. Nor does a second regression of what sentences are worth, on their place, length,
quotations, figures and likeness to other articles (AllSides .395 to .397, NeuS .394 to .399), nor
counting words told before for a little (.390 to .398).
"""

import argparse
import json
from collections import Counter
from importlib.metadata import version
from math import sqrt
from pathlib import Path
from typing import Any

import numpy
from sklearn.linear_model import LogisticRegression

from briefing.data.article import Story
from briefing.data.document import Document
from briefing.pipeline import clean_all
from briefing.steps.split import split
from briefing.text import salience

WEIGHTS = Path(__file__).parents[1] / "briefing" / "weights" / "salience.json"
MAX_CHARS = 200_000
DIGITS = 4

Example = tuple[tuple[float, ...], bool, float]
"""Features, whether the summary has it, and how much it counts."""


def story_of(row: dict[str, Any]) -> Story:
    """Return the articles of a row, cleaned and numbered as `briefing generate` does."""
    documents = [
        Document(source=f"{row['id']}#{number}", text=one["text"], title=one.get("title") or "")
        for number, one in enumerate(row["articles"], start=1)
    ]
    articles, _ = clean_all(documents, max_chars=MAX_CHARS)
    return split(articles)


def examples(row: dict[str, Any]) -> tuple[list[Example], list[Example]]:
    """Return the single stems and the pairs of a row."""
    story = story_of(row)
    kept = salience.units(salience.stems(row["reference"]))
    of = {one.id: salience.units(salience.stems(one.text)) for one in story.sentences}
    found: tuple[list[Example], list[Example]] = ([], [])
    values = salience.features(story, of)
    for is_pair in (False, True):
        units = [unit for unit in values if isinstance(unit, tuple) is is_pair]
        for unit in units:
            found[is_pair].append((values[unit], unit in kept, 1 / sqrt(len(units))))
    return found


def fit(of: list[Example], known: int) -> dict[str, Any]:
    """Return intercept and coefficients for the first `known` features as they are."""
    x = numpy.array([values[:known] for values, _, _ in of])
    y = numpy.array([is_kept for _, is_kept, _ in of])
    weights = numpy.array([weight for _, _, weight in of])
    mean, spread = x.mean(axis=0), x.std(axis=0)
    model = LogisticRegression(max_iter=1_000)
    model.fit((x - mean) / spread, y, sample_weight=weights / weights.mean())
    coefficients = model.coef_[0] / spread
    return {
        "intercept": round(float(model.intercept_[0] - coefficients @ mean), DIGITS),
        "coefficients": [round(float(one), DIGITS) for one in coefficients],
    }


def learn(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the regressions on `rows`, for lists and for prose."""
    single: list[Example] = []
    pair: list[Example] = []
    for row in rows:
        of_row = examples(row)
        single += of_row[0]
        pair += of_row[1]
    return {
        kind: {"features": names, "single": fit(single, len(names)), "pair": fit(pair, len(names))}
        for kind, names in salience.FEATURES.items()
    }


def main() -> None:
    """Learn, and write the weights with their card."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", nargs="+", type=Path)
    files = parser.parse_args().data
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    sets = Counter(row["set"] for row in rows)
    card = {
        "made_by": "training/salience.py",
        "from": {name: f"{count} stories with a human summary" for name, count in sets.items()},
        "holds": "coefficients of four logistic regressions; no word of any article",
        "scikit_learn": version("scikit-learn"),
    }
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_text(json.dumps({"card": card} | learn(rows), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
