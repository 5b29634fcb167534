import pytest

from briefing.asking import Asker
from briefing.errors import MalformedReply, ModelUnavailable
from briefing.judges import ModelJudge
from briefing.ports import Doubt
from briefing.steps.judge import parse, request
from tests import make
from tests.fakes import ScriptedModel

MET = Doubt(text="The two ministers met.", quotes=("They sat down\ntogether.", "It was short."))
PAID = Doubt(text="The line was paid for.", quotes=("The line cost 3 million crowns.",))


def ruled(*rulings):
    return parse(make.reply({"rulings": list(rulings)}), [MET, PAID])


def test_the_prompt_shows_each_sentence_with_its_quotations_and_nothing_else():
    user = request([MET, PAID], model="small").user
    assert "Sentence 1: The two ministers met." in user
    assert "> They sat down together.\n> It was short." in user
    assert "Sentence 2: The line was paid for." in user
    assert "> The line cost 3 million crowns." in user


def test_rulings_come_in_the_order_of_the_doubts():
    found = ruled(
        {"number": 2, "supported": False, "reason": "cost is\nnot payment"},
        {"number": 1, "supported": True, "reason": "the same"},
    )
    assert [one.is_supported for one in found] == [True, False]
    assert found[1].reason == "cost is not payment"


def test_a_sentence_without_a_ruling_has_none():
    assert ruled({"number": 7, "supported": False}) == (None, None)


def test_of_two_rulings_on_one_sentence_the_stricter_counts():
    yes, no = ({"number": 1, "supported": one} for one in (True, False))
    assert not ruled(yes, no)[0].is_supported
    assert not ruled(no, yes)[0].is_supported


def test_a_reply_that_was_cut_off_gives_its_whole_rulings():
    text = '{"rulings": [{"number": 1, "supported": false, "reason": "no"}, {"number": 2, "supp'
    first, second = parse(make.reply(text), [MET, PAID])
    assert (first.is_supported, second) == (False, None)


@pytest.mark.parametrize("text", ["Supported!", "", '{"verdict": "supported"}', "[1, 2]"])
def test_a_reply_of_another_shape_is_malformed(text):
    with pytest.raises(MalformedReply):
        parse(make.reply(text), [MET])


@pytest.mark.parametrize(
    "said", [ModelUnavailable("it is down"), "Everything is supported.", '{"rulings": 3}']
)
def test_a_fault_of_the_model_rules_on_nothing_and_ends_nothing(said, caplog):
    judge = ModelJudge(Asker(ScriptedModel(said, said), "small"))
    assert judge.rule([MET, PAID]) == (None, None)
    assert "2 uncertain sentences were not judged" in caplog.text


def test_nobody_is_asked_about_nothing():
    judge = ModelJudge(Asker(ScriptedModel(), "small"))
    assert (judge.rule([]), judge.usage.calls, judge.exchanges) == ((), 0, ())


def test_what_the_judge_was_asked_is_kept_with_the_prompts_it_was_filled_from():
    said = {"rulings": [{"number": 1, "supported": False, "reason": "no"}]}
    judge = ModelJudge(Asker(ScriptedModel("Hm.", said), "small"))
    assert judge.rule([MET])[0].reason == "no"
    assert [one.request.step for one in judge.exchanges] == ["judge", "judge"]
    assert set(judge.prompts) == {"judge"}
