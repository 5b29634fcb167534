"""What `OpenAIChat` makes of servers that misbehave: stand-ins on loopback, real sockets."""

import gzip
import json
import socket

import pytest

from briefing.data.briefing import Usage
from briefing.errors import (
    ModelUnavailable,
    Remedy,
)
from tests.stand_in import MODEL, Reply, completion, error, stand_in_server
from tests.system.faults import (
    KEY,
    REPLY_BYTES,
    REQUEST,
    chat_with,
    check,
    malformed,
    refused,
    unavailable,
)
from tests.system.fine import FINE


def choice(**more):
    message = {"role": "assistant", "content": "{}"} | more.pop("message", {})
    return completion(choices=[{"index": 0, "finish_reason": "stop", "message": message} | more])


LONG_REFUSAL = "I \x1b[31mcannot\x00 do\u202e that.\n" + "Sorry. " * 200
DEEP = "[" * 9_000
FAULTS = [
    # The key, the account, the model.
    refused(
        "refuses-the-key",
        Reply(status=401, body=error("Incorrect API key provided", code="invalid_api_key")),
        says=("does not accept the key (401", "Check OPENAI_API_KEY"),
    ),
    refused(
        "echoes-the-key",
        Reply(status=401, body=error(f"Bad key {KEY}, sent as Bearer {KEY}")),
        says=("Bad key [key]", "Check OPENAI_API_KEY"),
    ),
    refused(
        "refuses-a-region",
        Reply(status=403, body=error("Country not supported")),
        says=("403: Country not supported", "Check OPENAI_API_KEY"),
    ),
    refused(
        "wants-payment",
        Reply(status=402, body=error("Insufficient balance")),
        says=("no credit", "Check the billing"),
    ),
    refused(
        "has-no-quota-left",
        Reply(status=429, body=error("You exceeded your quota", code="insufficient_quota")),
        says=("no credit left for the key (429", "Check the billing"),
    ),
    refused(
        "names-the-quota-by-type-alone",
        Reply(status=429, body=error("You exceeded your quota", type="insufficient_quota")),
        says=("no credit", "Check the billing"),
    ),
    refused(
        "does-not-know-the-model",
        Reply(status=404, body=error("The model `small` does not exist", code="model_not_found")),
        says=("does not know model 'small' at http://127.0.0.1:", "/v1 (404", "Check its name"),
    ),
    refused(
        "does-not-know-the-model-and-says-400",
        Reply(status=400, body=error("invalid model ID", code="model_not_found")),
        says=("does not know model 'small'", "Check its name"),
    ),
    refused(
        "has-nothing-at-this-path",
        Reply(status=404, body="<html><head><title>404 Not Found</title></head></html>"),
        says=("404: 404 Not Found", "most often ends in /v1"),
    ),
    refused(
        "redirects",
        Reply(status=307, headers={"Location": "https://other.example/v1/chat/completions"}),
        says=("redirects to 'https://other.example/v1'. ", "Make that OPENAI_BASE_URL"),
    ),
    # The request.
    refused(
        "finds-the-prompt-too-long",
        Reply(status=400, body=error("maximum context length is 4096", param="max_tokens")),
        remedy=Remedy.SHRINK,
        says=("too long for 'small'", "fewer articles"),
    ),
    refused(
        "finds-the-body-too-large",
        Reply(status=413, body="<html><title>413 Request Entity Too Large</title></html>"),
        remedy=Remedy.SHRINK,
        says=("too long for 'small' (413", "fewer articles"),
    ),
    refused(
        "filters-the-request",
        Reply(status=400, body=error("Filtered by policy", code="content_filter")),
        remedy=Remedy.SKIP,
        says=("filtered the request out", "Use other articles"),
    ),
    refused(
        "finds-fault-with-the-request",
        Reply(status=400, body={"error": "bad messages"}),
        says=("does not accept the request (400: bad messages)", "Check the name of the model"),
    ),
    refused(
        "lists-faults-and-repeats-the-prompt",
        Reply(
            status=422,
            body={"detail": [{"loc": ["body", "n"], "msg": "missing", "input": "the temperature"}]},
        ),
        says=("['body', 'n']: missing",),
    ),
    refused(
        "never-stops-complaining",
        *(
            Reply(
                status=400, body=error("response_format, seed, temperature, max_completion_tokens")
            ),
        )
        * 6,
        says=("does not accept the request",),
        calls=6,
    ),
    # Worth another try.
    unavailable(
        "limits-the-rate",
        Reply(status=429, body=error("Too many requests", code="rate_limit_exceeded")),
        says=("limits the rate", "Wait, then try again"),
        waits=[0.25, 0.5, 1.0],
    ),
    unavailable(
        "asks-for-a-pause",
        Reply(status=429, headers={"Retry-After": "2"}, body=error("Slow down")),
        says=("limits the rate",),
        waits=[2.0, 2.0, 2.0],
    ),
    unavailable(
        "asks-for-a-pause-in-milliseconds",
        Reply(status=503, headers={"retry-after-ms": "1500"}, body=error("Busy")),
        says=("is in trouble",),
        waits=[1.5, 1.5, 1.5],
    ),
    unavailable(
        "asks-for-a-pause-until-a-date",
        Reply(
            status=503,
            headers={
                "Date": "Mon, 02 Nov 2026 10:00:00 GMT",
                "Retry-After": "Mon, 02 Nov 2026 10:00:03 GMT",
            },
        ),
        says=("is in trouble (503)",),
        waits=[3.0, 3.0, 3.0],
    ),
    unavailable(
        "asks-for-a-pause-beyond-the-deadline",
        Reply(status=429, headers={"Retry-After": "300"}, body=error("Slow down")),
        says=("asks for 300 s of patience", "s are left"),
        calls=1,
        waits=[],
    ),
    unavailable(
        "times-out-itself", Reply(status=408, body=error("Timeout")), says=("(408", "Try again")
    ),
    unavailable("is-in-conflict", Reply(status=409, body=error("Conflict")), says=("(409",)),
    unavailable(
        "breaks", Reply(status=500, body=error("Internal error")), says=("is in trouble (500",)
    ),
    unavailable(
        "stands-behind-a-broken-gateway",
        Reply(status=502, body="<html><title>502 Bad Gateway</title></html>"),
        says=("is in trouble (502: 502 Bad Gateway)", "see its log"),
    ),
    unavailable(
        "is-overloaded", Reply(status=503, body="overloaded"), says=("(503: overloaded)", "log")
    ),
    unavailable("stands-behind-a-slow-gateway", Reply(status=504), says=("is in trouble (504)",)),
    unavailable("hangs-up-at-once", Reply(end="unanswered"), says=("broke off", "Is the server")),
    unavailable("resets-the-connection", Reply(end="reset"), says=("broke off", "Is the server")),
    unavailable(
        "hangs-up-in-the-middle-of-the-reply",
        Reply(body=completion(), end="midway"),
        says=("broke off", "Is the server running?"),
    ),
    unavailable(
        "speaks-no-http", Reply(raw=b"SSH-2.0-OpenSSH_9.6\r\n"), says=("broke off", "Is the server")
    ),
    # A 200 that is no reply.
    refused(
        "sends-a-web-page",
        Reply(headers={"Content-Type": "text/html"}, body="<!doctype html><p>Log in</p>"),
        says=("sent a web page", "most often ends in /v1"),
    ),
    malformed(
        "sends-text",
        Reply(headers={"Content-Type": "text/plain"}, body="Hello"),
        says=("no chat completion: 'Hello'", "Try again", "check OPENAI_BASE_URL"),
        reply="Hello",
    ),
    malformed("sends-nothing", Reply(), says=("no chat completion: ''", "Try again"), reply=""),
    malformed(
        "sends-broken-json",
        Reply(body='{"choices": [{"mess'),
        says=("no chat completion", "Try again"),
        reply='{"choices": [{"mess',
    ),
    malformed("sends-a-list", Reply(body=[1]), says=("no chat completion: '[1]'",)),
    malformed("sends-bytes-that-are-no-text", Reply(body=b"\xff\xfe"), says=("Try again",)),
    malformed("sends-deeply-nested-json", Reply(body=DEEP), says=("Try again",), reply=DEEP),
    malformed("sends-no-choices", Reply(body={"object": "list"}), says=("no chat completion",)),
    malformed("sends-empty-choices", Reply(body=completion(choices=[])), says=("Try again",)),
    malformed("sends-odd-choices", Reply(body=completion(choices=["{}"])), says=("Try again",)),
    malformed("sends-null", Reply(body=completion(None)), says=("an empty reply",), reply=""),
    malformed("sends-blanks", Reply(body=completion(" \n")), says=("an empty reply",), reply=" \n"),
    unavailable(
        "sends-an-error-as-a-reply",
        Reply(body=error("Upstream failed") | {"choices": None}),
        says=("is in trouble (500: Upstream failed)",),
    ),
    unavailable(
        "sends-an-error-as-a-reply-with-a-status-in-it",
        Reply(body={"error": {"code": 429, "message": "Too fast"}}),
        says=("limits the rate of requests (429: Too fast)",),
    ),
    refused(
        "sends-an-empty-quota-as-a-reply",
        Reply(body=error("No quota", code="insufficient_quota") | {"choices": None}),
        says=("no credit",),
    ),
    unavailable(
        "breaks-while-it-writes", Reply(body=completion(finish="error")), says=("Try again later",)
    ),
    refused(
        "filters-the-reply",
        Reply(body=completion(None, finish="content_filter")),
        remedy=Remedy.SKIP,
        says=("filtered the reply out", "another model"),
    ),
    refused(
        "declines-at-length-and-in-colour",
        Reply(body=choice(message={"content": None, "refusal": LONG_REFUSAL})),
        remedy=Remedy.SKIP,
        says=("declined: 'I [31mcannot do that. Sorry.", "another model"),
    ),
    malformed(
        "never-stops-writing",
        Reply(body="x" * 2_000_000),
        says=("more than 20000 bytes", "another model"),
        calls=1,
        reply="x" * (REPLY_BYTES + 1),
    ),
    unavailable(
        "fails-at-length", Reply(status=500, body="x" * 2_000_000), says=("is in trouble (500: xx",)
    ),
    refused(
        "compresses-though-asked-not-to",
        Reply(
            headers={"Content-Encoding": "gzip"},
            body=gzip.compress(json.dumps(completion()).encode()),
        ),
        says=("compresses its replies", "Turn that off"),
    ),
    # Time.
    unavailable(
        "says-nothing",
        Reply(delay_s=60),
        says=("no whole reply within 0.6 s", "allow more time"),
        calls=1,
        timeout_s=0.6,
    ),
    unavailable(
        "drips-its-reply",
        Reply(body=completion(), drip_s=0.5),
        says=("no whole reply within 0.6 s",),
        calls=1,
        timeout_s=0.6,
    ),
    unavailable(
        "drips-its-headers",
        Reply(body=completion(), drip_s=0.5, drips="headers"),
        says=("no whole reply within 0.6 s",),
        calls=1,
        timeout_s=0.6,
    ),
    unavailable(
        "drips-an-error",
        Reply(status=500, body=error("Oh no"), drip_s=0.5),
        says=("no whole reply within 0.6 s",),
        calls=1,
        timeout_s=0.6,
    ),
    unavailable(
        "drips-the-length-of-a-chunk",
        Reply(
            headers={"Content-Length": None, "Transfer-Encoding": "chunked"},
            body="1;" + "x" * 500,
            drip_s=0.5,
        ),
        says=("no whole reply within 0.6 s",),
        calls=1,
        timeout_s=0.6,
    ),
    unavailable(
        "is-broken-and-then-says-nothing",
        Reply(status=503),
        Reply(delay_s=60),
        says=("no whole reply within 1 s",),
        calls=2,
        timeout_s=1.0,
    ),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_stand_in_server_that(fault):
    check(fault)


def test_a_stand_in_server_that_cuts_its_reply_short_is_worth_a_split():
    with stand_in_server(Reply(body=completion('{"sent', finish="length"))) as server:
        reply = chat_with(server.base_url).complete(REQUEST)
    assert (reply.is_cut, reply.remedy) == (True, Remedy.SPLIT)


def test_a_stand_in_server_that_is_whole_is_fine():
    with stand_in_server(FINE) as server:
        assert chat_with(server.base_url).complete(REQUEST).remedy is Remedy.OK


def test_no_server_at_all_takes_two_quick_tries_and_no_stand_in_server():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # Not listening: connections are refused.
        port = taken.getsockname()[1]
        waits = []
        chat = chat_with(f"http://127.0.0.1:{port}/v1", timeout_s=60, sleep=waits.append)
        with pytest.raises(ModelUnavailable, match=rf"^127.0.0.1:{port} refuses .* running\?"):
            chat.complete(REQUEST)
    assert waits == [0.25]


def test_a_stand_in_server_that_speaks_no_tls():
    with stand_in_server(FINE) as server:
        chat = chat_with(server.base_url.replace("http:", "https:"))
        with pytest.raises(
            ModelUnavailable, match=r"begin OPENAI_BASE_URL \(or `--base-url`\) with http://"
        ):
            chat.complete(REQUEST)
    assert server.asked == []


def test_a_stand_in_server_that_answers():
    with stand_in_server(FINE) as server:
        reply = chat_with(server.base_url).complete(REQUEST)
    assert reply.text == '{"sentences": []}'
    assert reply.model == MODEL
    assert reply.usage == Usage(calls=1, prompt_tokens=12, completion_tokens=3)
    (asked,) = server.asked
    assert (asked["seed"], asked["temperature"], asked["max_completion_tokens"]) == (0, 0, 60)
    assert asked["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "draft", "strict": True, "schema": REQUEST.reply_schema},
    }
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
