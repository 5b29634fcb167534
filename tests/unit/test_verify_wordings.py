"""Figures, asides and quantities in other words than the source's: borne out, or near to it."""

import pytest

from briefing.data.briefing import Verdict
from briefing.steps.verify import Sources, verify
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
    "figures of its own": (
        "numbers",
        "They agreed on a truce of 60 days. The plan of March was one of 90 days.",
        "They agreed on a truce of 60 days instead of 90 days.",
        "They agreed on a truce of 60 days instead of 70 days.",
    ),
}


def failing(name, source, claim):
    story = make.story(make.article(source))
    cited = make.cites(story, *(sentence.id for sentence in story.sentences))
    found = verify(claim, cited, Sources(story))
    return [check for check in found.checks if check.name == name and check.refuses], found


@pytest.mark.parametrize(("name", "source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_in_other_words_is_not_refused(name, source, true, false):
    refusing, _ = failing(name, source, true)
    assert not refusing


@pytest.mark.parametrize(("name", "source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_otherwise_is_refused(name, source, true, false):
    _, found = failing(name, source, false)
    assert found.verdict is not Verdict.SUPPORTED
