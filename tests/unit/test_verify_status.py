"""Whether a thing is told as done, planned, wished or counted, in other words than the source's."""

import pytest

from briefing.steps.verify import Sources, verify
from tests import make

# Source, a sentence that it bears out, and one that it does not.
TOLD = {
    "what something is due to is no plan": (
        "Exports rose 12% last year due to large deliveries of timber.",
        "Exports rose 12% last year, in part owing to large deliveries of timber.",
        "Exports fell 12% last year, in part owing to large deliveries of timber.",
    ),
    "what somebody is due to do is one": (
        "The chairman is due to visit the mill in Port Salm.",
        "The chairman was to visit the mill in Port Salm.",
        "The chairman visited the mill in Port Salm.",
    ),
    "what the task was": (
        "The main task was to expand the harbour, the ministry said.",
        "The main task was the expansion of the harbour, the ministry said.",
        "The harbour was expanded, the ministry said.",
    ),
    "a wish in the past tense": (
        "The ministry looks forward to an early end of the strike.",
        "The ministry said it looked forward to an early end of the strike.",
        "The ministry obtained an early end of the strike.",
    ),
    "what somebody is able to do": (
        "The port can persuade the railway to pay, Lund said.",
        "Lund said the port was in a position to persuade the railway to pay.",
        "Lund said the port persuaded the railway to pay.",
    ),
    "what somebody considers so": (
        "Among the promising projects is the new line to Port Salm, the ministry said.",
        "The new line to Port Salm is among the projects that the ministry considers promising.",
        "The ministry might open the new line to Port Salm.",
    ),
    "what somebody considers doing": (
        "The council is considering the purchase of a ferry for 3 million crowns.",
        "The council considers buying a ferry for 3 million crowns.",
        "The council bought a ferry for 3 million crowns.",
    ),
}


def found(source, claim):
    story = make.story(make.article(source))
    cited = make.cites(story, *(sentence.id for sentence in story.sentences))
    return verify(claim, cited, Sources(story))


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_in_other_words_is_not_refused(source, true, false):
    refusing = [check for check in found(source, true).checks if check.refuses]
    assert not refusing


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_otherwise_is_refused(source, true, false):
    assert found(source, false).is_refused
