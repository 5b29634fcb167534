"""`briefing generate` as a user runs it. Where a model is named, a stand-in answers."""

import json
import re
from pathlib import Path

import pytest

from tests.stand_in import Reply, error, stand_in_server
from tests.system.desk import (
    ARRIVED,
    COST,
    COURIER,
    GOOD,
    LIE,
    UNSIGNED,
    drafted,
    everything,
    put,
    repaired,
)


def test_the_same_articles_give_the_same_bytes(cli, news):
    assert cli("generate", news, "-f", "json") == cli("generate", news, "-f", "json")


@pytest.mark.parametrize("form", ["term", "md", "text", "json"])
def test_prints_the_document_in_each_form(cli, news, form):
    outcome = cli("generate", news, "--format", form)
    assert (outcome.code, outcome.err) == (0, "")
    assert "Lund arrived in Port Salm on Monday" in outcome.out
    assert "3.2 million crowns" in outcome.out
    assert "\x1b" not in outcome.out


def test_prints_for_the_terminal_unless_told_otherwise(cli, news):
    assert cli("generate", news).out == cli("generate", news, "-f", "term").out


def test_names_the_sources_as_the_user_named_them(cli, news):
    data = json.loads(cli("generate", "news/wire.txt", "news/courier.txt", "-f", "json").out)
    assert [one["path"] for one in data["articles"]] == ["news/wire.txt", "news/courier.txt"]
    assert [one["outlet"] for one in data["articles"]] == ["Salm Wire", "unknown"]


def test_reads_standard_input(cli):
    outcome = cli("generate", "-", "-f", "json", stdin=COURIER)
    assert outcome.code == 0
    assert json.loads(outcome.out)["articles"][0]["path"] == "-"


@pytest.mark.parametrize("old", [None, "the old one"])
def test_writes_a_file_whole_and_leaves_nothing_else_behind(cli, news, old):
    if old:
        put("out.md", old)
    before = everything()
    outcome = cli("generate", news, "-f", "md", "-o", "out.md")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    after = everything()
    assert after.pop("out.md").decode() == cli("generate", news, "-f", "md").out
    before.pop("out.md", None)
    assert after == before


def test_saves_the_run(cli, news):
    out = cli("generate", news, "-f", "json", "--save-run", "kept").out
    kept = {name for name in everything() if name.startswith("kept")}
    assert {"kept/briefing.json", "kept/run.json"} < kept
    assert len([name for name in kept if name.startswith("kept/articles/")]) == 2
    assert json.loads(Path("kept/briefing.json").read_text("utf-8")) == json.loads(out)
    assert cli("generate", news, "--save-run", "kept").code == 0


def test_does_not_save_a_run_among_files_of_somebody_else(briefing, news):
    put("mine/diary.txt", "Dear diary")
    before = everything()
    outcome = briefing("generate", news, "--save-run", "mine")
    assert (outcome.code, outcome.out) == (1, "")
    assert "'mine'" in outcome.complaint
    assert everything() == before


def test_the_focus_is_in_the_title(cli, news):
    data = json.loads(cli("generate", news, "--focus", "the rail line", "-f", "json").out)
    assert (data["focus"], data["title"]) == ("the rail line", "Visit briefing: the rail line")


def test_the_template_chooses_the_sections(cli, news):
    data = json.loads(cli("generate", news, "--template", "story", "-f", "json").out)
    assert data["template"] == "story"
    assert {section["id"] for section in data["sections"]} <= {
        "bottom_line",
        "what_happened",
        "background",
        "numbers",
    }


def test_a_small_budget_leaves_sentences_out(cli, news):
    whole, part = (
        json.loads(cli("generate", news, "--budget", budget, "-f", "json").out)
        for budget in (6_000, 60)
    )
    assert 0 < part["counts"]["sentences"] < whole["counts"]["sentences"]


def test_a_dry_run_without_a_model_sends_no_prompt(cli, news):
    outcome = cli("generate", news, "--dry-run")
    assert (outcome.code, outcome.err) == (0, "")
    assert "6 sentences of 2 articles" in outcome.out
    assert "no prompt is sent" in outcome.out


def test_verbose_logs_a_line_a_step_without_a_word_of_the_articles(briefing, news):
    outcome = briefing("--verbose", "generate", news)
    assert outcome.code == 0
    assert "packed 6 sentences of 2 articles" in outcome.err
    assert "Lund" not in outcome.err


# A model by name: a stand-in server on loopback answers.


def test_a_stand_in_for_a_model_drafts_the_document(briefing, news):
    with stand_in_server(drafted(*GOOD)) as server:
        outcome = briefing(
            "generate", news, "--model", "x", "--base-url", server.base_url, "-f", "json"
        )
    data = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert [one["text"] for one in data["sections"][0]["sentences"]] == [ARRIVED, COST, UNSIGNED]
    assert data["drafter"] == {"kind": "model", "name": "x", "strategy": "compose"}
    assert (data["usage"]["calls"], data["usage"]["prompt_tokens"]) == (1, 12)
    assert server.asked[0]["model"] == "x"
    assert "[S1.1] Foreign Minister Ada Lund" in server.asked[0]["messages"][-1]["content"]


def test_a_lie_of_the_stand_in_is_replaced_and_listed(briefing, news):
    with stand_in_server(drafted(*GOOD[:1], (LIE, "S1.3"), *GOOD[2:]), repaired(LIE)) as server:
        outcome = briefing(
            "generate", news, "--model", "x", "--base-url", server.base_url, "-f", "json"
        )
    data = json.loads(outcome.out)
    assert [one["text"] for one in data["sections"][0]["sentences"]] == [ARRIVED, COST, UNSIGNED]
    assert [one["text"] for one in data["dropped"]] == [LIE]
    assert "32 million" in data["dropped"][0]["reason"]
    assert data["counts"]["dropped"] == 1
    assert len(server.asked) == 2


def test_a_lie_that_the_stand_in_repairs_is_printed_repaired(briefing, news):
    better = "The new rail line cost 3.2 million crowns."
    with stand_in_server(drafted(*GOOD[:1], (LIE, "S1.3"), *GOOD[2:]), repaired(better)) as server:
        outcome = briefing("generate", news, "--model", "x", "--base-url", server.base_url)
    assert outcome.code == 0
    assert "cost 3.2 million crowns." in outcome.out
    assert "32 million crowns" not in outcome.out.split("Sources")[0].replace("3.2", "")


def test_strict_withholds_a_document_in_which_a_drafted_sentence_failed(briefing, news):
    before = everything()
    with stand_in_server(drafted(*GOOD, (LIE, "S1.3")), repaired(COST)) as server:
        outcome = briefing(
            "generate", news, "--model", "x", "--base-url", server.base_url, "--strict", "-o", "out"
        )
    assert (outcome.code, outcome.out) == (3, "")
    assert "withheld: 1 drafted sentence" in outcome.complaint
    assert everything() == before


def test_strict_prints_a_document_in_which_all_held(briefing, news):
    with stand_in_server(drafted(*GOOD)) as server:
        outcome = briefing(
            "generate", news, "--model", "x", "--base-url", server.base_url, "--strict"
        )
    assert (outcome.code, outcome.err) == (0, "")
    assert briefing("generate", news, "--strict").code == 0


def test_a_dry_run_shows_the_prompts_and_calls_nobody(briefing, news):
    with stand_in_server(drafted(*GOOD)) as server:
        arguments = ("generate", news, "--model", "x", "--base-url", server.base_url)
        shown = briefing(*arguments, "--dry-run")
        assert server.asked == []
        briefing(*arguments)
    assert shown.code == 0
    for message in server.asked[0]["messages"]:
        assert message["content"] in shown.out
    assert "prompt tokens" in shown.out


def test_the_key_goes_to_the_stand_in_and_nowhere_else(briefing, news, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-0123456789")
    with stand_in_server(drafted(*GOOD)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        outcome = briefing("--verbose", "generate", news, "--model", "x", "--save-run", "kept")
    assert outcome.code == 0
    assert server.headers[0]["authorization"] == "Bearer sk-very-secret-0123456789"
    kept = b"".join(everything().values())
    assert "very-secret" not in outcome.out + outcome.err
    assert b"very-secret" not in kept


def test_a_key_alone_does_not_send_the_articles_away(cli, news, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-0123456789")
    assert json.loads(cli("generate", news, "-f", "json").out)["drafter"]["kind"] == "extractive"


def test_help_ends_with_an_example(cli):
    assert "Example: briefing generate examples/visit" in cli("--help").out
    assert "Example: briefing generate examples/visit" in cli("generate", "--help").out
    assert cli("--version").out.startswith("briefing ")


WHEAT = (
    "Wheat prices at the Mirevia exchange doubled within a week in March.",
    "Wheat farmers of Tolvessa sold 90 tonnes of last year's wheat at a loss.",
    "The wheat mills of Kaldrin bought wheat abroad, the grain board of Kaldrin said.",
)


@pytest.fixture
def two_matters(news):
    """The news, and an article on another matter: too much for one call of 450 bytes or so."""
    put("news/z-wheat.txt", "date 2031-04-07\nWheat prices doubled\n\n" + "\n\n".join(WHEAT))
    return news


def test_a_story_too_large_for_one_call_is_drafted_in_parts_by_a_stand_in(briefing, two_matters):
    with stand_in_server(
        drafted(*GOOD, (WHEAT[0], "S3.1")), drafted((WHEAT[0], "S3.1"), *GOOD)
    ) as server:
        outcome = briefing(
            *("generate", two_matters, "--model", "x", "--base-url", server.base_url),
            *("--budget", "180", "--parts", "3", "-f", "json"),
        )
    data = json.loads(outcome.out)
    assert outcome.code == 0
    assert "seem to tell 2 stories" in outcome.complaint
    assert len(server.asked) == data["coverage"]["calls"] > 1
    assert {one["text"] for one in data["sections"][0]["sentences"]} >= {ARRIVED, WHEAT[0]}
    assert data["coverage"]["left_out"] == 0


def test_a_part_that_a_stand_in_refuses_is_counted_in_the_document(briefing, two_matters):
    refused = Reply(status=400, body=error("this model does not like these words"))
    with stand_in_server(drafted(*GOOD), refused) as server:
        outcome = briefing(
            *("generate", two_matters, "--model", "x", "--base-url", server.base_url),
            *("--budget", "180", "--parts", "2", "-f", "md"),
        )
    assert outcome.code == 5
    assert "source sentences: the model gave no draft of them" in outcome.out
    assert re.search("briefing: partial: part [12] of 2 was not drafted", outcome.err)


def test_what_has_no_room_in_the_budget_is_counted_in_the_document(cli, news):
    assert "source sentences: no room in 60 tokens" in cli("generate", news, "--budget", 60).out
    assert "source sentences" not in cli("generate", news).out


def test_a_summary_is_about_as_long_as_asked(cli, news):
    outcome = cli("generate", news, "-t", "summary", "--words", 20, "-f", "json")
    sentences = json.loads(outcome.out)["sections"][0]["sentences"]
    words = [len(one["text"].split()) for one in sentences]
    assert sum(words) >= 20 > sum(words[:-1])


def test_a_template_of_sections_has_no_length(briefing, news):
    outcome = briefing("generate", news, "-t", "visit", "--words", 100)
    assert (outcome.code, outcome.out) == (2, "")
    assert "take `--template summary`" in outcome.complaint


def test_a_window_too_small_for_prompt_and_reply_is_told(briefing, news, monkeypatch):
    monkeypatch.setenv("BRIEFING_MODEL__WINDOW_TOKENS", "500")
    outcome = briefing("generate", news, "--model", "x", "--base-url", "http://127.0.0.1:9/v1")
    assert (outcome.code, outcome.out) == (1, "")
    assert "'x' takes 500 tokens at once" in outcome.complaint
