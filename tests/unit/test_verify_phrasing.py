"""One thing told in two ways: what a check must let pass, and the change that it must not."""

import pytest

from briefing.steps.verify import Sources, retrieve
from tests import make

# The article of every case is of Monday, 7 April 2031.

CASES = {
    "none since is the first since": (
        "Ada Lund, the first Norlandish mayor in the Belm lighthouse since 2012, climbed it on "
        "Monday.",
        "No Norlandish mayor had been in the Belm lighthouse since 2012.",
        "No Norlandish mayor climbed the Belm lighthouse on Monday.",
    ),
    "a not ends before what it is done over": (
        "Most of the dock crews chose not to attend the hearing in protest over the plan to sell "
        "the old ferry.",
        "The plan to sell the old ferry made most of the dock crews protest.",
        "Most of the dock crews chose to attend the hearing.",
    ),
    "to stay away is not to attend": (
        "Most of the dock crews chose not to attend the hearing on the ferry.",
        "Most of the dock crews stayed away from the hearing on the ferry.",
        "Most of the dock crews attended the hearing on the ferry.",
    ),
    "failing to is not": (
        "The crews criticised the council for failing to take a firm stand against the sale.",
        "The crews blamed the council for not taking a firm stand against the sale.",
        "The crews blamed the council for taking a firm stand against the sale.",
    ),
    "last week is not the opposite of first": (
        "The hearing on the ferry, put off from last week, opened in the harbour hall.",
        "The first hearing on the ferry opened in the harbour hall.",
        "The hearing on the ferry closed in the harbour hall.",
    ),
    "a day is of what follows its comma": (
        "In March, auditors concluded that the tar used in Belm and in another port in April 2030 "
        "probably came from the old depot.",
        "Auditors concluded in March that the tar used in Belm probably came from the old depot.",
        "Auditors concluded in May that the tar used in Belm probably came from the old depot.",
    ),
    "a day is not of what was announced on it": (
        "Ada Lund will come to Belm on Tuesday for a two-day visit, the harbour office said on "
        "Monday.",
        "The harbour office said on 7 April that Ada Lund would come to Belm for a two-day visit.",
        "The harbour office said on 7 April that Ada Lund would come for a three-day visit.",
    ),
    "one of two is not alone the agent": (
        "He is also expected to meet the head of the coast guard, Captain Olaf Brandt.",
        "A meeting between him and the head of the coast guard, Captain Olaf Brandt, was expected.",
        "A meeting between him and the head of the coast guard, Captain Ivar Brandt, was expected.",
    ),
    "what is asked is on no side of the verb": (
        "Ada Lund mocked Brandt, and asked with scorn: “Why stop at the old lighthouse?”",
        "“Why stop at the old lighthouse?” Ada Lund asked Brandt scornfully.",
        "Brandt mocked Ada Lund with scorn.",
    ),
    "agents may be counted": (
        "The vote followed a motion the day before signed by 31 members demanding that the ferry "
        "be sold.",
        "The day before that vote, 31 members signed a motion demanding that the ferry be sold.",
        "The day before that vote, 32 members signed a motion demanding that the ferry be sold.",
    ),
    "a country has several names": (
        "The chill in U.S. relations has pushed Norway towards Sweden.",
        "A chill in its relations with the United States has pushed Norway towards Sweden.",
        "A chill in its relations with Germany has pushed Norway towards Sweden.",
    ),
    "a name may follow its owner": (
        "The council condemned a debate on digging at Belm's old Ferry House as dangerous.",
        "The council condemned a debate on digging at Ferry House as dangerous.",
        "The council condemned a debate on digging at Salm House as dangerous.",
    ),
    "an acronym has small words inside": (
        "Ada Lund came for the Organisation for the Care of Harbours on Monday.",
        "Ada Lund came for the OCH on Monday.",
        "Ada Lund came for the OCK on Monday.",
    ),
    "a verb begins the sentence": (
        "Ada Lund answered Brandt that the lighthouse is not for sale.",
        "Answering Brandt, Ada Lund said that the lighthouse is not for sale.",
        "Answering Falk, Ada Lund said that the lighthouse is not for sale.",
    ),
}


def is_refused(claim, source):
    return retrieve(claim, Sources(make.story(make.article(source)))).is_refused


@pytest.mark.parametrize("case", CASES)
def test_another_way_of_telling_passes_and_another_thing_does_not(case):
    source, told, changed = CASES[case]
    assert not is_refused(told, source)
    assert is_refused(changed, source)


def test_a_capital_at_the_beginning_may_be_a_verb_and_may_be_a_name():
    source = "Ada Lund answered Brandt that the old lighthouse is not for sale."
    assert not names_faults("Replying to Brandt, Lund said the lighthouse is not for sale.", source)
    assert names_faults("Harding told Brandt that the old lighthouse is not for sale.", source)
    assert names_faults("Harding officials told Brandt the lighthouse is not for sale.", source)


def test_a_first_name_may_stand_elsewhere():
    source = "The council chief Ada Lund came.\n\nChief Lund said the lighthouse is not for sale."
    assert not names_faults("Council chief Ada Lund said the lighthouse is not for sale.", source)
    assert names_faults("Council chief Eva Lund said the lighthouse is not for sale.", source)


def names_faults(claim, source):
    finding = retrieve(claim, Sources(make.story(make.article(source))))
    return [check for check in finding.checks if check.name == "names" and not check.ok]
