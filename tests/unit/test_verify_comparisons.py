"""What is more than something else, and how much of a thing it is, beside what the source counts.

Each case has the code of the refusal, a source, sentences that a check must refuse, and sentences
that none may.
"""

import pytest

from tests import make

CASES = {
    "the longer is the shorter": (
        "opposite-word",
        "The new lease of the ferry pier is shorter by a year than the lease of 2029.",
        ["The new lease of the ferry pier is a year longer than the lease of 2029."],
        ["The new lease of the ferry pier is a year shorter than the lease of 2029."],
    ),
    "ahead and behind": (
        "opposite-word",
        'Ada Lund said that Velmar "was behind the other port cities" in its wages.',
        ["Ada Lund said that Velmar was ahead of the other port cities in its wages."],
        ["Ada Lund said that Velmar was behind the other port cities in its wages."],
    ),
    "compared the other way round": (
        "opposite-word",
        "The Ostrel bridge is shorter than the Kessel bridge.",
        ["The Ostrel bridge is longer than the Kessel bridge."],
        ["The Kessel bridge is longer than the Ostrel bridge."],
    ),
    "fewer and more of two": (
        "opposite-word",
        "Fewer people in Ostrel voted than stayed at home.",
        ["More people in Ostrel voted than stayed at home."],
        ["More people in Ostrel stayed at home than voted."],
    ),
    "than any other": (
        "quantity-changed",
        "The Lake List has 16 seats in the council of Velmar, and the mayor's Pier Union 19.",
        ["The Lake List has more seats in the council of Velmar than any other party."],
        ["The Lake List has 16 seats in the council of Velmar."],
    ),
    "more of what is counted": (
        "quantity-changed",
        "Of the 23 names on the list, 15 are captains of the fleet and eight are clerks of the "
        "port office.",
        ["The list has more clerks of the port office than captains of the fleet."],
        ["The list has more captains of the fleet than clerks of the port office."],
    ),
    "outdone by another verb": (
        "sides-swapped",
        "The harbour fund dwarfs the school grants of the region.",
        ["The school grants of the region far outweigh the harbour fund."],
        [
            "The harbour fund far outweighs the school grants of the region.",
            "The school grants of the region are dwarfed by the harbour fund.",
        ],
    ),
    "than expected by nobody": (
        "quantity-changed",
        "Divers found a dozen wrecks in the bay of Ostrel, some of them 30 metres deep.",
        ["The wrecks that divers found in the bay are deeper than had been expected."],
        ["Divers found a dozen wrecks in the bay of Ostrel."],
    ),
    "half of it": (
        "quantity-changed",
        "The shipping firm Tarn owns a nearly 20% stake in the Velmar docks.",
        ["The shipping firm Tarn owns nearly half of the Velmar docks."],
        [
            "The shipping firm Tarn owns almost a fifth of the Velmar docks.",
            "The shipping firm Tarn owns a nearly 20 percent stake in the Velmar docks.",
        ],
    ),
    "a minority": (
        "quantity-changed",
        "Polls in Ostrel show growing but still only minority support for the toll road.",
        ["Polls in Ostrel show that most people support the toll road."],
        ["Polls in Ostrel show that a minority support the toll road."],
    ),
    "the first in years": (
        "quantity-changed",
        "Hugo Pell is the first premier of Surania to visit Velmar since 2022.",
        ["A premier of Surania has come to visit Velmar every year since 2022."],
        ["Hugo Pell is the first premier of Surania since 2022 to visit Velmar."],
    ),
    "without exception": (
        "quantity-changed",
        "Norland freed 84 people, most of them sailors of the Pell fleet.",
        ["Without exception the 84 people whom Norland freed were sailors of the Pell fleet."],
        ["Norland freed 84 people, mostly sailors of the Pell fleet."],
    ),
}


def codes(claim, source):
    return [check.code for check in make.verified(claim, source).checks if check.refuses]


@pytest.mark.parametrize(("code", "source", "wrong", "right"), CASES.values(), ids=CASES.keys())
def test_a_comparison_is_the_one_that_the_source_makes(code, source, wrong, right):
    for claim in wrong:
        assert code in codes(claim, source), claim
    for claim in right:
        assert codes(claim, source) == [], claim
