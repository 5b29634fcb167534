"""`--batch`, as a user meets it. A stand-in for a provider's Batch API answers, on loopback."""

import base64
import json
import os
from pathlib import Path

import pytest

from tests.batch_server import batch_server, row
from tests.stand_in import completion, response, stand_in_server
from tests.system.batch.rows import (
    KEY,
    MENDED,
    PRICES,
    QUICK,
    WHEAT,
    WITH_A_LIE,
    by_step,
    of_both,
    schema,
    sentences,
    texts,
)
from tests.system.desk import ARRIVED, COST, GOOD, UNSIGNED, drafted, put, repaired


def test_a_batch_gives_the_document_that_calls_at_once_give(briefing, generate, news):
    with batch_server(MENDED) as server:
        outcome, data = generate(server)
    with stand_in_server(WITH_A_LIE, repaired(COST)) as live:
        at_once = briefing(
            "generate", news, "--model", "x", "--base-url", live.base_url, "-f", "json"
        )
    assert (outcome.code, data) == (0, json.loads(at_once.out))
    assert texts(data) == [ARRIVED, COST, UNSIGNED]
    assert [[schema(line) for line in made.lines] for made in server.batches] == [
        ["briefing"],
        ["repair"],
    ]
    assert [line["body"] for line in server.lines] == live.asked
    assert {line["url"] for line in server.lines} == {"/v1/chat/completions"}
    assert {made.endpoint for made in server.batches} == {"/v1/chat/completions"}


def test_what_is_sent_is_told_and_the_files_are_taken_back(generate):
    with batch_server(MENDED) as server:
        outcome, _ = generate(server)
    assert "briefing: 1 call sent in batch batch_1 to 127.0.0.1:" in outcome.err
    assert "briefing: batch batch_2 has ended: completed, 1 of 1 done" in outcome.err
    assert sorted(server.deleted) == sorted(server.files)


def test_a_finished_run_repeated_sends_nothing(generate):
    with batch_server(MENDED) as server:
        first, _ = generate(server)
        asked = len(server.asked)
        second, _ = generate(server)
    assert (second.code, second.out) == (0, first.out)
    assert len(server.asked) == asked


def test_all_drafts_are_one_batch_and_their_repairs_the_next(generate, two_matters):
    with batch_server(of_both) as server:
        outcome, _ = generate(server, "--all", "--out", "each")
    assert (outcome.code, "2 of 2 briefings" in outcome.err) == (0, True)
    steps = [sorted(schema(line) for line in made.lines) for made in server.batches]
    assert steps == [["briefing", "briefing"], ["repair", "repair"]]
    # The stand-in answers the last line first.
    assert ARRIVED in Path("each/1.json").read_text("utf-8")
    assert WHEAT[0] in Path("each/2.json").read_text("utf-8")


def test_the_parts_of_a_story_are_one_batch(generate, two_matters):
    with batch_server(by_step(drafted((ARRIVED, "S1.1")))) as server:
        generate(server, "--budget", "180", "--parts", "2")
    assert len(server.batches[0].lines) == 2


# Money.


def test_a_batch_costs_what_is_left_of_the_price(generate, cli):
    put("briefing.toml", QUICK + f"[model]\n{PRICES}")
    with batch_server(MENDED) as server:
        _, data = generate(server)
    assert data["usage"]["cost_usd"] == 0.000018
    (used,) = json.loads(cli("usage", "--by", "model", "--json").out)
    assert (used["calls"], used["cost_usd"], used["estimated_calls"]) == (2, 0.000018, 0)


def test_what_is_waited_for_is_booked_once(generate, cli):
    put("briefing.toml", QUICK + f"[model]\n{PRICES}")

    def used():
        (one,) = json.loads(cli("usage", "--by", "model", "--json").out)
        return one["calls"], one["estimated_calls"]

    with batch_server(MENDED) as server:
        server.looks_before_the_end = 10**6
        for _ in range(2):
            assert generate(server, "--batch-wait", "0")[0].code == 7
            assert used() == (1, 1), "set aside, and not settled"
        server.looks_before_the_end = 1
        assert generate(server)[0].code == 0
    assert used() == (2, 0)


def test_a_batch_that_might_cost_too_much_is_not_sent(generate):
    put("briefing.toml", QUICK + f"[model]\n{PRICES}")
    with batch_server(MENDED) as server:
        outcome, _ = generate(server, "--max-cost", "0.001")
        assert (outcome.code, server.asked) == (1, [])
        most = float(outcome.err.partition("may cost USD ")[2].partition(",")[0])
        assert generate(server, "--max-cost", str(most * 1.5))[0].code == 0
        assert generate(server, "--no-cache", "--max-cost", str(most * 0.9))[0].code == 1


# The rest.


def test_responses_are_batched_too(briefing, news):
    with batch_server(lambda line: row(line, response(sentences(drafted(*GOOD))))) as server:
        put(
            "briefing.toml",
            f"{QUICK}[profiles.new]\nname = 'x'\nbase_url = '{server.base_url}'\n"
            "api = 'responses'\n",
        )
        outcome = briefing("generate", news, "--profile", "new", "--batch", "-f", "json")
    assert (outcome.code, texts(json.loads(outcome.out))) == (0, [ARRIVED, COST, UNSIGNED])
    assert server.batches[0].endpoint == server.lines[0]["url"] == "/v1/responses"
    assert server.lines[0]["body"]["store"] is False


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            ("--record", "run.yaml", "--model", "x"),
            "a recording is of calls that are answered at once",
        ),
        (("--model", "local"), "has no Batch API"),
        (("--model", "extractive"), "`--batch` needs a model"),
    ],
)
def test_what_cannot_be_batched_is_refused(briefing, news, options, says):
    outcome = briefing("generate", news, "--batch", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert says in outcome.complaint


def test_neither_key_nor_prompt_is_in_what_is_remembered(generate, desk):
    def answer(line):
        return row(line, completion("Sorry. " + KEY))

    with batch_server(answer) as server:
        server.looks_before_the_end = 10**6
        waits, _ = generate(server, "--batch-wait", "0")
        server.looks_before_the_end = 1
        outcome, _ = generate(server)
        assert KEY in server.headers[0]["authorization"]
    state = Path(os.environ["XDG_STATE_HOME"])
    kept = b"".join(file.read_bytes() for file in state.rglob("*") if file.is_file())
    kept += (waits.err + outcome.err).encode()
    assert b"batch" in kept
    for secret in (KEY.encode(), base64.b64encode(KEY.encode()), b"settle the tariff"):
        assert secret not in kept
