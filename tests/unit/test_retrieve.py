from datetime import date

import pytest

from briefing.data.briefing import Verdict
from briefing.data.reason import Reason
from briefing.steps.verify import Sources, retrieve, retrieve_each
from tests import make

VISIT = "Hestrian Foreign Minister Oren D'Avelle arrived in Kaldrin on Monday."
LEFT = "He left for Palvora late on Tuesday without a joint statement."
TRADE = "Trade between Hestria and Tolvessa came to $793 million in 2030."
OLD = "Trade between Hestria and Tolvessa stood at $575 million in 2029."
STORY = make.story(f"{VISIT} {LEFT}", f"{TRADE} {OLD}")
SOURCES = Sources(STORY)


def test_finds_the_sentence_that_bears_out_a_claim():
    finding = retrieve("Trade between the two came to $793 million in 2030.", SOURCES)
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.citations == make.cites(STORY, "S2.1")


@pytest.mark.parametrize("sentence", STORY.sentences, ids=lambda sentence: sentence.id)
def test_every_sentence_of_the_sources_is_found_where_it_stands(sentence):
    finding = retrieve(sentence.text, SOURCES)
    assert finding.verdict is Verdict.SUPPORTED
    assert [one.quote for one in finding.citations] == [sentence.text]


def test_takes_the_neighbour_too_where_a_claim_spans_both():
    finding = retrieve(
        "Oren D'Avelle arrived in Kaldrin on Monday and left for Palvora late on Tuesday.", SOURCES
    )
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.citations == make.cites(STORY, "S1.1", "S1.2")


def test_does_not_make_one_event_of_two_places():
    finding = retrieve("D'Avelle left for Palvora with $793 million.", SOURCES)
    assert finding.verdict is not Verdict.SUPPORTED
    assert len({one.article for one in finding.citations}) == 1


def test_names_the_sentence_that_a_false_claim_conflicts_with():
    finding = retrieve("Trade between Hestria and Tolvessa came to $739 million in 2030.", SOURCES)
    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.citations == make.cites(STORY, "S2.1")
    assert "$739 million" in finding.reason


@pytest.mark.parametrize("text", ["Penguins swim.", "", "12 34", "...", "\x00"])
def test_what_shares_no_word_with_the_sources_is_unsupported(text):
    finding = retrieve(text, SOURCES)
    assert (finding.verdict, finding.score, finding.citations) == (Verdict.UNSUPPORTED, 0.0, ())


def test_nothing_is_supported_by_no_sources():
    assert retrieve(VISIT, Sources(make.story())).verdict is Verdict.UNSUPPORTED


def test_each_sentence_of_a_text_is_found_where_it_stands():
    finding = retrieve_each(f"{OLD} {VISIT}", SOURCES)
    assert finding.verdict is Verdict.SUPPORTED
    assert [one.quote for one in finding.citations] == [OLD, VISIT]
    assert len(finding.sentences) == 2


def test_one_false_sentence_refuses_a_text_and_its_words_are_pointed_at():
    text = f"{VISIT} Trade between Hestria and Tolvessa came to $739 million in 2030."
    finding = retrieve_each(text, SOURCES)
    failed = next(check for check in finding.checks if check.refuses)
    assert finding.verdict is Verdict.CONTRADICTED
    assert text[failed.words.start : failed.words.end] == failed.words.text == "$739 million"


AGE = "Ada Lund, 52, has led the harbour board since 2019."
SUED = "Lund sued the shipping line over the broken crane."


def test_a_number_may_stand_where_a_person_is_introduced():
    sources = Sources(make.story(f"{AGE} The board meets twice a year. {SUED}"))
    finding = retrieve("Lund, 52, sued the shipping line over the broken crane.", sources)
    assert not any(check.refuses for check in finding.checks)
    assert [one.quote for one in finding.citations] == [AGE, SUED]
    other = retrieve("Lund, 57, sued the shipping line over the broken crane.", sources)
    assert any(check.code is Reason.NUMBER_MISSING and check.refuses for check in other.checks)


def test_the_words_that_give_the_figures_are_the_evidence():
    finding = retrieve("In 2029 the value of trade was 575 million dollars.", SOURCES)
    assert [one.quote for one in finding.citations] == [OLD]
    assert not any(check.refuses for check in finding.checks)


PLAN = (
    "Foreign Minister Ada Lund will hold talks on the ferry with her guest Oren Adler at the "
    "palace, the ministry said."
)
HELD = "Foreign Minister Ada Lund on Wednesday held talks with her guest Oren Adler."


@pytest.mark.parametrize(("day", "quoted", "refused"), [(9, HELD, False), (8, PLAN, True)])
def test_a_plan_does_not_speak_against_who_tells_of_it_as_done_since(day, quoted, refused):
    plan = make.article(PLAN, published=date(2031, 4, 9))
    held = make.article(HELD, published=date(2031, 4, day), source="articles/other.txt")
    finding = retrieve(
        "Foreign Minister Ada Lund held talks on the ferry with her guest Oren Adler on Wednesday.",
        Sources(make.story(plan, held)),
    )
    assert [one.quote for one in finding.citations] == [quoted]
    assert finding.is_refused is refused


def test_a_plan_speaks_against_a_deed_that_no_other_sentence_tells():
    plan = make.article(PLAN, published=date(2031, 4, 9))
    sat = "Foreign Minister Ada Lund sat on the ferry with her guest Oren Adler after the talks."
    other = make.article(sat, published=date(2031, 4, 9), source="articles/other.txt")
    finding = retrieve(
        "Foreign Minister Ada Lund held talks on the ferry with her guest Oren Adler at the "
        "palace.",
        Sources(make.story(plan, other)),
    )
    assert finding.is_refused


FIRST = (
    "The Ostrel Mill employs 2,300 people in Velm. A fire on Monday killed three workers. "
    "Mayor Ada Lund visited the site on Tuesday. Lund, who has led the town since 2019, promised "
    "help. Bo Penn, the head of the mill, was arrested on Thursday."
)
SECOND = (
    "Ada Lund opened the new bridge in Port Salm on Sunday. Ines Toro, the bank's director, "
    "resigned last year. Toro refused to meet the miners. A fire in Port Salm killed nine sailors "
    "in 2029. Bo Penn was convicted of fraud in 2027 and was fined 900 crowns."
)
APART = Sources(
    make.story(make.article(FIRST), make.article(SECOND, source="articles/other.txt")),
    is_news=True,
)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund, who has led the town since 2019, opened the new bridge in Port Salm on Sunday.",
        "Ada Lund opened the new bridge in Port Salm and visited the site on Tuesday.",
        "Ada Lund visited the site on Tuesday, while Ines Toro refused to meet the miners.",
    ],
)
def test_each_thing_told_of_one_may_stand_in_a_place_of_its_own(text):
    finding = retrieve(text, APART)
    assert finding.verdict is Verdict.SUPPORTED
    assert len(finding.citations) > 1


@pytest.mark.parametrize(
    "text",
    [
        "Ines Toro, who has led the town since 2019, refused to meet the miners.",
        "A fire on Monday destroyed a hall and killed nine sailors.",
        "Bo Penn, the bank's director, was arrested on Thursday.",
        "Ada Lund opened the new bridge in Port Salm on Tuesday and visited the site.",
        "Ada Lund opened the new bridge on Sunday and was arrested on Thursday.",
        "Bo Penn was convicted of fraud in 2027 and was fined 2,300 crowns.",
        "Bo Penn was not convicted of fraud in 2027 but was arrested on Thursday.",
        "Ines Toro resigned last year and was fined 900 crowns.",
        "Ines Toro, the head of the mill, resigned last year.",
    ],
)
def test_what_is_told_of_two_is_not_told_of_one(text):
    assert retrieve(text, APART).verdict is not Verdict.SUPPORTED
