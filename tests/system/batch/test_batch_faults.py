"""Lines and batches that fail; a stand-in answers."""

from pathlib import Path

import pytest

from tests.batch_server import batch_server, row, unanswered
from tests.stand_in import completion
from tests.system.batch.rows import MENDED, is_of_wheat, keys, of_both, schema, sentences
from tests.system.desk import GOOD, drafted

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
