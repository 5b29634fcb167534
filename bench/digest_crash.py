"""Kill, exit and starve runs that send a digest to 30 recipients, and count what arrives.

`python bench/digest_crash.py` does 200 rounds of `kill -9` at a random moment for each policy, an
exit at every fail point, 100 rounds of two processes at once, and 60 of a disk that is full at one
page of the log or another. It prints what it counts, with `--keep` it writes that to
bench/results/digest_crash.json too, and it exits 1 where a promise is broken. `--kills`,
`--points`, `--pairs` and `--pages` make it smaller, `--seed` another one.

Promised: with `resend` none is lost, and a crash makes at most one duplicate, with the same
Message-ID and the same bytes; with `hold` there is no duplicate, and what is in doubt is held.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from briefing.data.digest import EditionEntry, Letter, Policy, State, message_id
from briefing.digest.sending import deliver
from briefing.edges.database import open_database
from briefing.edges.outbox import Outbox
from briefing.edges.single import only_run
from briefing.edges.smtp import Smtp
from briefing.edges.subscribers import Subscribers
from briefing.errors import BriefingError
from briefing.mail_settings import SmtpSettings

RESULTS = Path(__file__).parent / "results" / "digest_crash.json"
RECIPIENTS = [f"reader{number}@salm.example" for number in range(30)]
SEVEN = datetime(2031, 4, 7, 6, tzinfo=UTC)
_PAGES_STEP = 5
"""A run writes about 250 pages: 60 rounds reach its end."""


def serve(log: str, seed: int) -> None:
    """Be a mail server that notes what it takes, on a port that it prints."""
    from aiosmtpd.controller import Controller

    chance = random.Random(seed)

    class Taking:
        async def handle_DATA(self, server, session, envelope):  # noqa: ANN001, ANN202, N802
            content = envelope.original_content
            found = next(line for line in content.split(b"\r\n") if line.startswith(b"Message-ID"))
            note = [envelope.rcpt_tos[0], found.decode(), sha256(content).hexdigest()]
            # A killed sender must not find its letters answered for in one moment only.
            await asyncio.sleep(chance.random() * 0.004)
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(json.dumps(note) + "\n")
            await asyncio.sleep(chance.random() * 0.004)
            return "250 taken"

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(Taking(), hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    print(port, flush=True)
    sys.stdin.read()
    controller.stop()


@dataclass
class Desk:
    """One edition with its letters, and the server that they go to."""

    folder: Path
    port: int
    log: Path

    @property
    def url(self) -> str:
        """The address of the database."""
        return f"sqlite:///{self.folder}/library.sqlite3"

    def queue(self, policy: Policy) -> None:
        """Begin anew with 30 letters."""
        for file in self.folder.glob("library.sqlite3*"):
            file.unlink()
        self.log.write_text("")
        with closing(open_database(self.url)) as database:
            people = Subscribers(database, now=lambda: SEVEN).enlist("salm", RECIPIENTS)
            day = date(2031, 4, 7)
            letters = []
            lines = "The talks went on.\r\n" * 300
            for one in people:
                identity = message_id("salm", day, one.address, "salm.example")
                text = f"Message-ID: {identity}\r\nTo: {one.address}\r\n\r\n{lines}"
                letters.append(
                    Letter(
                        digest="salm", day=day, recipient=one.address, subscriber=one.id,
                        message_id=identity, message=text.encode(), policy=policy,
                        next_try=SEVEN, expires=SEVEN + timedelta(days=1),
                    )
                )  # fmt: skip
            edition = EditionEntry(digest="salm", day=day, due=SEVEN, made=SEVEN)
            assert Outbox(database).enqueue(edition, letters)

    def send(self, fail_at: int = 0, most_bytes: int = 0) -> int:
        """Send in a process of its own; return its id at once."""
        child = os.fork()
        if child:
            return child
        code = 1
        try:
            if most_bytes:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
            self._send(fail_at)
            code = 0
        except BriefingError as error:
            print(f"briefing: {error}", file=sys.stderr)
        finally:
            os._exit(code)

    def _send(self, fail_at: int) -> None:
        points = _Points(fail_at)
        with closing(open_database(self.url)) as database, only_run(database, wait_s=20) as mine:
            if not mine:
                return
            settings = SmtpSettings(
                host="127.0.0.1", port=self.port, tls="none", sender="desk@salm.example"
            )
            mailer = Smtp(settings)
            outbox = _Failing(Outbox(database), points)
            deliver(outbox, _FailingMailer(mailer, points), now=lambda: SEVEN)
            mailer.close()
        if fail_at < 0:
            (self.folder / "points").write_text(str(points.passed))

    def arrived(self) -> dict[str, list[tuple[str, str]]]:
        """Return Message-ID and hash of each letter that was taken, by recipient."""
        found: dict[str, list[tuple[str, str]]] = {}
        for line in self.log.read_text("utf-8").splitlines():
            recipient, identity, content = json.loads(line)
            found.setdefault(recipient, []).append((identity, content))
        return found

    def states(self) -> dict[str, State]:
        """Return where each letter is."""
        with closing(open_database(self.url)) as database:
            letters = Outbox(database).letters("salm", date(2031, 4, 7))
        return {letter.recipient: letter.state for letter in letters}

    def is_sound(self) -> bool:
        """Say whether SQLite finds nothing wrong with the file."""
        with closing(sqlite3.connect(self.folder / "library.sqlite3")) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


class _Points:
    """Counts the fail points that are passed, and ends the process at one of them."""

    def __init__(self, fail_at: int) -> None:
        self.passed = 0
        self._fail_at = fail_at

    def __call__(self) -> None:
        self.passed += 1
        if self.passed == self._fail_at:
            os.kill(os.getpid(), signal.SIGKILL)


class _Failing:
    """An outbox with a fail point before and after each of its deeds."""

    def __init__(self, outbox: Outbox, points: _Points) -> None:
        self._outbox = outbox
        self._points = points

    def __getattr__(self, name: str) -> object:
        deed = getattr(self._outbox, name)

        def done(*values: object, **more: object) -> object:
            self._points()
            result = deed(*values, **more)
            self._points()
            return result

        return done


class _FailingMailer:
    """A mailer with a fail point before and after each letter."""

    def __init__(self, mailer: Smtp, points: _Points) -> None:
        self._mailer = mailer
        self._points = points

    def send(self, letter: Letter, *, before_body: object) -> object:
        self._points()
        receipt = self._mailer.send(letter, before_body=before_body)
        self._points()
        return receipt


def judge(desk: Desk, policy: Policy, crashes: int) -> Counter[str]:
    """Count what one round left behind, and what of it was not promised."""
    arrived, states = desk.arrived(), desk.states()
    copies = {one: len(arrived.get(one, ())) for one in RECIPIENTS}
    duplicates = sum(max(0, count - 1) for count in copies.values())
    held = [one for one, state in states.items() if state is State.HELD]
    lost = [one for one in RECIPIENTS if not copies[one] and one not in held]
    wrong = sum(len(set(kept)) > 1 for kept in arrived.values())
    wrong += any(state not in {State.SENT, State.HELD} for state in states.values())
    wrong += not desk.is_sound()
    if policy is Policy.RESEND:
        wrong += duplicates > crashes or bool(held)
    else:
        wrong += bool(duplicates) or len(held) > crashes
    return Counter(
        rounds=1, crashes=crashes, duplicates=duplicates, held=len(held), lost=len(lost),
        broken=wrong + len(lost),
    )  # fmt: skip


def kills(desk: Desk, policy: Policy, rounds: int, chance: random.Random) -> Counter[str]:
    """Kill a run at a random moment, then let another go on to the end."""
    desk.queue(policy)
    began = time.monotonic()
    os.waitpid(desk.send(), 0)
    usual_s = time.monotonic() - began
    total: Counter[str] = Counter()
    for _ in range(rounds):
        desk.queue(policy)
        child = desk.send()
        time.sleep(chance.uniform(0.05, 0.95) * usual_s)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        total["killed_at_work"] += os.WIFSIGNALED(status)
        os.waitpid(desk.send(), 0)
        total.update(judge(desk, policy, int(os.WIFSIGNALED(status))))
    return total


def points(desk: Desk, policy: Policy, most: int, chance: random.Random) -> Counter[str]:
    """End a run at every fail point that it passes, or at `most` of them drawn by lot."""
    desk.queue(policy)
    os.waitpid(desk.send(fail_at=-1), 0)
    there = list(range(1, int((desk.folder / "points").read_text()) + 1))
    chosen = there if most >= len(there) else sorted(chance.sample(there, most))
    total: Counter[str] = Counter(there=len(there))
    for point in chosen:
        desk.queue(policy)
        _, status = os.waitpid(desk.send(fail_at=point), 0)
        assert os.WIFSIGNALED(status), point
        os.waitpid(desk.send(), 0)
        total.update(judge(desk, policy, 1))
    return total


def pairs(desk: Desk, rounds: int) -> Counter[str]:
    """Let two processes send the same outbox at once."""
    total: Counter[str] = Counter()
    for _ in range(rounds):
        desk.queue(Policy.RESEND)
        for child in [desk.send(), desk.send()]:
            _, status = os.waitpid(child, 0)
            total["broken"] += status != 0
        total.update(judge(desk, Policy.RESEND, 0))
    return total


def pages(desk: Desk, most: int) -> Counter[str]:
    """Let the disk be full a few pages of the log later each time, then make room."""
    total: Counter[str] = Counter()
    frame = 4096 + 24
    for page in range(most):
        desk.queue(Policy.RESEND)
        limit = 32 + page * _PAGES_STEP * frame + frame // 2
        _, status = os.waitpid(desk.send(most_bytes=limit), 0)
        failed = int(os.waitstatus_to_exitcode(status) != 0)
        total["sound"] += desk.is_sound()
        total["failed"] += failed
        os.waitpid(desk.send(), 0)
        total.update(judge(desk, Policy.RESEND, failed))
    return total


def main() -> None:
    """Do all rounds, print and keep what they counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--points", type=int, default=10**6)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--keep", action="store_true", help="write the results file")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.serve, chosen.seed)
        return
    began = time.monotonic()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "taken.jsonl"
        command = [sys.executable, __file__, "--serve", str(log), "--seed", str(chosen.seed)]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        desk = Desk(Path(folder), int(server.stdout.readline()), log)
        counts = {
            **{f"kill_{one}": kills(desk, one, chosen.kills, chance) for one in Policy},
            **{f"exit_{one}": points(desk, one, chosen.points, chance) for one in Policy},
            "two_at_once": pairs(desk, chosen.pairs),
            "disk_full": pages(desk, chosen.pages),
        }
        server.communicate("")
    result = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in ("briefing", "sqlalchemy", "aiosmtpd", "filelock")},
        },
        "recipients": len(RECIPIENTS),
        "seed": chosen.seed,
        "took_s": round(time.monotonic() - began),
        **counts,
    }
    print(json.dumps(result, indent=2))
    if chosen.keep:
        RESULTS.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    sys.exit(any(one["broken"] for one in counts.values()))


if __name__ == "__main__":
    main()
