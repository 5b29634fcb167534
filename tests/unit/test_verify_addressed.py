"""Whose view it is, of what and to whom it is said, and who turns to whom.

Each case has the code of the refusal, a source, sentences that a check must refuse, and sentences
that none may.
"""

import pytest

from tests import make

CASES = {
    "admitted by another": (
        "speaker-differs",
        'Ada Lund said that the records of the port were "worthless". Hugo Pell spoke after her.',
        ['Hugo Pell admitted that the records of the port were "worthless".'],
        ['Ada Lund admitted that the records of the port were "worthless".'],
    ),
    "an aside about the speaker": (
        "speaker-differs",
        'Ada Lund, who used to lead the Pier Union, said the toll was "paid in herring".',
        ['Hugo Pell, who used to lead the Pier Union, complained the toll was "paid in herring".'],
        ['Ada Lund, who used to lead the Pier Union, complained the toll was "paid in herring".'],
    ),
    "a claim of another dismissed": (
        "speaker-differs",
        'The Pier Union\'s claim that the ballot was "built on sand" was dismissed by Ada Lund. '
        'Hugo Pell of the Pier Union had said it was "built on sand" on Monday.',
        ['Ada Lund conceded that the ballot was "built on sand".'],
        ['Ada Lund dismissed the claim that the ballot was "built on sand".'],
    ),
    "found by no board": (
        "speaker-differs",
        "The pilots' union accused the airline of having halved simulator training since 2030.",
        [
            "The investigation board found in its report that the airline had halved simulator "
            "training since 2030."
        ],
        ["The pilots' union said that the airline had halved simulator training since 2030."],
    ),
    "quoted of another subject": (
        "quotation-of-another-thing",
        'Dario Penn said afterwards that the list "is not aimed at honest fishermen".',
        ['Dario Penn said that the spending on nets "is not aimed at honest fishermen".'],
        ['Dario Penn said that the list "is not aimed at honest fishermen".'],
    ),
    "quoted of another country": (
        "quotation-of-another-thing",
        '"Surania is locking itself into a dusty closet of old treaties," said Hugo Pell.',
        ['Velmar had become "a dusty closet of old treaties", said Hugo Pell.'],
        ['Hugo Pell said Surania was locking itself into "a dusty closet of old treaties".'],
    ),
    "sarcastic": (
        "quotation-of-another-thing",
        'Penn was overheard saying sarcastically that the harbour works were "a hell of a job".',
        ['Penn praised the harbour works, saying they were "a hell of a job".'],
        ['Penn said sarcastically that the harbour works were "a hell of a job".'],
    ),
    "asked about something else": (
        "quotation-of-another-thing",
        'Of the rail link, the minister said that Norland "does not threaten, but counts".',
        [
            "The minister was talking about landing rights for trawlers when he said that Norland "
            '"does not threaten, but counts".'
        ],
        ['Asked about the rail link, the minister said Norland "does not threaten, but counts".'],
    ),
    "told to others": (
        "quotation-of-another-thing",
        'The envoy opened the talks and called on the delegations "to leave the knives outside".',
        ['The envoy told smugglers who had come by boat to "leave the knives outside".'],
        ['The envoy told the delegations at the talks to "leave the knives outside".'],
    ),
    "a quotation that goes on": (
        "quotation-of-another-thing",
        'The reefs are "a grave" for pirates, Dario Penn said on television.',
        ['Dario Penn said on television that the reefs are "a grave" for fishermen.'],
        ['Dario Penn said on television that the reefs are "a grave" for pirates.'],
    ),
    "complained by another": (
        "speaker-differs",
        "The treasurer, Ada Lund, said that the payments to the depot were too high.",
        ["Hugo Pell admitted that the payments to the depot were too high."],
        ["Ada Lund admitted that the payments to the depot were too high."],
    ),
    "a suit filed by the other": (
        "sides-swapped",
        "The court at Velmar, in Surania, is to rule on a suit that Norland filed in 2028.",
        ["The court is to rule on the suit that Surania brought against Norland in 2028."],
        ["The court is to rule on the suit that Norland brought in 2028."],
    ),
    "blamed by whom it blames": (
        "sides-swapped",
        "The ministry blamed the Lake Front, and the Lake Front denied it.",
        ["The Lake Front accused the ministry."],
        ["The ministry accused the Lake Front."],
    ),
    "asked by whom it asks": (
        "sides-swapped",
        "Vera Pohl, who leads the opposition, asked the minister to say why the convoy had left.",
        ["The minister pressed Vera Pohl to say why the convoy had left."],
        ["Vera Pohl pressed the minister to say why the convoy had left."],
    ),
    "handed by whom it is handed to": (
        "sides-swapped",
        "Minister Lidia Bren received the envoy, Henrik Dahl, for an hour and handed him a letter "
        "of protest.",
        ["Envoy Henrik Dahl handed Minister Lidia Bren a letter of protest."],
        ["Minister Lidia Bren handed Henrik Dahl a letter of protest."],
    ),
    "persuaded by whom it persuades": (
        "sides-swapped",
        'Surania backs the treaty. "It can convince Norland to join the treaty," Pell said.',
        ["Norland could persuade Surania to join the treaty, Pell said."],
        ["Surania could persuade Norland to join the treaty, Pell said."],
    ),
    "an office for its holder": (
        "speaker-differs",
        'The foreign minister called the raid "an act of piracy". Ada Lund has been foreign '
        "minister of Norland since May. Hugo Pell is its premier.",
        [],
        ['Ada Lund condemned the raid as "an act of piracy".'],
    ),
    "a scheme for a project": (
        "quotation-of-another-thing",
        'Ada Lund said the scheme "will not be dropped".',
        ['Ada Lund said the mackerel "will not be dropped".'],
        ['Ada Lund said that the project "will not be dropped".'],
    ),
    "one who took over": (
        "sides-swapped",
        "Ada Lund beat Hugo Pell in the run-off for mayor on Sunday.",
        ["Ada Lund was defeated by Hugo Pell in the run-off for mayor on Sunday."],
        ["Hugo Pell was defeated by Ada Lund in the run-off for mayor on Sunday."],
    ),
    "two sides that changed places": (
        "crossed-over",
        "The Lake Front wants 25 boats for both shores, while the harbour guild is ready for "
        "15 at most.",
        [
            "The harbour guild wants 25 boats for both shores, but the Lake Front is ready "
            "for 15 at most."
        ],
        [
            "The Lake Front wants 25 boats for both shores, but the harbour guild is ready "
            "for 15 at most.",
            "The harbour guild is ready for 15 at most, while the Lake Front wants 25 boats.",
        ],
    ),
}


def codes(claim, source):
    return [check.code for check in make.verified(claim, source).checks if check.refuses]


@pytest.mark.parametrize(("code", "source", "wrong", "right"), CASES.values(), ids=CASES.keys())
def test_it_stays_with_whom_the_source_has_it(code, source, wrong, right):
    for claim in wrong:
        assert code in codes(claim, source), claim
    for claim in right:
        assert codes(claim, source) == [], claim
