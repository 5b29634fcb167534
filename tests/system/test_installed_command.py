"""The installed command, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.system.desk import COURIER, WIRE, put

VISIT = ROOT / "examples" / "visit"
FULL = Path("/dev/full")


def script(*arguments, stdin=None, **options):
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BRIEFING_", "OPENAI_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        input=stdin,
        capture_output=True,
        env=environment | {"XDG_CONFIG_HOME": "/nowhere"},
        check=False,
        timeout=60,
        **options,
    )


def test_the_installed_command_reads_a_pipe_and_prints_nothing_but_the_result(desk):
    result = script("generate", "-", "-f", "json", stdin=WIRE.encode())
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)["articles"][0]["outlet"] == "Salm Wire"


def test_the_installed_command_prints_one_line_and_no_traceback(desk):
    result = script("generate", "gone.txt")
    assert (result.returncode, result.stdout) == (4, b"")
    assert result.stderr.startswith(b"briefing: cannot read 'gone.txt'")
    assert result.stderr.count(b"\n") == 1


def test_the_installed_command_is_silent_when_its_reader_has_seen_enough(desk):
    put("news.txt", COURIER)
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [sys.executable, "-m", "briefing", "generate", "news.txt"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (1, b"")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    "arguments",
    [("generate", "news.txt"), ("generate", "news.txt", "-f", "json"), ("groups", "news.txt")],
    ids=["text", "json", "groups"],
)
def test_the_installed_command_says_in_one_line_that_the_disk_is_full(desk, arguments):
    put("news.txt", COURIER)
    with FULL.open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "briefing", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert result.returncode == 1
    assert result.stderr == (
        b"briefing: cannot write standard output: the disk is full. "
        b"Make room, or choose another place.\n"
    )
