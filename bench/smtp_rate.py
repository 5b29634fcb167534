"""Send one edition to 10,000 recipients, and the same mails from a bare loop over `smtplib`.

`python bench/smtp_rate.py` lets `briefing digest send` make the example's edition and send it
to Postfix's `smtp-sink` (Debian: `apt-get install postfix`; without it to a sink of our own), then
sends the same bytes with `smtplib` over one connection, and writes what it measured to
bench/results/smtp_rate.json. The two differ by what a crash must not lose: two transactions on disk
for each letter. `--letters N` makes it smaller.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import smtplib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results" / "smtp_rate.json"
_DAY = "2031-04-03"
"""The day after the example's articles."""

_SETTINGS = """[smtp]
host = "127.0.0.1"
port = {port}
tls = "none"
sender = "desk@salm.example"
[library]
url = "sqlite:///{folder}/library.sqlite3"
[[digest]]
name = "salm"
schedule = "07:00 UTC"
sources = ["{root}/examples/visit"]
since = "31d"
recipients = [{recipients}]
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def sink() -> Iterator[tuple[int, str]]:
    """Lend a server that takes everything and keeps nothing: its port, and what it is."""
    port = free_port()
    found = shutil.which("smtp-sink", path=os.environ["PATH"] + ":/usr/sbin")
    command = [sys.executable, __file__, "--serve", str(port)]
    if found:
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        command = [found, *user, f"127.0.0.1:{port}", "100"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
    try:
        yield port, "smtp-sink" if found else "aiosmtpd"
    finally:
        process.terminate()
        process.wait()


def serve(port: int) -> None:
    """Be a sink of our own."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Sink

    controller = Controller(Sink(), hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    sys.stdin.read()


def ours(folder: Path) -> dict[str, float]:
    """Make the edition and send it, and return how long that took by the log, and the memory."""
    command = [sys.executable, "-m", "briefing", "-v", "--log-format", "json", "digest", "send"]
    command += ["salm", "--date", _DAY, "--config", f"{folder}/briefing.toml"]
    at: dict[str, list[float]] = {"letters": [], "fate": []}
    sent = 0
    began = time.time()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=folder) as process:
        for line in process.stderr:
            record = json.loads(line)
            moment = datetime.fromisoformat(record["time"]).timestamp()
            for name in at.keys() & record.keys():
                at[name].append(moment)
            sent += record.get("fate") == "sent"
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.returncode
    (queued,) = at["letters"]
    took_s = at["fate"][-1] - queued
    return {
        "sent": sent,
        "make_and_queue_s": round(queued - began, 1),
        "send_s": round(took_s, 1),
        "letters_per_s": round(sent / took_s, 1),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": round(usage.ru_maxrss / 1024, 1),
    }


def bare(folder: Path, port: int) -> dict[str, float]:
    """Send what is in the outbox over one connection, one after the other, and note nothing."""
    rows = "SELECT recipient, message FROM letters ORDER BY number"
    began, sent, size = time.monotonic(), 0, 0
    database = sqlite3.connect(folder / "library.sqlite3")
    with closing(database), smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
        for recipient, message in database.execute(rows):
            content = zlib.decompress(message)
            server.sendmail("desk@salm.example", [recipient], content)
            sent, size = sent + 1, size + len(content)
    took_s = time.monotonic() - began
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "sent": sent,
        "send_s": round(took_s, 1),
        "letters_per_s": round(sent / took_s, 1),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": round(usage.ru_maxrss / 1024, 1),
        "bytes_a_letter": size // sent,
    }


def main() -> None:
    """Measure both, print and keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--keep", action="store_true", help="write the results file")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--bare", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.serve)
        return
    if chosen.bare:
        print(json.dumps(bare(Path(chosen.bare[0]), int(chosen.bare[1]))))
        return
    with tempfile.TemporaryDirectory() as name, sink() as (port, kind):
        folder = Path(name)
        recipients = ", ".join(f'"r{number}@salm.example"' for number in range(chosen.letters))
        text = _SETTINGS.format(port=port, folder=folder, root=ROOT, recipients=recipients)
        (folder / "briefing.toml").write_text(text, "utf-8")
        measured = ours(folder)
        # In a process of its own too, so that its memory is its own.
        command = [sys.executable, __file__, "--bare", name, str(port)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        loop = json.loads(done.stdout)
        kept_mb = (folder / "library.sqlite3").stat().st_size / 1e6
    result = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in ("briefing", "sqlalchemy")},
        },
        "sink": kind,
        "load_average": [round(one, 1) for one in os.getloadavg()],
        "database_mb": round(kept_mb, 1),
        "briefing": measured,
        "smtplib": loop,
        "ratio_of_rates": round(measured["letters_per_s"] / loop["letters_per_s"], 3),
    }
    print(json.dumps(result, indent=2))
    if chosen.keep:
        RESULTS.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
