import pytest

from briefing.errors import BudgetError
from briefing.steps.pack import line, lines, pack
from briefing.steps.trace import trace
from tests import make
from tests.fakes import CountingTokens

LEAD = "Foreign Minister Ada Lund arrived in Port Salm on Monday."
DETAIL = "The new rail line cost 3.2 million crowns and carries 410 passengers a day."
CHATTER = "It was a nice day, and so was the day before."


def packed(story, budget=1_000, count=None, **options):
    count = count or CountingTokens()
    return pack(story, budget=budget, count=count, copies=trace(story), **options)


def ids(evidence):
    return [sentence.id for sentence in evidence.sentences]


def test_keeps_all_that_fits_in_the_order_of_the_text():
    evidence = packed(make.story(f"{LEAD} {DETAIL}", CHATTER))
    assert ids(evidence) == ["S1.1", "S1.2", "S2.1"]
    assert evidence.left_out == ()


def test_a_line_is_the_id_and_the_sentence_without_line_breaks():
    (sentence,) = make.story("The talks\nbegan.").sentences
    assert line(sentence) == "[S1.1] The talks began."
    assert lines([sentence, sentence]) == "[S1.1] The talks began.\n[S1.1] The talks began."


def test_says_how_many_tokens_the_lines_take():
    evidence = packed(make.story(f"{LEAD} {DETAIL}"))
    assert evidence.tokens == len(lines(evidence.sentences).split())


def test_never_goes_over_the_budget_and_says_what_it_left_out():
    story = make.story(f"{LEAD} {DETAIL} {CHATTER}", CHATTER.replace("nice", "grey"))
    evidence = packed(story, budget=30)
    assert evidence.tokens <= 30
    assert {*ids(evidence), *(one.id for one in evidence.left_out)} == {
        sentence.id for sentence in story.sentences
    }


def test_the_lead_of_each_article_comes_before_the_rest():
    story = make.story(f"{LEAD} {DETAIL}", f"Bo Hall met her at the port. {CHATTER} And rain fell.")
    assert ids(packed(story, budget=20)) == ["S1.1", "S2.1"]


def test_a_lead_with_little_to_add_comes_after_what_is_new():
    again = "On Monday Ada Lund, foreign minister, came to Port Salm by air."
    evidence = packed(make.story(f"{LEAD} {DETAIL}", f"{again} {CHATTER}"), budget=28)
    assert ids(evidence) == ["S1.1", "S1.2"]


def test_skips_a_sentence_that_does_not_fit_and_goes_on():
    long = " ".join(f"word{number}" for number in range(50)) + "."
    evidence = packed(make.story(f"{long} {LEAD}"), budget=12)
    assert ids(evidence) == ["S1.2"]
    assert [sentence.text for sentence in evidence.left_out] == [long]


def test_prefers_the_words_of_the_focus():
    text = f"{LEAD} Hall spoke of fish quotas at length. Lund spoke of rail tariffs at length."
    budget = len(f"[S1.1] {LEAD} [S1.2] Hall spoke of fish quotas at length.".split())
    assert ids(packed(make.story(text), budget=budget, focus="rail tariff")) == ["S1.1", "S1.3"]
    assert ids(packed(make.story(text), budget=budget, focus="fish quota")) == ["S1.1", "S1.2"]


def test_sentences_that_read_the_same_are_sent_once_and_remembered():
    story = make.story(LEAD, f"{CHATTER} {LEAD.replace(' ', chr(160))}", f"{LEAD} {DETAIL}")
    evidence = packed(story)
    assert ids(evidence) == ["S1.1", "S2.1", "S3.2"]
    assert evidence.copies == {"S1.1": ("S2.2", "S3.1")}


def test_a_passage_that_four_articles_share_is_sent_once_with_its_four_sources():
    shared = "The ministers agreed on Monday that the rail line will carry grain from next spring."
    longer = shared.replace("agreed on Monday", "agreed on Monday in Port Salm")
    story = make.story(shared, f"{CHATTER} {shared}", longer, f"{DETAIL} {shared}")
    evidence = packed(story)
    assert evidence.copies == {"S3.1": ("S1.1", "S2.2", "S4.2")}
    assert ids(evidence) == ["S2.1", "S3.1", "S4.1"]
    assert evidence.left_out == ()


def test_what_is_told_once_comes_before_a_third_repetition():
    told = (
        "On Monday Foreign Minister Ada Lund opened the new rail line in Port Salm.",
        "In Port Salm the new rail line was opened by Foreign Minister Ada Lund on Monday.",
        "Foreign Minister Ada Lund, in Port Salm on Monday, opened the new rail line.",
    )
    facts = (
        "A fishing boat sank off Ondresk and two sailors drowned.",
        "Wheat prices doubled at the Mirevia exchange.",
        "Students marched against tuition fees in Kaldrin.",
    )
    story = make.story(*(f"{one} {fact}" for one, fact in zip(told, facts, strict=True)))
    kept = {one.text for one in packed(story, budget=60).sentences}
    assert {*facts} <= kept
    assert len(kept & {*told}) == 2


def test_short_sentences_that_read_the_same_are_two():
    evidence = packed(make.story("He did not answer. She came.", "He did not answer. She went."))
    assert "S2.1" in ids(evidence)
    assert evidence.copies == {}


def test_asks_for_more_budget_where_not_one_sentence_fits():
    with pytest.raises(BudgetError, match="none of 2 sentences fits the budget of 3 tokens"):
        packed(make.story(f"{LEAD} {DETAIL}"), budget=3)


def test_a_counter_that_counts_the_whole_higher_than_its_parts_is_obeyed():
    count = CountingTokens(lambda text: len(text.split()) + 20 * text.count("\n"))
    evidence = packed(make.story(f"{LEAD} {DETAIL} {CHATTER}"), budget=40, count=count)
    assert evidence.tokens == count(lines(evidence.sentences)) <= 40


def test_gives_the_same_for_the_same():
    story = make.story(f"{LEAD} {DETAIL} {CHATTER}", f"{DETAIL} {CHATTER}")
    assert packed(story, budget=25) == packed(story, budget=25)


HARBOUR = [
    f"The harbour of Salm got crane number {n} and a berth for the ferries." for n in range(12)
]
WHEAT = [
    f"Wheat farmers of Ondresk sold crop number {n} to the mills at a loss." for n in range(12)
]


def two_matters():
    """Two articles, each with paragraphs on both matters."""
    halves = slice(0, 6), slice(6, 12)
    return make.story(*("\n\n".join(HARBOUR[half] + WHEAT[half]) for half in halves))


def test_what_is_too_much_for_one_call_is_divided_by_matter_and_not_by_article():
    evidence = packed(two_matters(), budget=215, parts=4)
    matters = [{one.text.split()[0] for one in part.sentences} for part in evidence.parts]
    assert sorted(map(sorted, matters)) == [["The"], ["Wheat"]]
    assert all({one.id[:2] for one in part.sentences} == {"S1", "S2"} for part in evidence.parts)


def test_each_part_is_within_the_budget_and_every_sentence_is_in_one():
    evidence = packed(two_matters(), budget=90, parts=8)
    parts = evidence.parts
    assert len(parts) > 2
    assert all(part.tokens == len(lines(part.sentences).split()) <= 90 for part in parts)
    sent = [one.id for part in parts for one in part.sentences]
    assert sorted(sent) == sorted(ids(evidence))
    assert evidence.tokens == sum(part.tokens for part in parts)


def test_no_second_call_is_made_for_the_last_tenth():
    story = two_matters()
    whole = packed(story).tokens
    assert packed(story, budget=whole - 10, parts=4).parts == ()
    assert len(packed(story, budget=whole - 10, parts=4).left_out) == 1


def test_no_more_calls_are_made_than_allowed_and_the_rest_is_counted():
    evidence = packed(two_matters(), budget=60, parts=2)
    assert len(evidence.parts) == 2
    assert len(evidence.sentences) + len(evidence.left_out) == 24
    assert evidence.left_out


def test_a_paragraph_that_fits_no_part_is_taken_apart():
    story = make.story(" ".join(HARBOUR), " ".join(WHEAT))
    evidence = packed(story, budget=100, parts=4)
    assert len(evidence.parts) >= 3
    assert len(evidence.sentences) > 18
