"""What is done about a reply that is too long, cut off, declined or no JSON."""

import json
import re

from tests import make
from tests.stand_in import Reply, completion, error, stand_in_server
from tests.system.desk import ARRIVED, COST, GOOD, LIE, UNSIGNED, drafted, put
from tests.system.models.asked import texts

# Remedies.


def test_shrink_takes_less_evidence_where_the_window_is_too_small(generate):
    too_long = Reply(status=400, body=error("maximum context length is 100 tokens"))
    with stand_in_server(too_long, drafted((ARRIVED, "S1.1"))) as server:
        outcome, _ = generate(server)
    before, *after = [len(asked["messages"][1]["content"]) for asked in server.asked]
    assert outcome.code == 0
    assert 0 < max(after) < before


def test_a_window_that_is_known_is_kept_without_a_call_that_fails(generate, desk):
    with stand_in_server(drafted((ARRIVED, "S1.1"))) as server:
        whole = generate(server, "--dry-run", form="term")[0].out
        most = sum(map(int, re.findall(r"(\d+) (?:prompt|completion) tokens", whole)))
        put("briefing.toml", f"[model]\nwindow_tokens = {most + 500}")
        outcome, _ = generate(server)
    assert (outcome.code, len(server.asked)) == (0, 1)


def test_split_asks_for_the_sections_that_a_cut_reply_lacks(generate):
    rest = make.drafted((COST, "S1.3"), section="agenda")
    cut = json.loads(drafted((ARRIVED, "S1.1")).content)["choices"][0]["message"]["content"]
    with stand_in_server(
        Reply(body=completion(cut[:-2] + ', "agenda": ["[S1.3] The n', finish="length")),
        Reply(body=completion(json.dumps(rest))),
    ) as server:
        outcome, data = generate(server)
    assert outcome.code == 0
    assert {ARRIVED, COST} <= set(texts(data))
    asked = [one["messages"][1]["content"].partition("Source sentences")[0] for one in server.asked]
    assert "- bottom_line (" in asked[0]
    assert "- bottom_line (" not in asked[1]


def test_skip_completes_a_draft_that_the_model_declined_and_says_so(generate):
    with stand_in_server(Reply(body=completion(None, finish="content_filter"))) as server:
        outcome, data = generate(server)
    assert outcome.code == 5
    assert "briefing: partial: nothing was drafted: 127.0.0.1" in outcome.err
    assert len(data["missing"]) == 1
    assert {one["verdict"] for s in data["sections"] for one in s["sentences"]} == {"supported"}
    assert len(server.asked) == 1


def test_a_repair_that_is_not_answered_makes_a_partial_document(generate):
    lies = drafted(*GOOD[:1], (LIE, "S1.3"), *GOOD[2:])
    with stand_in_server(lies, Reply(status=401)) as server:
        outcome, data = generate(server)
        shown, _ = generate(server, form="text")
    assert outcome.code == shown.code == 5
    assert texts(data) == [ARRIVED, COST, UNSIGNED]
    assert data["missing"][0].startswith("1 sentence was not repaired: 127.0.0.1")
    assert "partial: 1 missing" in " ".join(shown.out.split())


def test_again_is_asked_where_a_reply_is_no_json(generate):
    with stand_in_server(Reply(body=completion("Sorry.")), drafted(*GOOD)) as server:
        outcome, data = generate(server)
    assert (outcome.code, texts(data)) == (0, [ARRIVED, COST, UNSIGNED])
    assert "Your last answer could not be used" in server.asked[1]["messages"][1]["content"]
