"""The stand-in writer of `bench/peers.py` and `bench/many_stories.py`, and how its log is read."""

import json
from contextlib import contextmanager

import httpx2
import pytest

from bench import many_stories
from bench.peers import ARTICLES, chain, ids_or_quotations
from bench.stand_in_writer import (
    DRAFT,
    Call,
    Writer,
    copied,
    count,
    served,
    with_a_fault,
    with_ids,
    with_quotations,
)
from briefing import grouping, templating
from briefing.asking import Asker
from briefing.data.document import Document
from briefing.drafters import ModelDrafter
from briefing.pipeline import Assignment, clean_all, generate
from tests import make


class Written:
    """A chat model that answers as the stand-in writer does, and keeps its prompts."""

    def __init__(self, draft):
        self.writer = Writer(lambda prompt: 0.0, draft)

    def complete(self, request):
        schema = {"json_schema": {"name": request.schema_name}}
        messages = [{"content": request.system}, {"content": request.user}]
        reply = self.writer({"messages": messages, "response_format": schema})
        return make.reply(reply.body["choices"][0]["message"]["content"])


def articles_of(paths):
    documents = [Document(source=str(path), text=path.read_text("utf-8")) for path in paths]
    return clean_all(documents, max_chars=200_000)[0]


def run_of(draft, paths=ARTICLES, template="visit"):
    model = Written(draft)
    assignment = Assignment(
        template=templating.template(template),
        focus=None,
        budget_tokens=6000,
        drafter=ModelDrafter(Asker(model, "stand-in")),
        count=count,
    )
    return generate(articles_of(paths), assignment).briefing, model.writer


def test_the_draft_holds_and_takes_one_call():
    briefing, writer = run_of(with_ids)
    assert [one.text for one in briefing.dropped] == []
    assert len(writer.calls) == 1
    assert briefing.counts.sentences == len(DRAFT)


def test_the_draft_with_a_fault_takes_one_call_more():
    briefing, writer = run_of(with_a_fault)
    assert [one.reason.endswith("(repaired)") for one in briefing.dropped] == [True]
    assert len(writer.calls) == 2
    assert briefing.counts.sentences == len(DRAFT)


def test_ids_and_quotations_are_two_forms_of_one_draft():
    _, writer = run_of(with_ids)
    (prompt,) = writer.prompts
    ids, quotations = (json.loads(form(prompt))["sections"] for form in (with_ids, with_quotations))
    assert {section: len(lines) for section, lines in ids.items()} == {
        section: len(lines) for section, lines in quotations.items()
    }
    texts = [line.partition("] ")[2] for lines in ids.values() for line in lines]
    typed = [line for lines in quotations.values() for line in lines]
    assert all(line.endswith(f"] {text}") for text, line in zip(texts, typed, strict=True))
    found = ids_or_quotations(prompt)
    assert found["saved"] == round(1 - found["with_ids"] / found["with_quotations"], 3)
    assert 0.4 < found["saved"] < 0.9


@pytest.mark.parametrize(
    ("spans", "length"),
    [
        ([], 0),
        ([(0, 2)], 1),
        ([(0, 2), (0, 2), (1, 3)], 1),
        ([(0, 2), (2, 4), (4.1, 6)], 3),
        ([(0, 9), (0, 2), (3, 5), (6, 8)], 3),
    ],
    ids=["none", "one", "at-once", "in-turn", "beside-a-long-one"],
)
def test_the_longest_chain_of_calls_is_found(spans, length):
    calls = [
        Call(kind="chat", began=began, ended=ended, prompt_tokens=1, completion_tokens=1)
        for began, ended in spans
    ]
    assert chain(calls) == length


@contextmanager
def asking(writer):
    with served(writer) as base_url, httpx2.Client(base_url=base_url, trust_env=False) as client:
        yield client


def test_embeddings_are_answered_at_once_and_counted_apart():
    writer = Writer(lambda prompt: 60.0, with_ids)
    with asking(writer) as client:
        found = client.post("/embeddings", json={"input": ["gas and rail", [1, 2, 3]]}).json()
        assert client.get("/search?query=gas").json() == []
    assert [len(one["embedding"]) for one in found["data"]] == [64, 64]
    assert [(one.kind, one.prompt_tokens) for one in writer.calls] == [("embedding", 6)]


def test_a_reply_can_be_streamed():
    asked = "Using the above information, answer the following query or task: gas"
    writer = Writer(lambda prompt: 0.0, with_ids)
    with asking(writer) as client:
        body = {"messages": [{"role": "user", "content": asked}], "stream": True}
        lines = client.post("/chat/completions", json=body).text.split("\n\n")
    first = json.loads(lines[0].removeprefix("data: "))
    assert first["choices"][0]["delta"]["content"].startswith("# The visit")
    assert lines[3] == "data: [DONE]"


def test_there_are_eight_stories_and_each_has_its_own_latency():
    stories = grouping.stories(articles_of(sorted(many_stories.STORIES.glob("*.txt"))))
    assert [len(one.articles) for one in stories] == [2] * 8
    taken = []
    for name in sorted({path.stem[:-2] for path in many_stories.STORIES.glob("*.txt")}):
        own = sorted(many_stories.STORIES.glob(f"{name}-*.txt"))
        briefing, writer = run_of(copied, own, "story")
        assert briefing.counts.sentences >= 3
        taken += map(many_stories.latency, writer.prompts)
    assert sorted(taken) == sorted(many_stories.LATENCY_S.values())
