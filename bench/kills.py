"""Kill a run of many model calls at each of its calls, go on, and count what was paid for.

    python -m bench.kills --calls 50 --at-once 1 --seed 7

A stand-in server counts the calls that it answers. For each call k, a fresh run is killed
(SIGKILL) when the server is asked for the k-th time: at random before it answers, or just
after. The run is then begun again, until it ends; then once more, which must ask nothing and
print the same bytes. A run may pay for its calls and those in flight when it was killed, no more.
"""

import argparse
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.stand_in import Reply, completion, stand_in_server

_LATENCY_S = 0.02


@dataclass(frozen=True, slots=True)
class Round:
    """What one killed run took."""

    killed_at: int
    paid: int
    asked_again: int
    is_same: bool


def child(base_url: str, calls: int, at_once: int) -> None:
    """Make the calls of a run, and print a hash of the replies."""
    from briefing.cli import models
    from briefing.edges import settings_file
    from briefing.ports import ChatRequest

    overrides = {
        "model.name": "stand-in",
        "model.base_url": base_url,
        "model.calls_at_once": at_once,
    }
    requests = [
        ChatRequest(
            model="stand-in",
            system="Answer.",
            user=f"Question {number}.",
            reply_schema={"type": "object"},
            schema_name="bench",
            max_tokens=50,
        )
        for number in range(calls)
    ]
    with models.lent(settings_file.load(overrides=overrides)) as asked:
        said = asked.asker("draft").ask_all(requests, lambda reply, _: reply.text)
    print(sha256("\n".join(map(str, said)).encode()).hexdigest())


def measure(calls: int, at_once: int, kill_at: int, chance: random.Random) -> Round:
    """Return what a run took that was killed at its `kill_at`-th call."""
    lock = threading.Lock()
    victim: list[subprocess.Popen[str]] = []
    seen = 0
    is_early = chance.random() < 0.5

    def answer(body: dict[str, Any]) -> Reply:
        nonlocal seen
        with lock:
            seen += 1
            mine = seen
        if mine == kill_at and is_early:
            victim[0].send_signal(signal.SIGKILL)
        time.sleep(_LATENCY_S)
        if mine == kill_at and not is_early:
            timer = threading.Timer(chance.random() * 0.01, victim[0].kill)
            timer.start()
        said = {"answer": body["messages"][1]["content"]}
        return Reply(body=completion(json.dumps(said)))

    with tempfile.TemporaryDirectory() as folder, stand_in_server(answer) as server:
        environment = {name: value for name, value in os.environ.items() if "BRIEFING" not in name}
        environment |= {
            f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")
        }
        command = [sys.executable, "-m", "bench.kills", "--child", server.base_url]
        command += ["--calls", str(calls), "--at-once", str(at_once)]

        def run() -> tuple[int, str]:
            process = subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, text=True, stderr=subprocess.PIPE
            )
            victim[:] = [process]
            printed, complaint = process.communicate(timeout=600)
            if process.returncode not in (0, -signal.SIGKILL):
                raise SystemExit(complaint)
            return process.returncode, printed

        code, printed = run()
        while code:
            code, printed = run()
        paid = len(server.asked)
        _, again = run()
        return Round(kill_at, paid, len(server.asked) - paid, again == printed)


def main() -> None:
    """Measure, print a line a round, and keep the numbers."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--calls", type=int, default=50)
    parser.add_argument("--at-once", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--every", type=int, default=1, help="kill at each so-many-th call only")
    parser.add_argument("--out", type=Path, help="where to write the numbers as JSON")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child, options.calls, options.at_once)
        return
    chance = random.Random(options.seed)
    rounds: list[Round] = []
    for kill_at in range(1, options.calls + 1, options.every):
        one = measure(options.calls, options.at_once, kill_at, chance)
        same = "the same bytes" if one.is_same else "OTHER BYTES"
        print(f"killed at {kill_at}: paid {one.paid}, again {one.asked_again}, {same}", flush=True)
        rounds.append(one)
        found = report(rounds, options)
        if options.out:  # Each time: a run that is stopped keeps what it found.
            options.out.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    print(json.dumps(found))
    if (
        found["most_paid"] > found["allowed"]
        or found["asked_when_repeated"]
        or not found["same_bytes"]
    ):
        raise SystemExit(1)


def report(rounds: Sequence[Round], options: argparse.Namespace) -> dict[str, Any]:
    """Return what the rounds so far have shown."""
    return {
        "versions": {"python": platform.python_version(), "briefing": version("briefing")},
        "calls": options.calls,
        "at_once": options.at_once,
        "seed": options.seed,
        "killed_at": [one.killed_at for one in rounds],
        "most_paid": max(one.paid for one in rounds),
        "allowed": options.calls + options.at_once,
        "asked_when_repeated": sum(one.asked_again for one in rounds),
        "same_bytes": all(one.is_same for one in rounds),
    }


if __name__ == "__main__":
    main()
