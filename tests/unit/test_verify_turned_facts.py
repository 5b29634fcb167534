"""Facts that are turned round, widened or added to with words that the source has.

Each case has the code of the refusal, a source, sentences that a check must refuse, and sentences
that none may.
"""

import pytest

from briefing.steps.verify import Sources, verify
from tests import make

# The article of every case is of Monday, 7 April 2031.

CASES = {
    "from whom it is taken": (
        "sides-swapped",
        "The hill town of Ostrel was recaptured from militants last week.",
        ["Militants recaptured the hill town of Ostrel last week."],
        ["The hill town of Ostrel was recaptured last week."],
    ),
    "whom it is given to": (
        "sides-swapped",
        "Norland had provided the ministry with radar data in March.",
        ["The ministry had handed Norland radar data in March."],
        ["Norland provided radar data to the ministry in March."],
    ),
    "who greets": (
        "sides-swapped",
        "The governor was warmly received at the station by Mayor Ada Lund and the teachers.",
        ["Ada Lund came to Ostrel and was welcomed at the station by the governor."],
        ["At the station the governor was received by Mayor Ada Lund."],
    ),
    "the like deed of another": (
        "another-did-it",
        "Surania started the river talks in 2027, which paused after President Hugo Pell started "
        "a rival body, the Lake Forum.",
        ["President Hugo Pell started the river talks."],
        ["Surania started the river talks.", "President Hugo Pell started a rival body."],
    ),
    "as many as": (
        "sides-swapped",
        "Norland has more than five times as many ships as Surania.",
        ["Surania has more than five times as many ships as Norland."],
        ["Norland has more than five times as many ships as Surania does."],
    ),
    "killed and injured": (
        "of-another-thing",
        "A bus plunged off the Kessel bridge, killing 12 people and injuring 30.",
        [
            "A bus plunged off the Kessel bridge, killing 30 people.",
            "A bus plunged off the Kessel bridge and 12 people were injured.",
        ],
        [
            "A bus plunged off the Kessel bridge, and 30 people were injured.",
            "A bus plunged off the Kessel bridge, killing 12.",
        ],
    ),
    "against what one calls for": (
        "opposite-word",
        "The Harbour Union urged the government to suspend the fishing treaty.",
        [
            "The Harbour Union came out against suspending the fishing treaty.",
            "The Harbour Union opposes suspending the fishing treaty.",
        ],
        ["The Harbour Union is in favour of suspending the fishing treaty."],
    ),
    "out of what one is in": (
        "opposite-word",
        "Surania and Norland are founding members of the River League.",
        ["Surania has stayed out of the River League."],
        ["Surania belongs to the River League."],
    ),
    "admitting what others say": (
        "speaker-differs",
        "Villagers accuse the army of preparing to shell the upper valley.",
        [
            "The army has acknowledged preparing to shell the upper valley.",
            "The army has admitted that it is preparing to shell the upper valley.",
        ],
        ["Villagers accuse the army of preparing to shell the valley."],
    ),
    "a denial of nothing denied": (
        "negation-added",
        "Governor Ilka Brandt visited the hill town on Sunday and promised new schools.",
        [
            "The governor has not promised schools to the hill town in person.",
            "Nobody promised the hill town new schools.",
        ],
        ["Governor Ilka Brandt promised the hill town new schools."],
    ),
    "yet to agree": (
        "negation-lost",
        "The two ports have yet to find a common plan for the herring fleet.",
        ["The two ports have settled on a common plan for the herring fleet."],
        [],
    ),
    "hopes by a noun": (
        "plan-told-as-done",
        "The ministry looks forward to an end of the dispute through the formation of a joint "
        "commission with the fishermen.",
        ["A joint commission with the fishermen has been formed, the ministry said."],
        ["The ministry looks forward to the formation of a joint commission, it said."],
    ),
    "a reason hung on": (
        "cause-added",
        "The transport ministry of Surania refused to comment on the vote since it was secret.",
        [
            "The transport ministry of Surania refused to comment on the vote because of a "
            "holiday abroad.",
        ],
        ["The transport ministry refused to comment on the vote because it was secret."],
    ),
    "an aside hung on": (
        "words-missing",
        "Pelle Arden told the crews that the harbour was the heart of the town.",
        [
            "Pelle Arden, recovering from a long illness, told the crews that the harbour was "
            "the heart of the town.",
        ],
        ["Pelle Arden, speaking to the crews, said that the harbour was the heart of the town."],
    ),
    "a second item hung on": (
        "words-missing",
        "Governor Ilka Brandt promised new schools.",
        ["Governor Ilka Brandt promised new schools and libraries."],
        ["Governor Ilka Brandt promised schools."],
    ),
    "all of them": (
        "quantity-changed",
        "The projects include the repair of port cranes built with the help of Norland.",
        [
            "All of the port cranes were built with the help of Norland.",
            "The projects include the repair of every port crane.",
        ],
        ["The projects include the repair of port cranes, after all."],
    ),
    "the most of a kind": (
        "quantity-changed",
        "Ostrel is a town in the upper valley and has 4,000 inhabitants.",
        ["Ostrel is the largest town in the upper valley."],
        ["Ostrel is a town in the upper valley."],
    ),
    "the first of a kind": (
        "quantity-changed",
        "Ilka Brandt, the governor of the province, visited Ostrel on Sunday.",
        ["Ilka Brandt was the first governor to visit Ostrel."],
        ["Governor Ilka Brandt visited Ostrel on Sunday."],
    ),
    "the only one": (
        "quantity-changed",
        '"The sea is the heart of this town," said Pelle Arden, the chairman of the union.',
        ["The chairman of the union said the sea was the only hope of the town."],
        ['The sea is "the heart of this town", the chairman of the union said.'],
    ),
    "another service of two words": (
        "word-of-a-kind-differs",
        "Marit Osk, the head of the Suranian army, is expected in Varn.",
        ["Marit Osk, who heads the Suranian air force, is expected in Varn."],
        ["Marit Osk, who heads the Suranian army, is expected in Varn."],
    ),
    "ended by saying": (
        "speaker-differs",
        'Answering Arden, Ada Lund said the harbour was safe, "and it will never be sold".',
        ['Pelle Arden ended by saying that the harbour "will never be sold".'],
        ['Ada Lund ended by saying that the harbour "will never be sold".'],
    ),
    "done where all is to come": (
        "plan-told-as-done",
        "The sale still has to be approved by parliament and by the port authority of Varn.",
        ["The port authority of Varn has cleared the sale."],
        ["The port authority of Varn has to approve the sale."],
    ),
    "who of two did it": (
        "another-did-it",
        "A delivery driver was slightly hurt when a protester pushed a trolley into his path.",
        [
            "A protester was slightly hurt when a driver stood in his path.",
            "A delivery driver pushed a trolley into the path of a protester.",
        ],
        [
            "A driver was hurt when a protester pushed a trolley into his path.",
            "A protester pushed a trolley into the path of a delivery driver.",
        ],
    ),
    "nobody named before": (
        "another-did-it",
        "The spokesman of Brantmart said the protests were organised by a union.",
        ["The protests were organised by Brantmart, its spokesman said."],
        ["A union organised the protests, the spokesman of Brantmart said."],
    ),
    "who did it of two named": (
        "another-did-it",
        "Mayor Ines Rohl, who visited strikers at the Harbour Road store, and Governor Hans Lund "
        "spoke on Monday.",
        ["Governor Hans Lund visited strikers at the Harbour Road store."],
        ["Mayor Ines Rohl visited strikers at the Harbour Road store."],
    ),
    "from whom it is bought": (
        "sides-swapped",
        "Brantmart bought the grocer Fels from the Odeon group for 300 million crowns.",
        ["Brantmart bought the Odeon group from Fels for 300 million crowns."],
        ["Brantmart bought Fels from the Odeon group."],
    ),
    "set against each other": (
        "crossed-over",
        "Sales at Brantmart fell 3 percent in the quarter while those of its rival Nordkauf grew "
        "5 percent.",
        ["Brantmart's sales grew 5 percent in the quarter."],
        ["Brantmart's sales fell 3 percent in the quarter.", "Nordkauf's sales grew 5 percent."],
    ),
    "un-": (
        "opposite-word",
        "The spokesman said the large majority of the staff were happy with their jobs.",
        ["The large majority of the staff were unhappy with their jobs, the spokesman said."],
        ["The large majority of the staff were happy with their jobs, the spokesman said."],
    ),
    "had what it lacks": (
        "opposite-word",
        "Inspectors visited the workshop in March and found that it lacked a sprinkler system.",
        ["Inspectors found in March that the workshop had a sprinkler system."],
        ["Inspectors found in March that the workshop lacked a sprinkler system."],
    ),
    "only offered by a noun": (
        "plan-told-as-done",
        "Labour Minister Anna Kress offered her resignation in parliament.",
        ["Anna Kress has resigned in parliament as labour minister."],
        ["Anna Kress has offered her resignation in parliament."],
    ),
    "blamed by another": (
        "another-did-it",
        "The mayor, Lev Antar, blamed parked cars; residents blamed the city for its neglect.",
        ["The mayor blamed the city for its neglect.", "Residents blamed parked cars."],
        ["The mayor blamed parked cars.", "Residents blamed the city for its neglect."],
    ),
    "dead and in hospital": (
        "of-another-thing",
        "The fire in the workshop left at least 14 people dead and 22 in hospital.",
        ["At least 22 people died in the fire in the workshop."],
        ["At least 14 people died in the fire in the workshop."],
    ),
    "no doubt of something else": (
        "quotation-of-another-thing",
        'Lund said: "There is no other view that the harbour is the heart of the region." She '
        "told reporters that Norland might help to repair the steel mill of Varn.",
        ['There is "no other view", Lund said, that the steel mill of Varn should be repaired.'],
        ['There is "no other view", Lund said, that the harbour is the heart of the region.'],
    ),
}


def codes(claim, source):
    story = make.story(source)
    finding = verify(claim, make.cites(story, *(one.id for one in story.sentences)), Sources(story))
    return [check.code for check in finding.checks if check.refuses]


@pytest.mark.parametrize(("code", "source", "wrong", "right"), CASES.values(), ids=CASES.keys())
def test_a_fact_turned_round_is_refused_and_the_fact_is_not(code, source, wrong, right):
    for claim in wrong:
        assert code in codes(claim, source), claim
    for claim in right:
        assert codes(claim, source) == [], claim
