"""Train the entailment model in two stages: short pairs first, then claims with their sources.

Resumable: it goes on from the last checkpoint in `--out`. See README.md.
"""

import argparse
import copy
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.claims import claim_pairs
from training.encoder import Encoder, load_base, load_tokenizer
from training.negatives import made_pairs
from training.pairs import LABELS, NOT_ENTAILMENT, Pair, arrays, batches, encode
from training.sets import NLI_CAPS, rows

_WARM_UP = 150

_MADE = 6000
"""Pairs made from news text in each pass of the second stage."""


def nli_pairs(path: Path, seed: int) -> list[tuple[str, str, int]]:
    """Return one pass over the permissive sets of short pairs, each cut to its cap."""
    by_set: dict[str, list[tuple[str, str, int]]] = {name: [] for name in NLI_CAPS}
    for row in rows(path):
        if row["permissive"] and not row.get("dev_overlap"):
            pair = (row["premise"], row["hypothesis"], LABELS[row["label"]])
            by_set[row["dataset"]].append(pair)
    rng = random.Random(seed)
    return [
        pair
        for name, cap in sorted(NLI_CAPS.items())
        for pair in rng.sample(by_set[name], min(cap, len(by_set[name])))
    ]


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the summed loss: cross-entropy, or of not being entailed where that is all we know."""
    chances = functional.log_softmax(logits, -1)
    refused = torch.logsumexp(chances[:, 1:], -1)
    known = chances.gather(1, labels.clamp(max=2)[:, None])[:, 0]
    return -torch.where(labels == NOT_ENTAILMENT, refused, known).sum()


class Trainer:
    """The 32-bit weights with their optimiser, and one bf16 copy for each worker."""

    def __init__(self, encoder: Encoder, *, device: str, workers: int, rate: float) -> None:
        self.device = device
        self.rate = rate
        self.master = encoder.to(device)
        # Half of all weights; frozen, they need neither gradients nor optimiser state.
        self.master.words.requires_grad_(False)
        self.copies = [copy.deepcopy(self.master) for _ in range(workers)]
        for one in self.copies:
            one.layers.bfloat16()
        trained = [p for p in self.master.parameters() if p.requires_grad]
        decayed = [p for p in trained if p.ndim > 1]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": decayed, "weight_decay": 0.01},
                {"params": [p for p in trained if p.ndim == 1], "weight_decay": 0.0},
            ],
            lr=rate,
            fused=True,
        )
        self.trained = trained
        self.pool = ThreadPoolExecutor(workers)

    def _gradients(self, model: nn.Module, batch: Sequence[Pair]) -> float:
        torch.set_num_threads(1)  # A setting of each thread.
        ids, kinds, labels = (torch.from_numpy(part).to(self.device) for part in arrays(batch))
        loss = loss_of(model(ids, kinds), labels)
        loss.backward()
        return float(loss.detach())

    def step(self, group: Sequence[Sequence[Pair]], rate: float) -> float:
        """Take one step over one batch for each worker, and return the mean loss of a pair."""
        for one in self.copies:
            for copied, own in zip(one.parameters(), self.master.parameters(), strict=True):
                if own.requires_grad:
                    copied.data.copy_(own.data)
                    copied.grad = None
        losses = list(self.pool.map(self._gradients, self.copies, group))
        count = sum(len(batch) for batch in group)
        used = self.copies[: len(group)]
        for place, own in enumerate(self.master.parameters()):
            if own.requires_grad:
                summed = sum(list(one.parameters())[place].grad.float() for one in used)
                own.grad = summed / count
        nn.utils.clip_grad_norm_(self.trained, 1.0)
        for part in self.optimiser.param_groups:
            part["lr"] = rate
        self.optimiser.step()
        return sum(losses) / count


def main() -> None:
    """Run a stage until its minutes or its steps are over."""
    options = _options()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    kept = options.out / f"{options.stage}.pt"
    trainer = Trainer(
        load_base(), device=options.device, workers=options.workers, rate=options.rate
    )
    state = {"step": 0, "pass": 0, "batch": 0, "pairs": 0, "seconds": 0.0}
    if kept.exists():
        stored = torch.load(kept, map_location=options.device)
        trainer.master.load_state_dict(stored["model"])
        trainer.optimiser.load_state_dict(stored["optimiser"])
        state = stored["state"]
    elif options.start:
        trainer.master.load_state_dict(torch.load(options.start, map_location="cpu")["model"])
    _run(trainer, state, options, kept)


def _run(
    trainer: Trainer, state: dict[str, float], options: argparse.Namespace, kept: Path
) -> None:
    begun = time.monotonic() - state["seconds"]
    saved = noted = time.monotonic()
    losses: list[float] = []
    for group in _groups(state, options):
        warm = min(1.0, (state["step"] + 1) / _WARM_UP)
        left = 1 - state["seconds"] / (60 * options.minutes)
        fading = 1.0 if options.stage == "nli" else max(0.05, min(1.0, left))
        losses.append(trainer.step(group, options.rate * warm * fading))
        state["step"] += 1
        state["pairs"] += sum(map(len, group))
        state["seconds"] = now_spent = time.monotonic() - begun
        done = now_spent > 60 * options.minutes
        if time.monotonic() - noted > 30 or done:
            speed = state["pairs"] / now_spent
            print(
                json.dumps(
                    {**state, "loss": round(float(np.mean(losses)), 4), "speed": round(speed, 1)}
                ),
                flush=True,
            )
            noted, losses = time.monotonic(), []
        if time.monotonic() - saved > 180 or done:
            _save(trainer, state, kept)
            saved = time.monotonic()
        if done:
            return


def _save(trainer: Trainer, state: dict[str, float], kept: Path) -> None:
    whole = {
        "model": trainer.master.state_dict(),
        "optimiser": trainer.optimiser.state_dict(),
        "state": dict(state),
    }
    torch.save(whole, kept.with_suffix(".new"))
    kept.with_suffix(".new").replace(kept)


def _groups(state: dict[str, float], options: argparse.Namespace) -> Iterator[list[list[Pair]]]:
    tokenizer = load_tokenizer()
    while True:
        seed = options.seed * 1000 + int(state["pass"])
        texts = _texts(options, seed)
        pairs = encode(texts, tokenizer, options.max_tokens)
        made = list(batches(pairs, tokens=options.batch_tokens, seed=seed))
        print(
            json.dumps(
                {
                    "pass": state["pass"],
                    "pairs": len(pairs),
                    "batches": len(made),
                    "tokens": sum(len(p.ids) for p in pairs),
                    "labels": Counter(p.label for p in pairs),
                }
            ),
            flush=True,
        )
        while state["batch"] < len(made):
            group = made[int(state["batch"]) : int(state["batch"]) + options.workers]
            state["batch"] += len(group)
            yield group
        state["pass"] += 1
        state["batch"] = 0


def _texts(options: argparse.Namespace, seed: int) -> list[tuple[str, str, int]]:
    """Return the pairs of one pass; those of the second stage are kept, as they take minutes."""
    short = nli_pairs(options.data / "nli.jsonl.gz", seed)
    if options.stage == "nli":
        return short
    kept = options.out / f"claims-{seed}.json"
    if not kept.exists():
        claims = claim_pairs(options.data / "claims.jsonl.gz", seed)
        made = made_pairs(options.data / "news_text.jsonl.gz", seed, _MADE)
        kept.write_text(json.dumps([*claims, *made]), "utf-8")
    pairs = [(premise, claim, label) for premise, claim, label in json.loads(kept.read_text())]
    return pairs + random.Random(seed).sample(short, options.replayed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled sets")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoints")
    parser.add_argument("--stage", choices=["nli", "claims"], default="nli")
    parser.add_argument("--start", type=Path, help="checkpoint that the stage starts from")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--batch-tokens", type=int, default=2048, help="tokens of a worker's batch")
    parser.add_argument("--max-tokens", type=int, default=128)
    parser.add_argument(
        "--replayed", type=int, default=6000, help="short pairs in each pass of the second stage"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
