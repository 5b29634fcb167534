"""What `OpenAIChat` makes of servers of the Responses API: stand-ins on loopback, real sockets."""

import json

import pytest

from briefing.data.briefing import Usage
from briefing.edges.dialect import Dialect
from briefing.edges.openai_client import Manners
from briefing.errors import Remedy
from tests import make
from tests.stand_in import MODEL, Reply, completion, error, response, stand_in_server
from tests.system.desk import ARRIVED, COST, GOOD, LIE, UNSIGNED, put
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

FINE = Reply(body=response('{"sentences": []}'))


def manners(**options):
    return Manners(dialect=Dialect(api="responses", **options))


def incomplete(reason, text=""):
    return Reply(body=response(text, status="incomplete", incomplete_details={"reason": reason}))


def message(*parts):
    return response(output=[{"type": "message", "role": "assistant", "content": list(parts)}])


FAULTS = [
    refused(
        "refuses-the-key",
        Reply(status=401, body=error(f"Incorrect API key provided: {KEY}")),
        says=("does not accept the key (401", "[key]", "Check OPENAI_API_KEY"),
    ),
    refused(
        "has-no-quota-left",
        Reply(status=429, body=error("You exceeded your quota", code="insufficient_quota")),
        says=("no credit left for the key (429", "Check the billing"),
    ),
    refused(
        "has-no-responses",
        Reply(status=404, body={"detail": "Not Found"}),
        says=("404: Not Found", 'If the server has no Responses API, set `api = "chat"`'),
    ),
    refused(
        "redirects",
        Reply(status=307, headers={"Location": "https://other.example/v1/responses"}),
        says=("redirects to 'https://other.example/v1'. ", "Make that OPENAI_BASE_URL"),
    ),
    refused(
        "finds-the-prompt-too-long",
        Reply(status=400, body=error("Too long", code="context_length_exceeded")),
        remedy=Remedy.SHRINK,
        says=("too long for 'small'", "fewer articles"),
    ),
    unavailable(
        "limits-the-rate-and-asks-for-a-pause",
        Reply(status=429, headers={"Retry-After": "2"}, body=error("Slow down")),
        says=("limits the rate",),
        waits=[2.0, 2.0, 2.0],
    ),
    unavailable(
        "breaks", Reply(status=500, body=error("Internal error")), says=("is in trouble (500",)
    ),
    unavailable(
        "fails-in-the-middle",
        Reply(
            body=response(
                None,
                status="failed",
                error={"code": "server_error", "message": "The model gave up"},
            )
        ),
        says=("is in trouble (500: The model gave up", "Try again later"),
    ),
    unavailable(
        "limits-the-rate-in-the-middle",
        Reply(
            body=response(
                None, status="failed", error={"code": "rate_limit_exceeded", "message": "Slow"}
            )
        ),
        says=("limits the rate",),
    ),
    unavailable(
        "is-cancelled",
        Reply(body=response("{", status="cancelled")),
        says=("broke off while it wrote",),
    ),
    unavailable(
        "ends-for-a-reason-of-its-own",
        incomplete("power_cut"),
        says=("broke off while it wrote",),
    ),
    refused(
        "filters-the-reply",
        incomplete("content_filter"),
        remedy=Remedy.SKIP,
        says=("filtered the reply out",),
    ),
    refused(
        "declines",
        Reply(body=message({"type": "refusal", "refusal": "I cannot do that."})),
        remedy=Remedy.SKIP,
        says=("declined: 'I cannot do that.'",),
    ),
    malformed(
        "thinks-to-the-end",
        incomplete("max_output_tokens"),
        says=("used up 60 tokens before it wrote", "raise `reasoning_tokens`"),
        calls=1,
    ),
    malformed("sends-nothing", Reply(body=response("")), says=("an empty reply",)),
    malformed("only-thinks", Reply(body=response(output=[])), says=("an empty reply",)),
    malformed("breaks-its-json", Reply(body='{"output": ['), says=("what is no response",)),
    malformed("sends-a-completion", Reply(body=completion()), says=("what is no response",)),
    malformed("has-odd-parts", Reply(body=message("text")), says=("what is no response",)),
    refused("sends-a-web-page", Reply(body="<html>Welcome</html>"), says=("a web page", "/v1")),
    malformed(
        "never-stops-writing",
        Reply(body="x" * 2_000_000),
        says=("more than 20000 bytes",),
        calls=1,
        reply="x" * (REPLY_BYTES + 1),
    ),
    unavailable(
        "says-nothing",
        Reply(delay_s=60),
        says=("no whole reply within 0.6 s",),
        calls=1,
        timeout_s=0.6,
    ),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_stand_in_server_of_responses_that(fault):
    check(fault, manners=manners())


def test_a_stand_in_server_is_asked_in_the_words_of_responses():
    with stand_in_server(FINE) as server:
        chat = chat_with(
            server.base_url, manners=manners(reasoning_effort="low", reasoning_tokens=40)
        )
        reply = chat.complete(REQUEST)
    assert server.paths == ["/v1/responses"]
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert server.asked == [
        {
            "model": "small",
            "instructions": REQUEST.system,
            "input": REQUEST.user,
            "max_output_tokens": 100,
            "store": False,
            "temperature": 0,
            "text": {
                "format": {
                    "type": "json_schema",
                    "name": "draft",
                    "strict": True,
                    "schema": REQUEST.reply_schema,
                }
            },
            "reasoning": {"effort": "low"},
        }
    ]
    assert (reply.text, reply.model, reply.remedy) == ('{"sentences": []}', MODEL, Remedy.OK)
    assert reply.usage == Usage(
        calls=1, prompt_tokens=12, completion_tokens=3, cached_tokens=8, reasoning_tokens=2
    )


def test_the_parts_of_a_message_are_one_reply():
    parts = [{"type": "output_text", "text": text} for text in ('{"a":', " 1}")]
    with stand_in_server(Reply(body=message(*parts))) as server:
        assert chat_with(server.base_url, manners=manners()).complete(REQUEST).text == '{"a": 1}'


def test_a_response_that_is_cut_short_is_worth_a_split():
    with stand_in_server(incomplete("max_output_tokens", '{"sent')) as server:
        reply = chat_with(server.base_url, manners=manners()).complete(REQUEST)
    assert (reply.is_cut, reply.remedy) == (True, Remedy.SPLIT)


@pytest.mark.parametrize("usage", [None, {}, {"input_tokens": "7", "output_tokens": -1}, [7]])
def test_a_response_without_usage_tells_of_none(usage):
    with stand_in_server(Reply(body=response(usage=usage))) as server:
        reply = chat_with(server.base_url, manners=manners()).complete(REQUEST)
    assert reply.usage == Usage(calls=1)


@pytest.mark.parametrize(
    ("complaints", "then"),
    [
        (
            [error("Unsupported", param="text.format")],
            {"text": {"format": {"type": "json_object"}}},
        ),
        ([error("Unsupported", param="text.format")] * 2, {"text": None}),
        ([error("Unsupported parameter: 'temperature'")], {"temperature": None}),
        ([error("Unsupported parameter: 'reasoning.effort'")], {"reasoning": None}),
    ],
)
def test_a_stand_in_server_of_responses_that_does_not_take(complaints, then):
    turned_down = [Reply(status=400, body=complaint) for complaint in complaints]
    with stand_in_server(*turned_down, FINE) as server:
        chat = chat_with(server.base_url, manners=manners(reasoning_effort="low"))
        chat.complete(REQUEST)
    assert {name: server.asked[-1].get(name) for name in then} == then
    assert len(server.asked) == len(complaints) + 1


# As a user meets it.


def said(*sentences):
    return Reply(body=response(json.dumps(make.drafted(*sentences))))


def mended(*texts):
    better = [{"number": number, "text": text} for number, text in enumerate(texts, start=1)]
    return Reply(body=response(json.dumps({"sentences": better})))


def profile(server):
    put(
        "briefing.toml",
        f"[profiles.new]\nname = 'x'\nbase_url = '{server.base_url}'\napi = 'responses'\n",
    )


def test_a_profile_of_responses_is_asked_there_and_kept(briefing, news):
    with stand_in_server(said(*GOOD[:1], (LIE, "S1.3"), *GOOD[2:]), mended(COST)) as server:
        profile(server)
        outcome = briefing("generate", news, "--profile", "new", "-f", "json")
        again = briefing("generate", news, "--profile", "new", "-f", "json")
    data = json.loads(outcome.out)
    assert again == outcome
    assert server.paths == ["/v1/responses"] * 2
    texts = [one["text"] for section in data["sections"] for one in section["sentences"]]
    assert texts == [ARRIVED, COST, UNSIGNED]
    usage = data["usage"]
    assert (usage["prompt_tokens"], usage["cached_tokens"]) == (24, 16)
    assert (usage["completion_tokens"], usage["reasoning_tokens"]) == (6, 4)


def test_a_recorded_run_of_responses_is_played_without_any_setting(briefing, news):
    with stand_in_server(said(*GOOD)) as server:
        profile(server)
        one = ("generate", news, "-f", "json")
        recorded = briefing(*one, "--profile", "new", "--record", "run.yaml")
    put("briefing.toml", "")
    played = briefing(*one, "--replay", "run.yaml")
    assert (played.code, played.out) == (0, recorded.out)
    changed = briefing(*one, "--focus", "rail", "--replay", "run.yaml")
    assert changed.code == 6
    assert "+input | " in changed.err


def test_doctor_asks_a_profile_of_responses_there(briefing, desk):
    with stand_in_server(said(*GOOD)) as server:
        profile(server)
        outcome = briefing("doctor", "--profile", "new")
    assert set(server.paths) == {"/v1/responses"}
    assert "[profiles.new]: API" in outcome.out
    assert "Responses answers" in outcome.out
