"""What the entailment model and a judge make of what the checks cannot tell."""

from contextlib import suppress
from functools import cache
from types import MappingProxyType

import pytest

from briefing.asking import Asker
from briefing.data.briefing import Usage
from briefing.drafters import ExtractiveDrafter, ModelDrafter
from briefing.pipeline import generate
from briefing.ports import Doubt, Ruling
from briefing.steps.render.opening import opening
from tests import make
from tests.fakes import ScriptedModel
from tests.written import (
    ARRIVED,
    CALL,
    COST,
    COURIER,
    GOOD,
    NO_REPAIR,
    WIRE,
    assignment,
    draft,
    dropped,
    printed,
    written,
)


class Denies:
    """A judge that finds nothing borne out, and keeps what it was asked."""

    usage = Usage(calls=1, prompt_tokens=10, completion_tokens=5)
    exchanges = ()
    prompts = MappingProxyType({"judge": "0123456789ab"})

    def __init__(self):
        self.asked = []

    def rule(self, doubts):
        self.asked.append(tuple(doubts))
        return tuple(Ruling(is_supported=False, reason="not said") for _ in doubts)


REWORDED = "The harbour office reported that the rail line cost 3.2 million crowns."


class Unsure:
    """Weighs one sentence as hardly likelier than not."""

    has_model = True

    def make_ready(self):
        pass

    def __call__(self, text, sources, finding):
        return 0.55 if text == REWORDED else 0.9


def test_without_the_entailment_model_the_header_says_so():
    class Bare(Unsure):
        has_model = False

    run = written(draft(*GOOD), weigh=Bare())
    assert run.briefing.notes == ("checked without the entailment model",)
    assert opening(run.briefing, make.ENGLISH)[-1] == "checked without the entailment model"


class ReadAhead(Unsure):
    """Notes that it was told to make ready, and then fails if it is to."""

    def __init__(self, error=None):
        self.is_ready = False
        self._error = error

    def make_ready(self):
        self.is_ready = True
        if self._error:
            raise self._error


class Waiting(ScriptedModel):
    """Has done, while it is waited for, what was put aside: never, if that waits for the answer."""

    def __init__(self, aside, *replies):
        super().__init__(*replies)
        self._aside = aside
        self.was_left = None

    def complete(self, request):
        self.was_left = len(self._aside.left)
        self._aside.do()
        return super().complete(request)


class Aside:
    """Keeps work until it is told to do it, or asked for the result."""

    def __init__(self):
        self.left = []

    def __call__(self, work):
        result = cache(work)
        self.left.append(result)
        return result

    def do(self):
        for result in self.left:
            with suppress(RuntimeError):
                result()


@pytest.mark.parametrize("error", [None, RuntimeError("onnxruntime cannot be imported")])
def test_while_the_model_writes_its_sources_are_compared_and_the_entailment_model_is_read(error):
    weigh, aside = ReadAhead(error), Aside()
    model = Waiting(aside, draft(*GOOD))
    drafter = ModelDrafter(Asker(model, "small"))
    run = generate((COURIER, WIRE), assignment(drafter, weigh=weigh, aside=aside))
    assert (model.was_left, weigh.is_ready) == (2, True)
    assert printed(run) == [ARRIVED, COST, CALL]


def test_what_is_done_aside_changes_nothing_in_the_document():
    def run(aside):
        model = Waiting(aside or Aside(), draft(*GOOD, (CALL, "S1.1")), NO_REPAIR)
        return generate(
            (COURIER, WIRE), assignment(ModelDrafter(Asker(model, "small")), aside=aside)
        )

    meanwhile, in_turn = run(Aside()), run(None)
    assert meanwhile.briefing == in_turn.briefing


def test_sentences_are_picked_after_the_sources_are_compared_and_nothing_is_put_aside():
    weigh, aside = ReadAhead(), Aside()
    picked = generate(
        (COURIER, WIRE), assignment(ExtractiveDrafter(), weigh=weigh, aside=aside)
    ).briefing
    assert (aside.left, weigh.is_ready) == ([], False)
    assert (
        picked == generate((COURIER, WIRE), assignment(ExtractiveDrafter(), weigh=weigh)).briefing
    )


def test_what_the_judge_does_not_find_in_the_quotations_is_dropped():
    judge = Denies()
    run = written(
        draft(*GOOD, (REWORDED, "S1.3")),
        weigh=Unsure(),
        judge=judge,
    )
    assert REWORDED not in printed(run)
    assert judge.asked == [(Doubt(text=REWORDED, quotes=(COST,)),)]
    assert (REWORDED, "judge: not said (dropped)") in dropped(run)
    assert run.briefing.usage.calls == 2
    assert set(run.briefing.prompts) == {"draft", "judge"}


class Upholds(Denies):
    """Finds everything, or rules on nothing."""

    def __init__(self, *, answers):
        super().__init__()
        self._answers = answers

    def rule(self, doubts):
        self.asked += doubts
        ruling = Ruling(is_supported=True, reason="said")
        return tuple(ruling if self._answers else None for _ in doubts)


def test_what_the_judge_upholds_is_printed_as_uncertain():
    run = written(draft(*GOOD, (REWORDED, "S1.3")), weigh=Unsure(), judge=Upholds(answers=True))
    (kept,) = (one for one in run.briefing.sentences if one.text == REWORDED)
    assert kept.uncertain
    assert dropped(run) == []


@pytest.mark.parametrize("judge", [None, Upholds(answers=False)], ids=["none", "silent"])
def test_what_is_uncertain_gives_way_to_its_quotation(judge):
    run = written(draft(*GOOD[:1], GOOD[2], (REWORDED, "S1.3")), weigh=Unsure(), judge=judge)
    assert REWORDED not in printed(run)
    assert COST in printed(run)
    assert not any(one.uncertain for one in run.briefing.sentences)
    (lost,) = run.briefing.dropped
    assert lost.text == REWORDED
    assert lost.reason.startswith("uncertain: ")
    assert lost.reason.endswith("(replaced by its quotation)")
    assert run.briefing.counts.dropped == 1


def test_a_sentence_that_cites_the_wrong_words_is_cited_anew():
    run = written(draft(*GOOD[:1], GOOD[2], (REWORDED, "S2.2")), weigh=None)
    sentence = next(one for one in run.briefing.sentences if one.text == REWORDED)
    assert [one.quote for one in sentence.citations] == [COST]
    assert sentence.reason.startswith("cited anew")
    assert dropped(run) == []
