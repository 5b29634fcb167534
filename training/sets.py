"""Which labelled sets are trained on, which are held out, and the licence that allows it.

All of this was written down before the first step of training.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VALIDATION_SHARE = 5
"""One document in five is kept for validation."""

CLAIM_LICENCES = {
    "begin_cmu": "CC BY 4.0",
    "begin_tc": "CDLA-Sharing 1.0",
    "begin_wow": "CC BY 4.0",
    "bump": "MIT",
    "defacto": "MIT",
    "factcc": "BSD-3-Clause",
    "feversym": "MIT; CC BY-SA 3.0",
    "fib_xsum": "CC BY 4.0",
    "summedits_ectsum": "Apache-2.0",
    "summedits_podcast": "Apache-2.0",
    "summedits_qmsumm": "Apache-2.0",
    "summedits_sales_call": "Apache-2.0",
    "summedits_samsum": "Apache-2.0",
    "xsumfaith": "CC BY 4.0",
}
"""Sets of claims that the weights are trained on."""

HELD_OUT_LICENCES = {
    "frank": "MIT",
    "summedits_sales_email": "Apache-2.0",
    "summedits_scitldr": "Apache-2.0",
    "summeval": "MIT",
    "wice": "MIT; CC BY-SA 3.0 and Common Crawl terms",
}
"""Sets that could be trained on, kept whole: they show whether the model carries over."""

UNLICENSED = frozenset(
    """
    attrb_attributedqa attrb_expertqa attrb_lfqa attrb_stanfordgensearch cogensumm entfa
    lfqa_verif polytope ragtruth_summ ragtruth_summ_resp
    """.split()
)
"""Sets with no licence, or whose parts have none: only measured on, never trained or fitted on."""

NLI_CAPS = {
    "breaking_nli": 4000,
    "cad_snli": 10559,
    "conjnli_adv": 4000,
    "conjnli_dev": 615,
    "dnc_megaveridicality": 4000,
    "factcg_musique": 0,
    "fever_athnlp": 10654,
    "fever_nli": 17449,
    "feverous_dev": 2957,
    "fm2": 2541,
    "help_and": 2000,
    "med": 3000,
    "mnli_binary": 9826,
    "mnli_matched_dev": 9811,
    "mnli_train_llmsknow": 9873,
    "negnli_mnli": 1500,
    "negnli_snli": 1499,
    "saenli_base_wiki": 2956,
    "saenli_sim_wiki": 6361,
    "saenli_translate_wiki": 6405,
    "scifact_oracle": 1215,
    "scifact_ret": 450,
    "scitail_dev": 2110,
    "scone": 2000,
    "snli_devtest": 12000,
    "snli_train_sample": 12000,
    "vitaminc_fewshot": 395,
}
"""Permissive sets of short pairs, with the most rows of each that one pass takes.

Templated and automatic sets, and captions, are cut; `factcg_musique` has negatives only.
"""


def is_validation(doc_id: str) -> bool:
    """Whether a document, by the hash of its text, belongs to the validation split."""
    return int(doc_id[:8], 16) % VALIDATION_SHARE == 0


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON lines, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            yield json.loads(line)
