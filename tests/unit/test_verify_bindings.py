"""Figures, dates, offices and words belong to what the source gives them to.

Each case has a source, a sentence that a check must refuse, and one that it must not.
"""

from datetime import date

import pytest

from briefing.data.briefing import Verdict
from briefing.steps.verify import Sources, retrieve, verify
from tests import make

# The article of every case is of Monday, 7 April 2031.

CASES = {
    "a figure of another sentence": (
        "of-another-thing",
        "The council of Ornik approved harbour repairs of 6 million marks on Friday. "
        "A motion to raise the sum to 9 million marks was defeated.",
        "The council of Ornik approved harbour repairs of 9 million marks on Friday.",
        "A motion to raise the sum to 9 million marks was defeated on Friday.",
    ),
    "a figure of another name": (
        "of-another-thing",
        "The cabinet discussed the Salm bridge, which is to cost 40 million marks, "
        "and the repair of the Belm tunnel.",
        "The repair of the Belm tunnel is to cost 40 million marks.",
        "The Salm bridge is to cost 40 million marks.",
    ),
    "a share of another thing": (
        "of-another-thing",
        "The Green List won 27 percent and 50 seats.",
        "The Green List won 27 percent of the seats.",
        "The Green List won 27 percent.",
    ),
    "a date that something follows": (
        "of-another-date",
        "Ada Lund told reporters on 3 April, a day after divers opened the sunken ferry.",
        "Divers opened the sunken ferry on 3 April.",
        "Divers opened the sunken ferry on 2 April.",
    ),
    "a date of the report": (
        "of-another-date",
        "The harbour wall fell before dawn on Sunday, flooding the market, the council of Ornik "
        "said on Monday. Two ships sank.",
        "The harbour wall fell before dawn on Monday.",
        "The harbour wall fell before dawn on Sunday.",
    ),
    "a wish for the deed": (
        "wish-told-as-plan",
        "Norland wants work on the Belm tunnel to begin before winter.",
        "Work on the Belm tunnel will begin before winter.",
        "Norland hopes that work on the Belm tunnel will begin before winter.",
    ),
    "a deed that is open": (
        "plan-told-as-done",
        "The minister of fisheries said compensation for lost nets would be considered.",
        "The minister of fisheries has approved compensation for lost nets.",
        "The minister of fisheries has said that compensation for lost nets would be considered.",
    ),
    "a rejection that is denied": (
        "negation-lost",
        "Ada Lund did not rule out a sale of the ferry.",
        "Ada Lund ruled out a sale of the ferry.",
        "Ada Lund did not rule out that the ferry would be sold.",
    ),
    "a speaker of another kind": (
        "speaker-differs",
        "The ferry will be sold, the newspaper Salm Echo reported.",
        "The government announced that the ferry will be sold.",
        "A newspaper reported that the ferry will be sold.",
    ),
    "a speaker who says something else": (
        "speaker-differs",
        "Lund said a higher wall would have saved the market. Divers "
        "said it was too early to tell.",
        "Divers said that a higher wall would have saved the market.",
        "Lund said that a higher wall would have saved the market.",
    ),
    "a speaker who is silent": (
        "speaker-differs",
        "Belmar is to receive 8 million marks, according to two officials; "
        "Belmar declined to comment.",
        "Belmar confirmed that it is to receive 8 million marks.",
        "Belmar is to receive 8 million marks, according to two officials.",
    ),
    "what somebody is told to do": (
        "attribution-lost",
        '"They were told to keep the old ferry running," said Beate Lorch.',
        "They were told to keep the old ferry running.",
        "Beate Lorch said they were told to keep the old ferry running.",
    ),
    "another thing called so": (
        "quotation-of-another-thing",
        'Ada Lund called the ferry sale "a bill sent to our children".',
        'Ada Lund called the harbour wall "a bill sent to our children".',
        'Ada Lund called the sale of the ferry "a bill sent to our children".',
    ),
    "the leader of another body": (
        "title-missing",
        "Ada Lund voted against the sale. The Sailors League, whose leader is Bo Hall, was absent.",
        "Ada Lund, the leader of the Sailors League, voted against the sale.",
        "Bo Hall, the leader of the Sailors League, was absent.",
    ),
    "letters of two scripts": (
        "scripts-mixed",
        "Ada Lund arrived in Kaldrin on Monday.",
        "Ada Lund arrived in K\u0430ldrin on Monday.",
        "Ada Lund arrived in Kaldrin on Monday.",
    ),
}


def codes(claim, source):
    story = make.story(make.article(source))
    cited = make.cites(story, *(sentence.id for sentence in story.sentences))
    return [check.code for check in verify(claim, cited, Sources(story)).checks if check.refuses]


@pytest.mark.parametrize(("code", "source", "wrong", "right"), CASES.values(), ids=CASES)
def test_what_belongs_to_something_else_is_refused(code, source, wrong, right):
    assert code in codes(wrong, source)
    assert code not in codes(right, source)


NORLAND = "The foreign minister of Norland, Ada Lund, arrived in Belm on Monday."
VELLAND = "Velland's Foreign Minister Bo Hall met her at the airport."
PREMIERS = "Prime Minister Eva Rask of Velland called on Olaf Brandt, the Norland prime minister."


@pytest.mark.parametrize(
    "claim",
    [
        "Ada Lund, the foreign minister of Velland, arrived in Belm on Monday.",
        "Foreign Minister Ada Lund of Velland arrived in Belm on Monday.",
        "Velland's Foreign Minister Ada Lund arrived in Belm on Monday.",
        "Eva Rask, the prime minister of Norland, called on Olaf Brandt.",
    ],
)
def test_the_right_office_of_the_other_sides_country_is_refused(claim):
    assert "title-of-another" in codes(claim, f"{NORLAND} {VELLAND} {PREMIERS}")


@pytest.mark.parametrize(
    "claim",
    [
        "Ada Lund, Norland's foreign minister, arrived in Belm on Monday.",
        "Foreign Minister Bo Hall of Velland met her at the airport.",
        "Eva Rask, the prime minister of Velland, called on Olaf Brandt.",
        "Ada Lund, the Northern foreign minister, arrived in Belm on Monday.",
    ],
)
def test_an_office_of_ones_own_country_or_of_one_unknown_is_not(claim):
    assert "title-of-another" not in codes(claim, f"{NORLAND} {VELLAND} {PREMIERS}")


def test_whose_speaker_it_is_may_stand_before_the_words_said():
    source = 'Spokeswoman Eva Rask came from Norland. "We want one price," she said.'
    assert codes("Norland's spokeswoman said they want one price.", source) == []


def test_a_client_may_be_meant_by_what_his_lawyer_says():
    source = "Oskel's lawyer said that his client denied any wrongdoing."
    assert codes("Oskel denied any wrongdoing, his lawyer said.", source) == []


def test_a_condition_may_be_named_as_one():
    source = "The Sailors League said it would back the sale if the crews were kept."
    assert "plan-told-as-done" not in codes(
        "The Sailors League made its backing conditional on the crews being kept.", source
    )


def test_an_accusation_and_its_rejection_may_stand_apart():
    source = "Lund said the council had ignored warnings from residents. The council rejected this."
    assert codes("The council denied having ignored warnings from residents.", source) == []


def found(claim, *articles):
    return retrieve(claim, Sources(make.story(*articles)))


def test_a_plan_gives_way_to_a_later_report_of_it():
    plan = make.article("Ada Lund is expected to leave Belm harbour for Salm late on 6 April.")
    report = "Ada Lund left Belm late on 6 April after long talks."
    later = make.article(report, published=date(2031, 4, 8))
    claim = "Ada Lund left Belm harbour late on 6 April."
    assert found(claim, plan).verdict is not Verdict.SUPPORTED
    assert found(claim, plan, later).verdict is Verdict.SUPPORTED


def test_words_with_far_more_of_a_sentence_are_not_passed_over_for_others():
    source = make.article(
        "The round of the Belm talks opened on Monday behind closed doors.\n\n"
        "The round of the Belm talks closed without a ceasefire."
    )
    finding = found("The round of the Belm talks closed with a ceasefire.", source)
    assert finding.verdict is Verdict.CONTRADICTED
