import pytest

from briefing.errors import MalformedReply
from briefing.steps import rewrite
from tests import make

LONG = make.draft_sentence(
    "The harbour office of Port Salm reported on Monday that the rail line, which was two years "
    "late, had cost the town 3.2 million crowns in all.",
    "S1.1",
    "S3.2",
)


def test_what_is_short_as_it_is_is_not_worth_a_call():
    assert rewrite.is_long(LONG)
    assert not rewrite.is_long(make.draft_sentence("Lund came on Monday.", "S1.1"))


def test_the_words_of_a_quotation_stand_in_its_request_with_how_many_are_wanted():
    asked = rewrite.request(LONG, model="small")
    assert f"Text: {LONG.text}\n\nAt most 14 words" in asked.user
    assert asked.step == "rewrite"


def shortened(reply):
    return rewrite.parse(make.reply(reply), LONG)


def test_shorter_words_take_the_place_of_the_quotation_and_keep_its_citations():
    assert shortened({"text": "The line  cost 3.2 million."}) == make.draft_sentence(
        "The line cost 3.2 million.", "S1.1", "S3.2"
    )


@pytest.mark.parametrize("text", ["", " ", LONG.text, LONG.text * 2])
def test_words_that_are_no_shorter_leave_the_quotation(text):
    assert shortened({"text": text}) is LONG


def test_what_steers_a_terminal_is_taken_out_of_the_words():
    assert shortened({"text": "\x1bIt was\u202e dear.\n"}).text == "It was dear."


@pytest.mark.parametrize("reply", ["Sure! Here it is.", '{"text": "It was', {"words": "x"}])
def test_a_reply_that_is_not_the_json_asked_for_is_an_error(reply):
    with pytest.raises(MalformedReply):
        shortened(reply)
