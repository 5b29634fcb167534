"""Group labelled articles into stories, and score it beside the usual ways of doing so.

    pip install -e . --group bench
    python bench/stories.py --data FILE.jsonl --out preds.jsonl    # any articles, labelled or not
    python bench/stories.py --sets DIR                           # results/stories.json

A line of a file is an article with `id`, `title`, `text`, `date`, `lang`, and where it is known
`story`. What names the story (`story`, `story_title`, `topic`, and `id`, which often holds it) is
hidden, and the articles are shuffled, before anything is grouped. It goes the way of `briefing
groups`: cleaned, then grouped. An article that cleaning refuses is a cluster of its own.

The scores are BCubed (Amigo et al., 2009) and pairwise. "stream" places the articles one by one,
in the order of their dates where all have one, else as they were shuffled; "moved" counts how
often that moved an article that was placed before, for each article.

"small folders" are what a person puts together: a dozen articles or fewer, of one to three stories
of a set, half of the time of stories whose names stand side by side, which are often look-alikes.
There are 90 a set, each grouped by itself; "whole" is the share of those on one story that come out
as one.
"""

import argparse
import json
import os
import platform
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any

import briefing
from briefing import grouping
from briefing.data.article import Article
from briefing.data.document import Document
from briefing.edges.parse.when import moment
from briefing.pipeline import clean_all
from briefing.steps.group import Stream, canonical_order
from briefing.text.words import content_stems

RESULTS = Path(__file__).parent / "results" / "stories.json"
MAX_CHARS = 200_000
SEED = 2031
WINDOW_DAYS = 14.0
FOLDERS = 90
FEWEST_IN_FOLDER, MOST_IN_FOLDER, MOST_STORIES = 4, 12, 3
Row = dict[str, Any]
Labels = list[str]
Labelled = tuple[Article, str]
"""An article, and the story that it tells."""


def articles_of(rows: Sequence[Row]) -> list[Article | None]:
    """Return the cleaned article of each row, or None where it holds none."""
    found: list[Article | None] = []
    for number, row in enumerate(rows):
        title, text = row.get("title") or "", (row.get("text") or "").strip()
        document = Document(
            source=f"row {number}",
            title=title if text else "",
            text=text or title,
            outlet=row.get("source") or "",
            published=moment(row.get("date")),
            language=row.get("lang") or "",
        )
        cleaned, _ = clean_all([document], max_chars=MAX_CHARS)
        found.append(cleaned[0] if cleaned else None)
    return found


def by_briefing(articles: Sequence[Article]) -> Labels:
    """Group as `briefing groups` does."""
    label = {
        article.source: cluster.id
        for cluster in grouping.stories(articles)
        for article in cluster.articles
    }
    return [label[article.source] for article in articles]


def by_stream(articles: Sequence[Article]) -> tuple[Labels, float]:
    """Group one by one; return also how often an article was moved later, for each article."""
    are_dated = all(article.published for article in articles)
    stream = Stream()
    story: dict[str, str] = {}
    moved = 0
    for article in canonical_order(articles) if are_dated else articles:
        if article.sha256 in story:
            continue
        for placed in stream.place(article):
            moved += placed.sha256 != article.sha256
            story[placed.sha256] = placed.story
    return [story[article.sha256] for article in articles], moved / max(len(articles), 1)


def by_singletons(articles: Sequence[Article]) -> Labels:
    """Make every article its own story."""
    return [article.source for article in articles]


def by_minhash(articles: Sequence[Article]) -> Labels:
    """Join what shares half of its runs of five words (datasketch: MinHash LSH, components)."""
    datasketch = import_module("datasketch")
    lsh = datasketch.MinHashLSH(threshold=0.5, num_perm=128)
    label: dict[str, str] = {}
    for article in articles:
        words = article.text.lower().split()
        sketch = datasketch.MinHash(num_perm=128)
        sketch.update_batch(
            [" ".join(words[at : at + 5]).encode() for at in range(max(1, len(words) - 4))]
        )
        roots = sorted({label[near] for near in lsh.query(sketch)})
        lsh.insert(article.source, sketch)
        label[article.source] = roots[0] if roots else article.source
        for name, root in label.items():
            if root in roots[1:]:
                label[name] = roots[0]
    return [label[article.source] for article in articles]


def tfidf(articles: Sequence[Article]) -> Any:  # noqa: ANN401 -- a sparse matrix
    """Return the usual vectors: stems, logarithmic frequency, inverse document frequency."""
    vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer(
        tokenizer=content_stems, token_pattern=None, lowercase=False, sublinear_tf=True
    )
    return vectorizer.fit_transform([f"{article.title}\n{article.text}" for article in articles])


def by_single_pass(articles: Sequence[Article]) -> Labels:
    """Join each to the nearest centroid of the last 14 days, from cosine .25 on."""
    numpy = import_module("numpy")
    vectors = tfidf(articles)
    order = {article.source: at for at, article in enumerate(articles)}
    label = [""] * len(articles)
    centroids: list[tuple[str, Any, float | None]] = []
    for article in canonical_order(articles):
        at = order[article.source]
        vector = vectors[at].toarray()[0]
        day = article.published and float(article.published.toordinal())
        scores = [
            float(vector @ centroid / (numpy.linalg.norm(centroid) or 1.0))
            if day is None or last is None or abs(day - last) <= WINDOW_DAYS
            else 0.0
            for _, centroid, last in centroids
        ]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is not None and scores[best] >= 0.25:
            name, centroid, _ = centroids[best]
            centroids[best] = (name, centroid + vector, day)
            label[at] = name
        else:
            centroids.append((article.source, vector, day))
            label[at] = article.source
    return label


def by_average_link(articles: Sequence[Article]) -> Labels:
    """Agglomerate by average cosine, down to .16 (scikit-learn).

    Of .06 to .38, the best for each set by itself would give .890 on average, .16 for all .844.
    """
    if len(articles) < 2:
        return by_singletons(articles)
    vectors = tfidf(articles)
    cluster = import_module("sklearn.cluster").AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - 0.16
    )
    return [str(of) for of in cluster.fit_predict(1 - (vectors @ vectors.T).toarray())]


BASELINES: dict[str, Callable[[Sequence[Article]], Labels]] = {
    "singletons": by_singletons,
    "minhash components": by_minhash,
    "tf-idf single pass, 14 days": by_single_pass,
    "tf-idf average link": by_average_link,
}


def score(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Return BCubed and pairwise precision, recall and F1."""
    both = Counter(zip(gold, found, strict=True))
    of_gold, of_found, total = Counter(gold), Counter(found), max(len(gold), 1)

    def pairs(counts: Iterable[int]) -> int:
        return sum(count * (count - 1) // 2 for count in counts)

    def f1(precision: float, recall: float) -> float:
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    precision = sum(n * n / of_found[pair[1]] for pair, n in both.items()) / total
    recall = sum(n * n / of_gold[pair[0]] for pair, n in both.items()) / total
    hit, ours, theirs = pairs(both.values()), pairs(of_found.values()), pairs(of_gold.values())
    pair_f1 = f1(hit / ours if ours else 1.0, hit / theirs if theirs else 1.0)
    values = {
        "bcubed_precision": precision,
        "bcubed_recall": recall,
        "bcubed_f1": f1(precision, recall),
        "pair_f1": pair_f1,
    }
    return {name: round(value, 4) for name, value in values.items()}


def folder(labelled: Sequence[Labelled], number: int) -> list[Labelled]:
    """Return some articles of one, two or three stories, in turn, and no two the same."""
    chance = random.Random(f"{SEED} {number}")
    told: dict[str, list[Labelled]] = {}
    for article, story in labelled:
        told.setdefault(story, []).append((article, story))
    names = sorted(name for name, of in told.items() if len(of) > 1)
    start = chance.randrange(len(names))
    are_neighbours = chance.random() < 0.5
    order = names[start:] + names[:start] if are_neighbours else chance.sample(names, len(names))
    count = 1 + number % MOST_STORIES
    most = chance.randint(FEWEST_IN_FOLDER, MOST_IN_FOLDER) // count
    return [
        one
        for name in order[:count]
        for one in chance.sample(told[name], min(len(told[name]), max(2, most)))
    ]


def in_folders(
    labelled: Sequence[Labelled], way: Callable[[Sequence[Article]], Labels]
) -> dict[str, float]:
    """Return the mean BCubed F1 over small folders, and the share of one-story ones kept whole."""
    f1, whole = [], []
    for number in range(FOLDERS):
        drawn = folder(labelled, number)
        found = way([article for article, _ in drawn])
        gold = [story for _, story in drawn]
        f1.append(score(gold, found)["bcubed_f1"])
        if len(set(gold)) == 1:
            whole.append(len(set(found)) == 1)
    return {
        "bcubed_f1": round(sum(f1) / len(f1), 4),
        "whole": round(sum(whole) / len(whole), 4),
    }


def read(file: Path) -> list[Row]:
    """Return the rows of a file, shuffled."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    random.Random(SEED).shuffle(rows)
    return rows


def hidden(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without anything that tells their stories."""
    told = {"id", "story", "story_title", "topic"}
    return [{key: value for key, value in row.items() if key not in told} for row in rows]


def spread(articles: Sequence[Article | None], labels: Sequence[str]) -> Labels:
    """Return a label for every row: those without an article are each on their own."""
    given = iter(labels)
    return [next(given) if one is not None else f"none {at}" for at, one in enumerate(articles)]


def measured(rows: Sequence[Row], *, compare: bool) -> tuple[Labels, dict[str, Any]]:
    """Return the labels of `rows`, and where they are labelled the scores of every way."""
    articles = articles_of(hidden(rows))
    usable = [article for article in articles if article is not None]
    began = process_time()
    ours = spread(articles, by_briefing(usable))
    report: dict[str, Any] = {"articles": len(rows), "refused": len(rows) - len(usable)}
    report["briefing_cpu_s"] = round(process_time() - began, 2)
    if not all("story" in row for row in rows):
        return ours, report
    gold = [str(row["story"]) for row in rows]
    again = list(usable)
    random.Random(SEED + 1).shuffle(again)
    label = dict(zip([one.source for one in again], by_briefing(again), strict=True))
    streamed, moved = by_stream(usable)
    report |= {
        "stories": len(set(gold)),
        "found": len(set(ours)),
        "same_when_shuffled": [label[one.source] for one in usable]
        == [of for of, one in zip(ours, articles, strict=True) if one is not None],
        "briefing": score(gold, ours),
        "briefing, stream": score(gold, spread(articles, streamed)) | {"moved": round(moved, 3)},
    }
    labelled = [(one, of) for one, of in zip(articles, gold, strict=True) if one is not None]
    small = report["small folders"] = {"briefing": in_folders(labelled, by_briefing)}
    if compare:
        for name, way in BASELINES.items():
            report[name] = score(gold, spread(articles, way(usable)))
            small[name] = in_folders(labelled, way)
    return ours, report


def table(sets: dict[str, dict[str, Any]]) -> str:
    """Return the scores as lines for a terminal: a row a way, a column a set, the mean last."""
    small = {name: of["small folders"] for name, of in sets.items()}
    lines = []
    for title, results, measure in (
        ("bcubed_f1", sets, "bcubed_f1"),
        ("pair_f1", sets, "pair_f1"),
        ("small folders, bcubed_f1", small, "bcubed_f1"),
        ("small folders, whole", small, "whole"),
    ):
        lines.append(f"{title:30}" + "".join(f"{name[:9]:>10}" for name in sets) + "      mean")
        for way in ways(results, measure):
            values = [of[way][measure] for of in results.values()]
            cells = "".join(f"{value:10.3f}" for value in [*values, sum(values) / len(values)])
            lines.append(f"{way:30}{cells}")
        lines.append("")
    return "\n".join(lines)


def ways(results: dict[str, dict[str, Any]], measure: str) -> list[str]:
    """Return the ways of grouping that have been measured so."""
    first = next(iter(results.values()))
    return [name for name, value in first.items() if isinstance(value, dict) and measure in value]


def means(sets: dict[str, dict[str, Any]], measures: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return the means over the sets."""
    return {
        way: {
            measure: round(sum(of[way][measure] for of in sets.values()) / len(sets), 4)
            for measure in measures
        }
        for way in ways(sets, measures[0])
    }


def main() -> None:
    """Group one file, or every file of a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sets", type=Path)
    parser.add_argument("--alone", action="store_true", help="leave out the other ways")
    options = parser.parse_args()
    if options.data:
        rows = read(options.data)
        labels, report = measured(rows, compare=not options.alone)
        if options.out:
            lines = (
                json.dumps({"id": row["id"], "cluster": label})
                for row, label in zip(rows, labels, strict=True)
            )
            options.out.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        print(json.dumps(report, indent=2))
    elif options.sets:
        files = sorted(options.sets.glob("*.jsonl"))
        sets = {file.stem: measured(read(file), compare=not options.alone)[1] for file in files}
        print(table(sets))
        others = [] if options.alone else ["scikit-learn", "datasketch"]
        result = {
            "versions": {"python": platform.python_version(), "briefing": briefing.__version__}
            | {name: version(name) for name in others},
            "machine": {"platform": platform.platform(), "cores": os.cpu_count()},
            "mean": means(sets, ("bcubed_f1", "pair_f1")),
            "mean of small folders": means(
                {name: of["small folders"] for name, of in sets.items()}, ("bcubed_f1", "whole")
            ),
            "sets": sets,
        }
        if not options.alone:
            RESULTS.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    else:
        parser.error("give --data FILE or --sets DIR")


if __name__ == "__main__":
    main()
