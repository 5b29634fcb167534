import pytest

from briefing.asking import Asker
from briefing.data.briefing import Usage
from briefing.data.draft import Rejected
from briefing.drafters import ExtractiveDrafter, ModelDrafter, RewriteDrafter
from briefing.errors import ContentRefused, MalformedReply, ModelUnavailable
from tests import make
from tests.fakes import ScriptedModel

BRIEF = make.brief(make.story("Foreign Minister Ada Lund came to Port Salm on Monday."))
DRAFT = make.drafted(("Lund came.", "S1.1"))
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
    assert drafter.usage == Usage(calls=2, prompt_tokens=200, completion_tokens=40)


def test_a_reply_that_cannot_be_read_is_kept_and_paid_for():
    drafter = ModelDrafter(Asker(ScriptedModel("Sorry.", "Sorry!"), "small"))
    with pytest.raises(MalformedReply):
        drafter.draft(BRIEF)
    assert [exchange.reply.text for exchange in drafter.exchanges] == ["Sorry.", "Sorry!"]
    assert drafter.usage.calls == 2


def test_a_model_that_cannot_be_reached_is_no_exchange():
    drafter = ModelDrafter(Asker(ScriptedModel(ModelUnavailable("it is down.")), "small"))
    with pytest.raises(ModelUnavailable):
        drafter.draft(BRIEF)
    assert drafter.exchanges == ()


def test_two_models_may_share_the_work_and_both_are_counted():
    drafter = ModelDrafter(
        Asker(ScriptedModel(DRAFT), "large"), Asker(ScriptedModel(REPAIR), "small")
    )
    drafter.draft(BRIEF)
    drafter.repair(BRIEF, REJECTED)
    assert [exchange.request.model for exchange in drafter.exchanges] == ["large", "small"]
    assert (drafter.usage.calls, drafter.entry.name) == (2, "large")
    assert set(drafter.prompts) == {"draft", "repair"}


FACTS = tuple(
    f"{fact}, the paper of the town reported on Friday."
    for fact in (
        "Foreign Minister Ada Lund came to Port Salm for two days of talks on rail and fish",
        "The harbour office said that the tunnel under the northern pass has cost 3.2 million",
        "Fishing boats from the southern islands blocked the old quay for an hour as a protest",
        "President Bo Hall will open the restored opera house in the capital on 1 May next year",
        "Farmers in the eastern valleys lost half of their wheat to the drought of last summer",
        "A court in Ondresk fined the bank of the province for accounts kept in secret for years",
    )
)
STORY = make.brief(make.story(*FACTS), make.plan(most=6))


SHORTER = {"text": "Lund came to Port Salm."}


def test_the_rewriter_asks_about_the_quotations_that_extraction_picks():
    picked = ExtractiveDrafter().draft(STORY).sentences
    model = ScriptedModel(*[SHORTER] * 6)
    drafter = RewriteDrafter(Asker(model, "small"))
    shown = drafter.requests(STORY)
    sentences = drafter.draft(STORY).sentences
    assert tuple(model.asked) == shown
    assert [s.cites for s in sentences] == [s.cites for s in picked]
    assert {s.text for s in sentences} == {"Lund came to Port Salm."}
    assert drafter.repair(STORY, REJECTED) == (None,)
    assert drafter.entry.strategy == "rewrite"


def test_the_rewriter_keeps_the_quotations_of_calls_that_fail():
    script = [ContentRefused("it declined."), *[SHORTER] * 5]
    drafter = RewriteDrafter(Asker(ScriptedModel(*script), "small"))
    texts = [sentence.text for sentence in drafter.draft(STORY).sentences]
    assert len(set(FACTS) & set(texts)) == 1
    assert drafter.missing == ("1 of 6 quotations were not shortened: it declined.",)


def test_the_rewriter_fails_where_every_call_does():
    drafter = RewriteDrafter(Asker(ScriptedModel(*[ContentRefused("it declined.")] * 6), "small"))
    with pytest.raises(ContentRefused):
        drafter.draft(STORY)
