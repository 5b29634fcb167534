from hypothesis import given
from hypothesis import strategies as st

from briefing.edges.tokens import Tokens
from briefing.errors import BudgetError
from briefing.steps.pack import lines, pack
from briefing.steps.trace import trace
from tests import make
from tests.property import strategies as given_

TOKENS = Tokens()

counters = st.sampled_from(
    [
        len,
        lambda text: len(text.split()),
        lambda text: len(text.encode()) // 3 + 1,
        lambda text: 3 * len(text) + 7,
        lambda text: 5 * text.count("\n") ** 2 + len(text.split()),
        lambda text: sum(ord(char) % 3 for char in text),
    ]
)


def packed(story, **options):
    return pack(story, copies=trace(story), **options)


@given(given_.stories, st.integers(1, 900), counters, st.none() | st.just("rail bridge"))
def test_never_packs_more_than_the_budget(texts, budget, count, focus):
    story = make.story(*texts)
    try:
        evidence = packed(story, budget=budget, count=count, focus=focus)
    except BudgetError:
        return
    assert evidence.tokens == count(lines(evidence.sentences)) <= budget


@given(given_.stories, st.integers(5, 900))
def test_every_sentence_is_packed_or_left_out_or_a_copy(texts, budget):
    story = make.story(*texts)
    evidence = packed(story, budget=budget + 20, count=lambda text: len(text.split()))
    kept = {one.id for one in evidence.sentences}
    left_out = {one.id for one in evidence.left_out}
    copies = {id_ for also in evidence.copies.values() for id_ in also}
    assert not kept & left_out
    assert not copies & (kept | left_out)
    assert kept | left_out | copies == {one.id for one in story.sentences}


@given(given_.stories, st.integers(20, 400), st.integers(1, 5))
def test_with_the_real_counter_no_part_is_ever_over_the_budget(texts, budget, parts):
    try:
        evidence = packed(make.story(*texts), budget=budget, count=TOKENS, parts=parts)
    except BudgetError:
        return
    of = evidence.parts or (evidence,)
    assert 1 <= len(of) <= parts
    assert all(part.tokens == TOKENS(lines(part.sentences)) <= budget for part in of)
    sent = [one.id for part in of for one in part.sentences]
    assert sorted(sent) == sorted(one.id for one in evidence.sentences)


@given(given_.stories, st.integers(20, 400), st.integers(1, 5))
def test_what_is_sent_stands_in_its_article_word_for_word(texts, budget, parts):
    story = make.story(*texts)
    try:
        evidence = packed(story, budget=budget, count=len, parts=parts)
    except BudgetError:
        return
    articles = {article.id: article.text for article in story.articles}
    assert all(one.span.of(articles[one.article]) == one.text for one in evidence.sentences)


@given(given_.stories, given_.facts.filter(lambda fact: len(fact) > 45))
def test_a_copy_is_never_lost(texts, fact):
    story = make.story(fact, *(f"{text} {fact}" for text in texts))
    evidence = packed(story, budget=10_000, count=len)
    said = {one.id for one in story.sentences if one.text == fact}
    found = [{id_, *also} for id_, also in evidence.copies.items()]
    assert any(said <= group for group in found)


@given(given_.stories)
def test_a_budget_large_enough_leaves_nothing_out(texts):
    assert packed(make.story(*texts), budget=10**6, count=len).left_out == ()


@given(given_.stories, st.integers(20, 400))
def test_packed_sentences_stand_in_the_order_of_the_story(texts, budget):
    story = make.story(*texts)
    order = [one.id for one in story.sentences]
    sent = [one.id for one in packed(story, budget=budget, count=lambda t: 1).sentences]
    assert sent == sorted(sent, key=order.index)
