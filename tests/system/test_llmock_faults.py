"""The fault table once more, against somebody else's idea of how providers fail: `llmock`.

Its server knows nothing of us: error bodies, headers and quotas are its own, and it grades the
client by when it saw each try. We never stream, so its faults of streams have no row here.
"""

import json
from dataclasses import dataclass
from itertools import pairwise

import openai  # noqa: F401 -- half a second, which no deadline below should pay for
import pytest

from briefing.edges.openai_chat import OpenAIChat
from briefing.errors import ModelRefused, ModelUnavailable, Remedy
from briefing.ports import ChatRequest
from tests.system.desk import GOOD, drafted

KEY = "sk-stand-in-0123456789abcdef"
REQUEST = ChatRequest(
    model="gpt-4o-mini",
    system="Answer in JSON.",
    user="Story: Bridge reopens\nWrite one sentence.",
    reply_schema={"type": "object", "properties": {}, "additionalProperties": False},
    schema_name="draft",
    max_tokens=60,
)
SOON_S = 0.05
"""A pause that a server asks for in these tests: they wait it out, as a run does."""


def chat_with(llmock, **options):
    defaults = {"timeout_s": 30.0, "random": lambda: 0.1}
    return OpenAIChat(KEY, llmock.base_url(), **(defaults | options))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    status: int
    code: str | None = None
    error: type[Exception] = ModelRefused
    remedy: Remedy = Remedy.STOP
    says: str


REFUSALS = [
    Refusal(status=400, says="does not accept the request (400"),
    Refusal(status=400, code="content_filter", remedy=Remedy.SKIP, says="filtered the request"),
    Refusal(status=401, says="does not accept the key (401"),
    Refusal(status=402, says="no credit"),
    Refusal(status=403, says="403"),
    Refusal(status=404, code="model_not_found", says="does not know model 'gpt-4o-mini'"),
    Refusal(status=413, remedy=Remedy.SHRINK, says="too long for 'gpt-4o-mini'"),
    Refusal(status=422, says="does not accept the request (422"),
    Refusal(status=429, code="insufficient_quota", says="no credit left for the key (429"),
]


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: f"{row.status}-{row.code}")
def test_what_no_further_try_can_mend_is_asked_once(llmock, row):
    llmock.fail(row.status, code=row.code, times=None)
    with pytest.raises(row.error) as raised:
        chat_with(llmock).complete(REQUEST)
    assert raised.value.remedy is row.remedy
    assert row.says in str(raised.value)
    assert KEY not in str(raised.value)
    assert len(llmock.requests) == 1
    llmock.assert_resilient()  # Strictly, it takes an empty account for one to try again.


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 520, 529])
def test_what_may_pass_is_asked_again_until_it_has_passed(llmock, status):
    llmock.fail(status, times=2, retry_after=SOON_S).reply('{"sentences": []}')
    assert chat_with(llmock).complete(REQUEST).text == '{"sentences": []}'
    assert len(llmock.requests) == 3
    llmock.assert_resilient(strict=True)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_does_not_pass_is_given_up_after_four_tries(llmock, status):
    llmock.fail(status, times=None)
    with pytest.raises(ModelUnavailable) as raised:
        chat_with(llmock).complete(REQUEST)
    assert raised.value.remedy is Remedy.RETRY
    assert len(llmock.requests) == 4
    assert {one.code for one in llmock.verdict().findings} <= {"gave_up"}


def test_a_pause_that_is_asked_for_is_kept(llmock):
    llmock.rate_limit(times=2, retry_after=0.3).reply("{}")
    chat_with(llmock).complete(REQUEST)
    began = [one.started_at for one in llmock.requests]
    assert all(later - earlier >= 0.3 for earlier, later in pairwise(began))
    llmock.assert_resilient(strict=True)


def test_a_pause_beyond_the_deadline_is_not_begun(llmock):
    llmock.rate_limit(times=None, retry_after=300)
    with pytest.raises(ModelUnavailable, match="asks for 300 s of patience"):
        chat_with(llmock).complete(REQUEST)
    assert len(llmock.requests) == 1


def test_a_quota_of_the_minute_is_told_apart_from_an_empty_account(llmock):
    llmock.limits(rpm=1)
    chat = chat_with(llmock, timeout_s=10.0)
    chat.complete(REQUEST)
    with pytest.raises(ModelUnavailable, match="limits the rate of requests"):
        chat.complete(REQUEST)
    assert len(llmock.requests) == 2


def test_a_prompt_beyond_the_window_is_to_be_made_smaller(llmock):
    llmock.limits(context_window=10)
    with pytest.raises(ModelRefused) as raised:
        chat_with(llmock).complete(REQUEST)
    assert raised.value.remedy is Remedy.SHRINK
    assert len(llmock.requests) == 1


def test_a_server_that_is_silent_is_left_at_the_deadline(llmock):
    llmock.delay(8.0)
    # Who waits for eight seconds gets a reply.
    with pytest.raises(ModelUnavailable, match="no whole reply within"):
        chat_with(llmock, timeout_s=0.5).complete(REQUEST)


def test_a_run_comes_through_two_faults_to_the_same_briefing(briefing, news, llmock):
    draft = json.loads(drafted(*GOOD).content)["choices"][0]["message"]["content"]
    arguments = ("generate", news, "--model", "gpt-4o-mini", "-f", "json", "--no-cache")
    arguments += ("--base-url", llmock.base_url())
    llmock.reply(draft)
    whole = briefing(*arguments)
    llmock.reset().rate_limit(retry_after=SOON_S).fail(503, retry_after=SOON_S).reply(draft)
    again = briefing(*arguments)
    assert (whole.code, again.code) == (0, 0)
    assert json.loads(again.out)["sections"] == json.loads(whole.out)["sections"]
    assert len(llmock.requests) == 3
    llmock.assert_resilient(strict=True)


def test_a_run_whose_server_stays_down_says_so_and_prints_nothing(briefing, news, llmock):
    llmock.fail(503, times=None, retry_after=SOON_S)
    outcome = briefing("generate", news, "--model", "x", "--base-url", llmock.base_url())
    assert (outcome.code, outcome.out) == (1, "")
    assert "is in trouble (503" in outcome.complaint
    assert len(llmock.requests) == 4
