"""A briefing of each of eight stories at once, beside one of the slowest story alone.

    python -m bench.many_stories

The stand-in server takes another time over each story, two seconds on average. Both commands
read and group all articles of `bench/eight_stories`, which were written for this project; each
run is a process of its own, nothing is kept between them, and the fastest of some counts.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.peers import environment
from bench.stand_in_writer import MODEL, Writer, copied, count, served
from briefing.version import __version__

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "bench" / "eight_stories"
RESULTS = ROOT / "bench" / "results" / "many_stories.json"

LATENCY_S = {
    "Velmar": 1.0,
    "Ostrane voted": 1.2,
    "marsh fever": 1.5,
    "Torvane": 1.8,
    "Skarn": 2.0,
    "Fenwick": 2.3,
    "Norrwing": 2.7,
    "Meridon": 3.5,
}
"""By words that only one of the stories has; the last is the slowest."""


def latency(prompt: str) -> float:
    """Return how long the server takes over a prompt."""
    return next(seconds for words, seconds in LATENCY_S.items() if words in prompt)


def timed(*arguments: str) -> tuple[float, Writer]:
    """Return the seconds that `briefing generate` takes, and whom it asked.

    Raises:
        SystemExit: It failed; what it said on stderr.
    """
    writer = Writer(latency, copied)
    with tempfile.TemporaryDirectory() as name, served(writer) as base_url:
        command = [sys.executable, "-m", "briefing", "generate", str(STORIES), *arguments]
        command += ["--model", MODEL, "--no-cache", "-t", "story"]
        variables = environment(Path(name), base_url)
        start = writer.now()
        done = subprocess.run(command, env=variables, cwd=name, capture_output=True, text=True)
        wall_s = writer.now() - start
        written = len(list(Path(name).glob("out/*.txt")))
    if done.returncode or ("--all" in arguments and written != len(LATENCY_S)):
        raise SystemExit(done.stderr[-3000:])
    return wall_s, writer


def number_of_the_slowest() -> str:
    """Return the number that `briefing groups` gives the slowest story."""
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "briefing", "groups", str(STORIES), "--json"]
        variables = environment(Path(name), "http://127.0.0.1:9/v1")
        done = subprocess.run(command, env=variables, check=True, capture_output=True, text=True)
    (found,) = (
        str(number)
        for number, story in enumerate(json.loads(done.stdout)["stories"], start=1)
        if list(LATENCY_S)[-1] in json.dumps(story)
    )
    return found


def main() -> None:
    """Measure, print and keep the times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="the fastest of so many runs counts")
    parser.add_argument("--out", type=Path, default=RESULTS, help="file for the times")
    options = parser.parse_args()
    count("")  # The vocabulary takes half a second to load, which no call should wait for.
    slowest = number_of_the_slowest()
    alone, together = [], []
    for _ in range(options.rounds):
        alone.append(timed("--group", slowest)[0])
        wall_s, writer = timed("--all", "--out", "out")
        together.append(wall_s)
    calls = [call for call in writer.calls if call.kind == "chat"]
    report: dict[str, Any] = {
        "briefing": __version__,
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "load": [round(one, 1) for one in os.getloadavg()],
        "rounds": options.rounds,
        "latency_s": list(LATENCY_S.values()),
        "slowest_alone_s": round(min(alone), 2),
        "all_at_once_s": round(min(together), 2),
        "times_as_long": round(min(together) / min(alone), 2),
        "calls": len(calls),
        "most_calls_at_once": max(
            sum(one.began <= call.began < one.ended for one in calls) for call in calls
        ),
    }
    print(json.dumps(report, indent=2))
    options.out.write_text(json.dumps(report, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
