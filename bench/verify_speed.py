"""How long checking takes from a cold start, and finding quotations beside langextract.

    pip install --group bench
    python bench/verify_speed.py

Each command runs in a process of its own, as a user starts it, and the fastest of some runs
counts: by the clock, and in seconds of the processor, which say more on a busy machine. Beside the
check of claims stands a plain pass: the same pairs read by the same model, one after the other, in
a process that does nothing else. A saved briefing is also checked again by a process that runs
already, as a library is asked a second time: nothing is started or loaded then. The quotations are
sentences of the articles with other marks and blanks; langextract's aligner is given the same, one
article at a time.
"""

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from one_change import OWN, articles_in, respelt

from briefing.checking import read_checkable, verify_document
from briefing.data.article import Article
from briefing.data.document import Document
from briefing.edges.entailment import entails_when_asked, load_fusion
from briefing.ports import Entailment
from briefing.settings import LimitSettings
from briefing.steps.split import split
from briefing.steps.verify import Weigher
from briefing.text.canonical import find
from briefing.version import __version__

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results" / "verify_speed.json"
ROUNDS = 5
SENTENCES, ARTICLES = 50, 10
PLAIN_PASS = """
import json, sys
from briefing.edges.entailment import load_entails
entails = load_entails()
for pair in json.load(open(sys.argv[1], encoding="utf-8")):
    entails([pair])
"""


def timed(command: Sequence[str]) -> dict[str, float]:
    """Return the fastest of some runs of a command, in seconds."""
    clock, processor = [], []
    # As installed: with this variable a checkout is compiled in each run.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, capture_output=True, check=False, env=env)
    for _ in range(ROUNDS):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
        subprocess.run(command, capture_output=True, check=False, env=env)
        clock.append(perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"wall_s": round(min(clock), 3), "cpu_s": round(min(processor), 3)}


def commands(folder: Path) -> dict[str, dict[str, float]]:
    """Return the times of `verify` on claims and a saved briefing, of `generate`, and `--help`."""
    briefing = [sys.executable, "-m", "briefing"]
    articles = [path for own in OWN for path in sorted(own.glob("*.txt"))][:ARTICLES]
    for number, path in enumerate(articles):
        (folder / f"{number}-{path.name}").write_bytes(path.read_bytes())
    claims = (ROOT / "tests" / "data" / "visit_claims.jsonl").read_text("utf-8").splitlines()
    rows = claims[:: len(claims) // SENTENCES][:SENTENCES]
    asked, saved = folder / "claims.jsonl", folder / "saved.json"
    asked.write_text("\n".join(rows), "utf-8")
    visit = str(OWN[0])
    subprocess.run([*briefing, "generate", visit, "-f", "json", "-o", str(saved)], check=True)
    copied = sorted(folder.glob("*.txt"))
    sources = [arg for path in copied for arg in ("--sources", str(path))]
    pairs = folder / "pairs.json"
    pairs.write_text(json.dumps(pairs_read(asked, copied)), "utf-8")
    checked = timed([*briefing, "verify", str(asked), *sources])
    plain = timed([sys.executable, "-c", PLAIN_PASS, str(pairs)])
    return {
        "briefing --help": timed([*briefing, "--help"]),
        f"verify {SENTENCES} sentences, {ARTICLES} articles": checked,
        "a plain pass of the model over the same pairs": plain,
        "times as long as the plain pass": {
            kind: round(checked[kind] / plain[kind], 2) for kind in plain
        },
        "verify a saved briefing": timed([*briefing, "verify", str(saved), "--sources", visit]),
        "the same in a running process": in_running_process(saved, OWN[0]),
        "generate, without a model": timed([*briefing, "generate", visit]),
    }


def pairs_read(claims: Path, sources: Sequence[Path]) -> list[tuple[str, str]]:
    """Return the pairs of words that the model is asked about when `claims` are checked."""
    entails = entails_when_asked()
    if entails is None:
        raise SystemExit("onnxruntime and tokenizers cannot be imported: there is no model to time")
    asked: list[tuple[str, str]] = []

    def heard(pairs: Sequence[tuple[str, str]]) -> Sequence[Entailment]:
        asked.extend(pairs)
        return entails(pairs)

    document = Document(source=str(claims), text=claims.read_text("utf-8"))
    checkable = read_checkable(document, max_chars=LimitSettings().article_chars)
    articles = [article for path in sources for article in articles_in(path)]
    verify_document(checkable, articles, weigh=Weigher(load_fusion(), heard))
    return asked


def in_running_process(saved: Path, articles: Path) -> dict[str, float]:
    """Return the fastest of some times that a saved briefing is read and checked again."""
    weigh = Weigher(load_fusion(), entails_when_asked())

    def check() -> None:
        document = Document(source=str(saved), text=saved.read_text("utf-8"))
        briefing = read_checkable(document, max_chars=LimitSettings().article_chars)
        assert verify_document(briefing, articles_in(articles), weigh=weigh).holds

    check()
    clock, processor = [], []
    for _ in range(ROUNDS):
        start, began = perf_counter(), process_time()
        check()
        clock.append(perf_counter() - start)
        processor.append(process_time() - began)
    return {"wall_s": round(min(clock), 3), "cpu_s": round(min(processor), 3)}


def quotations(articles: Sequence[Article]) -> dict[str, Any]:
    """Return how long each takes to find quotations, and how many it finds where they stand."""
    dice = random.Random(20310401)
    asked = [
        (article, sentence.span.start, respelt(sentence.text, dice))
        for article in articles
        for sentence in split([article]).sentences
    ]

    def ours() -> int:
        found = [(find(quote, article.text), start) for article, start, quote in asked]
        return sum(span is not None and span.start == start for span, start in found)

    results = {"briefing": _fastest(ours)}
    try:
        aligner = import_module("langextract.resolver").WordAligner()
        extraction = import_module("langextract.data").Extraction
    except ImportError:
        return {"quotations": len(asked), **results}

    def theirs() -> int:
        hits = 0
        for article in articles:
            own = [(start, quote) for of, start, quote in asked if of is article]
            groups = [[extraction("quotation", quote)] for _, quote in own]
            aligned = aligner.align_extractions(groups, article.text)
            for (start, _), (one,) in zip(own, aligned, strict=True):
                hits += bool(one.char_interval and one.char_interval.start_pos == start)
        return hits

    results["langextract"] = _fastest(theirs)
    ratio = results["langextract"]["cpu_s"] / results["briefing"]["cpu_s"]
    return {"quotations": len(asked), **results, "times as long": round(ratio, 1)}


def _fastest(work: Callable[[], int]) -> dict[str, float]:
    taken, hits = [], 0
    for _ in range(ROUNDS):
        start = process_time()
        hits = work()
        taken.append(process_time() - start)
    return {"cpu_s": round(min(taken), 4), "found": hits}


def main() -> None:
    """Measure, print and keep the times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=RESULTS, help="file for the times")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, Any] = {"commands": commands(Path(folder))}
    found["quotations"] = quotations(articles_in(OWN[0]))
    print(json.dumps(found, indent=2))
    versions = {"briefing": __version__, "python": platform.python_version()}
    if "langextract" in found["quotations"]:
        versions["langextract"] = version("langextract")
    kept = {**versions, "cpus": os.cpu_count(), **found}
    options.out.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
