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


def test_what_is_short_as_it_is_is_not_worth_a_call():
    short = make.draft_sentence("Lund came on Monday.", "S1.1")
    found = rewrite.items(Draft(sentences=(short, picked("S2.1"))))
    assert [item.is_long for item in found] == [False, True]


def test_the_words_of_an_item_stand_in_its_request_with_how_many_are_wanted():
    (item,) = rewrite.items(Draft(sentences=(picked("S1.1"),)))
    asked = rewrite.request(item, model="small")
    assert f"Text: {LONG.format('S1.1')}\n\nAt most 14 words" in asked.user
    assert asked.step == "rewrite"


def shortened(reply, *sentences):
    (item,) = rewrite.items(Draft(sentences=sentences))
    return rewrite.rewritten([item], {item: rewrite.parse(make.reply(reply), item)}).sentences


def test_shorter_words_take_the_place_of_the_quotation_and_keep_its_citations():
    (sentence,) = shortened({"text": "The line  cost 3.2 million."}, picked("S1.1", "S3.2"))
    assert sentence == make.draft_sentence("The line cost 3.2 million.", "S1.1", "S3.2")


def test_two_quotations_become_one_sentence_that_cites_both():
    (sentence,) = shortened({"text": "It was late and dear."}, picked("S1.1"), picked("S1.2"))
    assert sentence.cites == ("S1.1", "S1.2")


@pytest.mark.parametrize("text", ["", " ", LONG.format("S1.1"), LONG.format("S1.1") * 2])
def test_words_that_are_no_shorter_leave_the_quotation(text):
    assert shortened({"text": text}, picked("S1.1")) == (picked("S1.1"),)


def test_what_steers_a_terminal_is_taken_out_of_the_words():
    (sentence,) = shortened({"text": "\x1bIt was\u202e dear.\n"}, picked("S1.1"))
    assert sentence.text == "It was dear."


@pytest.mark.parametrize("reply", ["Sure! Here it is.", '{"text": "It was', {"words": "x"}])
def test_a_reply_that_is_not_the_json_asked_for_is_an_error(reply):
    with pytest.raises(MalformedReply):
        shortened(reply, picked("S1.1"))
