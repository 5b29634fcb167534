import pytest

from briefing.data.draft import Rejected
from briefing.errors import MalformedReply
from briefing.steps.repair import parse, request
from tests import make

STORY = make.story("Ada Lund came to Salm on Monday.", "The rail line cost\n3.2 million crowns.")
LATE = Rejected(
    sentence=make.draft_sentence("Lund came on Friday.", "S1.1"),
    reason="dates: says 'Friday'; the source says 'Monday'",
)
DEAR = Rejected(
    sentence=make.draft_sentence("It cost 9 crowns.", "S2.1", "S7.7", section="numbers"),
    reason="numbers: '9 crowns' is not in the source",
)


def repaired(*sentences):
    return parse(make.reply({"sentences": list(sentences)}), [LATE, DEAR])


def test_the_prompt_shows_each_sentence_with_its_reason_and_sources():
    user = request([LATE, DEAR], STORY, model="small").user
    assert "Sentence 1: Lund came on Friday." in user
    assert "Struck out because: dates: says 'Friday'; the source says 'Monday'" in user
    assert "[S1.1] Ada Lund came to Salm on Monday." in user
    assert "Sentence 2: It cost 9 crowns." in user
    assert "[S2.1] The rail line cost 3.2 million crowns." in user


def test_the_prompt_leaves_out_ids_that_name_no_sentence():
    assert "S7.7" not in request([DEAR], STORY, model="small").user


def test_asks_for_no_more_words_than_the_sentences_need():
    one, two = (request(some, STORY, model="small") for some in ([LATE], [LATE, DEAR]))
    assert two.max_tokens == 2 * one.max_tokens
    assert one.model == "small"


def test_a_better_sentence_keeps_section_and_citations_of_the_one_it_replaces():
    found = repaired(
        {"number": 2, "text": "The line cost 3.2 million crowns."},
        {"number": 1, "text": " Lund came\non Monday. "},
    )
    assert found == (
        make.draft_sentence("Lund came on Monday.", "S1.1"),
        make.draft_sentence("The line cost 3.2 million crowns.", "S2.1", "S7.7", section="numbers"),
    )


@pytest.mark.parametrize(
    "given",
    [
        [],
        [{"number": 1, "text": None}, {"number": 2, "text": ""}],
        [
            {"number": 0, "text": "Who?"},
            {"number": 3, "text": "Who?"},
            {"number": -1, "text": "Me."},
        ],
        [{"number": 1, "text": "\u200b"}],
    ],
)
def test_gives_nothing_for_what_was_not_repaired(given):
    assert repaired(*given) == (None, None)


def test_the_words_of_a_model_are_made_harmless():
    (found, _) = repaired({"number": 1, "text": "\x1b[1mLund\u202e came."})
    assert found.text == "[1mLund came."


def test_a_reply_of_another_shape_is_malformed():
    with pytest.raises(MalformedReply):
        parse(make.reply('{"sentences": [{"number": "first"}]}'), [LATE])
