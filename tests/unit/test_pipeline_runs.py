"""Titles, the extractive drafter, dry runs and saved runs."""

import json

import pytest

from briefing.asking import Asker
from briefing.drafters import ExtractiveDrafter, ModelDrafter
from briefing.errors import (
    BudgetError,
    ContentRefused,
    PromptTooLong,
    SourceError,
)
from briefing.pipeline import clean_all, dry_run, generate, saved
from tests import make
from tests.fakes import ScriptedModel
from tests.written import (
    ARRIVED,
    COST,
    COURIER,
    EVERYTHING,
    GOOD,
    NO_REPAIR,
    WIRE,
    assert_honest,
    assignment,
    draft,
    printed,
    written,
)


def test_the_title_is_a_headline_that_the_text_bears_out():
    assert written(draft(*GOOD)).briefing.title == "Lund arrived in Port Salm on Monday"


@pytest.mark.parametrize(
    "headline", ["", "Lund arrested in Port Salm", "Hall signs pact", "Lund arrived on Friday"]
)
def test_a_headline_that_the_text_does_not_bear_out_is_no_title(headline):
    loud = make.article(COURIER.text, title=headline)
    title = written(draft(*GOOD), articles=(loud, WIRE)).briefing.title
    assert title == "Small briefing, 7 April 2031"


def test_a_later_headline_may_be_the_title():
    loud = make.article(COURIER.text, title="Lund arrested in Port Salm")
    wire = make.article(WIRE.text, title="No agreement was signed during the visit")
    run = written(draft(*GOOD), articles=(loud, wire))
    assert run.briefing.title == "No agreement was signed during the visit"


def test_a_title_without_headlines_or_dates_is_that_of_the_template():
    plain = make.article(ARRIVED, published=None)
    assert written(draft(), articles=(plain,)).briefing.title == "Small briefing"


@pytest.mark.parametrize(
    ("second", "title"),
    [
        ("The visit was a long one.", "Small briefing"),
        ("The day was a long one.", "Briefing"),
    ],
)
def test_the_title_of_a_kind_holds_where_half_of_the_articles_tell_of_it(second, title):
    template = make.template(make.plan(most=10, gap="Nothing."))
    template = template.model_copy(update={"title_cues": ("visits",)})
    articles = [make.article(text, published=None) for text in (ARRIVED, second)]
    assert extracted(*articles, template=template).briefing.title == title


def test_the_title_names_what_the_reader_asked_about():
    run = written(draft(*GOOD), focus="rail tariffs")
    assert run.briefing.title == "Small briefing: rail tariffs"
    assert run.briefing.focus == "rail tariffs"


def extracted(*articles, **fields):
    run = generate(articles or (COURIER, WIRE), assignment(ExtractiveDrafter(), **fields))
    assert_honest(run)
    return run


def test_the_extractive_drafter_needs_no_model_and_drops_nothing():
    run = extracted()
    assert {ARRIVED, COST} <= set(printed(run)) <= EVERYTHING
    assert (run.briefing.dropped, run.exchanges, run.briefing.usage.calls) == ((), (), 0)


def test_the_same_articles_give_the_same_bytes():
    assert extracted().briefing.model_dump_json() == extracted().briefing.model_dump_json()


def test_tells_which_step_begins():
    steps = []
    generate([COURIER], assignment(ExtractiveDrafter()), progress=steps.append)
    assert len(steps) >= 3
    assert any("extractive" in step for step in steps)


def test_a_budget_in_which_nothing_fits_is_an_error():
    with pytest.raises(BudgetError, match="budget"):
        extracted(budget_tokens=2)


def test_articles_of_which_nothing_can_be_printed_are_an_error():
    with pytest.raises(SourceError, match="can be printed"):
        extracted(make.article("She came. He left. It rained."))


def test_clean_all_keeps_the_good_documents_and_says_what_was_wrong_with_the_others():
    articles, refused = clean_all(
        [make.document("\x00", "a.txt"), make.document(ARRIVED, "b.txt"), make.document("", "c")],
        max_chars=1_000,
    )
    assert [article.source for article in articles] == ["b.txt"]
    assert [one.source for one in refused] == ["a.txt", "c"]


def test_a_dry_run_shows_the_exact_prompts_and_calls_nothing():
    model = ScriptedModel(draft(*GOOD))
    shown = dry_run([COURIER, WIRE], assignment(ModelDrafter(Asker(model, "small"))))
    assert model.asked == []
    generate([COURIER, WIRE], assignment(ModelDrafter(Asker(model, "small"))))
    (request,) = model.asked
    assert request.system in shown
    assert request.user in shown
    tokens = len(f"{request.system} {request.user}".split())
    assert f"{tokens} prompt tokens, at most {request.max_tokens} completion tokens" in shown


def test_a_dry_run_without_a_model_says_that_no_prompt_is_sent():
    shown = dry_run([COURIER, WIRE], assignment(ExtractiveDrafter(), budget_tokens=30))
    assert shown.startswith("2 sentences of 2 articles, ")
    assert "of 30 tokens; 4 left out" in shown
    assert "no prompt is sent" in shown


def test_a_saved_run_keeps_articles_prompts_replies_and_result():
    run = written(draft(*GOOD, ("The line cost 32 million crowns.", "S1.3")), NO_REPAIR)
    files = saved(run)
    assert files[f"articles/{COURIER.id}.txt"] == COURIER.text
    assert files["calls/1.user.txt"] == run.exchanges[0].request.user
    assert files["calls/2.system.txt"] == run.exchanges[1].request.system
    assert json.loads(files["calls/2.reply.txt"]) == NO_REPAIR
    assert files["briefing.json"] == run.briefing.model_dump_json(indent=2) + "\n"
    kept = json.loads(files["run.json"])
    assert (kept["calls"], kept["evidence"]) == (2, [s.id for s in run.story.sentences])


def test_a_prompt_that_is_too_long_is_made_shorter_until_it_fits():
    too_long = PromptTooLong("it has a window of 10 tokens.")
    model = ScriptedModel(too_long, too_long, draft(*GOOD))
    generate([COURIER, WIRE], assignment(ModelDrafter(Asker(model, "small"))))
    sizes = [len(request.user) for request in model.asked]
    assert sizes[0] > sizes[1] > sizes[2]


def test_what_the_model_declines_to_draft_is_told_and_quotations_are_printed():
    model = ScriptedModel(ContentRefused("it declined."))
    run = generate([COURIER, WIRE], assignment(ModelDrafter(Asker(model, "small"))))
    assert run.briefing.missing == ("nothing was drafted: it declined.",)
    assert run.briefing.coverage.given == 0
    assert run.briefing.sentences
