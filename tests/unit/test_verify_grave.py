"""Grave deeds, and whom one serves, that the source does not have.

Each case has the code of the refusal, a source, sentences that a check must refuse, and sentences
that none may.
"""

import pytest

from tests import make

CASES = {
    "expelled": (
        "words-missing",
        "Two deputies of the Harbour Party sided with the opposition in the defence committee.",
        [
            "Two deputies of the Harbour Party sided with the opposition in the defence committee "
            "and were expelled from the party."
        ],
        ["Two deputies of the Harbour Party sided with the opposition in the committee."],
    ),
    "ransom": (
        "words-missing",
        "The captain of the ferry was released late on Sunday on medical grounds, Norland said.",
        ["The captain of the ferry was released late on Sunday for a ransom, Norland said."],
        ["The captain of the ferry was released on medical grounds, Norland said."],
    ),
    "ransom in other words": (
        "words-missing",
        "The owners paid two million crowns to free the crew of the ferry, Norland said. The crew "
        "were unhurt.",
        ["The owners of the ferry were convicted, Norland said."],
        ["The owners paid a ransom of two million crowns to free the crew of the ferry."],
    ),
    "sold by nobody": (
        "words-missing",
        "Shares in Tarn Docks, which belong for the most part to the Pell family, closed lower on "
        "Thursday.",
        ["Shares in Tarn Docks closed lower on Thursday after the Pell family sold its stake."],
        ["Shares in Tarn Docks, mostly of the Pell family, closed lower on Thursday."],
    ),
    "beaten at the polls": (
        "words-missing",
        "Ada Lund lost the run-off for mayor of Ostrel to Hugo Pell. Counting took a night.",
        ["Ada Lund was acquitted before the run-off for mayor of Ostrel."],
        ["Ada Lund was beaten by Hugo Pell in the run-off for mayor of Ostrel."],
    ),
    "the former one": (
        "title-differs",
        "The envoy, former Norland premier Ada Lund, spoke with each delegation for an hour.",
        ["Ada Lund, the serving premier of Norland, spoke with each delegation for an hour."],
        ["Ada Lund, a former premier of Norland, spoke with each delegation for an hour."],
    ),
    "the other bench": (
        "title-differs",
        'Opposition leader Hugo Pell said that the country had been "sold for herring".',
        ['Hugo Pell, who leads the Norland government, said it had been "sold for herring".'],
        ['Hugo Pell, who leads the opposition, said it had been "sold for herring".'],
    ),
    "counsel for the other side": (
        "title-of-another",
        "Vera Dahl, who represents ferry passengers in other cases, spoke after the hearing.",
        ["Vera Dahl, counsel for Tarn Docks, spoke after the hearing."],
        ["Vera Dahl, a lawyer for passengers in other cases, spoke after the hearing."],
    ),
}


def codes(claim, source):
    return [check.code for check in make.verified(claim, source).checks if check.refuses]


@pytest.mark.parametrize(("code", "source", "wrong", "right"), CASES.values(), ids=CASES.keys())
def test_what_the_source_has_not_is_refused(code, source, wrong, right):
    for claim in wrong:
        assert code in codes(claim, source), claim
    for claim in right:
        assert codes(claim, source) == [], claim
