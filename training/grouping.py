"""Make what grouping ships with: how rare each word is in the news at large.

    python -m training.grouping background --data news_text.jsonl.gz
    python -m training.grouping tune --sets DIR --tries 40

`background` counts in how many texts each stem stands and writes
briefing/weights/background_idf.txt.gz, the same bytes each time. A line of the data is a text with
`title` and `text`. `tune` tries random values for the numbers of `steps.group.board` and prints
how well they do: it changes nothing. The card is training/grouping.md.
"""

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench import stories as bench
from briefing.steps.group import board
from briefing.text.words import content_stems

WEIGHTS = Path(__file__).parents[1] / "briefing" / "weights" / "background_idf.txt.gz"
FEWEST_TEXTS = 3
"""A stem of fewer texts is left out: it is as rare as one that was never seen, and often a name
or a slip."""

FOLDERS = 9
"""Small folders of each set that are looked at; users have more of these than of large ones."""

MOST_CHARS = 6_000
"""Of a text: an article is rarely longer, and the speeches among the data are."""

CHOICES = {
    "THRESHOLD": (0.36, 0.38, 0.40, 0.41, 0.42, 0.44, 0.46),
    "CONTRAST": (0.65, 0.7, 0.75, 0.8, 0.85),
    "DECAY": (0.25, 0.35, 0.45, 0.55),
    "FOLLOW_UP_DECAY": (0.15, 0.2, 0.25, 0.35),
    "CROWD": (0.1, 0.15, 0.2, 0.25),
    "UNDATED": (0.8, 0.85, 0.9, 0.95, 1.0),
}


def count(data: Path) -> None:
    """Count the stems of open texts, and write the weights."""
    counts: Counter[str] = Counter()
    texts = 0
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            counts.update(set(content_stems(f"{row['title']} {row['text'][:MOST_CHARS]}")))
            texts += 1
    kept = [f"{stem}\t{n}" for stem, n in sorted(counts.items()) if n >= FEWEST_TEXTS]
    content = "\n".join([str(texts), *kept, ""]).encode("utf-8")
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_bytes(gzip.compress(content, 9, mtime=0))
    print(f"{texts:,} texts, {len(kept):,} stems, {WEIGHTS.stat().st_size:,} bytes")


def tune(folder: Path, tries: int, seed: int) -> None:
    """Print, for random values, the mean F1 over whole sets and over small folders of them."""
    chance = random.Random(seed)
    sets = []
    for file in sorted(folder.glob("*.jsonl")):
        rows = bench.read(file)
        made = zip(bench.articles_of(bench.hidden(rows)), rows, strict=True)
        sets.append([(one, str(row["story"])) for one, row in made if one is not None])
    for _ in range(tries):
        values = {name: chance.choice(of) for name, of in CHOICES.items()}
        for name, value in values.items():
            setattr(board, name, value)
        whole = [f1(labelled) for labelled in sets]
        small = [f1(bench.folder(labelled, n)) for labelled in sets for n in range(FOLDERS)]
        print(
            f"{sum(whole) / len(whole):.4f} {sum(small) / len(small):.4f}",
            [round(each, 3) for each in whole],
            values,
            flush=True,
        )


def f1(labelled: Sequence[bench.Labelled]) -> float:
    """Return BCubed F1 of grouping articles with known stories."""
    found = bench.by_briefing([article for article, _ in labelled])
    return bench.score([story for _, story in labelled], found)["bcubed_f1"]


def main() -> None:
    """Count, or tune."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("job", choices=["background", "tune"])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--sets", type=Path)
    parser.add_argument("--tries", type=int, default=40)
    parser.add_argument("--seed", type=int, default=2031)
    options = parser.parse_args()
    if options.job == "background" and options.data:
        count(options.data)
    elif options.job == "tune" and options.sets:
        tune(options.sets, options.tries, options.seed)
    else:
        parser.error("background needs --data FILE, tune needs --sets DIR")


if __name__ == "__main__":
    main()
