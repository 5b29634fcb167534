"""The five real articles that the project began with; they are not part of it."""

import re
from collections import Counter

import pytest

from briefing.checking import verify_briefing
from briefing.drafters import ExtractiveDrafter
from briefing.edges import reading
from briefing.edges.tokens import Tokens
from briefing.pipeline import Assignment, clean_all, generate
from briefing.settings import LimitSettings
from briefing.steps.render import Form, render
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


def test_every_section_is_filled_or_said_to_be_empty(run):
    plan, briefing = template("visit"), run.briefing
    filled = {section.id for section in briefing.sections if section.sentences or section.people}
    for section in plan.sections:
        assert section.id in filled or section.gap in briefing.gaps, section.id
    assert "people" in filled or plan.people.gap in briefing.gaps
    assert len(briefing.articles) == 5
    page = render(briefing, form=Form.TEXT)
    for heading in ("Check before you use this", "Not in the sources", "Sources"):
        assert f"{heading}\n---" in page


def test_the_call_of_which_nothing_more_is_said_is_a_gap(run):
    (plan,) = run.briefing.unreported
    assert "Imran Khan" in plan.quote


def test_whose_line_it_is_stands_before_what_both_sides_say(run):
    said = {side for sentence in run.briefing.sentences for side in sentence.sides}
    assert len(said) == 2


def test_the_required_discrepancies_are_there_once_and_few_others(run):
    types = [one.type for one in run.briefing.discrepancies]
    required = ("title", "date", "event status", "attribution lost", "quotation wording")
    assert [types.count(kind) for kind in required] == [1] * 5
    # These were read one by one: each is a true one.
    assert Counter(types) - Counter(required) == {"spelling": 2, "translation damage": 1}


def test_the_words_of_every_discrepancy_stand_where_it_says(run):
    texts = {article.id: article.text for article in run.story.articles}
    for one in run.briefing.discrepancies:
        assert len(one.sides) >= 2
        for side in one.sides:
            assert side.citations
            assert all(texts[c.article][c.start : c.end] == c.quote for c in side.citations)


def test_what_was_written_holds_when_it_is_verified_again(run):
    assert verify_briefing(run.briefing, run.story.articles).holds
