"""Read every file of a folder of real inputs, and say what became of each.

    python bench/inputs.py --data ../shared/data/inputs

Counts documents, refusals by reason, uncaught errors, the slowest file and the peak of memory, a
line for each folder; then the F1 of page texts against the gold of scrapinghub's
article-extraction-benchmark (its measure: 4-word shingles), and the share of files whose charset
was read right, with and without what they declare. Writes bench/results/inputs.json.
"""

import argparse
import gzip
import json
import platform
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from briefing.data.document import Document, RawDocument, Refusal
from briefing.edges.parse import charset
from briefing.edges.reading import Opening
from briefing.edges.sandbox import Sandbox
from briefing.errors import SourceError
from briefing.settings import LimitSettings
from briefing.steps.clean import clean

RESULTS = Path(__file__).parent / "results" / "inputs.json"
LIBRARIES = "trafilatura lxml feedparser pypdf ftfy charset-normalizer py3langid".split()
LIMITS = LimitSettings()
FAILED = re.compile(r"reader failed|crashed|takes longer|of memory")
LANGUAGES = re.compile(r"-(hungarian|greek|russian|bulgarian|hebrew|turkish|arabic)$")


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of inputs.")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    data: Path = options.data
    folders = {folder.name: walked(folder) for folder in sorted(data.iterdir()) if folder.is_dir()}
    total: Counter[str] = sum((Counter(one["count"]) for one in folders.values()), Counter())
    result = {
        "python": platform.python_version(),
        "versions": {name: version(name) for name in LIBRARIES},
        "total": dict(total),
        "slowest_s": max(one["slowest_s"] for one in folders.values()),
        "peak_mib": peak_mib(),
        "html_f1": html_f1(data / "html" / "scrapinghub"),
        "charsets_right": charsets(data, strip=False),
        "charsets_right_undeclared": charsets(data, strip=True),
        "junk_refused": junk(data / "junk"),
        "folders": folders,
    }
    print(json.dumps(result, indent=2))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(result, indent=2) + "\n")


def walked(folder: Path) -> dict[str, Any]:
    """Read each file of `folder` by itself, in one sandbox."""
    count: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    uncaught: list[str] = []
    slowest = (0.0, "")
    with Sandbox(LIMITS) as sandbox:
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            started = time.monotonic()
            count["files"] += 1
            try:
                for kind, reason in outcomes(path, sandbox):
                    count[kind] += 1
                    reasons.update([reason] if reason else [])
            except Exception as error:  # What must never happen is counted, not hidden.
                count["uncaught"] += 1
                uncaught.append(f"{path.relative_to(folder)}: {error!r}")
            took = round(time.monotonic() - started, 2)
            slowest = max(slowest, (took, str(path.relative_to(folder))))
    return {
        "count": dict(count),
        "reasons": dict(reasons.most_common()),
        "uncaught": uncaught,
        "slowest_s": slowest[0],
        "slowest": slowest[1],
        "children": sandbox.starts,
    }


def outcomes(path: Path, sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    """Yield what becomes of each document in a file: `article`, `refused` or `failed`."""
    raw = RawDocument(source=path.name, content=path.read_bytes())
    for found in Opening(LIMITS, sandbox).documents(raw):
        if isinstance(found, Document):
            try:
                clean(found, max_chars=LIMITS.article_chars)
            except SourceError as error:
                yield "refused", general(str(error))
            else:
                yield "article", ""
        elif isinstance(found, Refusal):
            yield "failed" if FAILED.search(found.reason) else "refused", general(found.reason)


def general(reason: str) -> str:
    """Return a reason without the values of the one file."""
    reason = re.sub(r"'[^']*'(, '[^']*')*|\([^()]*\)", "…", reason)
    return re.sub(r"\d[\d,.]*\d|\d", "N", reason)[:120]


def peak_mib() -> int:
    """Return the most memory that we or a child held, in MiB."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) // 1024


def html_f1(folder: Path) -> dict[str, float]:
    """Return F1, precision and recall of the texts against the gold of the benchmark."""
    gold = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    precisions: list[float] = []
    recalls: list[float] = []
    with Sandbox(LIMITS) as sandbox:
        for path in sorted((folder / "html").iterdir()):
            true = gold.get(path.name.split(".")[0])
            if true is None:
                continue
            content = path.read_bytes()
            content = gzip.decompress(content) if path.suffix == ".gz" else content
            raw = RawDocument(source=path.name, content=content)
            found = [
                one.text
                for one in Opening(LIMITS, sandbox).documents(raw)
                if isinstance(one, Document)
            ]
            want, have = shingles(true["articleBody"]), shingles("".join(found))
            both = (want & have).total()
            precisions += [both / have.total()] if have else []
            recalls += [both / want.total()] if want else []
    precision, recall = (sum(each) / len(each) for each in (precisions, recalls))
    return {
        "f1": round(2 * precision * recall / (precision + recall), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "pages": len(recalls),
    }


def shingles(text: str, words: int = 4) -> Counter[tuple[str, ...]]:
    """Return each run of four words, counted."""
    all_ = re.findall(r"\w+", text)
    return Counter(tuple(all_[i : i + words]) for i in range(max(1, len(all_) - words + 1)))


def charsets(data: Path, *, strip: bool) -> dict[str, Any]:
    """Return the share of files read as their folder's charset says; by letters, not by name."""
    right = count = 0
    wrong = []
    for base in (data / "feeds" / "encodings_chardet", data / "html" / "chardet_html"):
        for path in sorted(base.rglob("*")):
            if not path.is_file():
                continue
            content = path.read_bytes()
            codec = charset.known(LANGUAGES.sub("", path.parent.name))
            if strip:
                content = re.sub(rb"(encoding|charset)(\s*=)", rb"x\2", content)
            want = content.decode(codec or "cp1252", "replace").lstrip("\ufeff")
            count += 1
            try:
                have = charset.decode(content)
            except SourceError as error:
                wrong.append(f"{path.parent.name}/{path.name}: {error}")
                continue
            if agree(want, have.text):
                right += 1
            else:
                wrong.append(f"{path.parent.name}/{path.name}: {have.encoding}")
    return {"share": round(right / count, 4), "files": count, "wrong": wrong}


def agree(want: str, have: str) -> bool:
    """Return whether nearly all letters that are not ASCII are the same."""
    a, b = ([char for char in text if char > "\x7f"] for text in (want, have))
    return len(a) == len(b) and sum(map(str.__eq__, a, b)) >= 0.999 * len(a)


def junk(folder: Path) -> str:
    """Return how many crawl failures are refused."""
    rows = [row for path in folder.iterdir() for row in json.loads(path.read_text("utf-8"))]
    refused = 0
    for row in rows:
        try:
            clean(Document(source=row["id"], text=row["text"], title=row["title"]), max_chars=10**5)
        except SourceError:
            refused += 1
    return f"{refused} of {len(rows)}"


if __name__ == "__main__":
    main()
