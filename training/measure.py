"""Measure the parts of the score on labelled claims that the weights were not trained on."""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from briefing.data.article import Article, Sentence
from briefing.data.briefing import Citation
from briefing.edges import reading
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from briefing.steps.split import split
from briefing.steps.verify import Sources, retrieve, verify
from briefing.steps.verify.claims import claims_of
from briefing.steps.verify.parts import (
    lexical_parts,
    rule_parts,
    wording_parts,
    worst,
)
from briefing.steps.verify.premises import premises
from briefing.steps.verify.retrieve import ranked
from briefing.steps.verify.score import pair
from training.claims import sources_of
from training.sets import CLAIM_LICENCES, is_validation, rows

MOST_OF_A_SET = 250

MOST_RANKED = 30
MOST_COVER = 0.35
"""With less of a claim in a sentence, that is no evidence of it, true or false."""

WRONG_CITATIONS = 2
"""How many sentences of something else each true one about news is also measured beside."""

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests" / "data"
MENDED_ON = ("visit", "dam", "mill", "election", "bank")
FIRST_SIGHT = ("ceasefire", "court", "crash", "fever", "guest", "strike", "summit", "trial")
OWN_SETS = {name: TESTS / name for name in (*MENDED_ON, *FIRST_SIGHT)} | {
    "visit": ROOT / "examples" / "visit"
}
"""Our own labelled sentences, by name, with the folder of the articles that they are about.

The checks were mended on the first; of the others they knew nothing when they were first measured.
"""


def measured_rows(path: Path, most: int = MOST_OF_A_SET) -> Iterator[dict[str, Any]]:
    """Yield rows of the validation documents, and of whole sets held out, `most` of a set."""
    return _cut(
        (
            row
            for row in rows(path)
            if row["dataset"] not in CLAIM_LICENCES or is_validation(row["doc_id"])
        ),
        most,
    )


def training_rows(path: Path, most: int) -> Iterator[dict[str, Any]]:
    """Yield rows of the training documents of the sets that are trained on, `most` of a set."""
    return _cut(
        (
            row
            for row in rows(path)
            if row["dataset"] in CLAIM_LICENCES and not is_validation(row["doc_id"])
        ),
        most,
    )


def _cut(kept: Iterable[dict[str, Any]], most: int) -> Iterator[dict[str, Any]]:
    """Yield `most` rows of each set in an order of its own, one of each set after the other."""
    by_set: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in kept:
        by_set[row["dataset"]].append(row)
    hashed = [
        sorted(by_set[name], key=lambda row: sha256(row["id"].encode()).hexdigest())[:most]
        for name in sorted(by_set)
    ]
    for group in zip_longest(*hashed):
        yield from (row for row in group if row is not None)


def own_rows() -> Iterator[dict[str, Any]]:
    """Yield the labelled sentences about invented news in `tests/data`, with their articles.

    A true one comes again beside sentences that say something else, as a false one: with `cites`.
    """
    for name, folder in OWN_SETS.items():
        found = reading.read([str(folder)], LimitSettings())
        articles, _ = clean_all(found.documents, max_chars=10**5)
        for row in rows(TESTS / f"{name}_claims.jsonl"):
            own = {
                "id": f"{name}-{row['id']}",
                "dataset": name,
                "label": int(row["label"] == "supported"),
                "doc_id": name,
                "claim": row["text"],
                "articles": articles,
            }
            yield own
            for number, cited in enumerate(_elsewhere(own) if own["label"] else ()):
                yield {**own, "id": f"{own['id']}-{number}", "label": 0, "cites": cited}


def _elsewhere(row: dict[str, Any]) -> list[Sentence]:
    """Return the sentences that share most with a claim and yet too little to be evidence of it.

    And the last of the story, which mostly shares nothing.
    """
    sources = _sources(row)
    claim = sources.claim(row["claim"])
    apart = [
        one
        for one in ranked(claim, sources)[:MOST_RANKED]
        if verify(row["claim"], [Citation.of(one)], sources).cover < MOST_COVER
    ]
    last = sources.story.sentences[-1]
    shares_nothing = not claim.stem_set & sources.analysis(last).stem_set
    return apart[:WRONG_CITATIONS] + ([last] if shares_nothing else [])


def main() -> None:
    """Write what needs no model, a line a claim: words and premises, or what the checks say."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled sets")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoints")
    parser.add_argument("--what", choices=["words", "rules"], required=True)
    parser.add_argument("--most", type=int, default=MOST_OF_A_SET, help="rows of a set")
    options = parser.parse_args()
    measure = words_of if options.what == "words" else rules_of
    with (options.out / f"{options.what}.jsonl").open("w", encoding="utf-8") as lines:
        outside = measured_rows(options.data / "claims.jsonl.gz", options.most)
        for row in chain(own_rows(), outside):
            kept = {key: row[key] for key in ("id", "dataset", "label", "doc_id")}
            print(json.dumps({**kept, **measure(row)}), file=lines, flush=True)


@lru_cache(maxsize=1)
def _shelf(articles: tuple[Article, ...]) -> Sources:
    return Sources(split(articles))


def _sources(row: dict[str, Any]) -> Sources:
    return _shelf(row["articles"]) if "articles" in row else sources_of(row["source"])


def words_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return the lexical parts of a claim, and its sentences with their premises."""
    sources = _sources(row)
    claims = claims_of(row["claim"])
    found = [premises(claim, sources) for claim in claims]
    told = [lexical_parts(*one, sources) for one in zip(claims, found, strict=True)]
    read = [
        (claim.text, one and (one.best, one.two, one.few))
        for claim, one in zip(claims, found, strict=True)
    ]
    return {"parts": {**worst(told), "sentences": float(len(claims))}, "read": read}


def rules_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the checks say of a claim's sentences beside the spans found for each."""
    sources = _sources(row)
    claims = claims_of(row["claim"])
    found = [
        verify(claim.text, [Citation.of(row["cites"])], sources)
        if "cites" in row
        else retrieve(claim.text, sources)
        for claim in claims
    ]
    told = [
        {
            **rule_parts(one),
            **wording_parts(claim, one, sources),
        }
        for claim, one in zip(claims, found, strict=True)
    ]
    return {
        "parts": worst(told),
        "cited": [pair(*one, sources) for one in zip(claims, found, strict=True)],
        "elsewhere": "cites" in row,
        "verbatim": all(one.is_verbatim for one in found),
        "failed": [
            [(check.name, check.code, check.refuses) for check in one.checks if not check.ok]
            for one in found
        ],
    }


if __name__ == "__main__":
    main()
