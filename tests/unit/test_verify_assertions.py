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
}


@pytest.mark.parametrize(("code", "source", "wrong", "near"), CASES.values(), ids=CASES)
def test_only_what_the_source_asserts_is_told_as_a_fact(code, source, wrong, near):
    if wrong:
        assert code in codes(wrong, source)
    for claim in near:
        assert codes(claim, source) == []
        assert finding(claim, source).verdict is Verdict.SUPPORTED
