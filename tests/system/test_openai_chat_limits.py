"""What keeps a server from being asked: a cassette, the breaker, the gate; and what it costs."""

import socket
from contextlib import suppress
from dataclasses import replace

import pytest
import vcr
from vcr.errors import CannotOverwriteExistingCassetteException

from briefing.data.briefing import Usage
from briefing.edges import cassette_format
from briefing.edges.gate import Gate
from briefing.errors import (
    ModelError,
    ModelRefused,
    ModelUnavailable,
)
from tests.stand_in import Reply, completion, stand_in_server
from tests.system.faults import (
    KEY,
    REQUEST,
    chat_with,
)
from tests.system.fine import FINE


def use_cassette(path, vcr_config, record_mode):
    recorder = vcr.VCR()
    recorder.register_serializer("yaml", cassette_format)
    recorder.register_matcher("json_body", cassette_format.same_json_body)
    return recorder.use_cassette(str(path), record_mode=record_mode, **vcr_config)


def test_a_recorded_stand_in_server_is_not_asked_again(tmp_path, vcr_config):
    path = tmp_path / "recorded.yaml"
    with stand_in_server(FINE) as server:
        with use_cassette(path, vcr_config, "once"):
            recorded = chat_with(server.base_url).complete(REQUEST)
        with use_cassette(path, vcr_config, "none") as cassette:
            replayed = chat_with(server.base_url).complete(REQUEST)
    assert replayed == recorded
    assert cassette.all_played
    assert len(server.asked) == 1
    text = path.read_text("utf-8")
    assert [word for word in (KEY, "authorization", "chatcmpl-1", "created") if word in text] == []
    assert "|-\n          Story: Bridge reopens\n          Write one sentence.\n" in text


def test_a_changed_prompt_fails_and_never_reaches_a_live_stand_in_server(tmp_path, vcr_config):
    path = tmp_path / "recorded.yaml"
    changed = replace(REQUEST, user=REQUEST.user.replace("reopens", "closes"))
    with stand_in_server(FINE) as server:
        with use_cassette(path, vcr_config, "once"):
            chat_with(server.base_url).complete(REQUEST)
        with (
            use_cassette(path, vcr_config, "none"),
            pytest.raises(CannotOverwriteExistingCassetteException) as raised,
        ):
            chat_with(server.base_url).complete(changed)
    assert len(server.asked) == 1
    assert "-messages[1].content | Story: Bridge reopens\n" in str(raised.value)
    assert "+messages[1].content | Story: Bridge closes\n" in str(raised.value)


@pytest.mark.vcr
def test_on_a_cassette_no_socket_opens_to_a_live_stand_in_server():
    with (
        stand_in_server(FINE) as server,
        socket.socket() as client,
        pytest.raises(RuntimeError, match="Network is disabled"),
    ):
        client.connect(("127.0.0.1", server.port))
    assert server.asked == []


def test_a_stand_in_server_that_keeps_failing_is_left_alone_for_a_while():
    clock = Clock()
    with stand_in_server(*[Reply(status=503)] * 8, FINE) as server:
        chat = chat_with(server.base_url, clock=clock)
        for _ in range(2):
            with pytest.raises(ModelUnavailable, match="is in trouble"):
                chat.complete(REQUEST)
        with pytest.raises(ModelUnavailable, match="8 times in a row, and is left alone for 30 s"):
            chat.complete(REQUEST)
        assert len(server.asked) == 8
        clock.now += 31
        assert chat.complete(REQUEST).text == '{"sentences": []}'


@pytest.mark.parametrize("status", [400, 401, 429])
def test_a_stand_in_server_that_is_there_is_never_left_alone(status):
    with stand_in_server(*[Reply(status=status)] * 12, FINE) as server:
        chat = chat_with(server.base_url, tries=1)
        for _ in range(12):
            with pytest.raises((ModelRefused, ModelUnavailable)):
                chat.complete(REQUEST)
        assert chat.complete(REQUEST).text == '{"sentences": []}'


def test_a_stand_in_server_that_has_no_place_in_time_is_not_asked():
    gate = Gate(requests_per_minute=1)
    with stand_in_server(FINE) as server:
        chat = chat_with(server.base_url, gate=gate, timeout_s=1.0)
        chat.complete(REQUEST)
        # Who waits for a place, which is free after 60 seconds, gets an answer.
        with pytest.raises(ModelUnavailable, match="left no room"):
            chat.complete(REQUEST)
    assert len(server.asked) == 1


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Book:
    """A meter that remembers how each try was settled."""

    tokens = 100

    def __init__(self):
        self.settled = []

    def reserve(self, request):
        return self

    def settle(self, usage):
        self.settled.append(usage and (usage.prompt_tokens, usage.completion_tokens))
        return usage or Usage(calls=1, prompt_tokens=90, completion_tokens=10, estimated_calls=1)


@pytest.mark.parametrize(
    ("reply", "settled"),
    [
        (Reply(status=401), (0, 0)),
        (Reply(status=429), (0, 0)),
        (Reply(status=503), (0, 0)),
        (Reply(end="reset"), None),
        (Reply(body=completion(), end="midway"), None),
        (Reply(delay_s=60), None),
        (Reply(body="<html>"), None),
        (Reply(body=completion(None)), (12, 3)),
        (Reply(body=completion(None, finish="content_filter")), (12, 3)),
        (FINE, (12, 3)),
        (Reply(body=completion(usage=None)), None),
        (Reply(body=completion(usage={"prompt_tokens": 12})), None),
    ],
    ids=[
        "key",
        "rate",
        "overload",
        "reset",
        "midway",
        "silence",
        "web-page",
        "empty",
        "filtered",
        "fine",
        "no-usage",
        "half-a-usage",
    ],
)
def test_a_stand_in_server_is_paid_for_what_it_may_have_charged(reply, settled):
    book = Book()
    with stand_in_server(reply) as server:
        chat = chat_with(server.base_url, meter=book, tries=1, timeout_s=0.7)
        with suppress(ModelError):
            chat.complete(REQUEST)
    assert book.settled == [settled]
