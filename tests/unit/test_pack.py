import pytest

from briefing.errors import BudgetError
from briefing.steps.pack import line, lines, pack
from tests import make
from tests.fakes import CountingTokens

LEAD = "Foreign Minister Ada Lund arrived in Port Salm on Monday."
DETAIL = "The new rail line cost 3.2 million crowns and carries 410 passengers a day."
CHATTER = "It was a nice day, and so was the day before."


def packed(story, budget=1_000, count=None, **options):
    return pack(story, budget=budget, count=count or CountingTokens(), **options)


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
    story = make.story(f"{LEAD} {DETAIL}", f"Bo Hall met her at the port. {DETAIL} And rain fell.")
    assert ids(packed(story, budget=20)) == ["S1.1", "S2.1"]


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
