"""Bad input: one line on stderr, the right exit code, nothing printed, nothing half-written."""

import json
import socket
import tracemalloc
from pathlib import Path

import pytest

from tests.stand_in import Reply, completion, error, stand_in_server
from tests.system.desk import COURIER, GOOD, drafted, everything, put


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
    put("news/page.docx", COURIER)
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


def test_an_output_that_is_one_of_the_articles_is_refused(briefing, news):
    before = everything()
    outcome = briefing("generate", news, "-o", "news/courier.txt")
    assert (outcome.code != 0, everything() == before) == (True, True)


def test_a_run_that_fails_leaves_no_folder_behind(briefing, news):
    with stand_in_server(Reply(body=completion("Sorry."))) as server:
        arguments = ("--model", "x", "--base-url", server.base_url, "--save-run", "kept")
        refuses(briefing, 1, news, *arguments)
    assert not Path("kept").exists()


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
    ("arguments", "help_of"),
    [
        (("generate",), "briefing generate"),
        (("generate", "a.txt", "--colour"), "briefing generate"),
        (("generate", "a.txt", "--col\nour\x1b[1m"), "briefing generate"),
        (("generate", "a.txt", "--format", "zzz"), "briefing generate"),
        (("generate", "a", "--budget", "0"), "briefing generate"),
        (("generate", "a", "--budget"), "briefing generate"),
        (("verify", "a"), "briefing verify"),
        (("generat",), "briefing"),
        (("--colour", "generate"), "briefing"),
        (("--log-format", "xml", "generate"), "briefing"),
        (("digest", "send"), "briefing digest send"),
        (("digest", "sent"), "briefing digest"),
    ],
)
def test_a_slip_on_the_command_line_is_one_line_that_names_the_help(
    briefing, desk, arguments, help_of
):
    outcome = briefing(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.complaint.endswith(f" See `{help_of} --help`.\n")
    assert "\x1b" not in outcome.err
    assert "Value error" not in outcome.err


@pytest.mark.parametrize("arguments", [(), ("digest",), ("articles",)])
def test_a_group_without_a_command_shows_its_help(briefing, desk, arguments):
    outcome = briefing(*arguments)
    assert outcome.code == 2
    assert "Commands:" in outcome.out + outcome.err


def test_a_slip_is_a_record_where_stderr_is_one_object_a_line(briefing, desk):
    outcome = briefing("--log-format", "json", "generate", "--colour")
    assert outcome.code == 2
    assert "--colour" in json.loads(outcome.err)["message"]
