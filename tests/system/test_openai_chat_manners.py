"""What servers take and tell, less than is asked for at times; keys that none is shown."""

import pytest

from briefing.edges.openai_chat import OpenAIChat
from briefing.errors import (
    ConfigError,
    ModelRefused,
    ModelUnavailable,
)
from tests.stand_in import Reply, completion, error, stand_in_server
from tests.system.faults import (
    KEY,
    REQUEST,
    chat_with,
)
from tests.system.fine import FINE


@pytest.mark.parametrize(
    ("usage", "tokens"),
    [
        (None, (0, 0)),
        ({}, (0, 0)),
        ({"prompt_tokens": None, "completion_tokens": "9"}, (0, 0)),
        ({"prompt_tokens": 7, "completion_tokens": -1}, (0, 0)),
        ("none", (0, 0)),
    ],
)
def test_a_stand_in_server_that_counts_oddly_or_keeps_its_model_to_itself(usage, tokens):
    with stand_in_server(Reply(body=completion(usage=usage, model=None))) as server:
        reply = chat_with(server.base_url).complete(REQUEST)
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == tokens
    assert reply.model == "small"


def test_says_each_time_that_a_request_is_sent():
    waits = []
    with stand_in_server(Reply(status=503), Reply(status=429), FINE) as server:
        chat_with(server.base_url, on_wait=lambda: waits.append(1)).complete(REQUEST)
    assert (len(waits), len(server.asked)) == (3, 3)


def test_does_not_say_that_a_request_is_sent_to_a_server_that_is_not_there():
    waits = []
    with pytest.raises(ModelUnavailable):
        chat_with("http://127.0.0.1:9/v1", on_wait=lambda: waits.append(1)).complete(REQUEST)
    assert waits == []


@pytest.mark.parametrize(
    "first",
    [
        Reply(status=503),
        Reply(end="reset"),
        Reply(body="{"),
        Reply(body=completion(None)),
    ],
    ids=["overloaded", "resets", "broken-json", "empty"],
)
def test_a_stand_in_server_that_fails_once_and_then_answers(first):
    with stand_in_server(first, FINE) as server:
        assert chat_with(server.base_url).complete(REQUEST).text == '{"sentences": []}'
    assert len(server.asked) == 2


def test_a_stand_in_server_that_is_given_no_second_try():
    with stand_in_server(Reply(status=503)) as server, pytest.raises(ModelUnavailable):
        chat_with(server.base_url, tries=1).complete(REQUEST)
    assert len(server.asked) == 1


COMPLAINTS = [
    (
        "json-schema",
        [error("'json_schema' is not supported with this model", param="response_format")],
        {"response_format": {"type": "json_object"}},
    ),
    (
        "any-response-format",
        [error("unknown field response_format"), error("unknown field response_format")],
        {"response_format": None},
    ),
    (
        "any-response-format-as-fastapi-says-it",
        [{"detail": [{"loc": ["body", "response_format"], "msg": "Extra inputs"}]}] * 2,
        {"response_format": None},
    ),
    (
        "the-new-name-of-the-limit",
        [{"error": "unknown field `max_completion_tokens`"}],
        {"max_completion_tokens": None, "max_tokens": 60},
    ),
    ("seed", [error("Unsupported parameter", param="seed")], {"seed": None}),
    (
        "temperature",
        [error("'temperature' does not support 0 with this model. Only 1 is supported.")],
        {"temperature": None},
    ),
    (
        "seed-and-temperature",
        [error("Unknown name 'seed'"), error("Unsupported value: 'temperature'")],
        {"seed": None, "temperature": None},
    ),
]


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize(
    ("complaints", "then"), [row[1:] for row in COMPLAINTS], ids=[row[0] for row in COMPLAINTS]
)
def test_a_stand_in_server_that_does_not_take(complaints, then, status):
    turned_down = [Reply(status=status, body=complaint) for complaint in complaints]
    waits = []
    with stand_in_server(*turned_down, FINE) as server:
        chat = chat_with(server.base_url, sleep=waits.append)
        chat.complete(REQUEST)
        chat.complete(REQUEST)
    *_, answered, remembered = server.asked
    assert {name: answered.get(name) for name in then} == then
    assert remembered == answered
    assert len(server.asked) == len(complaints) + 2
    assert waits == []


def test_a_stand_in_server_that_fails_anyway_is_asked_in_full_the_next_time():
    complaint = Reply(status=400, body=error("I dislike the seed"))
    with stand_in_server(complaint, Reply(status=401), FINE) as server:
        chat = chat_with(server.base_url)
        with pytest.raises(ModelRefused):
            chat.complete(REQUEST)
        chat.complete(REQUEST)
    assert ["seed" in asked for asked in server.asked] == [True, False, True]


def test_a_stand_in_server_sees_no_key_where_none_is_given():
    with stand_in_server(FINE) as server:
        OpenAIChat("", server.base_url).complete(REQUEST)
    assert server.headers[0]["authorization"] == "Bearer no-key"


def test_neither_the_object_nor_the_chain_of_its_errors_tells_the_key_to_a_stand_in_server():
    with stand_in_server(Reply(status=401, body=error(f"Bad key {KEY}"))) as server:
        chat = chat_with(server.base_url)
        with pytest.raises(ModelRefused) as raised:
            chat.complete(REQUEST)
    assert KEY not in repr(chat)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel"])
def test_a_key_that_no_header_can_carry_never_reaches_a_stand_in_server(key):
    with pytest.raises(ConfigError, match="OPENAI_API_KEY") as raised:
        OpenAIChat(key)
    assert key not in str(raised.value)


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8080/v1", "localhost:8080", "ftp://x/v1", "http://", "http://x:99999/v1"]
)
def test_a_base_url_that_is_none_never_reaches_a_stand_in_server(url):
    with pytest.raises(
        ConfigError, match=r"OPENAI_BASE_URL \(or `--base-url`\) must look like http://"
    ):
        OpenAIChat(KEY, url)
