"""A few rounds of the bench that fills the disk, or makes it read-only, at each write of a run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDS = 77


def test_a_full_or_read_only_disk_costs_no_letter_and_no_database():
    done = subprocess.run(
        [sys.executable, "bench/disk_faults.py", "--every", "120"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode == NEEDS:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    counts = [one for one in json.loads(done.stdout).values() if isinstance(one, dict)]
    rounds = [one for one in counts if "rounds" in one]
    assert len(rounds) == 4
    for one in rounds:
        assert one["writes"] > 100
        assert one["rounds"] == one["failed"] + 1 >= 3, "but for the round without a fault"
        assert one["broken"] == one["lost"] == 0
