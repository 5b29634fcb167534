"""Kept replies, and what calls cost."""

import json
import re

import pytest

from tests.stand_in import Reply, completion, stand_in_server
from tests.system.desk import COST, GOOD, LIE, drafted, put, repaired
from tests.system.models.asked import PRICES

# Kept replies.


def test_a_finished_run_repeated_asks_nothing_and_prints_the_same_bytes(generate):
    with stand_in_server(drafted(*GOOD, (LIE, "S1.3")), repaired(COST)) as server:
        first, _ = generate(server)
        second, data = generate(server)
    assert first == second
    assert len(server.asked) == data["usage"]["calls"] == 2


def test_no_cache_asks_anew_and_keeps_nothing(generate):
    with stand_in_server(drafted(*GOOD)) as server:
        generate(server, "--no-cache")
        generate(server)
        generate(server, "--no-cache")
        generate(server)
    assert len(server.asked) == 3


def test_a_reply_that_could_not_be_read_is_not_kept(generate):
    bad = Reply(body=completion("Sorry."))
    with stand_in_server(bad, bad, drafted(*GOOD)) as server:
        assert generate(server)[0].code == 1
        assert generate(server)[0].code == 0
    assert len(server.asked) == 3


def test_another_server_is_asked_even_for_the_same(generate):
    with stand_in_server(drafted(*GOOD)) as one, stand_in_server(drafted(*GOOD)) as other:
        generate(one)
        generate(other)
    assert (len(one.asked), len(other.asked)) == (1, 1)


def test_the_kept_replies_can_be_shown_and_cleared(generate, cli):
    with stand_in_server(drafted(*GOOD)) as server:
        generate(server)
        assert cli("cache", "show").out.startswith("1 replies, ")
        assert cli("cache", "clear").out == "1 replies are gone\n"
        generate(server)
    assert len(server.asked) == 2


# Money.


def test_a_document_says_what_it_cost_and_what_a_supported_sentence_of_it(generate, desk):
    put("briefing.toml", f"[model]\n{PRICES}")
    with stand_in_server(drafted(*GOOD)) as server:
        _, data = generate(server)
        shown, _ = generate(server, form="text")
    assert data["usage"] == {
        "calls": 1,
        "prompt_tokens": 12,
        "completion_tokens": 3,
        "cached_tokens": 0,
        "reasoning_tokens": 0,
        "cost_usd": 0.000018,
        "estimated_calls": 0,
    }
    assert data["usd_per_supported"] == pytest.approx(0.000018 / 3)
    said = " ".join(shown.out.split())
    assert "12 tokens in, 3 out, USD 0.0000, 0.00001 a supported sentence" in said


def test_what_a_server_does_not_tell_is_counted_at_its_worst(generate, desk):
    put("briefing.toml", f"[model]\n{PRICES}")
    draft = json.loads(drafted(*GOOD).content)
    with stand_in_server(Reply(body=draft | {"usage": None})) as server:
        _, data = generate(server)
    assert data["usage"]["estimated_calls"] == 1
    assert data["usage"]["completion_tokens"] == server.asked[0]["max_completion_tokens"]
    assert data["usage"]["cost_usd"] > 0.001


def test_a_call_that_might_cost_too_much_is_not_made(generate, desk):
    put("briefing.toml", f"[model]\n{PRICES}")
    with stand_in_server(drafted(*GOOD)) as server:
        outcome, _ = generate(server, "--max-cost", "0.001")
    assert (outcome.code, outcome.out, server.asked) == (1, "", [])
    assert re.search(r"may cost USD 0\.00\d+, and of the USD 0\.001000", outcome.complaint)


def test_a_call_that_might_take_too_many_tokens_is_not_made(generate):
    with stand_in_server(drafted(*GOOD)) as server:
        outcome, _ = generate(server, "--max-tokens", "1000")
    assert (outcome.code, server.asked) == (1, [])
    assert "Raise `--max-tokens`" in outcome.complaint


def test_money_cannot_be_limited_where_no_price_is_set(generate):
    with stand_in_server(drafted(*GOOD)) as server:
        outcome, _ = generate(server, "--max-cost", "1")
    assert (outcome.code, server.asked) == (2, [])
    assert "the price of 'x' is not known. Set `prompt_usd_per_million`" in outcome.complaint


def test_a_day_has_a_ceiling_that_runs_share(generate, desk):
    put("briefing.toml", f"[model]\n{PRICES}[spending]\nmax_usd_per_day = 0.008\n")
    draft = json.loads(drafted(*GOOD).content)
    with stand_in_server(Reply(body=draft | {"usage": None})) as server:
        codes = [generate(server, "--no-cache")[0].code for _ in range(4)]
    assert codes[0] == 0
    assert codes[-1] == 1
    assert len(server.asked) == codes.count(0)


def test_usage_sums_what_runs_took(generate, cli, desk):
    put("briefing.toml", f"[model]\n{PRICES}")
    assert cli("usage").err == "no model call so far\n"
    with stand_in_server(drafted(*GOOD), Reply(status=401), drafted(*GOOD)) as server:
        for _ in range(3):
            generate(server, "--no-cache")
    (row,) = json.loads(cli("usage", "--by", "model", "--json").out)
    assert (row["key"], row["calls"], row["prompt_tokens"]) == ("x", 2, 24), "401 costs nothing"
    assert row["cost_usd"] == 0.000036
    assert len(json.loads(cli("usage", "--by", "run", "--json").out)) == 2
    assert "2 calls, 24 tokens in, 6 out, USD 0.0000" in cli("usage").out


def test_a_run_without_a_model_opens_no_ledger(cli, news, desk):
    cli("generate", news)
    assert not (desk.parent / f"{desk.name}.data").exists()
    assert not (desk.parent / f"{desk.name}.state").exists()


def test_an_estimate_is_of_the_exact_prompts_and_calls_nobody(briefing, generate, news, desk):
    put("briefing.toml", f"[model]\n{PRICES}")
    with stand_in_server(drafted(*GOOD)) as server:
        options = ("--model", "x", "--base-url", server.base_url)
        found = json.loads(briefing("estimate", news, *options, "--json").out)
        shown = briefing("estimate", news, *options).out
        assert server.asked == []
        generate(server)
    (call,) = found["calls"]
    assert call["step"] == "draft"
    assert call["completion_tokens"] == server.asked[0]["max_completion_tokens"]
    assert call["cost_usd"] == pytest.approx(
        (call["prompt_tokens"] + 2 * call["completion_tokens"]) / 1e6
    )
    assert "1 call, " in shown
    assert "over-estimated" in shown


def test_an_estimate_of_a_batch_has_the_discount_taken_off(briefing, news, desk):
    put("briefing.toml", f"[model]\n{PRICES}batch_discount = 0.5\n")
    options = ("--model", "x", "--base-url", "http://127.0.0.1:9/v1", "--json")
    whole, less = (
        json.loads(briefing("estimate", news, *options, *batch).out) for batch in ((), ("--batch",))
    )
    assert less["cost_usd"] == pytest.approx(whole["cost_usd"] / 2)


def test_an_estimate_without_a_model_is_of_no_call(cli, news):
    assert cli("estimate", news).out.startswith("no call: ")
