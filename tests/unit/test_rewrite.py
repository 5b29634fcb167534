import pytest

from briefing.data.draft import Draft
from briefing.errors import MalformedReply
from briefing.steps import rewrite
from tests import make

LONG = "The harbour office of Port Salm reported on Monday that the rail line, which was {} years "
LONG += "late, had cost the town 3.2 million crowns in all."


def picked(*cites, section="bottom_line"):
    return make.draft_sentence(LONG.format(cites[0]), *cites, section=section)


def test_quotations_side_by_side_become_one_item_of_two_at_most():
    draft = Draft(sentences=tuple(picked(f"S1.{n}") for n in (3, 4, 5)))
    assert [len(item.picked) for item in rewrite.items(draft)] == [2, 1]


@pytest.mark.parametrize(
    "second",
    [picked("S1.5"), picked("S2.4"), picked("S1.2"), picked("S1.4", section="people")],
)
def test_quotations_apart_stay_apart(second):
    draft = Draft(sentences=(picked("S1.3"), second))
    assert [len(item.picked) for item in rewrite.items(draft)] == [1, 1]


def test_what_is_short_as_it_is_is_not_asked_about():
    short = make.draft_sentence("Lund came on Monday.", "S1.1")
    found = rewrite.items(Draft(sentences=(short, picked("S2.1"))))
    ((item,),) = rewrite.calls(found)
    assert item.picked == (picked("S2.1"),)


def test_four_items_go_into_one_call():
    draft = Draft(sentences=tuple(picked(f"S{n}.1") for n in range(1, 10)))
    assert [len(call) for call in rewrite.calls(rewrite.items(draft))] == [4, 4, 1]


def test_the_words_of_each_item_stand_in_the_request_with_their_number():
    found = rewrite.items(Draft(sentences=(picked("S1.1"), picked("S2.1"))))
    asked = rewrite.request(found, model="small")
    assert f"1. {LONG.format('S1.1')}\n2. {LONG.format('S2.1')}\n" in asked.user
    assert (asked.step, asked.max_tokens) == ("rewrite", 180)


def shortened(reply, *sentences):
    found = rewrite.items(Draft(sentences=sentences))
    return rewrite.rewritten(found, rewrite.parse(make.reply(reply), found)).sentences


def answer(*texts):
    return {"sentences": [{"number": n, "text": text} for n, text in enumerate(texts, start=1)]}


def test_shorter_words_take_the_place_of_the_quotation_and_keep_its_citations():
    (sentence,) = shortened(answer("The line  cost 3.2 million."), picked("S1.1", "S3.2"))
    assert sentence == make.draft_sentence("The line cost 3.2 million.", "S1.1", "S3.2")


def test_two_quotations_become_one_sentence_that_cites_both():
    (sentence,) = shortened(answer("It was late and dear."), picked("S1.1"), picked("S1.2"))
    assert sentence.cites == ("S1.1", "S1.2")


@pytest.mark.parametrize("text", ["", " ", LONG.format("S1.1"), LONG.format("S1.1") * 2])
def test_words_that_are_no_shorter_leave_the_quotation(text):
    assert shortened(answer(text), picked("S1.1")) == (picked("S1.1"),)


def test_an_item_that_gets_no_words_stays_as_it_was_picked():
    both = (picked("S1.1"), picked("S1.2"))
    assert shortened({"sentences": [{"number": 7, "text": "What?"}]}, *both) == both


def test_of_a_reply_cut_off_the_whole_sentences_are_taken():
    reply = '{"sentences": [{"number": 1, "text": "It was dear."}, {"number": 2, "te'
    first, second = shortened(reply, picked("S1.1"), picked("S2.1"))
    assert (first.text, second) == ("It was dear.", picked("S2.1"))


def test_a_reply_without_json_is_an_error():
    with pytest.raises(MalformedReply):
        shortened("Sure! Here it is.", picked("S1.1"))
