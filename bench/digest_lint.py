"""1,000 digests of good, long, foreign and hostile words, each held against what a mail must be.

`python -m bench.digest_lint` from the root makes them from seeds, lints the bytes, and writes what
it counted to bench/results/digest_lint.json. `--strings FILE` takes more hostile strings, one JSON
object with a `text` a line. It exits 1 at the first mail with a problem.
"""

import argparse
import json
import platform
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests import make_digests
from tests.mail_lint import lint

RESULTS = Path(__file__).parent / "results" / "digest_lint.json"


def main() -> None:
    """Make and judge them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--strings", type=Path)
    chosen = parser.parse_args()
    if chosen.strings:
        lines = filter(str.strip, chosen.strings.read_text("utf-8").split("\n"))
        make_digests.HOSTILE += tuple(json.loads(line)["text"] for line in lines)
    began = time.process_time()
    sizes = []
    for seed in range(chosen.count):
        _, content, facts = make_digests.mail(seed)
        problems = lint(content, **facts)
        if problems or b"Quent" in content:
            sys.exit(f"seed {seed}: {problems or 'a sentence that failed is in it'}")
        sizes.append(len(content))
    result = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "css-inline": version("css-inline"),
        "mails": len(sizes),
        "hostile_strings": len(make_digests.HOSTILE),
        "problems": 0,
        "largest_bytes": max(sizes),
        "cpu_s": round(time.process_time() - began, 1),
    }
    print(json.dumps(result, indent=2))
    if not chosen.strings:
        RESULTS.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
