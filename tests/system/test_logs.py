"""The log as JSON: every line of stderr is a record, and none has what is nobody's business."""

import json
import logging
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from briefing.cli.logs import JsonLines
from tests.mail_server import aiosmtpd_server, scripted_server
from tests.system.desk import ARRIVED, put
from tests.system.digest_desk import NEWS, settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(desk):
    put("news/courier.txt", NEWS)

    def command(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "briefing", "--log-format", "json", *arguments],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    return command


def records(done):
    found = [json.loads(line) for line in done.stderr.splitlines()]
    for one in found:
        assert datetime.fromisoformat(one["time"]).utcoffset() is not None
        assert {"level", "logger", "message"} <= set(one)
    return found


def test_each_step_of_a_digest_is_a_record(run):
    with aiosmtpd_server() as room:
        settings(room)
        done = run("-v", "digest", "run")
    assert (done.returncode, done.stdout[-7:]) == (0, "2 sent\n")
    found = records(done)
    fates = [one for one in found if one.get("fate") == "sent"]
    assert {(one["logger"], one["digest"], one["level"]) for one in fates} == {
        ("briefing.digest.sending", "salm", "info")
    }
    assert [one["message"].endswith("@salm.example>: sent") for one in fates] == [True, True]
    assert [one["letters"] for one in found if "letters" in one] == [2]
    assert "ada@" not in done.stderr
    assert ARRIVED not in done.stderr


def test_what_a_command_says_on_stderr_is_a_record_too(run):
    with scripted_server({"MAIL": "550 <ada@salm.example> is not you"}) as bad:
        settings(bad)
        done = run("digest", "run")
    assert done.returncode == 1
    (record,) = records(done)
    assert record["level"] == "warning"
    assert record["message"].startswith("the mail server: MAIL FROM: 550")
    assert "ada@" not in done.stderr


def test_why_a_command_ends_is_a_record_as_well(run):
    done = run("digest", "send", "nobody")
    (record,) = records(done)
    assert (done.returncode, record["level"], record["logger"]) == (2, "error", "briefing")
    assert record["message"].startswith("no digest is called 'nobody'.")


def test_an_address_and_a_traceback_are_kept_out_and_a_message_id_is_not():
    identity = f"<{'0f' * 20}@salm.example>"
    try:
        raise ValueError("Lund arrived in Port Salm")
    except ValueError:
        values = ("x", logging.ERROR, "", 1, "%s to Ada <ada@salm.example>, key=bo@b.example",
                  (identity,), sys.exc_info())  # fmt: skip
        said = JsonLines().format(logging.LogRecord(*values))
    assert "\n" not in said
    record = json.loads(said)
    assert record["message"] == f"{identity} to Ada <(address)>, key=(address)"
    assert record["error"] == "ValueError"
    assert "Lund" not in said


def test_lines_for_people_are_as_they_were(briefing):
    before = sys.stderr
    done = briefing("digest", "send", "nobody")
    assert done.complaint.startswith("briefing: no digest is called 'nobody'.")
    assert sys.stderr is before
