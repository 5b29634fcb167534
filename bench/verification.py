"""Check labelled claims against their sources, beside the lexical baselines.

    python bench/verification.py --data FILE.jsonl[.gz] --out preds.jsonl [--train FILE]

A row is `{"id", "source" (text or list of texts), "claim"[, "label", "dataset"]}`; the code path is
that of `briefing verify`. A line `{"id", "score", "verdict", "reason"}` is written for each. Where
rows have labels, prints AUC and balanced accuracy of each set at one threshold for all, with 95 %
bootstrap intervals, and writes bench/results/verification.json. The baselines are fitted, and their
thresholds chosen, on the training documents of `--train` (see training/README.md); with
`--validation` only rows that nothing was trained on are read of `--data`. "checks" in the results
says in what share of the false and of the true claims each check fails.
"""

import argparse
import gzip
import json
import platform
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import rankdata
from sklearn.ensemble import HistGradientBoostingClassifier

from briefing.checking import verify_claims
from briefing.data.article import Article
from briefing.data.document import Document
from briefing.data.fusion import Fusion
from briefing.data.verification import Claim
from briefing.edges.entailment import load_entails, load_fusion
from briefing.errors import SourceError
from briefing.ports import Entails
from briefing.settings import LimitSettings
from briefing.steps.clean import clean
from briefing.steps.verify import Finding, Sources
from briefing.steps.verify.score import score
from briefing.text import canonical

RESULTS = Path(__file__).parent / "results" / "verification.json"
_LEXICAL = (
    "cover_best cover_window cover_few cover_all names_missing names_far numbers_missing "
    "numbers_far run pairs length source_length sentences"
).split()
_RESAMPLED = 500
_OF_A_TRAINING_SET = 60
_PROCESSES = 2
_TOGETHER = 20
"""Most rows of one source that one process is given at once."""


@lru_cache(maxsize=1)
def _loaded() -> tuple[Fusion, Entails | None]:
    return load_fusion(), load_entails()


def judged(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the verdicts on rows of one source, and what the words and checks alone would say."""
    fusion, entails = _loaded()
    weighed: dict[str, tuple[float, float]] = {}

    def weigh(text: str, sources: Sources, finding: Finding) -> float:
        made = score(text, sources, finding, fusion, entails)
        plain = fusion.fit(is_news=sources.is_news, has_model=False)
        weighed[text] = made.probability, plain.probability(dict(made.parts))
        return made.probability

    source = rows[0]["source"]
    texts = [source] if isinstance(source, str) else source
    articles = [
        _article(f"{number}.txt", text)
        for number, text in enumerate(texts, start=1)
        if text.strip()
    ]
    claims = [Claim(id=str(row["id"]), text=canonical.clean(row["claim"])) for row in rows]
    judged_rows = []
    for row, found in zip(
        rows, verify_claims(claims, articles, weigh=weigh).sentences, strict=True
    ):
        fused, without = weighed.get(found.text, (found.score, found.score))
        judged_rows.append(
            {
                "id": row["id"],
                "score": round(fused, 4),
                "gated": found.score,
                "verdict": found.verdict,
                "reason": found.reason,
                "fused": fused,
                "without": without,
                "failed": sorted({check.code for check in found.checks if not check.ok}),
            }
        )
    return judged_rows


def _of_one_source(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield neighbouring rows of one source together, which is then read once for all of them."""
    for _, neighbours in groupby(rows, key=lambda row: row["source"]):
        group = list(neighbours)
        for at in range(0, len(group), _TOGETHER):
            yield group[at : at + _TOGETHER]


def _article(source: str, text: str) -> Article:
    """Return a text as an article; where its top tells a date, as one is read from a file."""
    try:
        read = clean(Document(source=source, text=text), max_chars=LimitSettings().article_chars)
    except SourceError:
        read = None
    return read if read and read.day else Article(source=source, text=canonical.clean(text))


def _words(row: dict[str, Any]) -> dict[str, float]:
    """Return the parts that the lexical baselines read."""
    from training.measure import words_of

    parts: dict[str, float] = words_of(row)["parts"]
    return parts


def main() -> None:
    """Judge the rows, and score the verdicts where there are labels."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--train", type=Path, help="labelled claims that baselines are fitted on")
    parser.add_argument("--validation", action="store_true", help="only rows never trained on")
    parser.add_argument("--of-a-set", type=int, default=250, help="most validation rows of a set")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    rows = list(
        _validation(options.data, options.of_a_set) if options.validation else _rows(options.data)
    )
    began = time.monotonic()
    with ProcessPoolExecutor(_PROCESSES) as pool:
        found = [one for group in pool.map(judged, _of_one_source(rows)) for one in group]
    spent = time.monotonic() - began
    with options.out.open("w", encoding="utf-8") as lines:
        for one in found:
            kept = {key: one[key] for key in ("id", "score", "verdict", "reason")}
            print(json.dumps(kept, ensure_ascii=False), file=lines)
    print(f"{len(rows)} rows in {spent:.1f} s, {len(rows) / spent:.1f} a second")
    labelled = [(row, one) for row, one in zip(rows, found, strict=True) if "label" in row]
    if not labelled:
        return
    table = _Labelled([row for row, _ in labelled], [one for _, one in labelled])
    compared = table.compared(options.train)
    result = {
        "python": platform.python_version(),
        "onnxruntime": version("onnxruntime"),
        "weights": _loaded()[0].version,
        "rows": len(labelled),
        "rows_a_second": round(len(rows) / spent, 1),
        "data": options.data.name + (" (validation)" if options.validation else ""),
        "methods": compared,
        "checks": table.checks(),
    }
    options.results.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    _print(compared)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
        yield from map(json.loads, lines)


def _validation(path: Path, most: int) -> Iterator[dict[str, Any]]:
    from training.measure import measured_rows

    return measured_rows(path, most)


class _Labelled:
    """Labelled rows with what was found of them."""

    def __init__(self, rows: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> None:
        self.labels = np.array([row["label"] for row in rows])
        self.sets = np.array([row.get("dataset", "all") for row in rows])
        self.rows = rows
        self.found = found

    def column(self, name: str) -> np.ndarray:
        return np.array([one[name] for one in self.found])

    def compared(self, train: Path | None) -> dict[str, Any]:
        """Return the scores of every method, by set and on average."""
        supported = np.array([one["verdict"] == "supported" for one in self.found])
        methods = {
            "always supported": (np.ones(len(self.labels)), 0.5),
            "checks and words, no model": (self.column("without"), 0.5),
            "checks, words and model": (self.column("fused"), 0.5),
            "verdict": (supported.astype(float), 0.5),
            "briefing": (self.column("score"), 0.5),
        }
        if train is not None:
            methods |= self._baselines(train)
        return {name: self._scores(*method) for name, method in methods.items()}

    def checks(self) -> dict[str, dict[str, float]]:
        """Return in what share of the false and of the true claims each check fails, by code."""
        told = [(str(code), at) for at, one in enumerate(self.found) for code in one["failed"]]
        return {
            code: {
                name: round(
                    sum(self.labels[at] == label for one, at in told if one == code)
                    / max(1, int((self.labels == label).sum())),
                    4,
                )
                for name, label in (("false", 0), ("true", 1))
            }
            for code in sorted({code for code, _ in told})
        }

    def _baselines(self, train: Path) -> dict[str, tuple[np.ndarray, float]]:
        columns, labels, weights = _training(train)
        cover = _LEXICAL.index("cover_window")
        boosting = HistGradientBoostingClassifier(
            max_depth=3, max_iter=100, learning_rate=0.07, random_state=0
        ).fit(columns, labels, sample_weight=weights)
        with ProcessPoolExecutor(_PROCESSES) as pool:
            parts = list(pool.map(_words, self.rows, chunksize=8))
        ours = np.array([[one[name] for name in _LEXICAL] for one in parts])
        threshold = _best_threshold(columns[:, cover], labels, weights)
        return {
            "idf cover of three sentences": (ours[:, cover], threshold),
            "boosting over lexical parts": (boosting.predict_proba(ours)[:, 1], 0.5),
        }

    def _scores(self, scored: np.ndarray, threshold: float) -> dict[str, Any]:
        rng = np.random.default_rng(0)
        sets: dict[str, Any] = {}
        drawn: dict[str, list[np.ndarray]] = {"auc": [], "bacc": []}
        for name in sorted(set(self.sets)):
            here = np.flatnonzero(self.sets == name)
            if len(set(self.labels[here])) < 2:
                continue
            resampled = [rng.choice(here, len(here)) for _ in range(_RESAMPLED)]
            sets[str(name)] = {"rows": len(here)}
            for kind, of in (("auc", _auc), ("bacc", _balanced)):
                values = np.array([of(self.labels[i], scored[i], threshold) for i in resampled])
                drawn[kind].append(values)
                sets[str(name)][kind] = {
                    "value": round(of(self.labels[here], scored[here], threshold), 2),
                    "interval": _interval(values),
                }
        mean = {
            kind: {
                "value": round(float(np.mean([one[kind]["value"] for one in sets.values()])), 2),
                "interval": _interval(np.mean(drawn[kind], axis=0)),
            }
            for kind in drawn
        }
        return {"mean": mean, "sets": sets}


def _training(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return lexical parts, labels and weights of the training documents."""
    from training.measure import training_rows

    rows = list(training_rows(path, _OF_A_TRAINING_SET))
    with ProcessPoolExecutor(_PROCESSES) as pool:
        parts = list(pool.map(_words, rows, chunksize=8))
    labels = np.array([row["label"] for row in rows])
    sets = np.array([row["dataset"] for row in rows])
    weights = np.ones(len(rows))
    for name in set(sets):
        for label in (0, 1):
            here = (sets == name) & (labels == label)
            weights[here] = _OF_A_TRAINING_SET / max(1, here.sum())
    return np.array([[one[name] for name in _LEXICAL] for one in parts]), labels, weights


def _best_threshold(scored: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(scored)
    signed = np.where(labels[order] == 1, 1, -1) * weights[order]
    return float(scored[order][min(int(np.argmin(np.cumsum(signed))) + 1, len(order) - 1)])


def _auc(labels: np.ndarray, scored: np.ndarray, _: float) -> float:
    true, false = int((labels == 1).sum()), int((labels == 0).sum())
    if not true or not false:
        return 50.0
    above = rankdata(scored)[labels == 1].sum() - true * (true + 1) / 2
    return 100 * float(above / (true * false))


def _balanced(labels: np.ndarray, scored: np.ndarray, threshold: float) -> float:
    if len(set(labels)) < 2:
        return 50.0
    said = scored >= threshold
    return 50 * float(said[labels == 1].mean() + (~said[labels == 0]).mean())


def _interval(values: np.ndarray) -> list[float]:
    return [round(float(value), 2) for value in np.percentile(values, [2.5, 97.5])]


def _print(compared: dict[str, Any]) -> None:
    for name, scores in compared.items():
        auc, bacc = scores["mean"]["auc"], scores["mean"]["bacc"]
        print(f"{name:30} AUC {auc['value']:.1f} {auc['interval']}", end="  ")
        print(f"bAcc {bacc['value']:.1f} {bacc['interval']}")
    for name, one in compared["briefing"]["sets"].items():
        print(f"  {name:26} {one['rows']:5} AUC {one['auc']['value']:.1f}", end=" ")
        print(f"bAcc {one['bacc']['value']:.1f} {one['bacc']['interval']}")


if __name__ == "__main__":
    main()
