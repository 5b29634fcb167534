"""Runs of the pipeline on two small articles, where a model says what a test wants."""

from briefing.asking import Asker
from briefing.checking import verify_briefing
from briefing.data.briefing import Verdict
from briefing.drafters import ModelDrafter
from briefing.pipeline import Assignment, generate
from tests import make
from tests.fakes import CountingTokens, ScriptedModel

ARRIVED = "Foreign Minister Ada Lund arrived in Port Salm on Monday for two days of talks on rail."
QUOTED = '"We came to listen and to settle the tariff," Lund told reporters in Salm.'
COST = "The new rail line cost 3.2 million crowns, the harbour office reported."
CALL = "Foreign Minister Lund will call on President Bo Hall in Port Salm on Tuesday."
UNSIGNED = "No agreement was signed during the visit, a spokesman for the port said."
CARRIES = "The line carries 410 passengers a day between Salm and Ondresk."
COURIER = make.article(
    f"{ARRIVED}\n\n{QUOTED} {COST}", title="Lund arrived in Port Salm on Monday", outlet="Courier"
)
WIRE = make.article(f"{CALL} {UNSIGNED}\n\n{CARRIES}", source="articles/wire.txt")
IDS = {ARRIVED: "S1.1", QUOTED: "S1.2", COST: "S1.3", CALL: "S2.1", UNSIGNED: "S2.2"}
EVERYTHING = {*IDS, CARRIES}
GOOD = ((ARRIVED, "S1.1"), (COST, "S1.3"), (CALL, "S2.1"))


def draft(*sentences):
    return make.drafted(*sentences)


def repair(*texts):
    return {"sentences": [{"number": number, "text": text} for number, text in enumerate(texts, 1)]}


NO_REPAIR = repair()


def assignment(drafter, **fields):
    values = {
        "template": make.template(make.plan(most=10, gap="Nothing.")),
        "focus": None,
        "budget_tokens": 10_000,
        "count": CountingTokens(),
    }
    return Assignment(drafter=drafter, **values | fields)


def written(*replies, articles=(COURIER, WIRE), **fields):
    """The run of a model that answers with `replies`, with what must always hold checked."""
    model = ModelDrafter(Asker(ScriptedModel(*replies), "small"))
    run = generate(articles, assignment(model, **fields))
    assert_honest(run)
    return run


def assert_honest(run):
    briefing = run.briefing
    texts = {article.id: article.text for article in run.story.articles}
    for sentence in briefing.sentences:
        assert sentence.verdict is Verdict.SUPPORTED
        assert sentence.citations
        for citation in sentence.citations:
            assert texts[citation.article][citation.start : citation.end] == citation.quote
    assert verify_briefing(briefing, run.story.articles).holds
    assert briefing.counts.sentences == briefing.counts.supported == len(briefing.sentences)
    assert briefing.counts.dropped == len(briefing.dropped)


def printed(run):
    return [sentence.text for sentence in run.briefing.sentences]


def dropped(run):
    return [(one.text, one.reason) for one in run.briefing.dropped]
