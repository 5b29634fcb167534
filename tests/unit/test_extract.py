from dataclasses import replace
from datetime import date

import pytest

from briefing.steps.extract import extract
from tests import make

LEAD = "Foreign Minister Ada Lund arrived in Port Salm on Monday for talks on rail."
FIGURE = "The new rail line cost 3.2 million crowns, the harbour office of Salm reported."
QUOTE = '"We came to listen and to settle the tariff," Lund told reporters in Salm.'
LEANING = "She met the mayor there and saw the new line open."
WEATHER = "Traders at the market had little to sell on a grey and windy day."


def drafted(story, *plans, **options):
    return extract(make.brief(story, *plans, **options)).sentences


def texts(story, *plans, **options):
    return [sentence.text for sentence in drafted(story, *plans, **options)]


def test_every_sentence_is_a_quotation_of_the_one_it_cites():
    story = make.story(f"{LEAD} {FIGURE}", QUOTE)
    by_id = {sentence.id: sentence.text for sentence in story.sentences}
    found = drafted(story)
    assert len(found) == 3
    assert all(sentence.text == by_id[sentence.cites[0]] for sentence in found)


def test_line_breaks_inside_a_sentence_become_blanks():
    assert texts(make.story(LEAD.replace(" for ", "\nfor "))) == [LEAD]


def test_a_copy_is_cited_beside_the_original():
    (sentence,) = drafted(make.story(LEAD, f"{LEAD} {LEANING}"))
    assert sentence.cites == ("S1.1", "S2.1")


@pytest.mark.parametrize(
    "leaning",
    [
        "Accompanied by the mayor and two aides, she saw the new line of the port open on Monday.",
        "On Tuesday, at the end of the visit, they opened the new line of the port to all trains.",
    ],
)
def test_what_leaves_open_who_did_it_behind_a_phrase_is_not_printed(leaning):
    assert texts(make.story(f"{LEAD} {leaning}")) == [LEAD]


def test_sections_take_what_fits_them():
    story = make.story(f"{LEAD} {FIGURE} {QUOTE} {WEATHER}")
    found = drafted(
        story,
        make.plan("top", traits=("lead",), most=1),
        make.plan("numbers", traits=("figure",), most=1),
        make.plan("words", traits=("quotation",), most=1),
    )
    assert [(one.section, one.text) for one in found] == [
        ("top", LEAD),
        ("numbers", FIGURE),
        ("words", QUOTE),
    ]


def test_history_is_what_is_dated_a_month_before_its_article():
    old = (
        "The harbour of Salm was founded in 1931 by a company of rope makers.",
        "Traders had lost 3 million crowns last year to the flood of the lower town.",
        "The council had closed the northern quay of the port in December.",
    )
    new = (
        "The mayor had opened the new bridge of the port two days earlier, she said.",
        "Ships have waited in the bay since the cranes stood still for lack of power.",
        "The history of the quay is told in the museum of the town.",
    )
    story = make.story(" ".join((*old, *new)))
    plan = make.plan("background", traits=("history",), most=6)
    assert set(texts(story, plan)) == set(old)


def test_a_section_for_figures_or_quotations_takes_nothing_else():
    assert texts(make.story(f"{LEAD} {WEATHER}"), make.plan("numbers", traits=("figure",))) == []
    assert texts(make.story(f"{LEAD} {WEATHER}"), make.plan("words", traits=("quotation",))) == []


def test_a_section_with_cues_prefers_the_sentences_that_have_them():
    story = make.story(f"{LEAD} {WEATHER} {FIGURE}")
    assert texts(story, make.plan("market", cues=("market", "traders"), most=1)) == [WEATHER]


def test_no_sentence_is_printed_twice():
    story = make.story(f"{LEAD} {FIGURE}")
    found = texts(story, make.plan("top"), make.plan("more"))
    assert sorted(found) == sorted([LEAD, FIGURE])


def test_passes_over_a_sentence_that_says_the_same_in_other_words():
    again = "Ada Lund, the foreign minister, arrived on Monday in Port Salm for talks on rail."
    assert len(texts(make.story(LEAD, again))) == 1


def test_takes_no_more_than_the_section_has_room_for():
    assert len(texts(make.story(f"{LEAD} {FIGURE} {WEATHER}"), make.plan(most=2))) == 2


def test_leaves_out_what_leans_on_other_sentences_or_is_disputed():
    story = make.story(f"{LEAD} {LEANING} {FIGURE}")
    assert texts(story, disputed=["S1.3"]) == [LEAD]


def test_prefers_what_the_reader_asks_about():
    story = make.story(f"{WEATHER} {FIGURE} {LEAD}")
    assert texts(story, make.plan(most=1), focus="market traders") == [WEATHER]
    assert texts(story, make.plan(most=1), focus="cost of the rail line") == [FIGURE]


def test_prefers_the_newer_of_two_articles():
    old = make.article("Ada Lund will come to Port Salm for talks on rail in two weeks.")
    new = make.article(
        "Ada Lund has come to Port Salm for talks on rail with the mayor.",
        published=date(2031, 4, 21),
    )
    assert texts(make.story(old, new), make.plan(most=1)) == [new.text]


def test_draws_on_all_articles_before_it_takes_more_of_one():
    story = make.story(f"{LEAD} {FIGURE}", f"{QUOTE} {WEATHER}")
    cites = [one.cites[0] for one in drafted(story, make.plan(most=2))]
    assert {cite.split(".")[0] for cite in cites} == {"S1", "S2"}


def test_the_same_brief_gives_the_same_draft():
    story = make.story(f"{LEAD} {FIGURE}", QUOTE)
    assert drafted(story) == drafted(story)


def test_running_text_ends_with_the_sentence_that_reaches_its_length():
    story = make.story(f"{LEAD} {FIGURE} {WEATHER}")
    assert len(texts(story, make.plan(most=20, words=16))) == 2
    assert len(texts(story, make.plan(most=20, words=15))) == 2 - (len(LEAD.split()) >= 15)


def test_in_running_text_a_sentence_may_lean_on_the_one_before_it():
    story = make.story(f"{LEAD} {LEANING} {WEATHER}")
    assert LEANING not in texts(story, make.plan(most=20))
    found = texts(story, make.plan(most=20, words=100))
    assert found.index(LEANING) == found.index(LEAD) + 1


def test_what_leans_is_not_printed_without_what_it_leans_on():
    story = make.story(f"{LEAD} {LEANING}")
    assert LEANING not in texts(story, make.plan(most=20, words=100), disputed=["S1.1"])


TREATIES = "Ada Lund signed the rail treaty and the tariff treaty with Brandt."
LONG = (
    "Ada Lund signed the rail treaty, the tariff treaty and the harbour treaty with Brandt in Salm "
    "on Monday morning."
)
WAGES = "The dockers of Salm walked out over wages and closed the harbour."
FISH = "Brandt opened the harbour treaty talks with a speech on fish."


def test_running_text_takes_what_tells_most_together_not_what_tells_most_alone():
    story = make.story(f"{TREATIES} {LONG} {FISH} {WAGES}", f"{WAGES} {FISH} {LONG} {TREATIES}")
    assert texts(story, make.plan(most=1, words=20)) == [LONG]
    assert set(texts(story, make.plan(most=20, words=24))) == {TREATIES, WAGES}


def test_running_text_begins_with_the_sentence_that_tells_most():
    story = make.story(f"{TREATIES} {FISH} {WEATHER} {WAGES}", f"{TREATIES} {WAGES}")
    found = texts(story, make.plan(most=20, words=60))
    assert found[0] == TREATIES
    assert len(found) == 4


def test_running_text_does_not_begin_with_a_quotation():
    story = make.story(f"{QUOTE} {TREATIES} {FISH} {WAGES}", f"{QUOTE} {WEATHER}")
    found = texts(story, make.plan(most=20, words=70))
    assert QUOTE in found
    assert found[0] != QUOTE


def test_no_sentence_of_running_text_repeats_one_that_another_section_has():
    story = make.story(f"{LEAD} {FIGURE} {WEATHER}")
    top, prose = make.plan("top", most=1), make.plan("prose", most=20, words=60)
    found = drafted(story, top, prose)
    assert sorted(one.text for one in found) == sorted([LEAD, FIGURE, WEATHER])


def test_running_text_keeps_to_the_number_of_sentences():
    story = make.story(f"{LEAD} {FIGURE} {WEATHER}")
    assert len(texts(story, make.plan(most=2, words=100))) == 2


def test_a_sentence_that_is_cut_off_is_not_drafted():
    assert texts(make.story(f"{LEAD} The ministers spoke at length about the tariff on...")) == [
        LEAD
    ]


def test_of_two_the_sentence_is_taken_whose_article_reads_well():
    garbled = "The minister of exteriors Ada Lund has arrived to Port Salm the Monday for rail."
    story = make.story(garbled, LEAD)
    one = make.plan(most=1)
    brief = make.brief(story, one)
    first, second = (article.id for article in story.articles)
    for avoided, taken in ((first, LEAD), (second, garbled)):
        (sentence,) = extract(replace(brief, garbled=frozenset({avoided}))).sentences
        assert sentence.text == taken


def test_a_plan_whose_day_has_passed_gives_way_to_what_happened():
    plan = "Ada Lund will lead the rail talks in Port Salm on Tuesday."
    done = "A minister led the rail talks in Port Salm on a grey and windy day, traders said."
    announced = make.article(plan)
    for day, taken in ((7, plan), (9, done)):
        story = make.story(announced, make.article(done, published=date(2031, 4, day)))
        assert texts(story, make.plan(most=1)) == [taken]


def test_a_dateline_is_not_printed():
    story = make.story(f"TARSK, Velmora (VW) - {LEAD}")
    (sentence,) = drafted(story)
    assert (sentence.text, sentence.cites) == (LEAD, ("S1.1",))


def test_what_is_still_to_come_is_no_background():
    story = make.story(
        make.article("The fund was set up last year in Salm, and will be shared out in May 2032."),
        make.article("The last fund was set up in Salm in May 2030 by the harbour office."),
    )
    plan = make.plan("background", traits=("past",), cues=("last", "fund"))
    assert texts(story, plan) == [
        "The last fund was set up in Salm in May 2030 by the harbour office."
    ]


def test_a_reply_is_no_part_of_a_programme():
    reply = "Minister Bo Hall replied that the fund held no more than it had held."
    meeting = "Minister Bo Hall met the mayor of Port Salm in the harbour office on Tuesday."
    plan = make.plan("programme", cues=("minister",), label="stage")
    assert texts(make.story(f"{reply} {meeting}"), plan) == [meeting]
    assert texts(make.story(f"{reply} {meeting}"), make.plan("top", cues=("minister",))) != [
        meeting
    ]


def test_a_time_of_day_is_no_figure():
    clock = "The boiler burst at 7.40 pm, as the next shift of the mill came in."
    plan = make.plan("numbers", traits=("figure",))
    assert texts(make.story(f"{clock} {FIGURE}"), plan) == [FIGURE]


def test_words_are_quoted_with_who_says_them():
    unsaid = "The United States gave the people of Salm “a temporary and protected status” in May."
    plan = make.plan("words", traits=("quotation",))
    assert texts(make.story(f"{unsaid} {QUOTE}"), plan) == [QUOTE]


def test_an_article_that_says_it_is_translated_comes_after_the_others():
    twin = "Minister Bo Hall opened the new bridge of Port Salm on Tuesday with the mayor."
    other = "The mayor of Port Salm, Ada Lund, closed the old harbour on Tuesday for good."
    plan = make.plan("top", traits=("lead",), most=1)
    translated = make.article(f"TARSK, Wire (translated) - {twin}")
    assert texts(make.story(translated, make.article(other)), plan) == [other]
