"""A model on this machine. Weights are not at hand in tests: BRIEFING_TEST_WEIGHTS names some."""

import importlib.util
import json
import os
import subprocess
import sys
import time

import pytest

from tests.system.desk import put

HAS_RUNTIME = importlib.util.find_spec("xllamacpp") is not None
WEIGHTS = os.environ.get("BRIEFING_TEST_WEIGHTS")
needs_runtime = pytest.mark.skipif(not HAS_RUNTIME, reason="pip install 'briefing[local]'")


@pytest.mark.skipif(HAS_RUNTIME, reason="the package is there")
def test_without_the_package_the_command_that_installs_it_is_told(briefing, news, monkeypatch):
    monkeypatch.setenv("BRIEFING_LOCAL__WEIGHTS", put("model.gguf", b"GGUF" + b"\0" * 99))
    outcome = briefing("generate", news, "--model", "local")
    assert outcome.code == 2
    assert "Run: pip install 'briefing[local]'" in outcome.complaint


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "cannot read the weights 'model.gguf'"), (b"PK\3\4", "'model.gguf' is no GGUF file")],
)
def test_a_file_that_is_no_model_is_refused(briefing, news, monkeypatch, content, says):
    if content is not None:
        put("model.gguf", content)
    monkeypatch.setenv("BRIEFING_LOCAL__WEIGHTS", "model.gguf")
    outcome = briefing("generate", news, "--model", "local")
    assert outcome.code == 2
    assert says in outcome.complaint


def test_without_a_file_a_package_that_carries_one_is_wanted(briefing, news):
    outcome = briefing("generate", news, "--model", "local")
    assert outcome.code == 2
    assert "no installed package carries a model" in outcome.complaint


def test_a_dry_run_serves_nothing(briefing, news):
    assert briefing("generate", news, "--model", "local", "--dry-run").code == 0


@needs_runtime
def test_a_broken_file_is_an_error_with_what_to_do(briefing, news, monkeypatch):
    monkeypatch.setenv("BRIEFING_LOCAL__WEIGHTS", put("model.gguf", b"GGUF" + b"\0" * 99))
    outcome = briefing("generate", news, "--model", "local")
    assert outcome.code == 1
    assert "'model.gguf' cannot be served" in outcome.complaint
    assert "Try another file" in outcome.complaint


@needs_runtime
@pytest.mark.skipif(not WEIGHTS, reason="set BRIEFING_TEST_WEIGHTS to a GGUF file")
def test_a_real_model_shortens_and_its_server_ends_with_its_parent(briefing, news, monkeypatch):
    monkeypatch.setenv("BRIEFING_LOCAL__WEIGHTS", WEIGHTS)
    outcome = briefing("generate", news, "--model", "local", "-f", "json")
    assert outcome.code == 0
    data = json.loads(outcome.out)
    assert data["drafter"]["strategy"] == "rewrite"
    assert data["counts"]["supported"] == data["counts"]["sentences"] > 0
    parent = subprocess.Popen([sys.executable, "-c", PARENT, WEIGHTS], stdout=subprocess.PIPE)
    number = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 20
    while os.path.exists(f"/proc/{number}/cmdline") and time.monotonic() < until:  # noqa: PTH110
        time.sleep(0.1)
    assert not os.path.exists(f"/proc/{number}/cmdline")  # noqa: PTH110


PARENT = """
import subprocess, sys, time
from pathlib import Path
from briefing.edges.local_server import serving
with serving(Path(sys.argv[1]), threads=1, context_tokens=512):
    import os
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    print(children[0], flush=True)
    time.sleep(60)
"""
