"""Measure the parts of the score on labelled claims that the weights were not trained on."""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefing.steps.verify import retrieve
from briefing.steps.verify.parts import lexical_parts, rule_parts, worst
from briefing.steps.verify.premises import premises
from briefing.steps.verify.score import claims_of
from training.claims import sources_of
from training.sets import CLAIM_LICENCES, is_validation, rows

MOST_OF_A_SET = 250


def measured_rows(path: Path, most: int = MOST_OF_A_SET) -> Iterator[dict[str, Any]]:
    """Yield rows of the validation documents, and of whole sets held out, `most` of a set."""
    by_set: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(path):
        if row["dataset"] not in CLAIM_LICENCES or is_validation(row["doc_id"]):
            by_set[row["dataset"]].append(row)
    for name in sorted(by_set):
        by_hash = sorted(by_set[name], key=lambda row: sha256(row["id"].encode()).hexdigest())
        yield from by_hash[:most]


def main() -> None:
    """Write the parts that need no model, and the premises for the model, a line a claim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled sets")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoints")
    options = parser.parse_args()
    with (options.out / "parts.jsonl").open("w", encoding="utf-8") as lines:
        for row in measured_rows(options.data / "claims.jsonl.gz"):
            sources = sources_of(row["source"])
            claims = claims_of(row["claim"])
            found = [premises(claim, sources) for claim in claims]
            told = [lexical_parts(*one, sources) for one in zip(claims, found, strict=True)]
            parts = {
                **rule_parts(retrieve(row["claim"], sources)),
                **worst(told),
                "sentences": float(len(claims)),
            }
            read = [
                (claim.text, one and (one.best, one.two, one.few))
                for claim, one in zip(claims, found, strict=True)
            ]
            kept = {key: row[key] for key in ("id", "dataset", "label", "doc_id")}
            print(json.dumps({**kept, "parts": parts, "read": read}), file=lines)


if __name__ == "__main__":
    main()
