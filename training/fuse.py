"""Fit how the parts of a score add up, on claims that the encoder was not trained on.

Each set is scored by a fit that never saw it (leave one set out), so that the numbers say what to
expect of other sets. Only sets with a licence are fitted on; the others are only measured.
"""

import argparse
import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from briefing.data.fusion import Additive, Fusion
from briefing.edges.entailment import WEIGHTS, load_entails
from briefing.steps.verify.checks import CHECKS
from briefing.steps.verify.finding import ALWAYS_DECIDE
from briefing.steps.verify.premises import Premises
from briefing.steps.verify.score import read
from briefing.text.analysis import Analysis
from training import VERSION
from training.measure import FIRST_SIGHT, OWN_SETS
from training.monotone import MonotoneRegression
from training.sets import HELD_OUT_LICENCES, UNLICENSED

LEXICAL = (
    "cover_best cover_window cover_few cover_all names_missing names_far numbers_missing "
    "numbers_far run pairs length source_length sentences"
).split()
RULE_PARTS = (
    "refusals conflicts cited_cover likelihood words_plain words_whole words_part verbs_missing "
    "names_weighed conflicts_weighed inside mass"
).split()
MODEL = (
    "entails_best entails_two entails_few entails_most contradicts_best contradicts_few "
    "entails_cited contradicts_cited"
).split()

WHICH = [f"refused_{name}" for name in CHECKS]

WITHOUT_MODEL = [*LEXICAL, *RULE_PARTS, *WHICH]
WITH_MODEL = [*WITHOUT_MODEL, *MODEL]

NEWS_WORDS = [*(name for name in RULE_PARTS if name != "refusals"), *WHICH]
"""Of news the parts without the model: which checks refuse, not how many. The words in common over
all sources add nothing to those of the citation."""

NEWS = [*NEWS_WORDS, "entails_cited", "contradicts_cited"]

AGAINST = ("refus", "names_", "numbers_", "conflicts", "verbs_missing", "contradicts_")
"""How parts begin that may only tell against a sentence; all others may only tell for it."""

EITHER = frozenset({"length", "source_length", "sentences"})
"""Parts that may tell both ways."""

BENDS = (0.2, 0.4, 0.6, 0.8)
"""Quantiles at which the curves bend of the fit for other text; on news straight lines do."""

NEWS_STRENGTH = 1.0

ELSEWHERE_COUNTS = 0.5
"""What the pairs of a true sentence with words of something else count for, all together."""

FIRST_SIGHT_COUNTS = 0.1
"""What a sentence counts for of an event of which the checks knew nothing at first.

With a whole one the score leans on the words: of the visit 11 true sentences are refused instead of
6, and no order of the sentences about any event gains by it.
"""

HELD_OUT_COUNTS = 3.0
"""What a set counts for that the encoder was not trained on: of the others it knows more than it
will know of anybody's text."""

KINDS = ("same sets", "held out", "never fitted")

STRENGTHS = (0.001, 0.003, 0.01)
"""Of the regression, weakest last: the best by leaving sets out is taken."""


def measured(out: Path, weights: Path) -> list[dict[str, Any]]:
    """Return the claims measured both ways, with the model's answers, which are kept."""
    rules = {one["id"]: one for one in _lines(out / "rules.jsonl")}
    rows = [row for row in _lines(out / "words.jsonl") if row["id"] in rules]
    name = sha256((weights / "entailment.onnx").read_bytes()).hexdigest()[:12]
    kept = out / f"answers-{name}.json"
    answers = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    entails = load_entails(weights)
    if entails is None:
        raise SystemExit("onnxruntime cannot be imported")
    for row in rows:
        # Other checks may cite other words: what the model said of those before is of no use then.
        asked = json.dumps([row["read"], rules[row["id"]]["cited"]])
        place = f"{row['id']} {sha256(asked.encode()).hexdigest()[:12]}"
        if place not in answers:
            claims = [Analysis(text) for text, _ in row["read"]]
            found = [one and _premises(*one) for _, one in row["read"]]
            cited = [(premise, text) for premise, text in rules[row["id"]]["cited"]]
            answers[place] = dict(read(claims, found, cited, entails))
        row["parts"] |= rules[row["id"]]["parts"] | answers[place]
        row |= {key: rules[row["id"]][key] for key in ("verbatim", "failed", "elsewhere")}
    kept.write_text(json.dumps(answers), "utf-8")
    return rows


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def _premises(best: str, two: str, few: str) -> Premises:
    return Premises(
        best=best, two=two, few=few, best_cover=0, window_cover=0, few_cover=0, all_cover=0
    )


class Table:
    """The measured claims as arrays."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.sets = np.array([row["dataset"] for row in rows])
        self.labels = np.array([row["label"] for row in rows])
        self.rows = rows
        self.elsewhere = np.array([row["elsewhere"] for row in rows], dtype=bool)
        self.weights = np.zeros(len(rows))
        for name in np.unique(self.sets):
            for label in (0, 1):
                here = (self.sets == name) & (self.labels == label) & ~self.elsewhere
                # Every set, and both labels in it, count the same.
                self.weights[here] = 1 / max(1, here.sum())
            here = (self.sets == name) & self.elsewhere
            self.weights[here] = ELSEWHERE_COUNTS / max(1, here.sum())
        self.weights[np.isin(self.sets, FIRST_SIGHT)] *= FIRST_SIGHT_COUNTS
        self.weights[np.isin(self.sets, list(HELD_OUT_LICENCES))] *= HELD_OUT_COUNTS

    def columns(self, names: list[str]) -> np.ndarray:
        """Return the parts of these names, shape (claims, names)."""
        return np.array([[row["parts"][name] for name in names] for row in self.rows])

    def scores(self, scored: np.ndarray, threshold: np.ndarray | float) -> dict[str, dict]:
        """Return AUC and balanced accuracy of each set."""
        result = {}
        for name in sorted(set(self.sets)):
            here = (self.sets == name) & ~self.elsewhere
            labels, said = (
                self.labels[here],
                scored[here] >= np.broadcast_to(threshold, here.shape)[here],
            )
            result[str(name)] = {
                "auc": 100 * roc_auc_score(labels, scored[here]),
                "bacc": 50 * (said[labels == 1].mean() + (~said[labels == 0]).mean()),
                "rows": int(here.sum()),
            }
        return result


def best_threshold(scored: np.ndarray, table: Table, where: np.ndarray) -> float:
    """Return the threshold of the highest balanced accuracy, sets and labels weighing the same."""
    order = np.argsort(scored[where])
    values, labels = scored[where][order], table.labels[where][order]
    weights = table.weights[where][order]
    wrong = np.cumsum(weights * labels) - np.cumsum(weights * (1 - labels))
    place = int(np.argmin(wrong))
    after = values[min(place + 1, len(values) - 1)]
    return float((values[place] + after) / 2)


def regression(names: list[str], strength: float, bends: Sequence[float] = BENDS) -> Any:
    """Return an unfitted regression: each part may tell for a sentence or against it."""
    signs = [0 if name in EITHER else -1 if name.startswith(AGAINST) else 1 for name in names]
    return MonotoneRegression(signs, strength, bends)


def of_news(names: list[str]) -> Any:
    """Return an unfitted regression for news."""
    return regression(names, NEWS_STRENGTH, bends=())


def fitted(make: Any, columns: np.ndarray, table: Table, where: np.ndarray) -> Any:
    """Return a model fitted on the claims of `where`."""
    weights = table.weights[where] * where.sum() / table.weights[where].sum()
    return make().fit(columns[where], table.labels[where], sample_weight=weights)


def left_out(make: Any, columns: np.ndarray, table: Table) -> np.ndarray:
    """Return scores of all claims, each by a fit on the licensed sets without its own."""
    scored = np.zeros(len(table.labels))
    may = ~np.isin(table.sets, list(UNLICENSED))
    for name in np.unique(table.sets):
        here = table.sets == name
        if here[may].any() or name == np.unique(table.sets[~may])[0]:
            model = fitted(make, columns, table, may & ~here)
        scored[here] = model.predict_proba(columns[here])[:, 1]
    return scored


def single(column: np.ndarray, table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Return a part as a score, with for each claim the best threshold on the other sets."""
    may = ~np.isin(table.sets, list(UNLICENSED))
    threshold = np.zeros(len(column))
    for name in np.unique(table.sets):
        here = table.sets == name
        threshold[here] = best_threshold(column, table, may & ~here)
    return column, threshold


def plain(make: Any, names: list[str], table: Table) -> Additive:
    """Return the regression on all licensed sets, on parts as they are measured.

    It is so strongly held back that its chances all lie near one half; they are stretched to be
    true of the sets left out.
    """
    may = ~np.isin(table.sets, list(UNLICENSED))
    columns = table.columns(names)
    bias, curves = fitted(make, columns, table, may).curves()
    apart = left_out(make, columns, table)
    logits = np.log(apart / (1 - apart))[:, None]
    stretch = LogisticRegression(C=1e6).fit(logits[may], table.labels[may], table.weights[may])
    factor = float(stretch.coef_[0, 0])
    return Additive(
        bias=round(factor * bias + float(stretch.intercept_[0]), 5),
        curves={
            name: tuple((round(x, 5), round(factor * y, 5)) for x, y in curve)
            for name, curve in zip(names, curves, strict=True)
        },
    )


def compare(table: Table) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the scores of each part and of all together, and the strengths that were taken."""
    compared: dict[str, Any] = {
        "rules": single(table.columns(["likelihood"])[:, 0], table),
        "cover": single(table.columns(["cover_window"])[:, 0], table),
        "model, longest premise": single(table.columns(["entails_few"])[:, 0], table),
        "model, best premise": single(table.columns(["entails_most"])[:, 0], table),
    }
    taken = {}
    for label, names in (
        ("lexical and rules", WITHOUT_MODEL),
        ("model and lexical", LEXICAL + MODEL),
        ("all", WITH_MODEL),
    ):
        tried = {
            strength: left_out(
                lambda n=names, s=strength: regression(n, s), table.columns(names), table
            )
            for strength in STRENGTHS
        }
        best = max(tried, key=lambda one: mean(table, tried[one], 0.5, *KINDS[:2])["auc"])
        compared[label], taken[label] = (tried[best], 0.5), best
    return compared, taken


def mean(table: Table, scored: np.ndarray, threshold: Any, *kinds: str) -> dict[str, float]:
    """Return the means over the sets of some kinds."""
    scores = table.scores(scored, threshold)
    kept = [one for name, one in scores.items() if kind_of(name) in kinds]
    return {key: round(float(np.mean([one[key] for one in kept])), 2) for key in ("auc", "bacc")}


def kind_of(name: str) -> str:
    """Return whether a set is ours, was trained on in part, or was held out from all or some."""
    if name in OWN_SETS:
        return "own"
    if name in UNLICENSED:
        return "never fitted"
    return "held out" if name in HELD_OUT_LICENCES else "same sets"


def verdicts(table: Table, scored: np.ndarray, deciding: frozenset[str]) -> np.ndarray:
    """Return the scores with what one of the checks that decide refuses at nothing."""
    refused = [
        any(name in deciding and refuses for one in row["failed"] for name, _, refuses in one)
        for row in table.rows
    ]
    verbatim = [row["verbatim"] for row in table.rows]
    return np.where(verbatim, 1.0, np.where(refused, 0.0, scored))


def _print_refused(table: Table, scored: np.ndarray) -> None:
    for name in sorted(set(table.sets)):
        here = (table.sets == name) & ~table.elsewhere
        beside = (table.sets == name) & table.elsewhere
        false, true = (scored[here & (table.labels == label)] < 0.5 for label in (0, 1))
        print(f"  {name}: refused {false.sum()} of {len(false)} false", end=", ")
        print(f"{true.sum()} of {len(true)} true", end=", ")
        print(f"{(scored[beside] < 0.5).sum()} of {beside.sum()} beside words of something else")


def main() -> None:
    """Print what each part is worth, and write the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled sets")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoints")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    rows = measured(options.out, options.weights)
    table = Table([row for row in rows if row["dataset"] not in OWN_SETS])
    news = Table([row for row in rows if row["dataset"] in OWN_SETS])
    compared, taken = compare(table)
    compared["verdict"] = (verdicts(table, compared["all"][0], ALWAYS_DECIDE), 0.5)
    for label, (scored, threshold) in compared.items():
        shown = [f"{kind} {mean(table, scored, threshold, kind)}" for kind in KINDS]
        print(f"{label:24} {'  '.join(shown)}")
    for name, one in table.scores(*compared["all"]).items():
        print(f"  {name:24} {one['rows']:4} AUC {one['auc']:.1f} bAcc {one['bacc']:.1f}")
    for label, names in (("without the model", NEWS_WORDS), ("with the model", NEWS)):
        apart = left_out(lambda n=names: of_news(n), news.columns(names), news)
        print(f"news, {label}: {mean(news, apart, 0.5, 'own')}")
        _print_refused(news, verdicts(news, apart, frozenset({"spans", *CHECKS})))
    fusion = Fusion(
        version=VERSION,
        data=sha256((options.data / "claims.jsonl.gz").read_bytes()).hexdigest(),
        with_model=plain(lambda: regression(WITH_MODEL, taken["all"]), WITH_MODEL, table),
        without_model=plain(
            lambda: regression(WITHOUT_MODEL, taken["lexical and rules"]), WITHOUT_MODEL, table
        ),
        news_with_model=plain(lambda: of_news(NEWS), NEWS, news),
        news_without_model=plain(lambda: of_news(NEWS_WORDS), NEWS_WORDS, news),
    )
    (options.weights / "entailment.json").write_text(
        fusion.model_dump_json(indent=2) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
