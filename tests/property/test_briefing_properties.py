from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.checking import verify_briefing
from briefing.data.briefing import Briefing, Verdict
from briefing.drafters import ExtractiveDrafter
from briefing.pipeline import Assignment, clean_all, generate
from briefing.steps.split import split
from tests import make
from tests.fakes import CountingTokens
from tests.property import strategies as given_


def written(texts):
    """A run on articles of one day each."""
    assignment = Assignment(
        template=make.template(make.plan("top", most=3), make.plan("figures", traits=("figure",))),
        focus=None,
        budget_tokens=10_000,
        drafter=ExtractiveDrafter(),
        count=CountingTokens(),
    )
    articles = [
        make.article(text, published=date(2031, 4, day)) for day, text in enumerate(texts, start=1)
    ]
    return generate(articles, assignment)


@settings(max_examples=30)
@given(given_.briefings)
def test_a_briefing_reads_back_from_its_json(briefing):
    assert Briefing.model_validate_json(briefing.model_dump_json()) == briefing
    assert Briefing.model_validate_json(briefing.model_dump_json(indent=2)) == briefing


@settings(max_examples=25)
@given(given_.stories)
def test_a_generated_briefing_reads_back_from_its_json(texts):
    briefing = written(texts).briefing
    assert Briefing.model_validate_json(briefing.model_dump_json()) == briefing


@settings(max_examples=25)
@given(given_.stories)
def test_each_quotation_stands_where_its_citation_says(texts):
    run = written(texts)
    articles = {article.id: article.text for article in run.story.articles}
    for sentence in run.briefing.sentences:
        assert sentence.verdict is Verdict.SUPPORTED
        for one in sentence.citations:
            assert articles[one.article][one.start : one.end] == one.quote


@settings(max_examples=20)
@given(given_.stories)
def test_a_generated_briefing_holds_when_it_is_checked_again(texts):
    run = written(texts)
    assert verify_briefing(run.briefing, run.story.articles).holds


@settings(max_examples=20)
@given(given_.stories, st.data())
def test_a_citation_moved_by_any_distance_no_longer_holds(texts, data):
    run = written(texts)
    sentence = data.draw(st.sampled_from(run.briefing.sentences))
    (first, *others), by = sentence.citations, data.draw(st.integers(1, 500))
    moved = first.model_copy(update={"start": first.start + by, "end": first.end + by})
    changed = sentence.model_copy(update={"citations": (moved, *others)})
    section = run.briefing.sections[0].model_copy(update={"sentences": (changed,)})
    briefing = run.briefing.model_copy(update={"sections": (section,)})
    assert not verify_briefing(briefing, run.story.articles).holds


@given(given_.stories.flatmap(lambda texts: st.tuples(st.just(texts), st.permutations(texts))))
def test_the_order_of_the_files_does_not_change_the_set_of_articles(case):
    found = []
    for texts in case:
        documents = [make.document(text, f"{text[:9]}.txt") for text in texts]
        articles, _ = clean_all(documents, max_chars=10_000)
        story = split(articles)
        found.append(({one.id for one in story.articles}, sorted(s.text for s in story.sentences)))
    assert found[0] == found[1]
