"""Batches that are waited for, lost, or found again by the next run; a stand-in answers."""

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.batch_server import batch_server
from tests.system.batch.rows import MENDED, PRICES, QUICK, keys, texts
from tests.system.desk import ARRIVED, COST, UNSIGNED, put

# Waiting.


def test_a_run_that_waits_no_longer_says_so_and_the_next_one_collects(generate):
    with batch_server(MENDED) as server:
        server.looks_before_the_end = 10**6
        for _ in range(2):
            outcome, data = generate(server, "--batch-wait", "0")
            assert (outcome.code, data) == (7, None)
            assert "still waiting for 1 call in batch batch_1 at 127.0.0.1:" in outcome.err
            assert "Run the same again to collect" in outcome.err
        server.looks_before_the_end = 1
        assert generate(server, "--batch-wait", "60")[1] is not None
    assert len(keys(server)) == len(set(keys(server))) == 2


def test_a_server_that_is_away_for_a_while_is_waited_for(generate):
    with batch_server(MENDED) as server:
        server.looks_before_the_end = 3
        looks = []

        def away(method, path):
            looks.append(path)
            return 503 if path == "/batches/batch_1" and len(looks) < 5 else None

        server.before = away
        outcome, _ = generate(server)
    assert outcome.code == 0
    assert len(server.batches) == 2


@pytest.mark.parametrize(
    ("killed_at", "after"),
    [
        (("POST", "/files"), False),
        (("POST", "/batches"), False),
        (("POST", "/batches"), True),
        (("GET", "/batches/batch_1"), False),
        (("GET", "/files/file-2/content"), False),
        (("DELETE", "/files/file-1"), False),
        (("POST", "/batches"), "second"),
    ],
)
def test_a_run_that_is_killed_goes_on_and_pays_for_no_call_twice(news, killed_at, after):
    put("briefing.toml", QUICK + f"[model]\n{PRICES}")
    victim = []
    seen = []

    def kill(method, path):
        seen.append((method, path))
        if (
            victim
            and seen.count(killed_at) == (2 if after == "second" else 1)
            and (
                method,
                path,
            )
            == killed_at
        ):
            if after is True:
                return
            victim.pop().send_signal(signal.SIGKILL)
        return

    with batch_server(MENDED) as server:
        server.before = kill
        if after is True:  # The batch is made, and nobody hears of it.
            server.before = lambda method, path: None
            make = server.make

            def made(asked):
                done = make(asked)
                if victim:
                    victim.pop().send_signal(signal.SIGKILL)
                return done

            server.make = made
        command = [sys.executable, "-m", "briefing", "generate", news, "--model", "x"]
        command += ["--base-url", server.base_url, "--batch", "-f", "json"]

        def run():
            return subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=dict(os.environ),
            )

        first = run()
        victim.append(first)
        first.communicate(timeout=300)
        assert first.returncode == -signal.SIGKILL
        again = run()
        printed, complaint = again.communicate(timeout=300)
    assert again.returncode == 0, complaint
    assert texts(json.loads(printed)) == [ARRIVED, COST, UNSIGNED]
    assert len(keys(server)) == len(set(keys(server))) == 2


def test_a_batch_whose_making_is_not_heard_of_is_found_again(generate):
    with batch_server(MENDED) as server:
        server.loses_answer_to = {"/batches"}
        outcome, _ = generate(server)
    assert outcome.code == 0
    assert len(server.batches) == 2


@pytest.mark.parametrize("fault", ["lost", "garbled"])
def test_a_batch_that_is_not_listed_at_once_is_not_made_a_second_time(generate, fault):
    with batch_server(MENDED) as server:
        lost = server.loses_answer_to if fault == "lost" else server.garbles_answer_to
        lost.add("/batches")
        server.unlisted = 3
        outcome, _ = generate(server)
        assert server.unlisted == 0
    assert outcome.code == 0
    assert len(server.batches) == 2
    assert len(keys(server)) == len(set(keys(server))) == 2


def test_a_batch_that_is_listed_by_nobody_is_made_again(generate):
    with batch_server(MENDED) as server:
        refused = []

        def away(method, path):
            if (method, path) == ("POST", "/batches") and not refused:
                refused.append(path)
                return 503
            return None

        server.before = away
        outcome, _ = generate(server)
    assert outcome.code == 0
    assert len(server.batches) == 2
    assert server.asked.count(("GET", "/batches")) == 5


def test_a_batch_that_cannot_be_found_at_once_has_not_ended(generate):
    with batch_server(MENDED) as server:
        server.looks_before_the_end = 2
        server.unknown = 3
        outcome, _ = generate(server)
        assert server.unknown == 0
    assert outcome.code == 0
    assert len(keys(server)) == len(set(keys(server))) == 2


@pytest.mark.parametrize("fault", ["lost", "garbled"])
def test_a_batch_that_cannot_be_looked_for_is_not_made_a_second_time(generate, fault):
    with batch_server(MENDED) as server:
        lost = server.loses_answer_to if fault == "lost" else server.garbles_answer_to
        lost.add("/batches")
        server.before = lambda method, path: 403 if (method, path) == ("GET", "/batches") else None
        outcome, _ = generate(server)
        assert outcome.code != 0
        assert len(server.batches) == 1
        server.before = lambda method, path: None
        outcome, _ = generate(server)
        assert outcome.code == 0
    assert len(keys(server)) == len(set(keys(server))) == 2
