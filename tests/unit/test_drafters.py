import pytest

from briefing.asking import Asker
from briefing.data.briefing import Usage
from briefing.data.draft import Rejected
from briefing.drafters import ExtractiveDrafter, ModelDrafter
from briefing.errors import MalformedReply, ModelUnavailable
from tests import make
from tests.fakes import ScriptedModel

BRIEF = make.brief(make.story("Foreign Minister Ada Lund came to Port Salm on Monday."))
DRAFT = {"sentences": [{"section": "bottom_line", "text": "Lund came.", "cites": ["S1.1"]}]}
REJECTED = [Rejected(sentence=make.draft_sentence("Lund left.", "S1.1"), reason="wording")]
REPAIR = {"sentences": [{"number": 1, "text": "Lund came."}]}


def test_the_extractive_drafter_makes_no_call_and_costs_nothing():
    drafter = ExtractiveDrafter()
    assert len(drafter.draft(BRIEF).sentences) == 1
    assert drafter.repair(BRIEF, REJECTED) == (None,)
    assert drafter.requests(BRIEF) == drafter.exchanges == ()
    assert (drafter.usage, drafter.entry.kind) == (Usage(), "extractive")


def test_the_model_drafter_asks_once_for_the_draft_and_once_for_the_repair():
    model = ScriptedModel(DRAFT, REPAIR)
    drafter = ModelDrafter(Asker(model, "small"))
    assert drafter.draft(BRIEF).sentences == (make.draft_sentence("Lund came.", "S1.1"),)
    assert drafter.repair(BRIEF, REJECTED) == (make.draft_sentence("Lund came.", "S1.1"),)
    assert [exchange.request for exchange in drafter.exchanges] == model.asked
    assert [request.schema_name for request in model.asked] == ["briefing", "repair"]


def test_the_requests_shown_are_the_ones_that_are_made():
    model = ScriptedModel(DRAFT)
    drafter = ModelDrafter(Asker(model, "small"))
    (shown,) = drafter.requests(BRIEF)
    assert model.asked == []
    drafter.draft(BRIEF)
    assert model.asked == [shown]


def test_adds_up_what_the_calls_took():
    drafter = ModelDrafter(Asker(ScriptedModel(DRAFT, REPAIR), "small"))
    assert drafter.usage == Usage()
    drafter.draft(BRIEF)
    drafter.repair(BRIEF, REJECTED)
    assert drafter.usage == Usage(calls=2, prompt_tokens=200, completion_tokens=40, cost_usd=240)


def test_a_reply_that_cannot_be_read_is_kept_and_paid_for():
    drafter = ModelDrafter(Asker(ScriptedModel("Sorry."), "small"))
    with pytest.raises(MalformedReply):
        drafter.draft(BRIEF)
    assert [exchange.reply.text for exchange in drafter.exchanges] == ["Sorry."]
    assert drafter.usage.calls == 1


def test_a_model_that_cannot_be_reached_is_no_exchange():
    drafter = ModelDrafter(Asker(ScriptedModel(ModelUnavailable("it is down.")), "small"))
    with pytest.raises(ModelUnavailable):
        drafter.draft(BRIEF)
    assert drafter.exchanges == ()
