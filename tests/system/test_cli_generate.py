"""`briefing generate` as a user runs it. Where a model is named, a stand-in answers."""

import json
import os
import socket
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.data.briefing import Briefing
from tests.conftest import ROOT
from tests.stand_in import Reply, completion, error, stand_in_server
from tests.system.conftest import COURIER, WIRE, empty_desk, everything, put

VISIT = ROOT / "examples" / "visit"
ARRIVED = "Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail."
COST = "The new rail line cost 3.2 million crowns, the harbour office reported."
UNSIGNED = "No agreement was signed during the visit, a spokesman for the port said."
LIE = "The new rail line cost 32 million crowns."
GOOD = ((ARRIVED, "S1.1"), (COST, "S1.3"), (UNSIGNED, "S2.2"))


def drafted(*sentences):
    """A stand-in's answer to the first call."""
    draft = [{"section": "bottom_line", "text": text, "cites": [cite]} for text, cite in sentences]
    return Reply(body=completion(json.dumps({"sentences": draft})))


def repaired(*texts):
    """A stand-in's answer to the second call."""
    better = [{"number": number, "text": text} for number, text in enumerate(texts, start=1)]
    return Reply(body=completion(json.dumps({"sentences": better})))


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    """The examples, printed as JSON, with the run saved beside: made once, looked at often."""
    folder = tmp_path_factory.mktemp("visit")
    with pytest.MonkeyPatch.context() as monkeypatch:
        empty_desk(monkeypatch, folder)
        arguments = ["generate", str(VISIT), "-f", "json", "--save-run", "run"]
        result = CliRunner().invoke(app, arguments)
    return result, folder / "run"


def test_the_examples_give_a_document_and_nothing_else(visit):
    result, _ = visit
    assert (result.exit_code, result.stderr) == (0, "")
    assert Briefing.model_validate_json(result.stdout).drafter.kind == "extractive"


def test_every_sentence_on_the_examples_is_supported(visit):
    briefing = Briefing.model_validate_json(visit[0].stdout)
    assert briefing.counts.sentences >= 12
    assert briefing.counts.supported == briefing.counts.sentences == len(briefing.sentences)
    assert {sentence.verdict for sentence in briefing.sentences} == {"supported"}
    assert briefing.counts.dropped == 0


def test_all_articles_of_the_examples_are_drawn_on(visit):
    briefing = Briefing.model_validate_json(visit[0].stdout)
    cited = {one.article for sentence in briefing.sentences for one in sentence.citations}
    assert cited == {article.id for article in briefing.articles}
    assert len(cited) == 6


def test_every_quotation_on_the_examples_stands_where_it_says(visit):
    briefing = Briefing.model_validate_json(visit[0].stdout)
    cited = [one for sentence in briefing.sentences for one in sentence.citations]
    cited += [one for d in briefing.discrepancies for side in d.sides for one in side.citations]
    for one in cited:
        text = (visit[1] / "articles" / f"{one.article}.txt").read_text("utf-8")
        assert text[one.start : one.end] == one.quote


def test_nobody_has_a_wrong_title_on_the_examples(visit):
    briefing = Briefing.model_validate_json(visit[0].stdout)
    texts = " ".join(sentence.text for sentence in briefing.sentences)
    assert "Prime Minister who steps" not in texts
    assert [one.type for one in briefing.discrepancies if one.status == "resolved"] == ["title"]


def test_no_page_artefact_of_the_examples_is_printed(visit):
    for words in ("Advertisement", "Share this", "Read more", "has not been edited"):
        assert words not in visit[0].stdout


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
    assert data["drafter"] == {"kind": "model", "name": "x"}
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


# Bad input: one line on stderr, the right exit code, nothing printed, nothing half-written.


def refuses(briefing, code, *arguments, says=()):
    """Check all that holds of every bad input, and return the line."""
    before = everything()
    outcome = briefing("generate", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    for words in says:
        assert words in outcome.complaint
    assert everything() == before
    return outcome.complaint


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\n ", "no text"),
        (bytes(range(256)) * 40, "binary"),
        (b"%PDF-1.7 \xe2\xe3", "PDF"),
        (b"\xff\xfe\x00\xd8\x00", "no"),
        (b"12 34", "no article text"),
        (b"Advertisement\n", "no article text"),
    ],
    ids=["empty", "blank", "binary", "pdf", "broken-utf-16", "digits", "artefact"],
)
def test_a_file_that_is_no_article_is_refused(briefing, desk, content, says):
    refuses(briefing, 4, put("bad.txt", content), "-o", "out.md", says=("'bad.txt'", says))


def test_a_missing_file_is_refused(briefing, desk):
    refuses(briefing, 4, "gone.txt", "-o", "out.md", says=("'gone.txt'", "no such file"))


def test_a_folder_with_no_article_is_refused(briefing, desk):
    put("news/.hidden.txt", COURIER)
    put("news/page.html", COURIER)
    refuses(briefing, 4, "news", "-o", "out.md", says=("'news'", "no article"))


def test_a_file_of_fifty_megabytes_is_refused_without_being_read_whole(briefing, desk):
    with open("big.txt", "wb") as big:  # noqa: PTH123 -- truncate needs it open
        big.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    try:
        refuses(briefing, 4, "big.txt", "-o", "out.md", says=("'big.txt'", "limits.file_bytes"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


def test_an_article_of_too_many_characters_is_refused(briefing, desk):
    put("long.txt", "".join(f"Ship {at} came to Port Salm on Monday.\n" for at in range(6_000)))
    refuses(briefing, 4, "long.txt", says=("'long.txt'", "limits.article_chars"))


def test_mixed_encodings_are_read_line_by_line(cli, desk):
    mixed = COURIER.encode() + "\nHall said: “Très bien, señora Lund.”\n".encode("cp1252")
    outcome = cli("generate", put("mixed.txt", mixed), "-f", "json", "--save-run", "kept")
    assert outcome.code == 0
    assert "Très bien, señora" in b"".join(everything().values()).decode("utf-8", "replace")
    assert "not UTF-8" in Path("kept/run.json").read_text("utf-8")


def test_many_bad_files_are_one_line(briefing, desk):
    for number in range(9):
        put(f"bad{number}.txt", b"\x00")
    refuses(briefing, 4, ".", says=("'bad0.txt'", "8 more"))


@pytest.mark.parametrize("form", ["json", "term"])
def test_a_good_file_beside_a_bad_one_gives_a_document_a_line_and_5(briefing, news, form):
    put("news/bad.txt", b"\x00\x01")
    outcome = briefing("generate", news, "-f", form)
    assert outcome.code == 5
    assert "left out 'news/bad.txt'" in outcome.complaint
    assert "3.2 million crowns" in outcome.out


def test_each_bad_file_beside_a_good_one_has_its_line(briefing, news):
    put("empty.txt", b"")
    outcome = briefing("generate", news, "gone.txt", "empty.txt", "--dry-run")
    assert outcome.code == 5
    lines = outcome.err.splitlines()
    assert [line.split(": ")[1].split("'")[1] for line in lines] == ["gone.txt", "empty.txt"]


@pytest.mark.parametrize(
    ("output", "says"),
    [("no/such/out.md", "its folder does not exist"), ("news", "it is a folder"), ("", "folder")],
)
def test_an_output_that_cannot_be_written_is_refused_before_the_work(briefing, news, output, says):
    with stand_in_server(drafted(*GOOD)) as server:
        arguments = ("--model", "x", "--base-url", server.base_url, "-o", output)
        refuses(briefing, 1, news, *arguments, says=(says,))
    assert server.asked == []


def test_a_run_folder_that_is_a_file_is_refused_before_the_work(briefing, news):
    put("kept", "a file")
    refuses(briefing, 1, news, "--save-run", "kept", says=("'kept'",))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("[draft]\nbudgett_tokens = 9", ("budgett_tokens", "Did you mean 'draft.budget_tokens'?")),
        ("[draff]\nbudget_tokens = 9", ("draff",)),
        ("[draft]\nbudget_tokens = 'many'", ("draft.budget_tokens", "'many'")),
        ("[draft]\nbudget_tokens = 0", ("draft.budget_tokens", "0")),
        ("[draft\n", ("briefing.toml", "not valid TOML")),
        ("[model]\napi_key = 'sk-0123456789'", ("OPENAI_API_KEY",)),
        ("[draft]\ntemplate = 'visitt'", ("'visitt'", "Did you mean 'visit'?")),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(briefing, news, settings, says):
    put("briefing.toml", settings)
    line = refuses(briefing, 2, news, "-o", "out.md", says=says)
    assert "sk-0123456789" not in line


def test_a_template_that_does_not_exist_is_refused_with_the_nearest(briefing, news):
    refuses(briefing, 2, news, "--template", "vist", says=("'vist'", "Did you mean 'visit'?"))


def test_a_budget_in_which_nothing_fits_is_refused(briefing, news):
    refuses(briefing, 1, news, "--budget", 3, "-o", "out.md", says=("3 tokens", "--budget"))


def test_a_model_without_an_address_is_refused(briefing, news):
    refuses(briefing, 2, news, "--model", "x", says=("'x'", "OPENAI_API_KEY", "--base-url"))


@pytest.mark.parametrize(
    "address", ["salm.example/v1", "ftp://salm.example", "http://", "http://u:p@salm.example"]
)
def test_an_address_that_is_none_is_refused(briefing, news, address):
    refuses(briefing, 2, news, "--model", "x", "--base-url", address)


def test_a_refused_connection_is_told(briefing, news, monkeypatch):
    monkeypatch.setenv("BRIEFING_MODEL__TRIES", "1")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    address = f"http://127.0.0.1:{port}/v1"
    arguments = ("--model", "x", "--base-url", address, "-o", "out.md", "--save-run", "kept")
    refuses(briefing, 1, news, *arguments, says=(str(port),))


SPOILT = [
    pytest.param(
        Reply(status=401, body=error("Incorrect API key", code="invalid_api_key")),
        "OPENAI_API_KEY",
        id="wrong-key",
    ),
    pytest.param(
        Reply(status=404, body=error("no such model", code="model_not_found")), "'x'", id="no-model"
    ),
    pytest.param(Reply(status=500, body=error("overloaded")), "500", id="server-error"),
    pytest.param(Reply(body="<html><title>Log in</title></html>"), "", id="web-page"),
    pytest.param(Reply(body=completion("I cannot help with that.")), "JSON", id="no-json"),
    pytest.param(Reply(body=completion('{"sentences": 7}')), "JSON", id="other-json"),
    pytest.param(Reply(body=completion(None)), "", id="no-words"),
    pytest.param(Reply(body={"choices": []}), "", id="no-choices"),
    pytest.param(Reply(end="reset"), "", id="reset"),
    pytest.param(Reply(body=completion("{}"), end="midway"), "", id="cut-off"),
]


@pytest.mark.parametrize(("reply", "says"), SPOILT)
def test_a_stand_in_that_gives_no_usable_reply_gives_no_document(
    briefing, news, monkeypatch, reply, says
):
    monkeypatch.setenv("BRIEFING_MODEL__TRIES", "1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-0123456789")
    with stand_in_server(reply) as server:
        arguments = ("--model", "x", "--base-url", server.base_url, "-o", "out.md")
        line = refuses(briefing, 1, news, *arguments, says=(says,))
    assert "very-secret" not in line


def test_a_reply_with_an_endless_integer_gives_no_document(briefing, news):
    body = completion('{"sentences": ' + "1" * 5_000 + "}")
    with stand_in_server(Reply(body=body)) as server:
        refuses(briefing, 1, news, "--model", "x", "--base-url", server.base_url, says=("JSON",))


def test_a_stand_in_that_does_not_say_which_models_it_has_gives_no_document(briefing, news):
    with stand_in_server(drafted(*GOOD)) as server:
        refuses(briefing, 1, news, "--base-url", server.base_url, says=("--model",))
        assert briefing("generate", news, "--base-url", server.base_url, "--dry-run").code == 0
    assert server.asked == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("generate",),
        ("generate", "a.txt", "--colour"),
        ("generat",),
        ("generate", "a", "--budget", "0"),
    ],
)
def test_a_slip_on_the_command_line_is_a_usage_error(briefing, desk, arguments):
    outcome = briefing(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Usage: " in outcome.err


def test_help_ends_with_an_example(cli):
    assert "Example: briefing generate examples/visit" in cli("--help").out
    assert "Example: briefing generate examples/visit" in cli("generate", "--help").out
    assert cli("--version").out.startswith("briefing ")


# The installed command, in a process of its own.


def script(*arguments, stdin=None, **options):
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BRIEFING_", "OPENAI_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        input=stdin,
        capture_output=True,
        env=environment | {"XDG_CONFIG_HOME": "/nowhere"},
        check=False,
        timeout=60,
        **options,
    )


def test_the_installed_command_reads_a_pipe_and_prints_nothing_but_the_result(desk):
    result = script("generate", "-", "-f", "json", stdin=WIRE.encode())
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)["articles"][0]["outlet"] == "Salm Wire"


def test_the_installed_command_prints_one_line_and_no_traceback(desk):
    result = script("generate", "gone.txt")
    assert (result.returncode, result.stdout) == (4, b"")
    assert result.stderr.startswith(b"briefing: cannot read 'gone.txt'")
    assert result.stderr.count(b"\n") == 1


def test_the_installed_command_is_silent_when_its_reader_has_seen_enough(desk):
    put("news.txt", COURIER)
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [sys.executable, "-m", "briefing", "generate", "news.txt"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (1, b"")
