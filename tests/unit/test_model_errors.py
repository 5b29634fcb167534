import json
import socket
import ssl
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.edges.answer import Answer, Call, retry_after_s
from briefing.edges.dialect import Dialect
from briefing.edges.model_errors import Failure, classify, late, unreachable
from briefing.errors import MalformedReply, ModelRefused, ModelUnavailable
from briefing.ports import ChatReply

KEY = "sk-not-a-key-1234"
CALL = Call(
    model="small",
    base_url="http://me:password@127.0.0.1:8399/v1/?token=1",
    max_tokens=60,
    reply_bytes=1000,
    key=KEY,
)


def answer(status, body=b"", **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers=names, body=content)


def completion(message, finish="stop"):
    return {"model": "big", "choices": [{"finish_reason": finish, "message": message}]}


def test_a_whole_completion_is_a_reply():
    reply = classify(answer(200, completion({"content": "{}"})), CALL)
    assert isinstance(reply, ChatReply)
    assert (reply.text, reply.model, reply.usage.calls) == ("{}", "big", 1)


@pytest.mark.parametrize(
    ("sent", "error", "tries"),
    [
        (answer(302, location="https://other.example"), ModelRefused, 1),
        (answer(400), ModelRefused, 1),
        (answer(401), ModelRefused, 1),
        (answer(404), ModelRefused, 1),
        (answer(429), ModelUnavailable, 100),
        (answer(429, {"error": {"code": "insufficient_quota"}}), ModelRefused, 1),
        (answer(418), ModelRefused, 1),
        (answer(500), ModelUnavailable, 100),
        (answer(529), ModelUnavailable, 100),
        (answer(200), MalformedReply, 2),
        (answer(200, b"{"), MalformedReply, 2),
        (answer(200, b"<html>"), ModelRefused, 1),
        (answer(200, b" " * 1001), MalformedReply, 1),
        (answer(200, {"error": {"code": 503}}), ModelUnavailable, 100),
        (answer(200, {"error": "out of memory"}), ModelUnavailable, 100),
        (answer(200, {"choices": []}), MalformedReply, 2),
        (answer(200, completion({"content": ""})), MalformedReply, 2),
        (answer(200, completion({"content": "No."}, "content_filter")), ModelRefused, 1),
        (answer(200, completion({"refusal": "No."})), ModelRefused, 1),
        (answer(200, b"\x1f\x8b", content_encoding="gzip"), ModelRefused, 1),
    ],
)
def test_every_other_answer_is_a_failure_that_says_how_often_to_try(sent, error, tries):
    failure = classify(sent, CALL)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, error)
    assert failure.tries == tries


def test_a_reply_cut_off_by_length_is_a_reply_that_says_so():
    reply = classify(answer(200, completion({"content": "{"}, "length")), CALL)
    assert (reply.text, reply.is_cut) == ("{", True)


def test_a_message_names_the_address_and_no_secret_of_it():
    failure = classify(answer(404, {"error": {"message": f"{KEY} sk-another-key"}}), CALL)
    assert str(failure.error) == (
        "127.0.0.1:8399 does not know model 'small' at http://127.0.0.1:8399/v1 "
        "(404: [key] [key]). Check its name, and OPENAI_BASE_URL (or `--base-url`), "
        "which most often ends in /v1."
    )
    assert KEY not in repr(CALL)


def test_a_key_split_by_what_is_cleaned_away_is_found_all_the_same():
    split = "\u200b".join(KEY)
    failure = classify(answer(401, {"error": {"message": f"{'x' * 290} {split}"}}), CALL)
    assert "sk-" not in str(failure.error)


def test_the_key_does_not_stay_half_where_a_message_is_cut():
    failure = classify(answer(401, {"error": {"message": "x" * 295 + f" {KEY}"}}), CALL)
    assert "sk-" not in str(failure.error)
    assert "…" in str(failure.error)


@given(
    status=st.integers(200, 599),
    body=st.binary()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["error", "message", "code", "type", "detail", "choices", "content", "usage"]
                ),
                inner,
                max_size=4,
            )
        ),
    ),
)
def test_no_answer_is_beyond_it(status, body):
    outcome = classify(answer(status, body), CALL)
    if isinstance(outcome, Failure):
        assert str(outcome.error).startswith("127.0.0.1:8399 ")
        assert str(outcome.error).isprintable()


def raised(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("cause", "error", "tries", "says"),
    [
        (ConnectionRefusedError(111, "Connect call failed"), ModelUnavailable, 2, "running?"),
        (
            ExceptionGroup("both", [ConnectionRefusedError("::1"), ConnectionRefusedError("v4")]),
            ModelUnavailable,
            2,
            "refuses connections",
        ),
        (socket.gaierror(-2, "Name not known"), ModelUnavailable, 2, "Name not known"),
        (ssl.SSLCertVerificationError("self-signed"), ModelRefused, 1, "SSL_CERT_FILE"),
        (ssl.SSLError("WRONG_VERSION_NUMBER"), ModelUnavailable, 2, "http://"),
        (TimeoutError(), ModelUnavailable, 100, "in time"),
        (ConnectionResetError(104, "Connection reset"), ModelUnavailable, 100, "reset"),
        (OSError(113, "No route to host"), ModelUnavailable, 100, "No route to host"),
        (None, ModelUnavailable, 100, "Connection error"),
    ],
)
def test_why_no_answer_came_is_found_behind_the_library_s_error(cause, error, tries, says):
    library_error = raised(RuntimeError("Connection error."), raised(OSError(""), cause))
    failure = unreachable(library_error, CALL)
    assert isinstance(failure.error, error)
    assert failure.tries == tries
    assert says in str(failure.error)


def test_there_is_no_next_try_when_the_time_is_over():
    failure = late(120, CALL)
    assert failure.tries == 1
    assert "within 120 s" in str(failure.error)


@pytest.mark.parametrize(
    ("headers", "pause_s"),
    [
        ({}, None),
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "0"}, 0.0),
        ({"retry_after": "7", "retry_after_ms": "1200"}, 1.2),
        ({"retry_after": "-1"}, None),
        ({"retry_after": "nan"}, None),
        ({"retry_after": "inf"}, None),
        ({"retry_after": "soon"}, None),
        ({"retry_after": "Mon, 02 Nov 2026 10:00:09 GMT"}, None),
        (
            {
                "retry_after": "Mon, 02 Nov 2026 10:00:09 GMT",
                "date": "Mon, 02 Nov 2026 10:00:00 GMT",
            },
            9.0,
        ),
        (
            {
                "retry_after": "Mon, 02 Nov 2026 10:00:00 GMT",
                "date": "Mon, 02 Nov 2026 10:00:09 GMT",
            },
            0.0,
        ),
    ],
)
def test_a_pause_is_read_in_each_spelling(headers, pause_s):
    assert retry_after_s(answer(429, **headers)) == pause_s


def test_a_server_that_complains_of_everything_runs_out_of_things_to_leave_out():
    everything = "response_format max_completion_tokens max_tokens seed temperature"
    dialect, steps = Dialect(), 0
    while plainer := dialect.plainer(everything):
        dialect, steps = plainer, steps + 1
    assert steps == 5
    assert dialect == Dialect(
        reply_format="text", limit="max_tokens", seed=False, temperature=False
    )


@pytest.mark.parametrize(
    "spelt", [KEY, "c2stbm90LWEta2V5LTEyMzQ=", "c2stbm90LWEta2V5LTEyMzQ", "gate-pass"]
)
def test_a_secret_that_a_server_repeats_is_cut_out_of_the_reply(spelt):
    call = replace(CALL, secrets=("gate-pass",))
    reply = classify(answer(200, completion({"content": f'{{"text": "I saw {spelt}"}}'})), call)
    assert spelt.rstrip("=") not in reply.text
    assert "[key]" in reply.text


def test_words_that_stand_for_no_key_are_no_secret():
    call = replace(CALL, key="no-key")
    reply = classify(answer(200, completion({"content": "A no-key lock."})), call)
    assert reply.text == "A no-key lock."
