"""What a source asks, foretells, demands, offers or denies, it does not assert.

Each case has a source, a sentence that a check must refuse, and near ones that none may.
"""

import pytest

from briefing.data.briefing import Verdict
from briefing.steps.verify import Sources, verify
from tests import make

# The article of every case is of Monday, 7 April 2031.


def finding(claim, source):
    story = make.story(make.article(source))
    cited = make.cites(story, *(sentence.id for sentence in story.sentences))
    return verify(claim, cited, Sources(story))


def codes(claim, source):
    return [check.code for check in finding(claim, source).checks if check.refuses]


CASES = {
    "a question": (
        "question-told-as-fact",
        "Will the harbour office move to Salm?",
        "The harbour office will move to Salm.",
        ("Will the harbour office move to Salm?",),
    ),
    "a question that the next sentence answers": (
        "question-told-as-fact",
        "Is the old lighthouse for sale? The council closed the harbour office on Monday.",
        "The old lighthouse is for sale.",
        ("The council closed the harbour office on Monday.",),
    ),
    "all but some": (
        "quantity-changed",
        "All but three boats have left the harbour of Belm.",
        "All boats have left the harbour of Belm.",
        (
            "All but three boats have left the harbour of Belm.",
            "Nearly all boats have left the harbour of Belm.",
        ),
    ),
    "none but some": (
        "quantity-changed",
        "Nobody except the pilots may board the ships, the port of Salm said.",
        "Nobody may board the ships, the port of Salm said.",
        ("Nobody except the pilots may board the ships, the port of Salm said.",),
    ),
    "all of two things": (
        "",
        "All the boats left Belm on Monday, but two ferries stayed.",
        "",
        ("All the boats left Belm on Monday.",),
    ),
    "a price to come": (
        "plan-told-as-done",
        "The new bell will cost 90,000 marks, the parish of Belm said.",
        "The new bell cost 90,000 marks.",
        (
            "The new bell will cost 90,000 marks.",
            "The cost of the new bell will be 90,000 marks.",
        ),
    ),
    "a cut to come": (
        "plan-told-as-done",
        "The ferry line is expected to cut the fares to Salm.",
        "The ferry line cut the fares to Salm.",
        ("The ferry line is expected to cut the fares to Salm.",),
    ),
    "a cut that came": (
        "",
        "The ferry line cut the fares to Salm on Monday and will cut others in May.",
        "",
        ("The ferry line cut the fares to Salm on Monday.",),
    ),
    "an end demanded": (
        "plan-told-as-done",
        "The League demands a later closing hour and an end to the night market.",
        "The night market has ended.",
        ("The League demands an end to the night market.",),
    ),
    "an end that was asked for and came": (
        "",
        "The League demanded an end to the night market. The night market ended on Friday.",
        "",
        ("The night market ended on Friday.",),
    ),
    "a gift offered": (
        "plan-told-as-done",
        "The harbour office offered the choir 7,000 marks for a new roof on Friday.",
        "The harbour office gave the choir 7,000 marks for a new roof.",
        (
            "The harbour office offered the choir 7,000 marks for a new roof.",
            "The choir was offered 7,000 marks for a new roof.",
        ),
    ),
    "a gift offered and given": (
        "",
        "The harbour office offered the choir 7,000 marks, and paid the choir on Friday.",
        "",
        ("The harbour office paid the choir 7,000 marks on Friday.",),
    ),
    "a lock that another denies": (
        "negation-lost",
        "The League spoke of locked gates at the old pier. The port denied that the gates of the "
        "old pier were locked.",
        "The gates of the old pier were locked.",
        ("The League spoke of locked gates at the old pier.",),
    ),
    "another way round of time": (
        "opposite-word",
        "The ferry to Salm sailed again on Friday, two weeks earlier than planned.",
        "The ferry to Salm sailed again two weeks later than planned.",
        ("The ferry to Salm sailed again two weeks earlier than planned.",),
    ),
    "a woman": (
        "opposite-word",
        'A woman of 34 won the swim to Salm on Friday. "Nobody expected it," the coach said.',
        "A man of 34 won the swim to Salm on Friday.",
        ("A woman of 34 won the swim to Salm on Friday.",),
    ),
    "the head of another service": (
        "word-replaced",
        "Fire chief Eva Rask said that 40 families had left the old town.",
        "Police chief Eva Rask said that 40 families had left the old town.",
        ("Fire chief Eva Rask said that 40 families had left the old town.",),
    ),
    "the speaker as the agent": (
        "another-did-it",
        "A storm damaged the pier of Salm on Monday, the operator Harbour Lines said.",
        "The pier of Salm was damaged by the operator.",
        ("The pier of Salm was damaged by a storm.",),
    ),
    "the agent under its own verb": (
        "",
        "The operator, Harbour Lines, closed the pier of Salm on Monday.",
        "",
        ("The pier of Salm was closed by the operator on Monday.",),
    ),
    "a cause that nobody gives": (
        "cause-added",
        "Fire chief Eva Rask said that a gate of the mill had been shut since May.",
        "The fire was caused by a shut gate.",
        ("A gate of the mill had been shut since May, the fire chief said.",),
    ),
    "a push that nobody gave": (
        "cause-added",
        "The crews and the port reached a deal on Friday, the council said.",
        "The council forced the crews and the port to reach a deal on Friday.",
        ("The crews and the port reached a deal on Friday.",),
    ),
    "a death for a stay in hospital": (
        "harm-added",
        "Nine sailors were taken to hospital on Monday, two of them in a serious condition.",
        "Nine sailors died in hospital on Monday.",
        ("Nine sailors were taken to hospital on Monday.",),
    ),
    "a day behind by": (
        "",
        "Members of the League will vote on the deal by May 9.",
        "",
        ("Members of the League will vote by 9 May.",),
    ),
    "two counts exchanged": (
        "number-counts-else",
        "The mayor said that three boats had been sunk and that seven were still adrift.",
        "Seven boats were sunk and three are still adrift, the mayor said.",
        ("Three boats were sunk and seven were still adrift, the mayor said.",),
    ),
    "two sums exchanged": (
        "number-counts-else",
        "The council of Salm set aside 8 million marks for roads and 3 million marks for schools.",
        "The council of Salm set aside 3 million marks for roads and 8 million marks for schools.",
        ("The council of Salm set aside 3 million marks for schools and 8 million for roads.",),
    ),
    "a body of two words": (
        "",
        "Harbour Lines chairman Olaf Brandt told reporters that the crews had turned down a rise.",
        "",
        ("Olaf Brandt is the chairman of Harbour Lines.",),
    ),
}


@pytest.mark.parametrize(("code", "source", "wrong", "near"), CASES.values(), ids=CASES)
def test_only_what_the_source_asserts_is_told_as_a_fact(code, source, wrong, near):
    if wrong:
        assert code in codes(wrong, source)
    for claim in near:
        assert codes(claim, source) == []
        assert finding(claim, source).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (
            "Floods damaged the pier of Salm on Monday.",
            "The damage to the pier of Salm was caused by floods.",
        ),
        (
            "A spark from a welder set off the blaze, the fire service said.",
            "The blaze was caused by a spark, the fire service said.",
        ),
        (
            "The storm took the lives of nine sailors on Monday.",
            "Nine sailors died in the storm on Monday.",
        ),
        (
            "Nine sailors, two with burns, were taken to hospital.",
            "Nine sailors were injured and taken to hospital.",
        ),
        (
            "The ferry to Salm put into Belm, its master reporting smoke on the car deck.",
            "The ferry to Salm was forced to put into Belm.",
        ),
        (
            "The port ordered the crews to leave the pier of Salm.",
            "The port forced the crews to leave the pier of Salm.",
        ),
    ],
)
def test_a_harm_or_a_cause_may_be_put_in_other_words(source, claim):
    assert codes(claim, source) == []
