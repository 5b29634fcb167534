from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import BudgetError
from briefing.steps.pack import lines, pack
from briefing.text.canonical import canonical
from tests import make
from tests.property import strategies as given_

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


@given(given_.stories, st.integers(1, 900), counters, st.none() | st.just("rail bridge"))
def test_never_packs_more_than_the_budget(texts, budget, count, focus):
    story = make.story(*texts)
    try:
        evidence = pack(story, budget=budget, count=count, focus=focus)
    except BudgetError:
        return
    assert evidence.tokens == count(lines(evidence.sentences)) <= budget


@given(given_.stories, st.integers(5, 900))
def test_every_sentence_is_packed_or_left_out_or_a_copy(texts, budget):
    story = make.story(*texts)
    evidence = pack(story, budget=budget + 20, count=lambda text: len(text.split()))
    kept = {one.id for one in evidence.sentences}
    left_out = {one.id for one in evidence.left_out}
    copies = {id_ for also in evidence.copies.values() for id_ in also}
    assert not kept & left_out
    assert not copies & (kept | left_out)
    known = {canonical(one.text).form for one in (*evidence.sentences, *evidence.left_out)}
    assert known == {canonical(one.text).form for one in story.sentences}


@given(given_.stories, given_.facts.filter(lambda fact: len(fact) > 45))
def test_a_copy_is_never_lost(texts, fact):
    story = make.story(fact, *(f"{text} {fact}" for text in texts))
    evidence = pack(story, budget=10_000, count=len)
    copies = evidence.copies["S1.1"]
    assert {"S1.1", *copies} == {one.id for one in story.sentences if one.text == fact}


@given(given_.stories)
def test_a_budget_large_enough_leaves_nothing_out(texts):
    assert pack(make.story(*texts), budget=10**6, count=len).left_out == ()


@given(given_.stories, st.integers(20, 400))
def test_packed_sentences_stand_in_the_order_of_the_story(texts, budget):
    story = make.story(*texts)
    order = [one.id for one in story.sentences]
    packed = [one.id for one in pack(story, budget=budget, count=lambda t: 1).sentences]
    assert packed == sorted(packed, key=order.index)
