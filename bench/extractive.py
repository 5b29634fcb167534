"""What the extractive drafter picks, against human summaries and beside known methods.

    pip install --group bench
    python bench/extractive.py --data FILE.jsonl [FILE.jsonl...] --out preds.jsonl

Each row of FILE has `id`, `articles` (objects with `text`, perhaps `title`, `source` and `date`),
perhaps `set`, and perhaps a human `reference`. Each row of preds.jsonl has `id` and `summary`.
Without references nothing is scored.

Ours is `briefing generate --template summary --words N` up to the draft. Every method is given
the same numbered sentences, and every summary ends with word N, in the middle of a sentence if
need be, as DUC did: 60 words for AllSides, 300 for Multi-News, 50 for NeuS, or `--words`.

ROUGE is that of rouge-score with its stemmer, F1, means over the rows. Redundancy is the mean
cosine between two sentences of a summary, on counts of content stems. `held out` is ours with
weights learnt without the rows that it is scored on, in five parts (training/salience.py); the
row `briefing` uses the weights that come with it, which have seen these rows.

LexRank is that of Erkan and Radev (2004): idf-modified cosine, threshold .1, damping .15, and
what has a cosine of more than .5 with a picked sentence is passed over. The oracle adds the
sentence that most raises the recall of the reference's words and pairs.

Results go to bench/results/extractive.json.
"""

import argparse
import json
import platform
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import combinations, pairwise
from math import sqrt
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy
from rouge_score import rouge_scorer
from rouge_score.tokenizers import DefaultTokenizer
from sklearn.feature_extraction.text import TfidfVectorizer

import briefing
from briefing.data.article import Sentence
from briefing.drafters import ExtractiveDrafter
from briefing.edges.tokens import Tokens
from briefing.pipeline import Assignment, prepare
from briefing.ports import Brief
from briefing.templating import of_length, template
from briefing.text import salience
from briefing.text.words import content_stems

sys.path.insert(0, str(Path(__file__).parents[1]))

from training.salience import learn, story_of

RESULTS = Path(__file__).parent / "results" / "extractive.json"
WORDS = {"allsides": 60, "multinews": 300, "neus": 50}
OTHERWISE = 150
FOLDS = 5
MEASURES = ("rouge1", "rouge2", "rougeL")
THRESHOLD, DAMPING, TOO_ALIKE = 0.1, 0.15, 0.5
ENOUGH_TOKENS = 10**7

Row = dict[str, Any]
Pick = Callable[[Brief, Row], Sequence[str]]
"""Sentences of a summary, the most important first."""


def brief_of(row: Row, words: int) -> Brief:
    """Return what the drafter is given of a row: all of its sentences."""
    assignment = Assignment(
        template=of_length(template("summary"), words),
        focus=None,
        budget_tokens=ENOUGH_TOKENS,
        drafter=ExtractiveDrafter(),
        count=Tokens(),
    )
    return prepare(story_of(row).articles, assignment)[0]


def ours(brief: Brief, row: Row) -> Sequence[str]:
    """Return what `briefing generate` would draft."""
    return [sentence.text for sentence in ExtractiveDrafter().draft(brief).sentences]


def lead(brief: Brief, row: Row) -> Sequence[str]:
    """Return the beginning of the first article, then of the next."""
    return texts(brief.story.sentences)


def lead_in_turn(brief: Brief, row: Row) -> Sequence[str]:
    """Return the first sentence of each article, then the second of each, and so on."""
    return texts(sorted(brief.story.sentences, key=lambda one: int(one.id.rpartition(".")[2])))


def centroid(brief: Brief, row: Row) -> Sequence[str]:
    """Return the sentences by their TF-IDF cosine with the mean of all."""
    found = tf_idf(brief)
    mean = numpy.asarray(found.mean(axis=0)).ravel()
    return ranked(brief, found @ mean)


def lexrank(brief: Brief, row: Row) -> Sequence[str]:
    """Return the sentences by LexRank, without those that say what a better one says."""
    found = tf_idf(brief)
    alike = (found @ found.T).toarray()
    linked = (alike > THRESHOLD).astype(float)
    linked /= linked.sum(axis=1, keepdims=True).clip(min=1)
    rank = numpy.full(len(linked), 1 / len(linked))
    for _ in range(100):
        rank = DAMPING / len(linked) + (1 - DAMPING) * linked.T @ rank
    picked: list[int] = []
    for one in numpy.argsort(-rank, kind="stable"):
        if all(alike[one, other] <= TOO_ALIKE for other in picked):
            picked.append(int(one))
    return texts([brief.story.sentences[one] for one in picked])


def oracle(brief: Brief, row: Row) -> Sequence[str]:
    """Return the sentences that most help the recall of the reference, one by one."""
    wanted = grams(row["reference"])
    left = {sentence: grams(sentence.text) for sentence in brief.story.sentences}
    picked: list[Sentence] = []
    while left:
        # A long sentence crowds out others.
        gains = {
            one: sum((of & wanted).values()) / sqrt(len(one.text.split()))
            for one, of in left.items()
        }
        best = max(gains, key=gains.__getitem__)
        if not gains[best]:
            break
        wanted -= left.pop(best)
        picked.append(best)
    return texts(picked)


def grams(text: str) -> Counter[tuple[str, ...]]:
    """Return the words and pairs of words as ROUGE counts them."""
    tokens = DefaultTokenizer(use_stemmer=True).tokenize(text)
    return Counter([*((one,) for one in tokens), *pairwise(tokens)])


def tf_idf(brief: Brief) -> Any:  # noqa: ANN401 -- a sparse matrix, which has no types
    """Return a row a sentence, of length one."""
    bags = [" ".join(content_stems(sentence.text)) for sentence in brief.story.sentences]
    return TfidfVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False).fit_transform(
        bags
    )


def ranked(brief: Brief, scores: Any) -> Sequence[str]:  # noqa: ANN401
    """Return the sentences by score, the best first."""
    order = numpy.argsort(-numpy.asarray(scores), kind="stable")
    return texts([brief.story.sentences[one] for one in order])


def texts(sentences: Sequence[Sentence]) -> list[str]:
    """Return the words of sentences, without line breaks."""
    return [" ".join(sentence.text.split()) for sentence in sentences]


def cut(sentences: Sequence[str], words: int) -> list[str]:
    """Return so many words of sentences, the last one cut."""
    kept = []
    for sentence in sentences:
        if words <= 0:
            break
        kept.append(" ".join(sentence.split()[:words]))
        words -= len(sentence.split())
    return kept


def redundancy(sentences: Sequence[str]) -> float:
    """Return the mean cosine between two of the sentences; 0 of one."""
    bags = [Counter(content_stems(sentence)) for sentence in sentences]
    found = [cosine(one, other) for one, other in combinations(bags, 2)]
    return sum(found) / len(found) if found else 0.0


def cosine(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Return how alike two bags of words are."""
    lengths = sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return sum(n * other.get(stem, 0) for stem, n in one.items()) / lengths if lengths else 0.0


def held_out(rows: Sequence[Row], briefs: Mapping[str, Brief]) -> Mapping[str, Sequence[str]]:
    """Return ours for each row by its id, with weights that have not seen it."""
    found: dict[str, Sequence[str]] = {}
    for fold in range(FOLDS):
        fits = salience.fits_of(learn([row for n, row in enumerate(rows) if n % FOLDS != fold]))
        with patch.object(salience, "_fits", lambda fits=fits: fits):
            for row in rows[fold::FOLDS]:
                found[row["id"]] = ours(briefs[row["id"]], row)
    return found


def main() -> None:
    """Summarise, score, print, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=int, help="for every row")
    options = parser.parse_args()
    rows: list[Row] = [
        json.loads(line) for file in options.data for line in file.read_text("utf-8").splitlines()
    ]
    limits = {row["id"]: options.words or WORDS.get(row.get("set", ""), OTHERWISE) for row in rows}
    briefs = {row["id"]: brief_of(row, limits[row["id"]]) for row in rows}
    summaries = {row["id"]: cut(ours(briefs[row["id"]], row), limits[row["id"]]) for row in rows}
    with options.out.open("w", encoding="utf-8") as out:
        for row in rows:
            summary = " ".join(summaries[row["id"]])
            out.write(json.dumps({"id": row["id"], "summary": summary}, ensure_ascii=False) + "\n")
    gold = [row for row in rows if row.get("reference")]
    if gold:
        report(gold, briefs, limits)


def report(rows: Sequence[Row], briefs: Mapping[str, Brief], limits: Mapping[str, int]) -> None:
    """Score all methods, print a table a set, and write the results."""
    methods: dict[str, Pick] = {
        "briefing": ours,
        "lead": lead,
        "lead in turn": lead_in_turn,
        "centroid": centroid,
        "lexrank": lexrank,
        "oracle": oracle,
    }
    unseen = held_out(rows, briefs)
    methods["held out"] = lambda brief, row: unseen[row["id"]]
    results: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, of_set in by_set(rows):
        print(f"\n{name}: {len(of_set)} stories, {limits[of_set[0]['id']]} words")
        for method, pick in methods.items():
            scores = measured(pick, of_set, briefs, limits)
            results[name][method] = scores
            print(f"  {method:14}" + "".join(f"{k:>12} {v:.4f}" for k, v in scores.items()))
    written = {
        "python": platform.python_version(),
        "versions": {"briefing": briefing.__version__}
        | {name: version(name) for name in ("rouge-score", "scikit-learn")},
        "stories": {name: len(of_set) for name, of_set in by_set(rows)},
        "words": {name: limits[of_set[0]["id"]] for name, of_set in by_set(rows)},
        "results": results,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(written, indent=2) + "\n", "utf-8")


def by_set(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Return the rows of each set, sets in the order of their names."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.get("set", "all")].append(row)
    yield from sorted(found.items())


def measured(
    pick: Pick, rows: Sequence[Row], briefs: Mapping[str, Brief], limits: Mapping[str, int]
) -> dict[str, float]:
    """Return the means of one method over rows."""
    scorer = rouge_scorer.RougeScorer(list(MEASURES), use_stemmer=True)
    sums: Counter[str] = Counter()
    for row in rows:
        sentences = cut(pick(briefs[row["id"]], row), limits[row["id"]])
        scores = scorer.score(row["reference"], " ".join(sentences))
        sums.update({name: scores[name].fmeasure for name in MEASURES})
        sums["redundancy"] += redundancy(sentences)
    return {name: round(total / len(rows), 4) for name, total in sums.items()}


if __name__ == "__main__":
    main()
