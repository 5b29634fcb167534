"""`--batch`, as a user meets it. A stand-in for a provider's Batch API answers, on loopback."""

import base64
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch_server import batch_server, row, unanswered
from tests.stand_in import completion, response, stand_in_server
from tests.system.desk import ARRIVED, COST, GOOD, LIE, UNSIGNED, drafted, put, repaired

PRICES = "prompt_usd_per_million = 1\ncompletion_usd_per_million = 2\nbatch_discount = 0.5\n"
QUICK = "[batch]\npoll_s = 0.01\n"
KEY = "sk-canary-0123456789abcdef"
WHEAT = (
    "Wheat prices at the Mirevia exchange doubled within a week in March.",
    "Wheat farmers of Tolvessa sold 90 tonnes of last year's wheat at a loss.",
    "The mills of Kaldrin bought wheat abroad, the grain board of Kaldrin said.",
)


def sentences(reply):
    """What a stand-in's reply of the other kind says."""
    return json.loads(reply.content)["choices"][0]["message"]["content"]


def schema(line):
    return line["body"]["response_format"]["json_schema"]["name"]


def is_of_wheat(line):
    return WHEAT[0] in line["body"]["messages"][1]["content"]


def by_step(draft, repair=None):
    """Answer a line by what it asks for."""

    def answer(line):
        reply = repair if schema(line) == "repair" else draft
        return row(line, completion(sentences(reply)))

    return answer


WITH_A_LIE = drafted(*GOOD[:1], (LIE, "S1.3"), *GOOD[2:])
MENDED = by_step(WITH_A_LIE, repaired(COST))
"""A draft in which one sentence has to be mended: two rounds."""


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


def texts(data):
    return [one["text"] for section in data["sections"] for one in section["sentences"]]


def keys(server):
    return [line["custom_id"] for line in server.lines]


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


@pytest.fixture
def two_matters(news):
    """The news, and an article on another matter."""
    put("news/z-wheat.txt", "date 2031-04-07\nWheat prices doubled\n\n" + "\n\n".join(WHEAT))
    return news


def of_both(line):
    """Answer a line by its story, whose draft has a sentence to be mended."""
    if schema(line) == "repair":
        return row(line, completion(sentences(repaired(WHEAT[1] if is_of_wheat(line) else COST))))
    if is_of_wheat(line):
        draft = drafted((WHEAT[0], "S1.1"), ("Farmers sold 900 tonnes.", "S1.2"))
        return row(line, completion(sentences(draft)))
    return row(line, completion(sentences(WITH_A_LIE)))


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


# Waiting.


def test_a_run_that_waits_no_longer_says_so_and_the_next_one_collects(generate):
    with batch_server(MENDED) as server:
        server.looks_before_the_end = 10**6
        for _ in range(2):
            outcome, data = generate(server, "--batch-wait", "0")
            assert (outcome.code, data) == (7, None)
            assert "still waiting for 1 call in batch batch_1 at 127.0.0.1:" in outcome.err
            assert "Run the same again to collect" in outcome.err
        server.looks_before_the_end = 1
        assert generate(server, "--batch-wait", "60")[1] is not None
    assert len(keys(server)) == len(set(keys(server))) == 2


def test_a_server_that_is_away_for_a_while_is_waited_for(generate):
    with batch_server(MENDED) as server:
        server.looks_before_the_end = 3
        looks = []

        def away(method, path):
            looks.append(path)
            return 503 if path == "/batches/batch_1" and len(looks) < 5 else None

        server.before = away
        outcome, _ = generate(server)
    assert outcome.code == 0
    assert len(server.batches) == 2


@pytest.mark.parametrize(
    ("killed_at", "after"),
    [
        (("POST", "/files"), False),
        (("POST", "/batches"), False),
        (("POST", "/batches"), True),
        (("GET", "/batches/batch_1"), False),
        (("GET", "/files/file-2/content"), False),
        (("DELETE", "/files/file-1"), False),
        (("POST", "/batches"), "second"),
    ],
)
def test_a_run_that_is_killed_goes_on_and_pays_for_no_call_twice(news, killed_at, after):
    put("briefing.toml", QUICK + f"[model]\n{PRICES}")
    victim = []
    seen = []

    def kill(method, path):
        seen.append((method, path))
        if (
            victim
            and seen.count(killed_at) == (2 if after == "second" else 1)
            and (
                method,
                path,
            )
            == killed_at
        ):
            if after is True:
                return
            victim.pop().send_signal(signal.SIGKILL)
        return

    with batch_server(MENDED) as server:
        server.before = kill
        if after is True:  # The batch is made, and nobody hears of it.
            server.before = lambda method, path: None
            make = server.make

            def made(asked):
                done = make(asked)
                if victim:
                    victim.pop().send_signal(signal.SIGKILL)
                return done

            server.make = made
        command = [sys.executable, "-m", "briefing", "generate", news, "--model", "x"]
        command += ["--base-url", server.base_url, "--batch", "-f", "json"]

        def run():
            return subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=dict(os.environ),
            )

        first = run()
        victim.append(first)
        first.communicate(timeout=300)
        assert first.returncode == -signal.SIGKILL
        again = run()
        printed, complaint = again.communicate(timeout=300)
    assert again.returncode == 0, complaint
    assert texts(json.loads(printed)) == [ARRIVED, COST, UNSIGNED]
    assert len(keys(server)) == len(set(keys(server))) == 2


def test_a_batch_whose_making_is_not_heard_of_is_found_again(generate):
    with batch_server(MENDED) as server:
        server.loses_answer_to = {"/batches"}
        outcome, _ = generate(server)
    assert outcome.code == 0
    assert len(server.batches) == 2


@pytest.mark.parametrize("fault", ["lost", "garbled"])
def test_a_batch_that_is_not_listed_at_once_is_not_made_a_second_time(generate, fault):
    with batch_server(MENDED) as server:
        lost = server.loses_answer_to if fault == "lost" else server.garbles_answer_to
        lost.add("/batches")
        server.unlisted = 3
        outcome, _ = generate(server)
        assert server.unlisted == 0
    assert outcome.code == 0
    assert len(server.batches) == 2
    assert len(keys(server)) == len(set(keys(server))) == 2


def test_a_batch_that_is_listed_by_nobody_is_made_again(generate):
    with batch_server(MENDED) as server:
        refused = []

        def away(method, path):
            if (method, path) == ("POST", "/batches") and not refused:
                refused.append(path)
                return 503
            return None

        server.before = away
        outcome, _ = generate(server)
    assert outcome.code == 0
    assert len(server.batches) == 2
    assert server.asked.count(("GET", "/batches")) == 5


def test_a_batch_that_cannot_be_found_at_once_has_not_ended(generate):
    with batch_server(MENDED) as server:
        server.looks_before_the_end = 2
        server.unknown = 3
        outcome, _ = generate(server)
        assert server.unknown == 0
    assert outcome.code == 0
    assert len(keys(server)) == len(set(keys(server))) == 2


@pytest.mark.parametrize("fault", ["lost", "garbled"])
def test_a_batch_that_cannot_be_looked_for_is_not_made_a_second_time(generate, fault):
    with batch_server(MENDED) as server:
        lost = server.loses_answer_to if fault == "lost" else server.garbles_answer_to
        lost.add("/batches")
        server.before = lambda method, path: 403 if (method, path) == ("GET", "/batches") else None
        outcome, _ = generate(server)
        assert outcome.code != 0
        assert len(server.batches) == 1
        server.before = lambda method, path: None
        outcome, _ = generate(server)
        assert outcome.code == 0
    assert len(keys(server)) == len(set(keys(server))) == 2


# What goes wrong.


def test_a_line_in_trouble_is_sent_once_more_and_the_others_are_not(generate, two_matters):
    failed = []

    def answer(line):
        if is_of_wheat(line) and not failed:
            failed.append(line)
            return row(line, {"error": {"message": "Oh no"}}, status=500)
        return of_both(line)

    with batch_server(answer) as server:
        outcome, _ = generate(server, "--all", "--out", "each")
    assert outcome.code == 0
    assert [len(made.lines) for made in server.batches] == [2, 2, 1]
    assert keys(server).count(failed[0]["custom_id"]) == 2


def test_a_line_that_is_turned_down_leaves_the_others(generate, two_matters):
    def answer(line):
        if is_of_wheat(line):
            error = {"message": "Filtered", "code": "content_filter"}
            return row(line, {"error": error}, status=400)
        return of_both(line)

    with batch_server(answer) as server:
        outcome, _ = generate(server, "--all", "--out", "each")
    assert outcome.code == 5
    assert "partial story 2: nothing was drafted: 127.0.0.1" in outcome.err
    assert "filtered the request out (400: Filtered)" in outcome.err
    assert Path("each/1.json").exists()


def test_an_expired_batch_gives_what_it_has_and_the_next_run_sends_the_rest(generate, two_matters):
    with batch_server(of_both) as server:
        server.ends_as = "expired"
        server.answer = lambda line: (
            unanswered(line, "batch_expired") if is_of_wheat(line) else of_both(line)
        )
        outcome, _ = generate(server, "--all", "--out", "each")
        assert outcome.code == 1
        assert "ended the batch (expired) without an answer to this call" in outcome.err
        assert Path("each/1.json").exists()
        server.ends_as, server.answer = "completed", of_both
        outcome, _ = generate(server, "--all", "--out", "each")
    assert outcome.code == 0
    drafts = [is_of_wheat(line) for line in server.lines if schema(line) == "briefing"]
    assert (drafts.count(False), drafts.count(True)) == (1, 2)


def test_a_batch_that_ends_without_a_word_about_a_line_is_told(generate):
    with batch_server(lambda line: None) as server:
        server.ends_as = "cancelled"
        outcome, _ = generate(server)
        assert (outcome.code, outcome.out) == (1, "")
        assert "ended the batch (cancelled) without an answer to this call" in outcome.err
        server.ends_as, server.answer = "completed", MENDED
        assert generate(server)[0].code == 0


def test_a_batch_that_the_server_has_no_more_is_told_and_sent_anew(generate):
    with batch_server(MENDED) as server:
        server.looks_before_the_end = 10**6
        assert generate(server, "--batch-wait", "0")[0].code == 7
        server.before = lambda method, path: 404 if path == "/batches/batch_1" else None
        outcome, _ = generate(server)
        assert outcome.code == 1
        assert "ended the batch (no longer known) without an answer" in outcome.err
        server.looks_before_the_end = 1
        assert generate(server)[0].code == 0


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ({"code": "token_limit_exceeded", "message": "Enqueued"}, "limits the rate of requests"),
        ({"code": "model_not_found", "message": "No x"}, "does not know model 'x'"),
        ({"code": "invalid_json_line", "message": "Line 1"}, "does not accept the request"),
    ],
)
def test_a_batch_that_fails_is_told_and_sent_anew_by_the_next_run(generate, error, says):
    with batch_server(MENDED) as server:
        server.ends_as, server.error = "failed", error
        outcome, _ = generate(server)
        assert (outcome.code, outcome.out) == (1, "")
        assert says in outcome.err
        server.ends_as = "completed"
        assert generate(server)[0].code == 0


def test_a_server_without_batches_is_told(generate):
    with batch_server(MENDED) as server:
        server.before = lambda method, path: 404
        outcome, _ = generate(server)
    assert outcome.code == 1
    assert "has no Batch API, or not this file or batch (404" in outcome.err


def test_a_key_that_is_refused_is_told_and_nothing_is_remembered(generate):
    with batch_server(MENDED) as server:
        server.before = lambda method, path: 401
        assert "does not accept the key (401" in generate(server)[0].err
        server.before = lambda method, path: None
        assert generate(server)[0].code == 0


def test_a_server_that_does_not_take_a_schema_is_asked_for_less(generate):
    def answer(line):
        if "response_format" in line["body"]:
            error = {"message": "unknown field response_format"}
            return row(line, {"error": error}, status=400)
        return row(line, completion(sentences(drafted(*GOOD))))

    with batch_server(answer) as server:
        outcome, _ = generate(server)
    assert outcome.code == 0
    assert len(server.batches) == 3


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
