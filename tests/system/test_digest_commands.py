"""The commands of digests against a real mail server on loopback."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket
from types import SimpleNamespace

import pytest

from tests.batch_server import batch_server, row
from tests.mail_lint import lint
from tests.mail_server import scripted_server
from tests.stand_in import completion, stand_in_server
from tests.system.desk import ARRIVED, drafted, put
from tests.system.digest_desk import MORE, NEWS, settings, text_of


def test_what_is_due_is_sent_once_however_often_one_runs(briefing, room):
    first = briefing("digest", "run")
    assert (first.code, first.err) == (0, "")
    assert re.fullmatch(r"salm, \d{4}-\d\d-\d\d: 2 letters\n2 sent\n", first.out)
    assert [one for one, _ in room.taken] == ["ada@salm.example", "bo@salm.example"]
    assert ARRIVED in text_of(room.taken[0][1])
    for recipient, content in room.taken:
        facts = {"link": None, "sources": set(), "recipient": recipient}
        assert lint(content, **facts) == []
    assert briefing("digest", "run").out == "nothing to send\n"
    assert len(room.taken) == 2


def test_what_waits_for_the_server_is_not_said_to_be_nothing(briefing, room):
    with closing(socket()) as bound:
        # Nobody listens there, and nobody else can.
        bound.bind(("127.0.0.1", 0))
        settings(SimpleNamespace(port=bound.getsockname()[1]))
        refused = briefing("digest", "run")
    assert (refused.code, refused.out.splitlines()[-1]) == (1, "nothing sent")
    assert "The rest is tried again." in refused.err


def test_a_digest_is_drafted_by_its_profile_and_the_call_is_kept_and_booked(briefing, cli, room):
    with stand_in_server(drafted((ARRIVED, "S1.1"))) as server:
        settings(
            room,
            more=f"[profiles.small]\nname = 's'\nbase_url = '{server.base_url}'\n"
            "[steps]\ndraft = 'small'",
        )
        sent = briefing("digest", "run")
        again = briefing("digest", "preview", "salm")
    assert (sent.code, sent.err, again.code, again.err) == (0, "", 0, "")
    assert [one["model"] for one in server.asked] == ["s"]
    assert ARRIVED in text_of(room.taken[0][1])
    assert ARRIVED in " ".join(again.out.split())
    (row,) = json.loads(cli("usage", "--by", "profile", "--json").out)
    assert (row["key"], row["calls"]) == ("small", 1)


def test_each_digest_may_have_a_profile_of_its_own(briefing, cli, room):
    with stand_in_server(drafted((ARRIVED, "S1.1")), drafted((ARRIVED, "S1.1"))) as server:
        due = f"{datetime.now(UTC) - timedelta(minutes=5):%H:%M} UTC"
        profiles = "\n".join(
            f"[profiles.{name}]\nname = '{name}'\nbase_url = '{server.base_url}'\n"
            "prompt_usd_per_million = 0\ncompletion_usd_per_million = 1"
            for name in ("small", "large")
        )
        second = f"""[[digest]]
name = "second"
schedule = "{due}"
sources = ["news"]
recipients = ["ada@salm.example"]
profile = "large"
"""
        settings(room, more=f"{profiles}\n[steps]\ndraft = 'small'\n{second}")
        sent = briefing("digest", "run")
        assert (sent.code, sent.err) == (0, "")
        assert [one["model"] for one in server.asked] == ["large", "small"]
    rows = json.loads(cli("usage", "--by", "profile", "--json").out)
    assert {(row["key"], row["calls"]) for row in rows} == {("large", 1), ("small", 1)}


def test_a_digest_that_can_wait_is_made_when_its_batch_has_ended(briefing, cli, room):
    def answer(line):
        text = json.loads(drafted((ARRIVED, "S1.1")).content)["choices"][0]["message"]["content"]
        return row(line, completion(text))

    with batch_server(answer) as server:
        settings(
            room,
            more=f"[model]\nname = 's'\nbase_url = '{server.base_url}'\n[batch]\npoll_s = 0.01",
        )
        server.looks_before_the_end = 10**6
        for _ in range(2):
            waiting = briefing("digest", "run", "--batch")
            assert (waiting.code, room.taken) == (7, [])
            assert "briefing: salm: still waiting for 1 call in batch batch_1" in waiting.err
        server.looks_before_the_end = 1
        settings(
            room,
            more=f"[model]\nname = 's'\nbase_url = '{server.base_url}'",
            digest="batch = true",
        )
        sent = briefing("digest", "run")
    assert (sent.code, "2 sent" in sent.out) == (0, True)
    assert len(server.lines) == 1
    assert ARRIVED in text_of(room.taken[0][1])


def test_a_digest_keeps_to_what_a_run_may_spend(briefing, room):
    with stand_in_server() as server:
        settings(
            room,
            more=f"[model]\nname = 's'\nbase_url = '{server.base_url}'\n[spending]\nmax_tokens = 5",
        )
        outcome = briefing("digest", "send", "salm")
    assert (server.asked, room.taken) == ([], [])
    assert outcome.code == 1
    assert "`spending.max_tokens`" in outcome.err


def test_what_was_sent_is_not_sent_again_the_next_day(briefing, room):
    assert briefing("digest", "send", "salm", "--date", "2031-04-07").out == "2 sent\n"
    put("news/flood.txt", MORE)
    assert briefing("digest", "send", "salm", "--date", "2031-04-08").code == 0
    second = text_of(room.taken[2][1])
    assert "Rescuers found 14 people dead" in second
    assert ARRIVED not in second
    assert "1 story, 1 article" in second
    done = briefing("digest", "send", "salm", "--date", "2031-04-09")
    assert done.out == "salm, 2031-04-09: nothing new\nnothing to send\n"
    put("news/flood.txt", MORE.replace("14", "17"))
    assert briefing("digest", "send", "salm", "--date", "2031-04-10").code == 0
    third = text_of(room.taken[4][1])
    said = (
        "Rescuers found 17 people dead in the flooded quarry near Ondresk on Tuesday, the police "
    )
    assert f"{said}said. [1] (one origin) Changed since 8 April: 14." in third


def test_a_preview_keeps_and_sends_nothing(briefing, room):
    for form, words in [
        ("text", ARRIVED[:40]),
        ("html", "<!DOCTYPE html>"),
        ("mail", "Auto-Submitted: auto-generated"),
        ("json", '"digest": "salm"'),
    ]:
        shown = briefing("digest", "preview", "salm", "--format", form)
        assert (shown.code, shown.err) == (0, "")
        assert words in " ".join(shown.out.split()) or words in shown.out
    assert room.taken == []
    assert briefing("digest", "log").out == ""


def test_only_what_sends_needs_the_password(briefing, desk):
    put("news/a.txt", NEWS)
    put(
        "briefing.toml",
        """[smtp]
host = "mail.salm.example"
user = "desk"
sender = "Salm Desk <desk@salm.example>"
[library]
url = "sqlite:///library.sqlite3"
[[digest]]
name = "salm"
schedule = "07:00 UTC"
sources = ["news"]
recipients = ["ada@salm.example"]
""",
    )
    assert ARRIVED[:40] in " ".join(briefing("digest", "preview", "salm").out.split())
    assert briefing("status").out.startswith("salm: next")
    for arguments in [("send", "salm", "--to", "me@salm.example"), ("run",)]:
        refused = briefing("digest", *arguments)
        assert (refused.code, "Set BRIEFING_SMTP__PASSWORD" in refused.complaint) == (2, True)


def test_a_test_goes_to_one_address_and_is_not_kept(briefing, room):
    assert briefing("digest", "send", "salm", "--to", "me@salm.example").out == "sent a test\n"
    ((recipient, content),) = room.taken
    assert recipient == "me@salm.example"
    assert b"Subject: [Test] Salm Briefing," in content
    assert briefing("digest", "log").out == ""
    wrong = briefing("digest", "send", "salm", "--to", "me\n@x")
    assert (wrong.code, "`--to` is no address" in wrong.complaint) == (2, True)


def test_a_rehearsal_sends_nothing(briefing, room):
    assert briefing("digest", "send", "salm", "--dry-run").out == "would send 1 story to 2\n"
    assert "due since" in briefing("digest", "run", "--dry-run").out
    to = briefing("digest", "send", "salm", "--to", "me@salm.example", "--dry-run")
    assert to.out.startswith("would send a test of ")
    assert room.taken == []


def test_the_log_and_the_outputs_show_no_address(briefing, room):
    run = briefing("-v", "digest", "run")
    log = briefing("digest", "log")
    assert briefing("digest", "log", "slam").code == 2
    letters = briefing("digest", "log", "salm", "--date", log.out.split()[0])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d salm: 2 sent\n", log.out)
    assert letters.out.count(" sent a…@salm.example") == 1
    for said in (run, log, letters):
        assert "ada@" not in said.out + said.err
        assert "bo@" not in said.out + said.err


def test_a_server_that_refuses_is_an_exit_code_and_a_line(briefing, room):
    with scripted_server({"MAIL": "550 not you"}) as bad:
        settings(bad)
        run = briefing("digest", "run")
    assert run.code == 1
    assert run.err == "briefing: the mail server: MAIL FROM: 550 not you. Check [smtp].\n"
    with scripted_server({"RCPT": ["550 5.1.1 nobody"]}) as bad:
        settings(bad)
        run = briefing("digest", "run")
    assert (run.code, run.out) == (5, "1 sent, 1 failed\n")
    status = briefing("status")
    assert status.code == 5
    assert "1 failed, 1 sent" in status.out
    assert "dead addresses, no longer written to: 1" in status.out


def test_held_letters_wait_for_a_person(briefing, room):
    with scripted_server({"body": ["take and drop"]}) as bad:
        settings(bad, digest='policy = "hold"')
        run = briefing("digest", "run")
    assert (run.code, run.out.splitlines()[-1]) == (5, "1 sent, 1 held")
    held = briefing("digest", "resolve").out
    assert held.count("\n") == 1
    assert held.endswith(" a…@salm.example\n")
    assert briefing("digest", "resolve", "--arrived", "--again").code == 2
    assert briefing("digest", "resolve", "x@y", "--again").code == 2
    settings(room, digest='policy = "hold"')
    assert briefing("digest", "resolve", held.split()[0], "--again").out == "1 letter: ready\n"
    assert briefing("digest", "run").out == "1 sent\n"


def test_an_edition_is_sent_again_on_request(briefing, room):
    briefing("digest", "send", "salm", "--date", "2031-04-07")
    again = briefing("digest", "resend", "salm", "--date", "2031-04-07", "--to", "bo@salm.example")
    assert again.out == "1 letter ready: run `briefing digest run`\n"
    briefing("digest", "run")
    assert room.taken[1] == room.taken[2]
    assert briefing("digest", "resend", "salm", "--date", "2031-04-01").code == 4


def test_a_digest_that_cannot_be_made_does_not_keep_the_others_back(briefing, room):
    due = f"{datetime.now(UTC) - timedelta(minutes=5):%H:%M} UTC"
    broken = f"""[[digest]]
name = "broken"
schedule = "{due}"
sources = ["nowhere"]
recipients = ["ada@salm.example"]
"""
    settings(room, more=broken)
    run = briefing("digest", "run")
    assert run.code == 1
    assert "briefing: broken: " in run.err
    assert run.out.endswith("2 sent\n")


def test_without_a_mail_server_nothing_is_made(briefing, desk):
    put("briefing.toml", '[[digest]]\nname = "x"\nschedule = "07:00 UTC"\nsources = ["news"]\n'
        'recipients = ["ada@salm.example"]\n[library]\nurl = "sqlite:///l.sqlite3"\n')  # fmt: skip
    run = briefing("digest", "run")
    assert (run.code, "no mail server is set" in run.complaint) == (2, True)
    assert briefing("digest", "run", "y").code == 2
    put("briefing.toml", "")
    assert "no digest is set" in briefing("digest", "run").complaint


def test_the_schedule_shows_what_the_clocks_do(briefing, room):
    settings(room, at="01:30 Europe/London")
    shown = briefing("schedule", "next", "-n", "400").out.splitlines()
    assert len(shown) == 400
    assert sum("comes twice that day: sent the first time" in line for line in shown) >= 1
    assert sum("the clocks skip 01:30 that day: sent at 02:30" in line for line in shown) >= 1
    line = r"salm  \w{3} \d{4}-\d\d-\d\d  0[12]:30 Europe/London \(UTC[+]0[01]00\)  \S+Z(  # .*)?"
    assert all(re.fullmatch(line, one) for one in shown)


def test_status_says_what_comes_next_and_what_is_overdue(briefing, room):
    at = datetime.now(UTC) - timedelta(hours=1, minutes=30)
    settings(room, at=f"{at:%H:%M} UTC")
    fresh = briefing("status")
    assert (fresh.code, fresh.out.startswith("salm: next ")) == (0, True)
    with closing(sqlite3.connect("library.sqlite3", isolation_level=None)) as connection:
        connection.execute("UPDATE digests SET since = datetime('now', '-2 days')")
    late = briefing("status")
    assert (late.code, f"overdue: {at:%Y-%m-%d}. Run `briefing digest run`." in late.out) == (
        1,
        True,
    )
    briefing("digest", "run")
    assert briefing("status").code == 0


def test_units_are_printed_or_written(briefing, room, tmp_path):
    printed = briefing("digest", "install", "--systemd", "--config", "briefing.toml").out
    assert "OnCalendar=*:0/15" in printed
    assert f"digest run --config {tmp_path}/briefing.toml" in printed
    assert "systemctl --user" in printed
    cron = briefing("digest", "install", "--cron").out
    assert re.fullmatch(r"\*/15 \* \* \* \* cd \S+ && \S+ digest run\n", cron)
    briefing("digest", "install", "--systemd", "--write")
    units = Path(os.environ["XDG_CONFIG_HOME"]) / "systemd" / "user"
    assert {one.name for one in units.iterdir()} == {
        "briefing-digest.service", "briefing-digest.timer",
    }  # fmt: skip
    assert briefing("digest", "install").code == 2


def test_the_loop_does_what_is_due_reports_it_and_stops_when_told(room, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", "digest", "serve", "--health", "health.json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    until = time.monotonic() + 60
    while not Path("health.json").exists() and time.monotonic() < until:
        time.sleep(0.1)
    health = json.loads(Path("health.json").read_text())
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("2 sent\n")
    assert (health["ok"], health["problem"]) == (True, "")
    assert len(room.taken) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_database_that_may_only_be_read_is_an_exit_code_and_keeps_its_letters(briefing, room):
    with scripted_server({"greeting": "421 busy"}) as busy:
        settings(busy)
        assert briefing("digest", "run").code == 1
    settings(room)
    for file in Path().glob("library.sqlite3*"):
        file.chmod(0o400)
    assert briefing("digest", "run").code == 1
    assert room.taken == []
    for file in Path().glob("library.sqlite3*"):
        file.chmod(0o600)
    assert briefing("digest", "run").out == "2 sent\n"
