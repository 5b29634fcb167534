"""What a command does not load: each is a tenth of a second or more that the user waits for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import make_files as make
from tests.stand_in import Reply, completion, stand_in_server

VISIT = Path(__file__).parents[2] / "examples" / "visit"
HEAVY = frozenset(
    "asyncio httpx2 jinja2 numpy onnxruntime openai sqlalchemy tiktoken tokenizers trafilatura"
    " vcr".split()
)
SCRIPT = f"""
import atexit, json, sys
atexit.register(lambda: print(json.dumps([one for one in {sorted(HEAVY)} if one in sys.modules])))
from briefing.cli.main import main
main()
"""


def loaded(*arguments, **environment):
    """Return which of the heavy modules a command has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def home(tmp_path):
    kinds = ("CONFIG", "DATA", "STATE", "CACHE")
    return {"HOME": str(tmp_path)} | {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in kinds}


def test_a_run_without_a_model_and_the_check_of_what_it_saved_load_little(home, tmp_path):
    saved = tmp_path / "saved.json"
    assert loaded("generate", VISIT, "-f", "json", "-o", saved, **home) == {"tiktoken"}
    assert loaded("verify", saved, "--sources", VISIT, **home) == set()
    assert loaded("show", saved, "-f", "text", **home) == set()


@pytest.mark.parametrize("asked", [(), ("--model", "gpt-4o", "--dry-run")], ids=["none", "dry"])
def test_a_run_that_asks_no_model_loads_nothing_that_would_while_a_page_is_parsed(
    asked, home, tmp_path
):
    page = tmp_path / "page.html"
    page.write_bytes(make.page())
    assert "openai" not in loaded("generate", page, *asked, OPENAI_API_KEY="sk-no", **home)


def test_a_run_with_a_model_loads_what_asks_it_and_no_reader_of_pages(home, tmp_path):
    drafted = {
        "sections": {"bottom_line": ["[S5.1] The visit produced three new working groups."]},
        "differences": [],
    }
    answers = [Reply(body=completion(json.dumps(drafted)))] * 3
    with stand_in_server(*answers) as server:
        endpoint = {"OPENAI_BASE_URL": server.base_url, "OPENAI_API_KEY": "sk-stand-in"}
        asked = ("--model", "gpt-4o", "-f", "json", "-o", tmp_path / "saved.json")
        found = loaded("generate", VISIT, *asked, **home, **endpoint)
    assert "openai" in found
    assert not found & {"trafilatura", "vcr"}
