"""A story that is too large for one call: drafted in parts, and merged into one document."""

import logging
import threading

import pytest

from briefing.asking import Asker, Threads
from briefing.data.briefing import Verdict
from briefing.drafters import ExtractiveDrafter, ModelDrafter
from briefing.errors import BudgetError, ModelRefused, ModelUnavailable, PromptTooLong
from briefing.pipeline import Assignment, dry_run, generate, in_parts, prepare
from tests import make
from tests.fakes import CountingTokens, ScriptedModel

RAIL = [
    "Foreign Minister Ada Lund opened the new rail line in Port Salm on Monday.",
    "The rail line to Ondresk carries 410 passengers a day on 12 trains.",
    "The rail line cost 3.2 million crowns, the harbour office of Salm said.",
]
WHEAT = [
    "Wheat prices at the Mirevia exchange doubled within a week in March.",
    "Wheat farmers of Tolvessa sold 90 tonnes of last year's wheat at a loss.",
    "The mills of Kaldrin bought wheat abroad, the grain board of Kaldrin said.",
]
ARTICLES = (make.article("\n\n".join(RAIL)), make.article("\n\n".join(WHEAT), source="wheat.txt"))
BUDGET = 60


def assignment(drafter, **fields):
    values = {
        "template": make.template(make.plan(most=4)),
        "focus": None,
        "budget_tokens": BUDGET,
        "count": CountingTokens(),
        "parts": 4,
    }
    return Assignment(drafter=drafter, **values | fields)


def drafter(*replies):
    model = ScriptedModel(*replies)
    return model, ModelDrafter(Asker(model, "small"))


def draft(**texts):
    """A reply whose sentences are named by the id that they cite, `_` for a dot."""
    return make.drafted(*((text, id_.replace("_", ".")) for id_, text in texts.items()))


OF_RAIL = draft(S1_1=RAIL[0], S1_2=RAIL[1], S1_3=RAIL[2])
OF_WHEAT = draft(S2_1=WHEAT[0], S2_2=WHEAT[1], S2_3=WHEAT[2])
NO_REPAIR = {"sentences": []}


def replies():
    """The drafts in the order in which the parts are sent."""
    brief, _ = prepare(ARTICLES, assignment(drafter()[1]))
    first = {one.id for one in in_parts(brief)[0].evidence.sentences}
    return (OF_RAIL, OF_WHEAT) if "S1.1" in first else (OF_WHEAT, OF_RAIL)


def test_each_part_is_a_call_of_its_own_and_both_are_in_the_document():
    model, small = drafter(*replies())
    run = generate(ARTICLES, assignment(small))
    assert len(model.asked) == 2
    printed = {one.text for one in run.briefing.sentences}
    assert printed & {*RAIL}
    assert printed & {*WHEAT}
    assert len(printed) == 4
    assert all(one.verdict is Verdict.SUPPORTED for one in run.briefing.sentences)
    coverage = run.briefing.coverage
    assert (coverage.sentences, coverage.given, coverage.left_out) == (6, 6, 0)
    assert (coverage.calls, coverage.unread) == (2, 0)


def test_every_quotation_stands_in_its_article_after_the_merge():
    run = generate(ARTICLES, assignment(drafter(*replies())[1]))
    texts = {article.id: article.text for article in run.story.articles}
    cited = [one for sentence in run.briefing.sentences for one in sentence.citations]
    assert cited
    assert all(texts[one.article][one.start : one.end] == one.quote for one in cited)


def test_no_part_of_the_prompts_is_over_the_budget():
    model, small = drafter(*replies())
    brief, _ = prepare(ARTICLES, assignment(small))
    assert [part.evidence.tokens <= BUDGET for part in in_parts(brief)] == [True, True]
    generate(ARTICLES, assignment(small))
    asked = [{text for text in RAIL + WHEAT if text in request.user} for request in model.asked]
    assert set.union(*asked) == {*RAIL, *WHEAT}
    assert not set.intersection(*asked)


def test_a_part_that_fails_does_not_fail_the_run_and_is_counted(caplog):
    caplog.set_level(logging.CRITICAL, "briefing")
    first, _ = replies()
    run = generate(ARTICLES, assignment(drafter(first, ModelUnavailable("it is down."))[1]))
    assert {one.text for one in run.briefing.sentences} <= {*RAIL, *WHEAT}
    assert run.briefing.coverage.unread == 3
    assert run.briefing.coverage.given == 3
    assert run.briefing.missing == ("part 2 of 2 was not drafted: it is down.",)


def test_after_a_fault_that_each_call_would_meet_no_more_parts_are_sent(caplog):
    caplog.set_level(logging.CRITICAL, "briefing")
    model, small = drafter(ModelRefused("the key is wrong."))
    with pytest.raises(ModelRefused):
        generate(ARTICLES, assignment(small))
    assert len(model.asked) == 1


def test_a_part_that_does_not_fit_makes_all_parts_smaller():
    _, small = drafter(PromptTooLong("too long."), *[OF_RAIL] * 6)
    run = generate(ARTICLES, assignment(small))
    assert run.briefing.coverage.budget_tokens < BUDGET
    assert run.briefing.coverage.unread == 0


def test_parts_may_be_drafted_by_another_model():
    whole, parts = ScriptedModel(OF_RAIL), ScriptedModel(*replies())
    drafters = [
        ModelDrafter(Asker(whole, "large"), mapping=Asker(parts, "small")) for _ in range(2)
    ]
    run = generate(ARTICLES, assignment(drafters[0]))
    assert (len(whole.asked), [one.model for one in parts.asked]) == (0, ["small", "small"])
    assert (len(run.exchanges), run.briefing.usage.calls) == (2, 2)
    generate(ARTICLES, assignment(drafters[1], budget_tokens=1_000))
    assert [one.model for one in whole.asked] == ["large"]


def test_parts_that_are_drafted_at_once_give_the_same_bytes_whichever_is_first():
    by_words = {"rail": OF_RAIL, "wheat": OF_WHEAT}
    runs = [generate(ARTICLES, assignment(drafter(*replies())[1]))]
    for last in by_words:
        model = Holds(by_words, last)
        runs.append(
            generate(ARTICLES, assignment(ModelDrafter(Asker(model, "small", crew=Threads(2)))))
        )
        assert model.answered[-1] == last
    assert len({run.briefing.model_dump_json() for run in runs}) == 1
    assert len({tuple(one.request.user for one in run.exchanges) for run in runs}) == 1


class Holds:
    """A model that drafts by what a part is about, the one about `last` after the other."""

    def __init__(self, by_words, last):
        self._by_words = by_words
        self._last = last
        self._other_is_done = threading.Event()
        self.answered = []

    def complete(self, request):
        word = "rail" if RAIL[0] in request.user else "wheat"
        if word == self._last:
            assert self._other_is_done.wait(timeout=60)
        self.answered.append(word)
        self._other_is_done.set()
        return make.reply(self._by_words[word])


def test_without_any_draft_there_is_no_document(caplog):
    caplog.set_level(logging.CRITICAL, "briefing")
    down = ModelUnavailable("it is down.")
    with pytest.raises(ModelUnavailable):
        generate(ARTICLES, assignment(drafter(down, down)[1]))


def test_a_lie_does_not_take_the_place_of_what_holds():
    lie = "Ada Lund was arrested in Port Salm on Monday over the new rail line."
    first, second = replies()
    (lines,) = first["sections"].values()
    lying = {"sections": {"bottom_line": [f"[S1.1] {lie}", *lines]}}
    run = generate(ARTICLES, assignment(drafter(lying, second, NO_REPAIR)[1]))
    assert lie not in {one.text for one in run.briefing.sentences}
    assert run.briefing.counts.sentences == 4
    assert run.briefing.dropped == ()


def test_one_call_where_all_fits_or_only_one_is_allowed():
    for fields in ({"budget_tokens": 1_000}, {"parts": 1}):
        model, small = drafter(OF_RAIL)
        generate(ARTICLES, assignment(small, **fields))
        assert len(model.asked) == 1


def test_without_a_model_nothing_is_divided():
    brief, _ = prepare(ARTICLES, assignment(ExtractiveDrafter()))
    assert len(in_parts(brief)) == 1


def test_a_rehearsal_shows_each_call_and_what_is_left_out():
    shown = dry_run(ARTICLES, assignment(drafter()[1]))
    assert "in 2 calls; 0 left out" in shown
    assert shown.count("--- user") == 2
    alone = dry_run(ARTICLES, assignment(drafter()[1], parts=1))
    assert "of 60 tokens; 3 left out" in alone or "of 60 tokens; 2 left out" in alone


def test_what_repeats_is_counted_in_a_rehearsal():
    again = make.article(f"{RAIL[0]} {WHEAT[0]}", source="again.txt")
    shown = dry_run((*ARTICLES, again), assignment(drafter()[1], budget_tokens=1_000))
    assert "2 repeat others and are sent once" in shown


def taken(small, brief):
    """Tokens of prompt, schema and reply of the one call, as `CountingTokens` counts."""
    (request,) = small.requests(brief)
    return sum(request.most_tokens(CountingTokens()))


def test_evidence_leaves_room_for_prompt_and_reply_in_the_window():
    _, small = drafter()
    whole, _ = prepare(ARTICLES, assignment(small, budget_tokens=1_000, parts=1))
    window = taken(small, whole) - 20
    limited = assignment(small, budget_tokens=1_000, parts=1, window_tokens=window)
    brief, _ = prepare(ARTICLES, limited)
    assert taken(small, brief) <= window
    assert brief.evidence.left_out


def test_a_window_that_is_large_enough_changes_nothing():
    _, small = drafter()
    whole, _ = prepare(ARTICLES, assignment(small))
    assert prepare(ARTICLES, assignment(small, window_tokens=100_000))[0] == whole


def test_a_window_without_room_for_evidence_is_told_in_one_line():
    _, small = drafter()
    with pytest.raises(BudgetError, match="takes 100 tokens at once, and prompt and reply") as told:
        prepare(ARTICLES, assignment(small, window_tokens=100))
    assert "\n" not in str(told.value)
