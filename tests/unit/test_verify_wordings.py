"""Figures, asides and quantities in other words than the source's: borne out, or near to it."""

import pytest

from briefing.data.briefing import Verdict
from tests import make

# What is at stake: the check, the source, a sentence that it bears out, and one that it does not.
TOLD = {
    "an age in commas": (
        "numbers",
        "Medics said the guards shot a farmer, 41, at the gate, 12 kilometres from Ostrel.",
        "Medics said the guards shot a 41-year-old farmer at the gate.",
        "Medics said the guards shot a 12-year-old farmer at the gate.",
    ),
    "lives lost": (
        "numbers",
        "Of 80 on the ferry 61 died; 19 were injured.",
        "Of 80 on the ferry 61 lost their lives.",
        "Of 80 on the ferry 19 lost their lives.",
    ),
    "two that are both": (
        "numbers",
        "After two days of talks, both envoys of Norland read out the text.",
        "The two envoys of Norland read out the text.",
        "The three envoys of Norland read out the text.",
    ),
    "who is employed": (
        "numbers",
        "The mill employs 2,300 people in Ostrel and buys oats from 410 farmers.",
        "The mill has 2,300 employees in Ostrel.",
        "The mill has 3,200 employees in Ostrel.",
    ),
    "figures of its own": (
        "numbers",
        "They agreed on a truce of 60 days. The plan of March was one of 90 days.",
        "They agreed on a truce of 60 days instead of 90 days.",
        "They agreed on a truce of 60 days instead of 70 days.",
    ),
    "who is introduced elsewhere": (
        "relations",
        "The court heard the case of Ada Lund, who represents the millers. "
        "Lund said that the bank had kept no records.",
        "Ada Lund, who represents the millers, said that the bank had kept no records.",
        "Ada Lund, who owns two breweries, said that the bank had kept no records.",
    ),
    "who used to run it": (
        "relations",
        "The former chief executive of Ostrel Mill, Bo Penn, admitted fraud in September.",
        "Bo Penn, who used to run Ostrel Mill, admitted fraud in September.",
        "Bo Penn, who used to paint bright portraits, admitted fraud in September.",
    ),
    "a main verb behind an aside": (
        "relations",
        "Ines Toro, who heads the Reed League, said her party would back the budget but would go "
        "if Varn were convicted, even if he appealed.",
        "The Reed League, led by Ines Toro, pledged support of the budget but threatened to leave "
        "should Varn be found guilty, even if he appealed.",
        "The Reed League, angered by wholesale prices of oats, said it would back the budget.",
    ),
    "between two months": (
        "relations",
        "Varn, who has been mayor since 2029, is accused of having received the money between "
        "March 2024 and June 2025 through a firm of his brother.",
        "The money reached Varn between March 2024 and June 2025 through a firm of his brother.",
        "The money reached Varn in 2029 through a firm of his brother.",
    ),
    "the day of it": (
        "wording",
        "Bookings have fallen by 41 per cent since August 21, when the ferry sank last month.",
        "Bookings have fallen by 41 per cent since the day of the sinking.",
        "Bookings have fallen by 41 per cent in a day, and the ferry sank last year.",
    ),
    "each of two": (
        "quantities",
        "The sale of the mill was halted at noon, with both bidders accusing the other of fraud.",
        "The sale of the mill was halted at noon, with each bidder accusing the other of fraud.",
        "The sale of the mill was halted at noon, with all bidders accusing the other of fraud.",
    ),
    "only so many of more": (
        "quantities",
        "The notice for ships with fruit will be shortened from 48 hours to 24 hours in June.",
        "The notice for ships with fruit will be only 24 hours in June.",
        "Only ships with fruit will be given 24 hours in June.",
    ),
    "what a judgement is of": (
        "quotations",
        "Talks went on about seven monitors captured by rebels in Ostrel. Norland said parading "
        'the men before cameras was "repugnant".',
        'Norland called it "repugnant" that the rebels in Ostrel had paraded the captured '
        "monitors before cameras.",
        'Norland called it "repugnant" that Velland had raised the toll of the bridge.',
    ),
}


@pytest.mark.parametrize(("name", "source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_in_other_words_is_not_refused(name, source, true, false):
    checks = make.verified(true, source).checks
    assert not any(one.refuses for one in checks if one.name == name)


@pytest.mark.parametrize(("name", "source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_otherwise_is_not_supported_and_the_check_says_why(name, source, true, false):
    found = make.verified(false, source)
    assert found.verdict is not Verdict.SUPPORTED
    assert not any(one.ok for one in found.checks if one.name == name)
