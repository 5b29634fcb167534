"""How few tokens carry what a human summary needs, beside plain concatenation.

    pip install --group bench
    python bench/packing.py --data FILE.jsonl [FILE.jsonl...] --out packed.jsonl [--budget TOKENS]

Rows are as for bench/extractive.py. Each row of packed.jsonl has `id`, `sentences` (the ids that
`briefing generate` would send), `text`, `tokens` and `left_out`, at `--budget` tokens.

Cover is the share of the distinct content stems of the reference that stand in what is sent;
`cover of pairs` is that of its pairs of neighbours of which one is a content stem. For each story
and each level, a share of the cover that all of its articles together have, the smallest budget
is looked for at which a method has that cover; `tokens` is what is sent then, over what all
articles take. Sentences are numbered as in the prompt, for each method alike, and counted with
o200k_base. `over plain` is the tokens of a method over those of plain concatenation, which sends
the articles as they come until the level is reached: the two at equal cover.

Methods: `briefing` is `pack`, as `generate` calls it, with each budget; plain concatenation; LEAD,
the first sentence of each article, then the second, and so on; and the sentences by the cosine of
their TF-IDF with the mean. Results go to bench/results/packing.json.
"""

import argparse
import json
import platform
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import briefing
from bench.extractive import by_set, tf_idf
from briefing.data.article import Sentence
from briefing.drafters import ExtractiveDrafter
from briefing.edges.tokens import Tokens
from briefing.errors import BudgetError
from briefing.pipeline import Assignment, prepare
from briefing.ports import Brief
from briefing.steps.pack import line, pack
from briefing.templating import template
from briefing.text.salience import Unit, stems, units
from training.salience import story_of

RESULTS = Path(__file__).parent / "results" / "packing.json"
LEVELS = (1.0, 0.95, 0.9, 0.8, 0.6)
STEPS = 20
"""Budgets that are tried of each story, evenly from nothing to all."""

COUNT = Tokens()

Row = dict[str, Any]
Send = Callable[[int], Sequence[Sentence]]
"""The sentences that a method sends within a budget."""


def senders(brief: Brief) -> dict[str, Send]:
    """Return the methods for one story."""
    sentences = brief.story.sentences
    found = tf_idf(brief)
    likeness = found @ found.mean(axis=0).T
    by_likeness = sorted(range(len(sentences)), key=lambda one: -float(likeness[one, 0]))
    in_turn = sorted(sentences, key=lambda one: int(one.id.rpartition(".")[2]))

    def packed(budget: int) -> Sequence[Sentence]:
        try:
            evidence = pack(brief.story, budget=budget, count=COUNT, copies=brief.copies)
        except BudgetError:
            return ()
        return evidence.sentences

    return {
        "briefing": packed,
        "plain concatenation": begin(sentences),
        "lead": begin(in_turn),
        "centroid": begin([sentences[one] for one in by_likeness]),
    }


def begin(order: Sequence[Sentence]) -> Send:
    """Return what sends the first sentences of `order` until one does not fit."""

    def send(budget: int) -> Sequence[Sentence]:
        sent: list[Sentence] = []
        for sentence in order:
            budget -= tokens([sentence])
            if budget < 0:
                break
            sent.append(sentence)
        return sent

    return send


def tokens(sentences: Sequence[Sentence]) -> int:
    """Return the tokens of the lines of sentences."""
    return sum(COUNT(line(sentence) + "\n") for sentence in sentences)


def cover(sentences: Sequence[Sentence], wanted: frozenset[Unit]) -> float:
    """Return the share of `wanted` that stands in the sentences."""
    had = {unit for sentence in sentences for unit in units(stems(sentence.text))}
    return len(had & wanted) / len(wanted)


def needed(send: Send, wanted: frozenset[Unit], whole: float, total: int) -> dict[float, int]:
    """Return the tokens sent at each level of the cover `whole`, where the budget is least."""
    found: dict[float, int] = {}
    for step in range(1, STEPS + 1):
        sent = send(total * step // STEPS + 1)
        reached = cover(sent, wanted)
        for level in LEVELS:
            if level not in found and reached >= level * whole - 1e-9:
                found[level] = tokens(sent)
    # What a method never reaches takes all there is.
    return {level: found.get(level, total) for level in LEVELS}


def measured(rows: Sequence[Row], briefs: dict[str, Brief]) -> dict[str, Any]:
    """Return the share of all tokens at each level of cover, and that over plain concatenation."""
    results: dict[str, Any] = {}
    for name, kind in (("cover", str), ("cover of pairs", tuple)):
        sums: dict[str, dict[float, float]] = defaultdict(lambda: defaultdict(float))
        count = 0
        for row in rows:
            brief = briefs[row["id"]]
            kept = units(stems(row["reference"]))
            wanted = frozenset(unit for unit in kept if isinstance(unit, kind))
            whole = cover(brief.story.sentences, wanted) if wanted else 0.0
            if not whole:
                continue
            count += 1
            total = tokens(brief.story.sentences)
            for method, send in senders(brief).items():
                for level, took in needed(send, wanted, whole, total).items():
                    sums[method][level] += took / total
        shares = {
            method: {f"{level:.0%}": round(of[level] / count, 3) for level in LEVELS}
            for method, of in sums.items()
        }
        plain = shares["plain concatenation"]
        results[name] = {
            "tokens over all": shares,
            "over plain": {
                method: {level: round(share / plain[level], 3) for level, share in of.items()}
                for method, of in shares.items()
            },
        }
    return results


def main() -> None:
    """Pack, measure, print, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--budget", type=int, default=6_000)
    options = parser.parse_args()
    rows: list[Row] = [
        json.loads(text) for file in options.data for text in file.read_text("utf-8").splitlines()
    ]
    briefs: dict[str, Brief] = {}
    with options.out.open("w", encoding="utf-8") as out:
        for row in rows:
            assignment = Assignment(
                template=template("summary"),
                focus=None,
                budget_tokens=options.budget,
                drafter=ExtractiveDrafter(),
                count=COUNT,
            )
            brief, _ = prepare(story_of(row).articles, assignment)
            briefs[row["id"]] = brief
            packed = {
                "id": row["id"],
                "sentences": [one.id for one in brief.evidence.sentences],
                "text": "\n".join(map(line, brief.evidence.sentences)),
                "tokens": brief.evidence.tokens,
                "left_out": len(brief.evidence.left_out),
            }
            out.write(json.dumps(packed, ensure_ascii=False) + "\n")
    gold = [row for row in rows if row.get("reference")]
    if gold:
        report(gold, briefs)


def report(rows: Sequence[Row], briefs: dict[str, Brief]) -> None:
    """Measure each set, print, and write the results."""
    results = {}
    for name, of_set in by_set(rows):
        results[name] = measured(of_set, briefs)
        print(f"\n{name}: {len(of_set)} stories")
        for kind, found in results[name].items():
            for title, methods in found.items():
                print(f"  {kind}, {title}")
                for method, shares in methods.items():
                    cells = "".join(f"{level:>7} {share:.3f}" for level, share in shares.items())
                    print(f"    {method:22}{cells}")
    written = {
        "python": platform.python_version(),
        "versions": {"briefing": briefing.__version__, "tiktoken": version("tiktoken")},
        "results": results,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(written, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
