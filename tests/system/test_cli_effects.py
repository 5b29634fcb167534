"""Options that would have no effect beside the others are refused in one line."""

import pytest

from tests.system.desk import put


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("--batch-wait", "5"), "--batch-wait"),
        (("--batch-wait", "0", "--model", "x"), "--batch-wait"),
        (("--mix-languages",), "--mix-languages"),
        (("--headings", "fr", "-f", "json"), "--headings"),
        (("--record", "run.yaml"), "--record"),
        (("--record", "run.yaml", "--model", "extractive"), "--record"),
        (("--base-url", "http://127.0.0.1:9/v1", "--model", "extractive"), "--base-url"),
        (("--parts", "3"), "--parts"),
        (("--prompts", "mine"), "--prompts"),
        (("--batch",), "--batch"),
        (("--about", "rail"), "--about"),
        (("--out", "briefings"), "--out"),
        (("--together", "courier.txt,wire.txt"), "--together"),
        (("--words", "80"), "--words"),
    ],
)
def test_what_has_no_effect_is_refused_by_name(briefing, news, arguments, option):
    outcome = briefing("generate", news, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert option in outcome.complaint


def test_pages_of_saved_feeds_are_not_asked_for_where_no_file_is_named(briefing, desk):
    outcome = briefing("generate", "--library", "--fetch-pages")
    assert outcome.code == 2
    assert "--fetch-pages" in outcome.complaint


def test_a_judge_may_be_recorded_where_no_model_drafts(briefing, news):
    outcome = briefing("generate", news, "--judge", "j", "--record", "run.yaml", "--dry-run")
    assert "--record" not in outcome.err


DIGEST = """[[digest]]
name = "morning"
schedule = "07:00 Europe/London"
library = true
recipients = ["ada@example.org"]
"""


def test_a_digest_that_asks_in_no_batch_waits_for_none(briefing, desk):
    put("briefing.toml", DIGEST)
    outcome = briefing("digest", "run", "--batch-wait", "5", "--config", "briefing.toml")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--batch-wait" in outcome.complaint
