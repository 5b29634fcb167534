"""A few rounds of the crash bench: killed, starved and doubled runs keep their promises."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_letter_is_lost_and_none_comes_twice_but_once_a_crash():
    command = [sys.executable, "bench/digest_crash.py", "--kills", "2", "--points", "5"]
    done = subprocess.run(
        [*command, "--pairs", "1", "--pages", "2", "--seed", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    counts = {name: one for name, one in json.loads(done.stdout).items() if "_" in name}
    rounds = [one for one in counts.values() if isinstance(one, dict)]
    assert sum(one["rounds"] for one in rounds) == 17
    assert sum(one["broken"] + one["lost"] for one in rounds) == 0
    assert counts["exit_hold"]["duplicates"] == counts["kill_hold"]["duplicates"] == 0
