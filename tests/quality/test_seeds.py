"""The five real articles that the project began with; they are not part of it."""

import re

import pytest

from briefing.drafters import ExtractiveDrafter
from briefing.edges import reading
from briefing.edges.tokens import Tokens
from briefing.pipeline import Assignment, clean_all, generate
from briefing.settings import LimitSettings
from briefing.templating import template


@pytest.fixture(scope="module")
def run(shared):
    found = reading.read([str(shared / "data" / "seeds")], LimitSettings())
    articles, _ = clean_all(found.documents, max_chars=10**5)
    return generate(
        articles,
        Assignment(
            template=template("visit"),
            focus=None,
            budget_tokens=6_000,
            drafter=ExtractiveDrafter(),
            count=Tokens(),
        ),
    )


def test_at_least_twelve_supported_sentences_are_drawn_from_all_five_articles(run):
    assert run.briefing.counts.supported == run.briefing.counts.sentences >= 12
    drawn_on = {sentence.citations[0].article for sentence in run.briefing.sentences}
    assert drawn_on == {article.id for article in run.briefing.articles}
    assert len(drawn_on) == 5


def test_nobody_gets_a_wrong_title(run):
    for sentence in run.briefing.sentences:
        assert not re.search(r"Russian Prime Minister|Prime Minister (\w+ )?Lavrov", sentence.text)
    assert [d.type for d in run.briefing.discrepancies].count("title") == 1


def test_each_citation_is_exact(run):
    texts = {article.id: article.text for article in run.story.articles}
    for sentence in run.briefing.sentences:
        for cited in sentence.citations:
            assert texts[cited.article][cited.start : cited.end] == cited.quote
