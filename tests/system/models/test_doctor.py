"""What the doctor finds, and what becomes of it."""

import re

import pytest

from briefing.edges.state_file import state_file
from tests.stand_in import Reply, completion, error, models, stand_in_server
from tests.system.desk import ARRIVED, GOOD, drafted, put
from tests.system.models.asked import LONG
from tests.system.models.test_rewriting import shorter

# The doctor.


def test_the_doctor_needs_no_model(cli, desk):
    outcome = cli("doctor")
    assert outcome.code == 0
    assert "sentences are taken from the articles" in outcome.out


def able(body):
    """Answer as a model does that can do all it is asked."""
    asked = body["messages"][1]["content"]
    if "Source sentences:" not in asked:
        return shorter(body)
    ids = re.findall(r"^\[(S\d+\.\d+)\] (.*)$", asked, re.M)
    return drafted(*[(text, id_) for id_, text in ids])


def unable(body):
    return Reply(body=completion("I would rather write a poem."))


def weak(body):
    is_rewrite = "Source sentences:" not in body["messages"][1]["content"]
    return able(body) if is_rewrite else drafted(("Lund married the port.", "S1.1"))


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (able, 0, "compose: 4 of 4 drafted sentences hold"),
        (weak, 0, "rewrite: 0 of 1 drafted sentences hold; 2 of 2 shortened quotations hold"),
        (unable, 1, "NO"),
    ],
)
def test_the_doctor_finds_out_what_a_model_can_do(briefing, desk, answer, code, says):
    listed = models("x", max_model_len=8_192)
    with stand_in_server(answer, models=listed) as server:
        outcome = briefing("doctor", "--model", "x", "--base-url", server.base_url)
    assert outcome.code == code
    assert says in outcome.out
    assert "1 listed, 'x' among them; a window of 8,192 tokens" in outcome.out
    assert "In [model]: window_tokens = 8192" in outcome.out


@pytest.mark.usefixtures("news")
def test_what_the_doctor_found_is_how_a_model_drafts_from_then_on(briefing, generate):
    put("news/long.txt", LONG)
    with stand_in_server(weak, models=models("x")) as server:
        found = briefing("doctor", "--model", "x", "--base-url", server.base_url)
        assert "From now on it drafts so, unless `strategy` is set" in found.out
        server.script = (shorter,)
        outcome, data = generate(server, "--record", "run.yaml")
        assert data["drafter"]["strategy"] == "rewrite"
        assert "briefing: 'x' is to rewrite, as `briefing doctor` found on 20" in outcome.err
        played = briefing("generate", "news", "-f", "json", "--replay", "run.yaml")
        assert (played.code, played.out) == (0, outcome.out)
        put("briefing.toml", "[model]\nstrategy = 'compose'")
        server.script = (drafted((ARRIVED, "S1.1")),)
        assert generate(server)[1]["drafter"]["strategy"] == "compose"
        assert 'strategy = "rewrite"' not in found.out


def test_a_run_does_without_what_the_doctor_found_where_it_cannot_be_read(generate):
    kept = state_file("models.sqlite3")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"no database " * 100)
    with stand_in_server(drafted(*GOOD)) as server:
        outcome, data = generate(server)
    assert (outcome.code, data["drafter"]["strategy"]) == (0, "compose")
    assert "what models can do in" in outcome.err


def test_what_the_doctor_found_of_one_server_is_not_said_of_another(briefing, generate):
    with (
        stand_in_server(weak, models=models("x")) as server,
        stand_in_server(drafted(*GOOD)) as other,
    ):
        briefing("doctor", "--model", "x", "--base-url", server.base_url)
        outcome, data = generate(other)
    assert (outcome.err, data["drafter"]["strategy"]) == ("", "compose")


def test_the_doctor_tells_which_way_of_asking_for_json_works(briefing, desk):
    def old(body):
        form = body.get("response_format", {}).get("type")
        if form == "json_schema":
            return Reply(status=400, body=error("json_schema is not supported"))
        return able(body)

    with stand_in_server(old) as server:
        outcome = briefing("doctor", "--model", "x", "--base-url", server.base_url)
    assert 'In [model]: structured_output = "json_object"' in outcome.out


def test_the_doctor_says_that_a_server_is_not_there(briefing, desk):
    outcome = briefing("doctor", "--model", "x", "--base-url", "http://127.0.0.1:9/v1")
    assert outcome.code == 1
    assert "Is the server running?" in outcome.out
