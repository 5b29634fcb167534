"""What grouping costs: 10,000 articles at once, and a stream of 100,000.

    pip install -e . --group bench
    python -m bench.stories_cost

The articles are invented: a seeded vocabulary whose words come as often as in the news (Zipf), and
events that begin at a steady pace, each with words of its own, and burn out within days. The job
"at once" groups 10,000 of them as `briefing groups` does; "stream" places 100,000 one by one, and
the cost of every 10,000 is taken apart. Beside them, on the first 10,000 in the same run:
scikit-learn's average link, on as many as its matrix of all pairs allows here (4,000), and
datasketch's MinHash index with runs of five words. Each job runs in a process of its own, whose
peak of memory is what is counted. Writes bench/results/stories_cost.json and .svg; exits 1 where
a floor is missed: 60 s, 1 GB, and 1.5 times from the first 10,000 of the stream to the last.
"""

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from time import process_time

from bench import stories as bench
from briefing import grouping
from briefing.data.article import Article
from briefing.steps.group import Stream

RESULTS = Path(__file__).parent / "results"
ALL_PAIRS = 4_000
MOST_S, MOST_MB, MOST_GROWTH = 60, 1_000, 1.5
ARTICLES_A_DAY = 500
STEP = 10_000


def invented(count: int) -> Iterator[Article]:
    """Yield articles of about 250 words, as a stream brings them."""
    chance = random.Random(2031)
    letters = "abcdefghiklmnoprstuvz"
    lexicon = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(30_000)]
    common = lexicon[:6_000]
    weights = [1 / (rank + 20) for rank in range(len(common))]
    cumulative = _running(weights)
    events: list[tuple[int, list[str]]] = []
    for number in range(count):
        day = number // ARTICLES_A_DAY
        if number % 6 == 0 or not events:
            own = chance.sample(lexicon, 40)
            # An event is told again for as long as it is among the last few hundred.
            events.append((day, own))
            events = events[-300:]
        _, own = events[min(int(chance.expovariate(1 / 60)), len(events) - 1) * -1 - 1]
        words = chance.choices(common, cum_weights=cumulative, k=180) + chance.choices(own, k=70)
        chance.shuffle(words)
        lead = chance.sample(own, 12)
        yield Article(
            source=f"articles/{number}.txt",
            title=" ".join(lead[:6]).capitalize(),
            text=" ".join([*lead[6:], *words]).capitalize() + f" {number}.",
            language="en",
            published=date(2031, 1, 1) + timedelta(days=day),
        )


def _running(weights: list[float]) -> list[float]:
    total, found = 0.0, []
    for weight in weights:
        total += weight
        found.append(total)
    return found


def at_once(count: int) -> dict[str, object]:
    """Group all of them."""
    articles = list(invented(count))
    began = process_time()
    found = grouping.stories(articles)
    return {"articles": count, "cpu_s": process_time() - began, "stories": len(found)}


def stream(count: int) -> dict[str, object]:
    """Place them one by one."""
    placing = Stream()
    steps: list[float] = []
    spent = 0.0
    for number, article in enumerate(invented(count), start=1):
        began = process_time()
        placing.place(article)
        spent += process_time() - began
        if number % STEP == 0:
            steps.append(round(spent, 2))
            print(f"{number:,}: {spent:.1f} s", file=sys.stderr, flush=True)
            spent = 0.0
    return {"articles": count, "cpu_s": sum(steps), "cpu_s_by_10000": steps, "active": len(placing)}


def other(way: Callable[[list[Article]], object]) -> Callable[[int], dict[str, object]]:
    """Return the job that groups in another way."""

    def job(count: int) -> dict[str, object]:
        articles = list(invented(count))
        began = process_time()
        way(articles)
        return {"articles": count, "cpu_s": process_time() - began}

    return job


JOBS: dict[str, Callable[[int], dict[str, object]]] = {
    "at once": at_once,
    "stream": stream,
    "scikit-learn average link": other(bench.by_average_link),
    "datasketch": other(bench.by_minhash),
}


def in_a_process(job: str, count: int) -> dict[str, object]:
    """Run one job of this file in a process of its own."""
    command = [sys.executable, "-m", "bench.stories_cost", "--job", job, "--count", str(count)]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    done: dict[str, object] = json.loads(run.stdout)
    done["articles_a_cpu_s"] = round(float(done["articles"]) / float(done["cpu_s"]))  # type: ignore[arg-type]
    print(job, done, flush=True)
    return done


def plot(steps: list[float]) -> str:
    """Return the cost of each 10,000 articles of the stream as an SVG, milliseconds an article."""
    each = [1000 * step / STEP for step in steps]
    width, height, most = 640, 240, max(each) * 1.2
    points = [
        (50 + at * (width - 80) / max(len(each) - 1, 1), height - 30 - (height - 60) * ms / most)
        for at, ms in enumerate(each)
    ]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3"/>'
        f'<text x="{x:.0f}" y="{y - 8:.0f}" text-anchor="middle">{ms:.2f}</text>'
        f'<text x="{x:.0f}" y="{height - 12}" text-anchor="middle">{(at + 1) * 10}k</text>'
        for at, ((x, y), ms) in enumerate(zip(points, each, strict=True))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11">'
        f'<rect width="{width}" height="{height}" fill="white"/>'
        f'<text x="10" y="16">CPU milliseconds to place an article, by how many came before</text>'
        f'<line x1="40" y1="{height - 30}" x2="{width - 20}" y2="{height - 30}" stroke="black"/>'
        f'<polyline points="{line}" fill="none" stroke="black"/>{marks}</svg>\n'
    )


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--count", type=int, default=STEP)
    parser.add_argument("--streamed", type=int, default=10 * STEP)
    parser.add_argument("--job", choices=list(JOBS))
    options = parser.parse_args()
    if options.job:
        done = JOBS[options.job](options.count)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(done | {"peak_mb": round(peak_mb, 1)}))
        return
    done = {job: in_a_process(job, options.count) for job in ("at once", "datasketch")}
    done["scikit-learn average link"] = in_a_process(
        "scikit-learn average link", min(options.count, ALL_PAIRS)
    )
    done["stream"] = in_a_process("stream", options.streamed)
    steps: list[float] = done["stream"]["cpu_s_by_10000"]  # type: ignore[assignment]
    speed = {name: float(of["articles_a_cpu_s"]) for name, of in done.items()}  # type: ignore[arg-type]
    result = {
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("briefing", "scikit-learn", "datasketch")},
        "machine": {"platform": platform.platform(), "cores": os.cpu_count()},
        "jobs": done,
        "growth_first_to_last_10000": round(steps[-1] / steps[0], 2),
        "speed_over": {
            name: round(speed["at once"] / speed[name], 2)
            for name in ("datasketch", "scikit-learn average link")
        },
    }
    print(json.dumps(result, indent=2))
    if options.count == STEP and options.streamed == 10 * STEP:
        (RESULTS / "stories_cost.json").write_text(json.dumps(result, indent=2) + "\n", "utf-8")
        (RESULTS / "stories_cost.svg").write_text(plot(steps), "utf-8")
    missed = [
        name
        for name, is_missed in {
            "seconds": float(done["at once"]["cpu_s"]) > MOST_S,  # type: ignore[arg-type]
            "memory": float(done["at once"]["peak_mb"]) > MOST_MB,  # type: ignore[arg-type]
            "growth": result["growth_first_to_last_10000"] > MOST_GROWTH,  # type: ignore[operator]
        }.items()
        if is_missed
    ]
    if missed:
        parser.exit(1, f"missed: {', '.join(missed)}\n")


if __name__ == "__main__":
    main()
