"""The whole way over recorded replies of a small local model; see cassettes/README.md."""

import pytest

from briefing.asking import Asker
from briefing.checking import verify_briefing
from briefing.data.briefing import Verdict
from briefing.drafters import ModelDrafter
from briefing.edges import reading
from briefing.edges.openai_chat import OpenAIChat
from briefing.edges.tokens import Tokens
from briefing.pipeline import Assignment, clean_all, generate
from briefing.settings import LimitSettings
from briefing.templating import template
from tests.conftest import ROOT

MODEL = "qwen2.5-coder-0.5b"
EXAMPLES = ROOT / "examples" / "visit"


@pytest.fixture
def drafter():
    # Only recording takes long: a small model on a CPU writes a few words a second.
    chat = OpenAIChat("not-a-key", "http://127.0.0.1:8399/v1", timeout_s=1_800, tries=1)
    return ModelDrafter(Asker(chat, MODEL))


def briefing_of(*names, drafter, kind="visit", focus=None, budget=6_000):
    found = reading.read([str(EXAMPLES / name) for name in names], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=10**5)
    assignment = Assignment(
        template=template(kind),
        focus=focus,
        budget_tokens=budget,
        drafter=drafter,
        count=Tokens(),
    )
    return generate(articles, assignment)


def assert_safe(run):
    """Every printed sentence is supported, every quotation is the article's, and it holds again."""
    assert verify_briefing(run.briefing, run.story.articles).holds
    texts = {article.id: article.text for article in run.story.articles}
    assert run.briefing.sentences
    for sentence in run.briefing.sentences:
        assert sentence.verdict is Verdict.SUPPORTED
        assert not any(check.refuses and not check.ok for check in sentence.checks)
        for cited in sentence.citations:
            assert texts[cited.article][cited.start : cited.end] == cited.quote


@pytest.mark.vcr
def test_a_small_models_visit_briefing_is_safe_however_weak_the_draft(drafter):
    run = briefing_of(".", drafter=drafter, budget=2_400)
    assert_safe(run)
    assert run.briefing.drafter.name == MODEL
    assert run.briefing.usage.calls == len(run.exchanges)
    assert all("Prime Minister D'Avelle" not in s.text for s in run.briefing.sentences)


@pytest.mark.vcr
def test_a_story_of_two_articles_with_a_focus_is_safe(drafter):
    run = briefing_of(
        "3-zendry-gazette.txt",
        "5-kaldrin-wire.txt",
        drafter=drafter,
        kind="story",
        focus="the tariff for the Two Lakes pipeline",
        budget=1_200,
    )
    assert_safe(run)
    assert run.briefing.title == "Story briefing: the tariff for the Two Lakes pipeline"
    assert run.briefing.counts.dropped == len(run.briefing.dropped)
