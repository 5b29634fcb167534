"""Fill the disk, or make it read-only, at each write of a run, and count what arrives.

`python bench/disk_faults.py` lets `briefing digest run` make an edition and send it to three
recipients, once for each of its writes below the working folder (database, its log, its locks,
the metrics) and each way to fail: from that write on, all fail. Then the disk is mended, and a
second run goes on. It prints what it counts, with `--keep` it writes that to
bench/results/disk_faults.json too, and it exits 1 where a promise is broken. `--every N` takes one
write in N. It needs a C compiler and Linux: the faults are made by a library that is loaded first.

Promised: a run that could not keep its books exits 1; the database is sound; no letter is lost;
with `resend` at most the one letter that was under way comes twice, the same bytes, with `hold`
none.
"""

import argparse
import ctypes
import errno
import importlib
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "disk_faults.json"
RECIPIENTS = ("ada@salm.example", "bo@salm.example", "eve@salm.example")
FAULTS = {"full": errno.ENOSPC, "read_only": errno.EROFS}
_READY = "BRIEFING_DISK_FAULTS"
_SETTINGS = """[smtp]
host = "127.0.0.1"
port = {port}
tls = "none"
sender = "desk@salm.example"
[library]
url = "sqlite:///{folder}/library.sqlite3"
[[digest]]
name = "salm"
schedule = "{due:%H:%M} UTC"
sources = ["{folder}/news"]
recipients = ["{recipients}"]
policy = "{policy}"
"""
_NEWS = """Lund arrived in Port Salm on Monday

Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail.
"""


@dataclass(frozen=True)
class Desk:
    """A working folder, and a mail server that notes what it takes."""

    folder: Path
    port: int
    log: Path
    said: Path
    modules: Path
    """What the last run had imported."""

    def clear(self, policy: str) -> None:
        """Begin anew, with an edition that is due."""
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "news").mkdir(parents=True)
        (self.folder / "news" / "courier.txt").write_text(_NEWS, "utf-8")
        due = datetime.now(UTC) - timedelta(minutes=5)
        text = _SETTINGS.format(
            port=self.port,
            folder=self.folder,
            due=due,
            recipients='", "'.join(RECIPIENTS),
            policy=policy,
        )
        (self.folder / "briefing.toml").write_text(text, "utf-8")
        self.log.write_text("")

    def run(self, nth: int = 0, error: int = 0) -> tuple[int, int]:
        """Run the command in a process of its own; return its exit code and its writes."""
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            self._command(nth, error, writer)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            passed = int(pipe.read() or -1)
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), passed

    def _command(self, nth: int, error: int, writer: int) -> None:
        from briefing.cli.main import main

        code = 70
        try:
            os.chdir(self.folder)
            out = os.open(self.said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(out, 1)
            os.dup2(out, 2)
            sys.argv = ["briefing", "digest", "run", "--config", f"{self.folder}/briefing.toml"]
            sys.argv += ["--metrics", f"{self.folder}/briefing.prom"]
            faults = ctypes.CDLL(None)
            faults.briefing_arm(f"{self.folder}/".encode(), ctypes.c_long(nth), error)
            try:
                main()
            except SystemExit as stopped:
                code = int(stopped.code or 0)
            sys.stdout.flush()
            faults.briefing_passed.restype = ctypes.c_long
            os.write(writer, str(faults.briefing_passed()).encode())
            self.modules.write_text(json.dumps(sorted(sys.modules)), "utf-8")
        finally:
            os._exit(code)

    def arrived(self) -> dict[str, list[str]]:
        """Return the hash of each letter that was taken, by recipient."""
        found: dict[str, list[str]] = {}
        for line in self.log.read_text("utf-8").splitlines():
            recipient, content = json.loads(line)
            found.setdefault(recipient, []).append(content)
        return found

    def is_sound(self) -> bool:
        """Say whether SQLite finds nothing wrong with the file, or there is none yet."""
        file = self.folder / "library.sqlite3"
        if not file.exists():
            return True
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    def states(self) -> Counter[str]:
        """Count the letters by state."""
        with closing(sqlite3.connect(self.folder / "library.sqlite3")) as connection:
            return Counter(
                dict(connection.execute("SELECT state, count(*) FROM letters GROUP BY 1"))
            )


def one_round(desk: Desk, policy: str, nth: int, error: int) -> tuple[Counter[str], list[str]]:
    """Let the disk fail from the n-th write on, mend it, and say what was not as promised."""
    desk.clear(policy)
    code, _ = desk.run(nth, error)
    said = desk.said.read_text("utf-8")
    before = desk.arrived()
    wrong = [] if desk.is_sound() else ["the database is not sound"]
    if "Traceback" in said:
        wrong.append("a traceback")
    if code == 0 and set(before) != set(RECIPIENTS):
        wrong.append("it says that all is well, and letters are missing")
    if code not in {0, 1}:
        wrong.append(f"it exits {code}")
    again, _ = desk.run()
    states, arrived = desk.states(), desk.arrived()
    copies = sum(len(one) - 1 for one in arrived.values())
    lost = len(RECIPIENTS) - len(arrived)
    if again != (5 if states["held"] else 0):
        wrong.append(f"the second run exits {again}: {desk.said.read_text('utf-8')[:200]}")
    if lost > states["held"]:
        wrong.append(f"{lost} are lost, {states['held']} held")
    if copies > (policy == "resend") or any(len(set(one)) > 1 for one in arrived.values()):
        wrong.append(f"{copies} came twice")
    if states["sent"] + states["held"] != len(RECIPIENTS):
        wrong.append(f"states {dict(states)}")
    counts = Counter(
        rounds=1,
        failed=code != 0,
        duplicates=copies,
        held=states["held"],
        lost=max(0, lost - states["held"]),
        broken=bool(wrong),
    )
    return counts, wrong


def serve(log: str) -> None:
    """Be a mail server that notes what it takes, on a port that it prints."""
    import socket
    from hashlib import sha256

    from aiosmtpd.controller import Controller

    class Taking:
        async def handle_DATA(self, server, session, envelope):  # noqa: ANN001, ANN202, N802
            note = [envelope.rcpt_tos[0], sha256(envelope.original_content).hexdigest()]
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(json.dumps(note) + "\n")
            return "250 taken"

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(Taking(), hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    print(port, flush=True)
    sys.stdin.read()
    controller.stop()


def main() -> None:
    """Do all rounds, print and keep what they counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="one write in so many")
    parser.add_argument("--keep", action="store_true", help="write the results file")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.serve)
        return
    if _READY not in os.environ:
        sys.exit(_with_faults())
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "taken.jsonl"
        quiet = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
        server = subprocess.Popen(
            [sys.executable, __file__, "--serve", str(log)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=quiet,
        )  # fmt: skip
        port = int(server.stdout.readline())
        desk = Desk(
            Path(folder).resolve() / "desk",
            port,
            log,
            Path(folder) / "said.txt",
            Path(folder) / "modules.json",
        )
        counts = {}
        for policy in ("resend", "hold"):
            for name, error in FAULTS.items():
                desk.clear(policy)
                code, writes = desk.run(0, error)
                assert code == 0, desk.said.read_text("utf-8")
                _import_all(desk.modules)
                total = Counter(writes=writes)
                # The last one lies behind the end: nothing fails.
                for nth in [*range(1, writes + 1, chosen.every), writes + 1]:
                    done, wrong = one_round(desk, policy, nth, error)
                    total.update(done)
                    if total["rounds"] % 50 == 0:
                        print(f"{policy}, {name}: {total['rounds']} rounds", file=sys.stderr)
                    for one in wrong:
                        print(f"{policy}, {name} at write {nth}: {one}", file=sys.stderr)
                counts[f"{name}_{policy}"] = dict(total)
        server.communicate("")
    result = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in ("briefing", "sqlalchemy", "aiosmtpd")},
        },
        "recipients": len(RECIPIENTS),
        "every": chosen.every,
        "took_s": round(time.monotonic() - began),
        **counts,
    }
    print(json.dumps(result, indent=2))
    if chosen.keep:
        RESULTS.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    sys.exit(any(one["broken"] for one in counts.values()))


def _with_faults() -> int:
    """Compile what makes the faults, and be called again with it loaded; return the exit code."""
    compiler = shutil.which("cc") or shutil.which(str(sysconfig.get_config_var("CC")))
    if sys.platform != "linux" or compiler is None:
        print("This needs Linux and a C compiler.", file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "disk_faults.so"
        source = Path(__file__).with_suffix(".c")
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]
        subprocess.run(command, check=True)
        usual = {name: value for name, value in os.environ.items()
                 if not name.startswith(("BRIEFING_", "OPENAI_"))}  # fmt: skip
        kept = {f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CONFIG", "DATA", "CACHE")}
        more = {"LD_PRELOAD": str(library), _READY: "1", **kept}
        return subprocess.run([sys.executable, *sys.argv], env=usual | more, check=False).returncode


def _import_all(file: Path) -> None:
    """Import before the next fork what the last run imported, which it would do each time."""
    for name in json.loads(file.read_text("utf-8")):
        with suppress(ImportError):
            importlib.import_module(name)


if __name__ == "__main__":
    main()
