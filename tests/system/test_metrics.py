"""What Prometheus is told, by file and over HTTP."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.mail_server import aiosmtpd_server, scripted_server
from tests.stand_in import stand_in_server
from tests.system.desk import ARRIVED, drafted, put
from tests.system.digest_desk import NEWS, settings


@pytest.fixture
def room(desk):
    put("news/courier.txt", NEWS)
    with aiosmtpd_server() as running:
        settings(running)
        yield running


def told(text):
    """Each sample by its name and labels."""
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_run_leaves_what_a_monitor_asks_for_in_a_file(briefing, room):
    with stand_in_server(drafted((ARRIVED, "S1.1"))) as server:
        price = "prompt_usd_per_million = 1\ncompletion_usd_per_million = 1"
        settings(room, more=f"[model]\nname = 's'\nbase_url = '{server.base_url}'\n{price}")
        assert briefing("digest", "run", "--metrics", "briefing.prom").code == 0
    found = told(Path("briefing.prom").read_text())
    assert found["briefing_up",] == found["briefing_last_round_clean",] == 1
    assert found["briefing_editions_total", "salm"] == 1
    assert (found["briefing_letters", "salm", "sent"], found["briefing_letters", "failed", "salm"]
            ) == (2, 0)  # fmt: skip
    assert found["briefing_attempts_total", "salm"] == 2
    assert found["briefing_smtp_seconds_count", "2xx"] == 2
    assert found["briefing_smtp_seconds_sum", "2xx"] > 0
    late_s = found["briefing_edition_late_seconds", "salm"]
    assert 0 < late_s < 3_600
    assert found["briefing_overdue_seconds", "salm"] == 0
    sent, made = (
        found[f"briefing_last_{name}_timestamp_seconds", "salm"] for name in ("sent", "edition")
    )
    assert made <= sent <= found["briefing_last_round_timestamp_seconds",]
    assert found["briefing_model_calls_total", "model"] == 1
    assert found["briefing_model_tokens_total", "model", "prompt"] > 0
    assert found["briefing_model_cost_usd_total", "model"] > 0
    assert found["briefing_dead_addresses",] == 0


def test_a_run_that_goes_wrong_says_so_in_the_file(briefing, room):
    with scripted_server({"RCPT": ["550 5.1.1 nobody", "450 busy"]}) as bad:
        settings(bad)
        assert briefing("digest", "run", "--metrics", "briefing.prom").code == 5
    text = Path("briefing.prom").read_text()
    found = told(text)
    assert (found["briefing_up",], found["briefing_last_round_clean",]) == (1, 0)
    assert found["briefing_letters", "failed", "salm"] == found["briefing_letters", "ready", "salm"]
    assert found["briefing_smtp_seconds_count", "5xx"] == 1
    assert found["briefing_smtp_seconds_count", "4xx"] == 1
    assert found["briefing_dead_addresses",] == 1
    assert "@" not in text
    assert "Lund" not in text


def test_without_its_database_it_is_down(briefing, room):
    put("library.sqlite3", "no database at all, but long enough to be taken for one " * 100)
    assert briefing("digest", "run", "--metrics", "briefing.prom").code == 1
    assert told(Path("briefing.prom").read_text())["briefing_up",] == 0


def test_a_rehearsal_writes_no_figures(briefing, room):
    briefing("digest", "run", "--dry-run", "--metrics", "briefing.prom")
    assert not Path("briefing.prom").exists()


def test_the_loop_answers_on_this_machine(room):
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", "digest", "serve", "--metrics-port", "0",
         "--health", "health.json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    address = re.fullmatch(r"metrics: (http://127\.0\.0\.1:\d+/metrics)\n",
                           process.stdout.readline())[1]  # fmt: skip
    said = [process.stdout.readline() for _ in range(2)]
    with urllib.request.urlopen(address, timeout=30) as answer:
        found = told(answer.read().decode())
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert said[1] == "2 sent\n"
    assert found["briefing_letters", "salm", "sent"] == 2
    assert json.loads(Path("health.json").read_text())["ok"]


def test_the_port_that_is_taken_is_a_line(briefing, room):
    taken = briefing("digest", "serve", "--metrics-port", str(room.port))
    assert (taken.code, "cannot listen on 127.0.0.1" in taken.complaint) == (2, True)
