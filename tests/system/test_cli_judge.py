"""The judge and the parts of a story: calls like any other, kept, booked and limited."""

import json
from pathlib import Path
from threading import Barrier

import pytest

from tests.stand_in import Reply, completion, error, stand_in_server
from tests.system.desk import ARRIVED, GOOD, drafted, put

UNCERTAIN = "Lund said she wanted to settle the tariff and hear all those concerned by it."
"""Borne out by S1.2, and not much so."""

PRICES = "prompt_usd_per_million = 1\ncompletion_usd_per_million = 2\n"
WHEAT = (
    "Wheat prices at the Mirevia exchange doubled within a week in March.",
    "Wheat farmers of Tolvessa sold 90 tonnes of last year's wheat at a loss.",
    "The mills of Kaldrin bought wheat abroad, the grain board of Kaldrin said.",
)


def ruled(*, supported):
    ruling = {"number": 1, "supported": supported, "reason": "nobody heard her"}
    return Reply(body=completion(json.dumps({"rulings": [ruling]})))


def texts(data):
    return [one["text"] for section in data["sections"] for one in section["sentences"]]


@pytest.fixture
def generate(briefing, news):
    """Runs `briefing generate` on the two articles with a judge, both models on one server."""

    def run(server, *arguments):
        outcome = briefing(
            *("generate", news, "--model", "x", "--base-url", server.base_url, "--judge", "y"),
            *("-f", "json", *arguments),
        )
        return outcome, json.loads(outcome.out)

    return run


@pytest.fixture
def claims(desk):
    """A file with one sentence that the checks cannot tell."""
    return put("claims.jsonl", json.dumps({"id": "1", "claim": UNCERTAIN}))


def test_what_the_judge_does_not_find_is_dropped_and_its_call_counted(generate, desk):
    put("briefing.toml", f"[model]\n{PRICES}")
    with stand_in_server(drafted(*GOOD, (UNCERTAIN, "S1.2")), ruled(supported=False)) as server:
        outcome, data = generate(server)
    assert outcome.code == 0
    assert [one["model"] for one in server.asked] == ["x", "y"]
    assert UNCERTAIN not in texts(data)
    assert [one["reason"] for one in data["dropped"]] == ["judge: nobody heard her (dropped)"]
    assert data["usage"]["calls"] == 2
    assert data["usage"]["cost_usd"] == pytest.approx(2 * 0.000018)
    assert set(data["prompts"]) == {"draft", "judge"}


def test_what_the_judge_said_is_kept_and_booked(generate, cli):
    with stand_in_server(drafted(*GOOD, (UNCERTAIN, "S1.2")), ruled(supported=True)) as server:
        first, data = generate(server)
        second, _ = generate(server)
    assert UNCERTAIN in texts(data)
    assert (first, len(server.asked)) == (second, 2)
    rows = json.loads(cli("usage", "--by", "step", "--json").out)
    assert [(row["key"], row["calls"]) for row in rows] == [("draft", 1), ("judge", 1)]


def test_a_judge_that_might_cost_too_much_is_not_asked(generate, desk):
    with stand_in_server(drafted(*GOOD, (UNCERTAIN, "S1.2"))) as server:
        put(
            "briefing.toml",
            "[model]\nprompt_usd_per_million = 0\ncompletion_usd_per_million = 0\n"
            f"[profiles.dear]\nname = 'd'\nbase_url = '{server.base_url}'\n"
            "prompt_usd_per_million = 1000\ncompletion_usd_per_million = 1000\n"
            "[steps]\njudge = 'dear'",
        )
        outcome, data = generate(server, "--max-cost", "0.1")
    assert [one["model"] for one in server.asked] == ["x"]
    assert UNCERTAIN not in texts(data)
    assert "not judged: the next call to 'y' may cost USD" in outcome.err


def test_a_judged_run_is_recorded_and_played(generate, briefing, news):
    with stand_in_server(drafted(*GOOD, (UNCERTAIN, "S1.2")), ruled(supported=False)) as server:
        recorded, _ = generate(server, "--record", "run.yaml")
    again = briefing("generate", news, "--judge", "y", "-f", "json", "--replay", "run.yaml")
    assert again == recorded


def test_verify_asks_the_judge_on_the_server_of_its_profile(briefing, news, claims):
    with stand_in_server(ruled(supported=False)) as server:
        put(
            "briefing.toml",
            "[profiles.small]\nname = 's'\n"
            f"base_url = '{server.base_url}'\n[steps]\njudge = 'small'",
        )
        told = [
            briefing("verify", claims, "--sources", news, "--json", *judge)
            for judge in ([], ["--judge", "y"], ["--judge", "y"])
        ]
    assert [one.code for one in told] == [0, 3, 3]
    assert [one["model"] for one in server.asked] == ["y"]


@pytest.fixture
def two_matters(news):
    """The news, and an article on another matter."""
    put("news/z-wheat.txt", "date 2031-04-07\nWheat prices doubled\n\n" + "\n\n".join(WHEAT))
    return news


def test_the_parts_of_a_story_are_drafted_by_the_model_of_their_step(briefing, two_matters):
    whole, part = drafted((ARRIVED, "S1.1")), drafted((WHEAT[0], "S3.1"), (ARRIVED, "S1.1"))
    with stand_in_server(whole) as one, stand_in_server(part, part) as other:
        put(
            "briefing.toml",
            f"[model]\nname = 'b'\nbase_url = '{one.base_url}'\n"
            f"[profiles.small]\nname = 's'\nbase_url = '{other.base_url}'\n{PRICES}"
            "[steps]\nmap = 'small'",
        )
        cut = ("--budget", "180", "--parts", "2")
        estimate = json.loads(briefing("estimate", two_matters, *cut, "--json").out)
        outcome = briefing("generate", two_matters, *cut, "-f", "json")
    assert [call["model"] for call in estimate["calls"]] == ["s", "s"]
    assert estimate["cost_usd"] > 0
    assert (one.asked, [asked["model"] for asked in other.asked]) == ([], ["s", "s"])
    assert json.loads(outcome.out)["usage"]["calls"] == 2


def by_story(of_lund, of_wheat):
    """Answer a draft by what its story is about, whichever is asked for first."""
    return lambda body: of_lund if ARRIVED in body["messages"][1]["content"] else of_wheat


def test_each_briefing_of_several_counts_its_own_calls(briefing, two_matters):
    drafts = by_story(drafted((ARRIVED, "S1.1")), drafted((WHEAT[0], "S1.1")))
    with stand_in_server(drafts) as server:
        outcome = briefing(
            *("generate", two_matters, "--model", "x", "--base-url", server.base_url),
            *("--all", "--out", "each", "-f", "json"),
        )
    data = [json.loads(Path(f"each/{number}.json").read_text("utf-8")) for number in (1, 2)]
    assert outcome.code == 0
    assert [one["usage"]["calls"] for one in data] == [1, 1]


def test_a_briefing_of_several_that_lacks_something_is_told(briefing, two_matters):
    refused = completion("", finish="content_filter")
    drafts = by_story(drafted((ARRIVED, "S1.1")), Reply(body=refused))
    with stand_in_server(drafts) as server:
        outcome = briefing(
            *("generate", two_matters, "--model", "x", "--base-url", server.base_url),
            *("--all", "--out", "each", "-f", "md"),
        )
    assert outcome.code == 5
    assert "briefing: partial story 2: nothing was drafted" in outcome.err
    assert "2 of 2 briefings" in outcome.err


def test_briefings_of_several_are_drafted_side_by_side(briefing, two_matters):
    both_are_asked = Barrier(2, timeout=60)
    drafts = by_story(drafted((ARRIVED, "S1.1")), drafted((WHEAT[0], "S1.1")))

    def together(body):
        both_are_asked.wait()
        return drafts(body)

    with stand_in_server(together) as server:
        outcome = briefing(
            *("generate", two_matters, "--model", "x", "--base-url", server.base_url),
            *("--all", "--out", "each", "-f", "md"),
        )
    assert (outcome.code, len(server.asked)) == (0, 2)
    assert "2 of 2 briefings" in outcome.err


def test_what_a_failing_judge_leaves_open_gives_way_to_its_quotation(generate):
    refused = Reply(status=400, body=error("this model does not like these words"))
    with stand_in_server(drafted(*GOOD, (UNCERTAIN, "S1.2")), refused) as server:
        outcome, data = generate(server)
    assert UNCERTAIN not in texts(data)
    assert [one["text"] for one in data["dropped"]] == [UNCERTAIN]
    assert data["dropped"][0]["reason"].startswith("uncertain: ")
    assert "1 uncertain sentences were not judged" in outcome.err
