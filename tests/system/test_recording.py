"""A run recorded and played again. A stand-in answers while it is recorded."""

import json
import socket
import sys
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from traceback import TracebackException

import pytest
import yaml

from briefing.cli.main import main
from briefing.edges.recording import replaying
from briefing.errors import ReplayMismatch
from tests.stand_in import Reply, completion, error, models, stand_in_server
from tests.system.desk import COST, COURIER, GOOD, LIE, drafted, everything, put, repaired
from tests.system.models.asked import LONG

KEY = "sk-canary-0123456789"


@pytest.fixture
def recorded(briefing, news, monkeypatch):
    """A run of two calls, recorded in run.yaml, and its outcome."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with stand_in_server(drafted(*GOOD, (LIE, "S1.3")), repaired(COST)) as server:
        arguments = ("--model", "x", "--base-url", server.base_url, "-f", "json")
        outcome = briefing("generate", news, *arguments, "--record", "run.yaml")
    monkeypatch.delenv("OPENAI_API_KEY")
    return outcome


def test_a_recorded_run_is_played_again_byte_for_byte_without_settings_key_or_server(
    briefing, news, recorded
):
    assert recorded.code == 0
    again = briefing("generate", news, "--replay", "run.yaml", "-f", "json")
    assert again == recorded


def test_a_recording_is_not_changed_by_playing_it(briefing, news, recorded):
    before = everything()
    briefing("generate", news, "--replay", "run.yaml")
    assert everything() == before


def test_playing_books_nothing_and_keeps_no_reply(briefing, cli, news, recorded):
    calls = cli("usage", "--json").out
    briefing("generate", news, "--replay", "run.yaml")
    assert cli("usage", "--json").out == calls
    assert cli("cache", "show").out.startswith("0 replies")


def test_another_prompt_exits_6_and_shows_what_changed(briefing, news, recorded):
    put("news/courier.txt", COURIER.replace("two days", "three days"))
    outcome = briefing("generate", news, "--replay", "run.yaml")
    assert (outcome.code, outcome.out) == (6, "")
    assert (
        "briefing: the run asks for something else than was recorded in 'run.yaml'" in outcome.err
    )
    changed = [line for line in outcome.err.splitlines() if line[:1] in "+-"]
    assert any(line.startswith("-messages[1].content | [S1.1]") for line in changed)
    assert any("for three days of talks" in line for line in changed if line[0] == "+")
    assert "Traceback" not in outcome.err


def test_a_call_that_is_not_made_any_more_exits_6(briefing, news, recorded):
    file = Path("run.yaml")
    tape = yaml.safe_load(file.read_text("utf-8"))
    draft = json.loads(drafted(*GOOD).content)
    tape["interactions"][0]["response"]["json"] = draft
    file.write_text(yaml.safe_dump(tape), "utf-8")
    outcome = briefing("generate", news, "--replay", "run.yaml")
    assert outcome.code == 6
    assert "1 of 2 calls recorded in 'run.yaml' were not made" in outcome.complaint


def test_one_call_more_exits_6(briefing, news, recorded):
    file = Path("run.yaml")
    tape = yaml.safe_load(file.read_text("utf-8"))
    del tape["interactions"][1]
    file.write_text(yaml.safe_dump(tape), "utf-8")
    outcome = briefing("generate", news, "--replay", "run.yaml")
    assert outcome.code == 6
    assert "one call more than the 1 recorded" in outcome.complaint


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot read the recording 'run.yaml': there is no such file. Check the name"),
        ("Dear diary", "is no recording that `--record` wrote"),
        ("interactions: 7", "is no recording"),
        ("- {", "is no recording"),
        ("interactions: [{request: {}, response: {}}]", "is no recording"),
    ],
)
def test_what_is_no_recording_is_refused(briefing, news, content, says):
    if content is not None:
        put("run.yaml", content)
    outcome = briefing("generate", news, "--replay", "run.yaml")
    assert outcome.code == 4
    assert says in outcome.complaint


def test_a_replayed_run_takes_nothing_from_the_web(briefing, news, recorded):
    outcome = briefing("generate", "https://example.org/a", "--replay", "run.yaml")
    assert outcome.code == 2
    assert "'https://example.org/a' is on the web" in outcome.complaint


def test_no_socket_opens_while_a_run_is_played(recorded):
    with stand_in_server() as server:
        with pytest.raises(ReplayMismatch, match="network"), replaying(Path("run.yaml")):
            socket.create_connection(("127.0.0.1", server.port))
        with socket.create_connection(("127.0.0.1", server.port)):
            pass  # It is only shut meanwhile.


def test_a_run_is_recorded_or_replayed_and_not_both(briefing, news):
    outcome = briefing("generate", news, "--record", "a.yaml", "--replay", "b.yaml")
    assert outcome.code == 2


def test_a_place_that_cannot_be_written_to_is_found_before_anything_is_asked(briefing, news):
    with stand_in_server(drafted(*GOOD)) as server:
        arguments = ("--model", "x", "--base-url", server.base_url)
        outcome = briefing("generate", news, *arguments, "--record", "no/such/run.yaml")
    assert (outcome.code, server.asked) == (1, [])


def test_recording_asks_anew_and_takes_the_place_of_the_last_one(briefing, news):
    with stand_in_server(drafted(*GOOD)) as server:
        arguments = ("generate", news, "--model", "x", "--base-url", server.base_url)
        briefing(*arguments)
        for _ in range(2):
            assert briefing(*arguments, "--record", "run.yaml").code == 0
    assert len(server.asked) == 3
    assert len(yaml.safe_load(Path("run.yaml").read_text("utf-8"))["interactions"]) == 1


def test_what_a_server_complained_about_is_played_too(briefing, news):
    busy = Reply(status=503, headers={"Retry-After": "0"}, body=error("Busy"))
    plain = Reply(status=400, body=error("json_schema is not supported"))
    with stand_in_server(busy, plain, drafted(*GOOD), models=models("only")) as server:
        arguments = ("generate", news, "--base-url", server.base_url, "-f", "json")
        first = briefing(*arguments, "--record", "run.yaml")
    assert first.code == 0
    assert briefing(*arguments, "--replay", "run.yaml") == first


def test_a_run_of_many_calls_is_played_too(briefing, news):
    put("briefing.toml", "[model]\nstrategy = 'rewrite'")
    plain = Reply(status=400, body=error("json_schema is not supported"))
    said = Reply(body=completion('{"text": "Lund arrived in Port Salm on Monday."}'))
    put("news/long.txt", LONG)
    with stand_in_server(plain, said) as server:
        arguments = ("generate", news, "--model", "x", "--base-url", server.base_url, "-f", "json")
        first = briefing(*arguments, "--record", "run.yaml")
    assert first.code == 0
    assert len(server.asked) > 2
    assert briefing(*arguments, "--replay", "run.yaml") == first


def test_a_run_that_money_cut_short_is_played_as_short(briefing, news):
    put("briefing.toml", "[model]\nprompt_usd_per_million = 1\ncompletion_usd_per_million = 2\n")
    lies = drafted(*GOOD[:1], (LIE, "S1.3"), *GOOD[2:])
    with stand_in_server(Reply(body=json.loads(lies.content) | {"usage": None})) as server:
        arguments = ("generate", news, "--model", "x", "--base-url", server.base_url, "-f", "json")
        worst = json.loads(briefing("estimate", *arguments[1:-2], "--json").out)["cost_usd"]
        money = ("--max-cost", str(worst + 0.0001))
        first = briefing(*arguments, *money, "--record", "run.yaml")
    assert (first.code, len(server.asked)) == (5, 1)
    assert "not repaired: the next call to 'x' may cost" in first.err
    assert briefing(*arguments, *money, "--replay", "run.yaml") == first


# What nobody may read.

CANARIES = {
    "key": KEY,
    "gate": "gate-pass-canary-77",
    "organisation": "org-canary-4242",
    "project": "proj-canary-4343",
    "cookie": "jar-canary-8888",
    "session": "session-canary-9999",
}
"""What is sent with each call; the last one the server sets as a cookie, and nothing sends it."""

SENT = {
    "X-Gate": "gate",
    "OpenAI-Organization": "organisation",
    "OpenAI-Project": "project",
    "Cookie": "cookie",
}


def spellings(secret):
    raw = secret.encode()
    # In base64, what stands before a secret shifts it: all three shifts.
    shifted = [b64encode(b"x" * n + raw).rstrip(b"=")[4 * (n > 0) : -2] for n in range(3)]
    return {raw, b64encode(raw).rstrip(b"="), urlsafe_b64encode(raw).rstrip(b"="), *shifted}


@pytest.fixture
def secretive(desk, monkeypatch, caplog):
    """Settings that send all there is to keep quiet about, and a log that hears everything."""
    monkeypatch.setenv("OPENAI_API_KEY", CANARIES["key"])
    for name in SENT.values():
        monkeypatch.setenv(f"CANARY_{name.upper()}", CANARIES[name])
    sent = ", ".join(f"{header} = 'env:CANARY_{name.upper()}'" for header, name in SENT.items())
    put("briefing.toml", f"[model]\nname = 'x'\ntries = 1\nheaders = {{ {sent} }}\n")
    caplog.set_level("DEBUG")


def echo():
    """All that came in with a call, as a server that keeps nothing to itself repeats it."""
    said = [CANARIES[name] for name in ("key", *SENT.values())]
    return " ".join([*said, *(b64encode(one.encode()).decode() for one in said)])


def echoing(status):
    """A server that repeats what it was sent in all that it says, and sets a cookie."""
    cookies = {"Set-Cookie": f"session={CANARIES['session']}; Path=/"}
    if status == "no JSON":
        return Reply(headers=cookies, body=completion(f"Here it is: {echo()}"))
    if status == "no reply":
        return Reply(headers=cookies, body=f"Lost {echo()}")
    if status != 200:
        return Reply(status=status, headers=cookies, body=error(f"Not with {echo()}"))
    good = json.loads(drafted(*GOOD, (f"Lund said {echo()}.", "S1.1")).content)
    return Reply(headers=cookies, body=good)


def whole_traceback(monkeypatch, *arguments):
    """The chain of errors that ends a run, with all variables on the way."""
    monkeypatch.setattr(sys, "argv", ["briefing", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    told = TracebackException.from_exception(stopped.value, capture_locals=True)
    return "".join(told.format())


@pytest.mark.parametrize("status", [200, 400, 401, 429, 500, "no JSON", "no reply"])
def test_no_secret_is_in_a_log_a_cache_a_run_a_recording_or_an_error(
    briefing, news, desk, secretive, monkeypatch, caplog, status
):
    with stand_in_server(echoing(status), models=echoing(status)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        generate = ("--verbose", "generate", news)
        outcomes = [
            briefing(*generate, "-f", "json", "--save-run", "kept"),
            briefing(*generate, "-f", "html", "--record", "run.yaml"),
            briefing(*generate, "--judge", "x", "--no-cache"),
            briefing(*generate, "--all", "--out", "each"),
            briefing("--verbose", "doctor"),
            briefing("--verbose", "estimate", news),
            briefing("config", "show"),
            briefing("usage", "--json"),
            briefing("cache", "show"),
        ]
        told = whole_traceback(monkeypatch, *generate, "--no-cache")
    for header, name in SENT.items():
        assert server.headers[0][header.lower()] == CANARIES[name]
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    # The working folder, and those of the cache, the library and the settings beside it.
    folders = desk.parent.glob(f"{desk.name}*")
    written = [one.read_bytes() for own in folders for one in own.rglob("*") if one.is_file()]
    printed = [f"{outcome.out}{outcome.err}".encode() for outcome in outcomes]
    logged = [f"{one.getMessage()} {one.exc_text}".encode() for one in caplog.records]
    everywhere = [*written, *printed, *logged, told.encode()]
    for name, secret in CANARIES.items():
        assert [s for s in spellings(secret) for text in everywhere if s in text] == [], name
    assert any(b"interactions" in one for one in written)
    assert any(b"SQLite format 3" in one for one in written), "what is kept was read too"
    assert any(b"HTTP Request" in one for one in logged)
    assert status == 200 or f"base_url='{server.base_url}'" in told


def test_organisation_and_project_of_the_environment_are_told_to_openai_alone(
    briefing, news, monkeypatch
):
    monkeypatch.setenv("OPENAI_ORG_ID", CANARIES["organisation"])
    monkeypatch.setenv("OPENAI_PROJECT_ID", CANARIES["project"])
    with stand_in_server(drafted(*GOOD)) as server:
        briefing("generate", news, "--model", "x", "--base-url", server.base_url)
    assert not {"openai-organization", "openai-project"} & server.headers[0].keys()


def test_completion_of_the_stand_in_is_a_reply():
    """Else the tests above would find no secret because nothing was said."""
    assert "choices" in completion("x")
