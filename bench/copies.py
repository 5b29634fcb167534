"""Find the copies among articles, as `briefing generate` does, beside MinHash.

    pip install --group bench
    python bench/copies.py --data FILE.jsonl --out preds.jsonl

Each row of FILE has `id` and `text`, perhaps `title`; each row of preds.jsonl has `id` and `group`,
the id of the first row that is a copy of the same article. Where the rows have a gold `group`,
BCubed scores are printed, for ours and for components of MinHash at Jaccard .5 by datasketch and
rensa, and the recall of each `variant`. Where they have `variant`, each copy is also compared with
its `original`, to count the changed figures that are noticed, and those that are noticed where
none was changed.

More, each for itself:

    --natural DIR   natural_docs.jsonl and natural_pairs.jsonl: pairs found, by how much they share
    --seeds DIR     a folder of articles of one story: shared runs, beside a search by brute force
    --cost N        seconds of CPU for N invented articles

What is measured goes to bench/results/copies.json.
"""

import argparse
import json
import platform
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from time import process_time
from typing import Any

import briefing
from briefing.data.article import Article
from briefing.data.document import Document
from briefing.edges import reading
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from briefing.steps.split import split
from briefing.steps.trace import near_copies, trace
from briefing.text.wording import Wording, canonical_words, wording

RESULTS = Path(__file__).parent / "results" / "copies.json"
JACCARD = 0.5
PERMUTATIONS = 128
BANDS = 32
SHINGLE = 5
RUN = 12
MAX_CHARS = 200_000

Row = dict[str, Any]
Find = Callable[[Mapping[str, str]], Sequence[Sequence[str]]]
"""Groups of ids, by text."""


def ours(texts: Mapping[str, str]) -> Sequence[Sequence[str]]:
    """Return the groups as `steps.trace` finds them."""
    return near_copies({id_: canonical_words(text) for id_, text in texts.items()})


def shingles(text: str) -> set[str]:
    """Return the sets of words that both MinHash libraries are given."""
    words = canonical_words(text)
    return {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}


def by_datasketch(texts: Mapping[str, str]) -> Sequence[Sequence[str]]:
    """Return the components of datasketch's MinHash LSH."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS)
    hashes: dict[str, Any] = {}
    links: list[tuple[str, str]] = []
    for id_, text in texts.items():
        hashed = MinHash(num_perm=PERMUTATIONS)
        hashed.update_batch([shingle.encode() for shingle in shingles(text)])
        links += [(id_, o) for o in index.query(hashed) if hashed.jaccard(hashes[o]) >= JACCARD]
        index.insert(id_, hashed)
        hashes[id_] = hashed
    return components(links)


def by_rensa(texts: Mapping[str, str]) -> Sequence[Sequence[str]]:
    """Return the components of rensa's MinHash LSH."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS, num_bands=BANDS)
    hashes: list[Any] = []
    names = list(texts)
    links: list[tuple[str, str]] = []
    for number, text in enumerate(texts.values()):
        hashed = RMinHash(num_perm=PERMUTATIONS, seed=42)
        hashed.update(list(shingles(text)))
        links += [
            (names[number], names[other])
            for other in index.query(hashed)
            if hashed.jaccard(hashes[other]) >= JACCARD
        ]
        index.insert(number, hashed)
        hashes.append(hashed)
    return components(links)


FINDERS: dict[str, Find] = {"briefing": ours, "datasketch": by_datasketch, "rensa": by_rensa}


def components(links: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return the groups that links make."""
    group: dict[str, list[str]] = {}
    for one, other in links:
        mine, theirs = group.setdefault(one, [one]), group.setdefault(other, [other])
        if mine is not theirs:
            mine += theirs
            for member in theirs:
                group[member] = mine
    return list({id(members): members for members in group.values()}.values())


def cleaned(rows: Sequence[Row]) -> dict[str, Article]:
    """Return the article of each row, by the row's id; junk has none."""
    found = {}
    for row in rows:
        document = Document(source=row["id"], title=row.get("title") or "", text=row["text"])
        articles, _ = clean_all([document], max_chars=MAX_CHARS)
        if articles:
            found[row["id"]] = articles[0]
    return found


def predicted(rows: Sequence[Row], articles: Mapping[str, Article], find: Find) -> dict[str, str]:
    """Return, for each row, the id of the first row of its group."""
    groups = find({article.id: article.text for article in articles.values()})
    name = {article: group[0] for group in groups for article in group}
    first: dict[str, str] = {}
    labels = {}
    for row in rows:
        article = articles.get(row["id"])
        key = name.get(article.id, article.id) if article else f"junk {row['id']}"
        labels[row["id"]] = first.setdefault(key, row["id"])
    return labels


def scores(rows: Sequence[Row], labels: Mapping[str, str]) -> dict[str, Any]:
    """Return BCubed and pairwise scores, and how many of each variant are with a copy of theirs."""
    gold = [row["group"] for row in rows]
    mine = [labels[row["id"]] for row in rows]
    cells, of_gold, of_mine = Counter(zip(gold, mine, strict=True)), Counter(gold), Counter(mine)
    precision = sum(n * n / of_mine[label] for (_, label), n in cells.items()) / len(rows)
    recall = sum(n * n / of_gold[group] for (group, _), n in cells.items()) / len(rows)
    pairs = [sum(n * (n - 1) // 2 for n in c.values()) for c in (cells, of_mine, of_gold)]
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        if of_gold[row["group"]] > 1 and "variant" in row:
            found[row["variant"]].append(cells[row["group"], labels[row["id"]]] > 1)
    return {
        "bcubed_precision": round(precision, 4),
        "bcubed_recall": round(recall, 4),
        "bcubed_f1": round(2 * precision * recall / (precision + recall), 4),
        "pair_precision": round(pairs[0] / pairs[1], 4) if pairs[1] else 1.0,
        "pair_recall": round(pairs[0] / pairs[2], 4) if pairs[2] else 1.0,
        "found_by_variant": {
            variant: f"{sum(of_it)} of {len(of_it)}" for variant, of_it in sorted(found.items())
        },
    }


def changed_figures(rows: Sequence[Row], articles: Mapping[str, Article]) -> dict[str, Any]:
    """Return how many of the figures that copies change are noticed, by variant."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["group"]].append(row)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for members in groups.values():
        for original in (row for row in members if row["variant"] == "original"):
            for copy in (row for row in members if row is not original):
                pair = [articles[row["id"]] for row in (original, copy)]
                noticed = len(trace(split(pair)).changes)
                made = _edits(*(article.text for article in pair))
                count = counted[copy["variant"]]
                count["copies"] += 1
                count["with_changed_figures"] += made > 0
                count["of_which_all_noticed"] += 0 < made <= noticed
                count["of_which_some_noticed"] += made > 0 < noticed
                count["false_alarms"] += noticed > 0 == made
    return {variant: dict(count) for variant, count in sorted(counted.items())}


def _edits(one: str, other: str) -> int:
    """Return how many places differ in nothing but digits: what the changed copies were made by."""
    left, right = one.split(), other.split()
    return sum(
        one != other and _without_digits(one) == _without_digits(other)
        for tag, *places in SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        if tag == "replace" and places[1] - places[0] == places[3] - places[2]
        for one, other in zip(left[slice(*places[:2])], right[slice(*places[2:])], strict=True)
    )


def _without_digits(word: str) -> str:
    return re.sub(r"\d[\d,.]*", "0", word)


def natural(folder: Path) -> dict[str, Any]:
    """Return how many natural pairs are found, by the share of the shorter that both have."""
    rows = read(folder / "natural_docs.jsonl")
    articles = cleaned(rows)
    labels = {name: predicted(rows, articles, find) for name, find in FINDERS.items()}
    bands: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in read(folder / "natural_pairs.jsonl"):
        band = f"containment {min(int(pair['containment5'] * 10), 9) / 10:.1f} and more"
        bands[band]["pairs"] += 1
        for name, of_it in labels.items():
            bands[band][name] += of_it.get(pair["a"]) == of_it.get(pair["b"])
    return {band: dict(count) for band, count in sorted(bands.items())}


def seeds(folder: Path) -> dict[str, Any]:
    """Return how many of the shared runs of twelve words are found with their exact places."""
    found = reading.read([str(folder)], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=MAX_CHARS)
    story = split(articles)
    copies = trace(story)
    runs = {
        (alignment.left, alignment.right, run.left, run.right)
        for alignment in copies.alignments
        for run in alignment.runs
    }
    texts = sorted((article.id, wording(article.text)) for article in story.articles)
    wanted = {
        (left, right, one.span(at, at + size), other.span(there, there + size))
        for (left, one), (right, other) in combinations(texts, 2)
        for at, there, size in brute_force(one, other)
    }
    label = {article.id: f"S{number}" for number, article in enumerate(story.articles, start=1)}
    return {
        "runs_of_12_words": len(wanted),
        "found_with_exact_places": len(wanted & runs),
        "origins": [
            {
                "articles": sorted(label[article] for article in origin.articles),
                "first": label.get(origin.first or ""),
                "source": origin.source,
                "words": origin.words,
            }
            for origin in copies.origins
        ],
    }


def brute_force(one: Wording, other: Wording) -> Iterator[tuple[int, int, int]]:
    """Yield the maximal shared runs: both places and the words, all places tried."""
    left, right = one.keys, other.keys
    for at in range(len(left)):
        for there in range(len(right)):
            if left[at] != right[there] or (at and there and left[at - 1] == right[there - 1]):
                continue
            size = 1
            while left[at + size : at + size + 1] == right[there + size : there + size + 1] != ():
                size += 1
            if size >= RUN:
                yield at, there, size


def invented(count: int) -> dict[str, str]:
    """Return articles of about 480 words, a fifth of them copies of others, shortened or edited."""
    chance = random.Random(2031)
    letters = "abcdefghiklmnoprstuvz"
    lexicon = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(20_000)]
    weights = [1 / (rank + 10) for rank in range(len(lexicon))]
    texts: list[list[str]] = []
    while len(texts) < count:
        if texts and chance.random() < 0.2:
            words = list(chance.choice(texts))
            for at in chance.sample(range(len(words)), len(words) // 60):
                words[at] = chance.choice(lexicon)
            texts.append(words[: chance.randint(len(words) // 2, len(words))])
        else:
            texts.append(chance.choices(lexicon, weights=weights, k=480))
    return {str(number): " ".join(words) for number, words in enumerate(texts)}


def cost(count: int) -> dict[str, Any]:
    """Return the CPU time of each finder for so many articles."""
    texts = invented(count)
    ours(dict(list(texts.items())[:50]))  # So that no finder pays for another's imports.
    taken = {}
    for name, find in FINDERS.items():
        begun = process_time()
        groups = find(texts)
        seconds = process_time() - begun
        taken[name] = {
            "cpu_s": round(seconds, 2),
            "articles_a_second": round(count / seconds),
            "articles_in_groups": sum(map(len, groups)),
        }
    ratios = {
        name: round(of_it["cpu_s"] / taken["briefing"]["cpu_s"], 2) for name, of_it in taken.items()
    }
    return {"articles": count, **taken, "their_cpu_over_ours": ratios}


def read(path: Path) -> list[Row]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    """Measure what is asked for, print it, and write it to `bench/results/copies.json`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--natural", type=Path)
    parser.add_argument("--seeds", type=Path)
    parser.add_argument("--cost", type=int)
    asked = parser.parse_args()
    measured: dict[str, Any] = {}
    if asked.data:
        rows = read(asked.data)
        articles = cleaned(rows)
        labels = predicted(rows, articles, ours)
        if asked.out:
            lines = [json.dumps({"id": row["id"], "group": labels[row["id"]]}) for row in rows]
            asked.out.write_text("\n".join(lines) + "\n", "utf-8")
        if rows and all("group" in row for row in rows):
            measured["near_copies"] = {
                name: scores(rows, predicted(rows, articles, find))
                for name, find in FINDERS.items()
            }
            if all("variant" in row for row in rows):
                measured["changed_figures"] = changed_figures(rows, articles)
    if asked.natural:
        measured["natural_pairs"] = natural(asked.natural)
    if asked.seeds:
        measured["seeds"] = seeds(asked.seeds)
    if asked.cost:
        measured["cost"] = cost(asked.cost)
    print(json.dumps(measured, indent=2, ensure_ascii=False))
    if measured:
        kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
        versions = {name: version(name) for name in ("datasketch", "rensa", "numpy")}
        kept |= {
            "python": platform.python_version(),
            "versions": {"briefing": briefing.__version__, **versions},
            **measured,
        }
        RESULTS.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    try:
        main()
    except ModuleNotFoundError as error:
        sys.exit(f"There is no {error.name}: pip install --group bench")
