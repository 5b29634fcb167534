"""What the command line is given in these tests, and what it leaves behind."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from tests import make
from tests.stand_in import Reply, completion

COURIER = """date 2031-04-07
Lund arrived in Port Salm on Monday

Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail.

"We came to listen and to settle the tariff," Lund told reporters in Salm. The new rail line cost \
3.2 million crowns, the harbour office reported.
"""
WIRE = """PORT SALM, (Salm Wire - 8th Apr, 2031 ) : Foreign Minister Lund will call on President \
Bo Hall in Port Salm on Wednesday. No agreement was signed during the visit, a spokesman for \
the port said.

The line carries 410 passengers a day between Salm and Ondresk.
"""

ARRIVED = "Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail."
COST = "The new rail line cost 3.2 million crowns, the harbour office reported."
UNSIGNED = "No agreement was signed during the visit, a spokesman for the port said."
LIE = "The new rail line cost 32 million crowns."
GOOD = ((ARRIVED, "S1.1"), (COST, "S1.3"), (UNSIGNED, "S2.2"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command leaves behind."""

    code: int
    out: str
    err: str

    @property
    def complaint(self):
        """The one line on stderr."""
        assert self.err.startswith("briefing: ")
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        assert "Traceback" not in self.err
        return self.err


def put(name, content):
    """Write a file, and its folders, under the working folder."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def everything():
    """Each file under the working folder with its content."""
    files = [path for path in sorted(Path().rglob("*")) if path.is_file()]
    return {str(path): path.read_bytes() if path.stat().st_size < 10**6 else b"" for path in files}


def empty_desk(monkeypatch, folder):
    """Go to `folder`, where no setting of the user's is seen."""
    for name in os.environ:
        if name.startswith(("BRIEFING_", "OPENAI_")):
            monkeypatch.delenv(name)
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        # Beside the working folder: what is kept there is not what a run leaves behind.
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder.parent / f"{folder.name}.{kind.lower()}"))
    monkeypatch.chdir(folder)


def drafted(*sentences):
    """A stand-in's answer to the first call."""
    return Reply(body=completion(json.dumps(make.drafted(*sentences))))


def repaired(*texts):
    """A stand-in's answer to the second call."""
    better = [{"number": number, "text": text} for number, text in enumerate(texts, start=1)]
    return Reply(body=completion(json.dumps({"sentences": better})))
