"""A weak model that shortens quotations."""

import json
import re

import pytest

from tests.stand_in import Reply, completion, stand_in_server
from tests.system.desk import LIE, put
from tests.system.models.asked import FIRST, LONG, texts


def shorter(body):
    """Answer a request to rewrite: the text up to its first comma."""
    text = re.search(r"^Text: (.*)$", body["messages"][1]["content"], re.M)[1]
    return Reply(body=completion(json.dumps({"text": f"{text.partition(',')[0]}."})))


@pytest.fixture
def rewriting(generate):
    """The two articles and a long one, and a model that may only shorten."""
    put("news/long.txt", LONG)
    put("briefing.toml", "[model]\nstrategy = 'rewrite'")


@pytest.mark.usefixtures("rewriting")
def test_a_weak_model_shortens_quotations_and_all_are_checked(generate):
    with stand_in_server(shorter) as server:
        outcome, data = generate(server)
        shown, _ = generate(server, form="text")
    assert outcome.code == 0
    assert data["drafter"]["strategy"] == "rewrite"
    assert f"{FIRST}." in texts(data)
    assert set(data["prompts"]) == {"rewrite"}
    assert {one["verdict"] for s in data["sections"] for one in s["sentences"]} == {"supported"}
    assert "quotations shortened by x" in " ".join(shown.out.split())


@pytest.mark.usefixtures("rewriting")
def test_a_lie_in_the_place_of_a_quotation_gives_way_to_the_quotation(generate):

    with stand_in_server(Reply(body=completion(json.dumps({"text": LIE})))) as server:
        outcome, data = generate(server)
    assert outcome.code == 0
    assert LIE not in texts(data)
    assert LIE in [one["text"] for one in data["dropped"]]
    assert any(text.startswith(FIRST) for text in texts(data))


@pytest.mark.usefixtures("rewriting")
def test_a_rewrite_of_which_no_call_is_answered_is_an_error(generate):
    with stand_in_server(Reply(status=401)) as server:
        outcome, _ = generate(server)
    assert (outcome.code, outcome.out) == (1, "")
