"""How few tokens carry what a human summary needs, beside plain concatenation.

    pip install --group bench
    python bench/packing.py --data FILE.jsonl [FILE.jsonl...] --out packed.jsonl [--budget TOKENS]

Rows are as for bench/extractive.py. Each row of packed.jsonl has `id`, `sentences` (the ids that
`briefing generate` would send), `text`, `tokens` and `left_out`, at `--budget` tokens.

Cover is the share of what the reference has that stands in what is sent, counted in four ways:

- words: distinct content stems;
- pairs: neighbours of which one is a content stem;
- names and figures: words with a capital within a sentence, and numbers;
- support: sentences of the reference with a source. Its sources are the sentences that share the
  most stems and pairs with it, at least three, or nine tenths as many; one of them has to be sent.

For each story and each level, a share of the cover that all of its articles together have, the
smallest budget is looked for at which a method has that cover; what is sent then is given over
what all articles take. Sentences are numbered as in the prompt, for each method alike, and counted
with o200k_base. `over plain` is the tokens of a method over those of plain concatenation, which
sends the articles as they come until the level is reached: the two at equal cover.

Methods: `briefing` is `pack`, as `generate` calls it, with each budget; plain concatenation; LEAD,
the first sentence of each article, then the second, and so on; and the sentences by the cosine of
their TF-IDF with the mean. The oracle reads the reference and takes, sentence by sentence, what
adds most to that way of counting for its tokens: what nobody can do who does not know the summary.
Results go to bench/results/packing.json.

The aim of .60 over plain is not reached, and most of the way there is the oracle's knowledge: on
AllSides it needs .56 to .67 itself to cover words. Nothing that was tried without the summary comes
near in all four ways: the weights of running text instead of those of lists, weights with seven
more features (capitals, figures, likeness to other articles and to all sentences, place in the
sentence), other powers of the chance and of the cost, other bonuses for leads; on AllSides and on
the Multi-News stories of up to 150 sentences. The seven features do best: .01 to .08 less on names
and figures and up to .07 on pairs, up to .03 more on words, support at .80 to .98.
"""

import argparse
import json
import platform
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
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
from briefing.text.sentences import sentences as split
from training.salience import story_of

RESULTS = Path(__file__).parent / "results" / "packing.json"
LEVELS = (1.0, 0.95, 0.9, 0.8, 0.6)
STEPS = 20
"""Budgets that are tried of each story, evenly from nothing to all."""

COUNT = Tokens()

Row = dict[str, Any]
Send = Callable[[int], Sequence[Sentence]]
"""The sentences that a method sends within a budget."""

Has = Mapping[str, frozenset[object]]
"""What there is to cover in each sentence, by its id; in one way of counting."""

NAME = re.compile(r"[A-Z][\w'’-]+|\d[\d.,]*\d|\d")
NINE_TENTHS, FEWEST_SHARED = 0.9, 3


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


def to_cover(brief: Brief, reference: str) -> dict[str, Has]:
    """Return what each sentence has of the reference, for each way of counting."""
    sentences = brief.story.sentences
    of = {one.id: units(stems(one.text)) for one in sentences}
    wanted = units(stems(reference))
    return {
        "words": {id_: pick(have & wanted, str) for id_, have in of.items()},
        "pairs": {id_: pick(have & wanted, tuple) for id_, have in of.items()},
        "names and figures": {
            one.id: names_and_figures(one.text) & names_and_figures(reference) for one in sentences
        },
        "support": supported(of, reference),
    }


def pick(of: frozenset[Unit], kind: type) -> frozenset[object]:
    """Return the single stems, or the pairs."""
    return frozenset(unit for unit in of if isinstance(unit, kind))


def names_and_figures(text: str) -> frozenset[object]:
    """Return the capitalised words, but those that open a sentence, and the numbers of `text`."""
    bare = [one.lstrip("\"'“(") for one in sentences_of(text)]
    return frozenset(
        found.replace("’", "'").removesuffix("'s").lower()
        for one in bare
        for found in NAME.findall(one[:1].lower() + one[1:])
    )


def sentences_of(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return [text[one.span.start : one.span.end] for one in split(text)]


def supported(of: Mapping[str, frozenset[Unit]], reference: str) -> Has:
    """Return the sentences of the reference, by number, of which each sentence is a source."""
    found: dict[str, set[object]] = {id_: set() for id_ in of}
    for number, sentence in enumerate(sentences_of(reference)):
        wanted = units(stems(sentence))
        shared = {id_: len(have & wanted) for id_, have in of.items()}
        least = max(FEWEST_SHARED, NINE_TENTHS * max(shared.values()))
        for id_, count in shared.items():
            if count >= least:
                found[id_].add(number)
    return {id_: frozenset(numbers) for id_, numbers in found.items()}


def oracle(sentences: Sequence[Sentence], has: Has) -> list[Sentence]:
    """Return sentences in the order of what they add to what is covered, for their tokens."""
    left = {one: has[one.id] for one in sentences}
    costs = {one: tokens([one]) for one in sentences}
    covered: frozenset[object] = frozenset()
    picked: list[Sentence] = []
    while left:
        best = max(left, key=lambda one: len(left[one] - covered) / costs[one])
        if left[best] <= covered:
            break
        covered |= left.pop(best)
        picked.append(best)
    return picked


def needed(tries: Sequence[Sequence[Sentence]], has: Has, total: int) -> dict[float, int]:
    """Return the tokens sent at each level of the whole cover, in the first try that has it."""
    whole = len(frozenset().union(*has.values()))
    found: dict[float, int] = {}
    for sent in tries:
        reached = len(frozenset().union(*(has[one.id] for one in sent)))
        for level in LEVELS:
            if level not in found and reached >= level * whole - 1e-9:
                found[level] = tokens(sent)
    # What a method never reaches takes all there is.
    return {level: found.get(level, total) for level in LEVELS}


def measured(rows: Sequence[Row], briefs: dict[str, Brief]) -> dict[str, Any]:
    """Return the share of all tokens at each level of cover, and that over plain concatenation."""
    sums: dict[str, dict[str, dict[float, float]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(float))
    )
    stories: Counter[str] = Counter()
    for row in rows:
        brief = briefs[row["id"]]
        sentences = brief.story.sentences
        total = tokens(sentences)
        budgets = [total * step // STEPS + 1 for step in range(1, STEPS + 1)]
        tries = {name: [send(most) for most in budgets] for name, send in senders(brief).items()}
        for way, has in to_cover(brief, row["reference"]).items():
            if not any(has.values()):
                continue
            stories[way] += 1
            knowing = begin(oracle(sentences, has))
            for method, sent in {**tries, "oracle": [knowing(most) for most in budgets]}.items():
                for level, took in needed(sent, has, total).items():
                    sums[way][method][level] += took / total
    return {way: over_plain(of, stories[way]) for way, of in sums.items()}


def over_plain(sums: Mapping[str, Mapping[float, float]], count: int) -> dict[str, Any]:
    """Return the means of `count` stories, and over those of plain concatenation."""
    shares = {
        method: {f"{level:.0%}": round(of[level] / count, 3) for level in LEVELS}
        for method, of in sums.items()
    }
    plain = shares["plain concatenation"]
    return {
        "tokens over all": shares,
        "over plain": {
            method: {level: round(share / plain[level], 3) for level, share in of.items()}
            for method, of in shares.items()
        },
    }


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
