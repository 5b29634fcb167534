"""False sentences, each one small turn of an honest source sentence."""

import pytest

from briefing.data.briefing import Verdict
from briefing.steps.verify import Sources, verify
from tests import make

CAUGHT = {
    "another deed": (
        "The harbour office financed the rail line on Monday.",
        "The harbour office praised the rail line on Monday.",
    ),
    "another deed in court": (
        "The court acquitted the harbour master of fraud.",
        "The court convicted the harbour master of fraud.",
    ),
    "roles turned round": (
        "The port authority paid the railway company 3 million crowns.",
        "The railway company paid the port authority 3 million crowns.",
    ),
    "a relative's deed": (
        "Ada Lund's brother resigned in Port Salm.",
        "Ada Lund resigned in Port Salm.",
    ),
    "a former holder": (
        "The former mayor of Port Salm was arrested.",
        "The mayor of Port Salm was arrested.",
    ),
    "a claim told as a fact": (
        "The opposition claimed that the mayor stole the money.",
        "The mayor stole the money.",
    ),
    "a suspicion told as a fact": (
        "The mayor allegedly stole the money.",
        "The mayor stole the money.",
    ),
    "a condition lost": (
        "If the tariff falls, the line to Port Salm will open in June.",
        "The line to Port Salm will open in June.",
    ),
    "some made all": (
        "Some delegates attended the talks in Port Salm.",
        "All delegates attended the talks in Port Salm.",
    ),
    "most made few": (
        "Most delegates attended the talks in Port Salm.",
        "Few delegates attended the talks in Port Salm.",
    ),
    "at least made at most": (
        "At least 410 passengers used the line on Sunday.",
        "At most 410 passengers used the line on Sunday.",
    ),
    "second made first": (
        "The line is the second longest in Tolvessa.",
        "The line is the longest in Tolvessa.",
    ),
    "before made after": (
        "Ada Lund left Port Salm before the vote.",
        "Ada Lund left Port Salm after the vote.",
    ),
    "a month made the day of the article": (
        "Ada Lund opened the rail line in March 2031.",
        "Ada Lund opened the rail line on Monday.",
    ),
    "from and to exchanged": (
        "The cost rose from $1.9 billion to $2.3 billion.",
        "The cost rose from $2.3 billion to $1.9 billion.",
    ),
    "by made to": (
        "The cost rose by 38 percent.",
        "The cost rose to 38 percent.",
    ),
    "numbers exchanged": (
        "Hestria exported 3 million tonnes and Tolvessa exported 5 million tonnes.",
        "Hestria exported 5 million tonnes and Tolvessa exported 3 million tonnes.",
    ),
    "years exchanged": (
        "The number of passengers fell in 2030 and rose in 2031.",
        "The number of passengers rose in 2030 and fell in 2031.",
    ),
    "somebody else's deed": (
        "Ada Lund and Bo Hall met in Port Salm; Hall later flew to Ondresk.",
        "Ada Lund later flew to Ondresk.",
    ),
    "afternoon made morning": (
        "The talks began at 5 pm in Port Salm.",
        "The talks began at 5 am in Port Salm.",
    ),
    "places exchanged": (
        "The factory in Salm makes ships and the factory in Ondresk makes trains.",
        "The factory in Salm makes trains.",
    ),
}


def verdict(source, claim):
    story = make.story(source)
    return verify(claim, make.cites(story, "S1.1"), Sources(story)).verdict


@pytest.mark.parametrize(("source", "claim"), CAUGHT.values(), ids=CAUGHT)
def test_a_fact_turned_round_is_caught(source, claim):
    assert verdict(source, source) is Verdict.SUPPORTED
    assert verdict(source, claim) is not Verdict.SUPPORTED
