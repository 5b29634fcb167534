"""Runs in batches, against a stand-in server."""

import json
from pathlib import Path

import pytest

from tests.system.batch.rows import KEY, QUICK, WHEAT
from tests.system.desk import put


@pytest.fixture
def generate(briefing, news, monkeypatch):
    """Runs `briefing generate --batch` on the two articles with the model of a server."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def run(server, *arguments, form="json"):
        if not Path("briefing.toml").exists():
            put("briefing.toml", QUICK)
        outcome = briefing(
            *("generate", news, "--model", "x", "--base-url", server.base_url, "-f", form),
            *("--batch", *arguments),
        )
        return outcome, json.loads(outcome.out) if outcome.out and form == "json" else None

    return run


@pytest.fixture
def two_matters(news):
    """The news, and an article on another matter."""
    put("news/z-wheat.txt", "date 2031-04-07\nWheat prices doubled\n\n" + "\n\n".join(WHEAT))
    return news
