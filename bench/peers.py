"""Calls, tokens and time of ours, of paper-qa and of gpt-researcher, on the same five articles.

    python3 -m venv .venv-pqa && .venv-pqa/bin/pip install paper-qa==2026.8.12
    python3.12 -m venv .venv-gptr && .venv-gptr/bin/pip install gpt-researcher==0.16.1
    python -m bench.peers --paper-qa .venv-pqa/bin/python --gpt-researcher .venv-gptr/bin/python

Their dependencies and ours conflict, so that each has an environment of its own; a tool whose
Python is not named is left out. All ask the same stand-in server (`bench/stand_in_writer.py`),
which takes two seconds over each chat call and answers embeddings at once. Each run is a process
of its own, and the tools take turns; after one run that is not counted, the fastest counts.

The critical path is the longest chain of calls each of which began after the one before it had
ended, times the latency: what the calls alone take where nothing else does.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from typing import Any

from bench.stand_in_writer import (
    DRAFT,
    MODEL,
    Call,
    Writer,
    count,
    served,
    with_a_fault,
    with_ids,
    with_quotations,
)
from briefing.version import __version__

ROOT = Path(__file__).parents[1]
ARTICLES = tuple(sorted((ROOT / "examples" / "visit").glob("[1-5]-*.txt")))
RESULTS = ROOT / "bench" / "results" / "peers.json"
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
"""With it a checkout is compiled in each run, unlike what pip installs."""

QUESTION = "What came of the visit, and where do the two sides stand on the pipeline tariff?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One way to run one of the tools."""

    name: str
    command: tuple[str, ...]
    draft: Callable[[str], str] = with_ids


def tools(paper_qa: str | None, gpt_researcher: str | None) -> list[Tool]:
    """Return what is measured."""
    files = tuple(map(str, ARTICLES))
    generate = ("-m", "briefing", "generate", *files, "--focus", QUESTION, "--no-cache")
    ours = (sys.executable, *generate, "--model", MODEL, "-f", "json", "-o", "out.json")
    found = [
        Tool(name="briefing", command=ours),
        Tool(name="briefing, one sentence to repair", command=ours, draft=with_a_fault),
    ]
    if paper_qa:
        script = (paper_qa, str(ROOT / "bench" / "peer_paper_qa.py"))
        found.append(Tool(name="paper-qa", command=(*script, QUESTION, *files)))
        cited = (*script, "--cited", QUESTION, *files)
        found.append(Tool(name="paper-qa, citations given", command=cited))
    if gpt_researcher:
        script = (gpt_researcher, str(ROOT / "bench" / "peer_gpt_researcher.py"))
        found.append(Tool(name="gpt-researcher", command=(*script, QUESTION)))
    return found


def environment(folder: Path, base_url: str) -> dict[str, str]:
    """Return the variables of a run: nothing of the user's settings, and no network but loopback.

    `folder` is its home; `docs` in it holds the articles.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BRIEFING_", "OPENAI_", "XDG_", "PQA_")) and name != UNCOMPILED
    }
    smart = f"openai:{MODEL}"
    return kept | {
        **{f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")},
        "HOME": str(folder),
        "OPENAI_API_KEY": "sk-stand-in",
        "OPENAI_BASE_URL": base_url,
        "OPENAI_API_BASE": base_url,
        # litellm: else it waits for a price list from the web.
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LANGCHAIN_TRACING_V2": "false",
        "PQA_HOME": str(folder),
        "DOC_PATH": str(folder / "docs"),
        "FAST_LLM": smart,
        "SMART_LLM": smart,
        "STRATEGIC_LLM": smart,
        "TOTAL_WORDS": "400",
        "RETRIEVER": "custom",
        "RETRIEVER_ENDPOINT": f"{base_url}/search",
    }


def chain(calls: Sequence[Call]) -> int:
    """Return the length of the longest chain of calls that each began when the last had ended."""
    length, free_at = 0, 0.0
    for call in sorted(calls, key=lambda one: one.ended):
        if call.began >= free_at:
            length, free_at = length + 1, call.ended
    return length


def measure(
    measured: Sequence[Tool], latency_s: float, rounds: int
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return what the fastest run of each tool took, and the prompts of the first.

    The tools take turns, so that what else the machine does falls on all of them.

    Raises:
        SystemExit: One failed; what it said on stderr.
    """
    fastest: dict[str, dict[str, Any]] = {}
    prompts: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for tool in measured:
            docs = Path(name, tool.name, "docs")
            docs.mkdir(parents=True)
            for article in ARTICLES:
                copy(article, docs)
            _, asked = run(tool, docs.parent, 0.0)
            prompts = prompts or asked
        for _ in range(rounds):
            for tool in measured:
                row, _ = run(tool, Path(name, tool.name), latency_s)
                print(json.dumps(row), flush=True)
                best = fastest.setdefault(tool.name, row)
                if row["wall_s"] < best["wall_s"]:
                    fastest[tool.name] = row
    return list(fastest.values()), prompts


def run(tool: Tool, folder: Path, latency_s: float) -> tuple[dict[str, Any], list[str]]:
    """Return what one run of a tool took, and its prompts."""
    writer = Writer(lambda prompt: latency_s, tool.draft)
    with served(writer) as base_url:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), writer.now()
        done = subprocess.run(
            tool.command,
            env=environment(folder, base_url),
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        ended = writer.now()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    chats = [call for call in writer.calls if call.kind == "chat"]
    if done.returncode or not chats:
        raise SystemExit(f"{tool.name}: {done.stderr[-3000:]}")
    embeddings = [call for call in writer.calls if call.kind == "embedding"]
    path_s = chain(chats) * latency_s
    wall_s = ended - start
    lines = done.stdout.splitlines()
    said = json.loads(lines[-1]) if lines and tool.name.startswith(("paper", "gpt")) else {}
    row = {
        "name": tool.name,
        "version": said.get("version", __version__),
        "chat_calls": len(chats),
        "prompt_tokens": sum(call.prompt_tokens for call in chats),
        "completion_tokens": sum(call.completion_tokens for call in chats),
        "embedding_calls": len(embeddings),
        "embedding_tokens": sum(call.prompt_tokens for call in embeddings),
        "critical_path_s": path_s,
        "wall_s": round(wall_s, 2),
        "wall_by_path": round(wall_s / path_s, 2) if path_s else None,
        "before_first_call_s": round(min(call.began for call in chats) - start, 2),
        "after_last_call_s": round(ended - max(call.ended for call in chats), 2),
        "cpu_s": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
    }
    return row, writer.prompts


def ids_or_quotations(prompt: str) -> dict[str, Any]:
    """Return the tokens of the draft with ids, and with the source sentences typed out."""
    ids, quotations = count(with_ids(prompt)), count(with_quotations(prompt))
    return {
        "sentences": len(DRAFT),
        "with_ids": ids,
        "with_quotations": quotations,
        "saved": round(1 - ids / quotations, 3),
    }


def main() -> None:
    """Measure, print a line a run, and keep the numbers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--paper-qa", metavar="PYTHON", help="a Python that has paper-qa")
    parser.add_argument("--gpt-researcher", metavar="PYTHON", help="one that has gpt-researcher")
    parser.add_argument("--latency", type=float, default=2.0, help="seconds a chat call")
    parser.add_argument("--rounds", type=int, default=3, help="the fastest of so many runs counts")
    parser.add_argument("--out", type=Path, default=RESULTS, help="file for the numbers")
    options = parser.parse_args()
    count("")  # The vocabulary takes half a second to load, which no call should wait for.
    measured = tools(options.paper_qa, options.gpt_researcher)
    rows, prompts = measure(measured, options.latency, options.rounds)
    report = {
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "load": [round(one, 1) for one in os.getloadavg()],
        "latency_s": options.latency,
        "rounds": options.rounds,
        "articles": [path.name for path in ARTICLES],
        "tools": rows,
        "ids_or_quotations": ids_or_quotations(prompts[0]),
    }
    print(json.dumps(report["ids_or_quotations"]))
    options.out.write_text(json.dumps(report, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
