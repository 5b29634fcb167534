"""Our sentence splitter beside two libraries, on our own labelled cases and in one run.

    pip install "pysbd==0.3.4" "sentencex==1.0.32"
    python bench/sentences.py

Neither library loads a model or asks the network. Each is told the language of a case, which ours
is not; pysbd has no Portuguese, Turkish or Korean and is told English. Each gets a paragraph at a
time. A case counts when every sentence is exactly right.

Read the result with two things in mind. The splitter was mended on these cases and the libraries
were not; only the row "report" was written when it was done, and is what it made of those at
first sight. And some labels are a matter of taste: the sentences of a quotation, of a parenthesis
and of a list count one by one, a line break ends nothing else, and a full stop without a blank
behind it ends nothing. The row "neutral" leaves out each case that holds a quotation mark, a
bracket, a dash, or a line break inside a paragraph.
"""

import json
import platform
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import briefing
from briefing.text.sentences import sentences

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "data" / "sentences.jsonl"
RESULTS = ROOT / "bench" / "results" / "sentences.json"

ROUNDS = 3
"""The fastest of so many passes over all cases counts."""

Split = Callable[[str, str], list[str]]

_TASTE = re.compile(
    r"[\"“”„«»「」『』()\[\]]|''|``|(?<!\w)'|‘|[（）《》]"
    r"|^(?:[-–—•*]|\d+[.)])\s|(?<!\n)\n(?!\n)|^—|\s—",
    re.MULTILINE,
)


def ours(text: str, language: str) -> list[str]:
    """Return the sentences as `briefing` finds them; it is not told the language."""
    return [found.span.of(text) for found in sentences(text)]


def by_pysbd() -> Split:
    """Return the splitter of pysbd, which knows 23 languages."""
    pysbd = import_module("pysbd")
    known = import_module("pysbd.languages").LANGUAGE_CODES
    segmenters: dict[str, Any] = {}

    def split(text: str, language: str) -> list[str]:
        code = language if language in known else "en"
        if code not in segmenters:
            segmenters[code] = pysbd.Segmenter(language=code, clean=False)
        return [
            piece for part in text.split("\n\n") if part for piece in segmenters[code].segment(part)
        ]

    return split


def by_sentencex() -> Split:
    """Return the splitter of sentencex, which Wikimedia uses for all its languages."""
    sentencex = import_module("sentencex")

    def split(text: str, language: str) -> list[str]:
        return [
            piece
            for part in text.split("\n\n")
            if part
            for piece in sentencex.segment(language, part)
        ]

    return split


def measured(split: Split, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the share of cases that `split` gets right, in all and by kind, and its speed."""
    right: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for case in cases:
        found = [piece.strip() for piece in split(case["text"], case["lang"])]
        exact = [piece for piece in found if piece] == case["sentences"]
        right["all"]["all"].append(exact)
        right["trap"][case["trap"]].append(exact)
        right["language"][case["lang"]].append(exact)
        if not _TASTE.search(case["text"]):
            right["neutral"]["neutral"].append(exact)
    characters = sum(len(case["text"]) for case in cases)
    return {
        "accuracy": share(right["all"]["all"]),
        "accuracy_neutral": share(right["neutral"]["neutral"]),
        "by_language": {kind: share(of) for kind, of in sorted(right["language"].items())},
        "by_trap": {kind: share(of) for kind, of in sorted(right["trap"].items())},
        "characters_a_second": round(characters / seconds(split, cases)),
    }


def share(right: list[bool]) -> float:
    """Return how much of `right` is true."""
    return round(sum(right) / len(right), 4)


def seconds(split: Split, cases: list[dict[str, Any]]) -> float:
    """Return how long the fastest pass over all cases takes."""
    passes = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        for case in cases:
            split(case["text"], case["lang"])
        passes.append(perf_counter() - begun)
    return min(passes)


def table(results: dict[str, dict[str, Any]], counts: dict[str, dict[str, int]]) -> str:
    """Return the results as lines for a terminal."""
    lines = [f"{'':24}{'cases':>7}" + "".join(f"{name:>12}" for name in results)]

    def row(label: str, count: int, values: list[float]) -> None:
        lines.append(f"{label:24}{count:>7}" + "".join(f"{value:>12.1%}" for value in values))

    row("all", counts["all"]["all"], [of["accuracy"] for of in results.values()])
    row("neutral", counts["all"]["neutral"], [of["accuracy_neutral"] for of in results.values()])
    for kind in ("language", "trap"):
        lines.append("")
        for name, count in sorted(counts[kind].items()):
            row(name, count, [of[f"by_{kind}"][name] for of in results.values()])
    lines += ["", f"{'characters a second':31}"]
    lines[-1] += "".join(f"{of['characters_a_second']:>12,}" for of in results.values())
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and write `bench/results/sentences.json`."""
    try:
        splitters = {"briefing": ours, "pysbd": by_pysbd(), "sentencex": by_sentencex()}
    except ModuleNotFoundError as error:
        sys.exit(f"There is no {error.name}: pip install pysbd sentencex")
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    results = {name: measured(split, cases) for name, split in splitters.items()}
    counts: dict[str, dict[str, int]] = {
        "all": {
            "all": len(cases),
            "neutral": sum(not _TASTE.search(case["text"]) for case in cases),
        },
        "language": defaultdict(int),
        "trap": defaultdict(int),
    }
    for case in cases:
        counts["language"][case["lang"]] += 1
        counts["trap"][case["trap"]] += 1
    print(table(results, counts))
    speed = results["briefing"]["characters_a_second"]
    written = {
        "python": platform.python_version(),
        "versions": {
            "briefing": briefing.__version__,
            "pysbd": version("pysbd"),
            "sentencex": version("sentencex"),
        },
        "cases": counts,
        "results": results,
        "our_speed_over_theirs": {
            name: round(speed / of["characters_a_second"], 2)
            for name, of in results.items()
            if name != "briefing"
        },
    }
    print("our speed over theirs:", written["our_speed_over_theirs"])
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
