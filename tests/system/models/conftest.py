"""Runs with the model of a stand-in server."""

import json

import pytest


@pytest.fixture
def generate(briefing, news):
    """Runs `briefing generate` on the two articles with the model of a server."""

    def run(server, *arguments, form="json", name="x"):
        outcome = briefing(
            *("generate", news, "--model", name, "--base-url", server.base_url, "-f", form),
            *arguments,
        )
        outcome_json = json.loads(outcome.out) if outcome.out and form == "json" else None
        return outcome, outcome_json

    return run
