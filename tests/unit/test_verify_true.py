"""What the sources bear out in other words is not refused; what is near to it still is."""

import pytest

from briefing.steps.verify import Sources, verify
from tests import make

# What is at stake: the check, the source, a sentence that it bears out, and one that it does not.
TOLD = {
    "by a day": (
        "deeds",
        "The council wants the mill closed by May, said Lund.",
        "The council wants the mill to be closed by May, said Lund.",
        "The mill was closed by Penn, said Lund.",
    ),
    "anonymity is no condition": (
        "status",
        "The mill is deep in debt, said an official who spoke on condition of anonymity.",
        "The mill is deep in debt, an official said.",
        None,
    ),
    "a condition": (
        "status",
        "The mill will pay on condition that the bank lends.",
        "The mill will pay on condition that the bank lends.",
        "The mill will pay.",
    ),
    "a port of an adjective": (
        "names",
        "The line carries gas to the Norlandish port of Ornik.",
        "The line carries gas to Ornik.",
        "The line carries gas to Velm.",
    ),
    "some of all": (
        "numbers",
        "The motion needs 76 votes in the 151-seat chamber.",
        "The motion needs 76 of the chamber's 151 votes.",
        "The motion needs 151 votes in the 76-seat chamber.",
    ),
    "years later": (
        "numbers",
        "Norland finished its part in 2017, but work in Velland stopped in 2028.",
        "Norland finished its part in 2017, and eleven years later work in Velland stopped.",
        "Norland finished its part in 2017, and twelve years later work in Velland stopped.",
    ),
    "judges": (
        "titles",
        "Judges Ada Korvin and Anselm Lund dissented, and Eva Rask, a clerk, wrote the text. "
        "Judge Bo Penn agreed.",
        "Judge Lund dissented.",
        "Judge Rask wrote the text.",
    ),
    "a president of then": (
        "titles",
        "Lund got the medal from the then president of Velland, Ines Toro. "
        "President Ludek Varn was absent.",
        "Lund got the medal from then president Ines Toro.",
        "Lund got the medal from the foreign minister, Ines Toro.",
    ),
    "students are no deed": (
        "deeds",
        "Lund met 60 students of Norlandish nationality at the college.",
        "Lund met 60 Norlandish students at the college.",
        None,
    ),
    "a claim is no deed": (
        "deeds",
        "Velm is seeking 85 million crowns, a claim that Ornik rejects.",
        "Velm is claiming 85 million crowns.",
        None,
    ),
    "received in audience by": (
        "deeds",
        "Ada Penn was this Monday received in audience by Petro Lund.",
        "Petro Lund received Ada Penn.",
        "Ada Penn received Petro Lund.",
    ),
    "who acts, and then says": (
        "attribution",
        "The dockers said that nobody of theirs was held and condemned the blockade at Penn Gate. "
        "Lund blamed the police.",
        "The dockers condemned the Penn Gate blockade and said nobody of theirs was held.",
        "Lund condemned the Penn Gate blockade and said nobody of the dockers was held.",
    ),
    "who says, and then calls": (
        "attribution",
        "Professor Agnes Lund, heard as an expert, said the act was meant to protect the Diet. "
        "She called its wording odd. Penn was absent.",
        "Professor Agnes Lund, heard as an expert, said the act was meant to protect the Diet and "
        "called its wording odd.",
        "Penn, heard as an expert, said the act was meant to protect the Diet and called its "
        "wording odd.",
    ),
    "what was announced": (
        "attribution",
        "The ministry said on Monday that Lund will visit Velm.",
        "Lund's visit to Velm was announced on Monday.",
        "Penn announced on Monday that Lund will visit Velm.",
    ),
    "silent, and said to be": (
        "attribution",
        "Lund has not commented; his office said he would respect the ruling.",
        "Lund himself has not commented; his office said he would respect the ruling.",
        "Lund said he would respect the ruling.",
    ),
    "kept, as it is not dropped": (
        "polarity",
        "Lund said that Norland would not withdraw its claim for now.",
        "Norland is keeping its claim for now, Lund said.",
        "Norland would withdraw its claim for now, Lund said.",
    ),
    "silent, as nothing is said": (
        "polarity",
        "The statement made no mention of the cordon.",
        "The statement was silent about the cordon.",
        "The statement made mention of the cordon.",
    ),
    "kept closed, and not closed": (
        "polarity",
        "The council did not close the school in May.",
        "The council did not close the school.",
        "The council kept the school closed in May.",
    ),
    "not kept": (
        "polarity",
        "Lund said that Norland would not keep its promise.",
        "Lund said that Norland would not keep its promise.",
        "Norland is keeping its promise, Lund said.",
    ),
    "the article by its number": (
        "numbers",
        "The state replied that the article concerns only ministers. Lund cited Article 71.",
        "The state replied that Article 71 concerns only ministers.",
        "The state replied that Article 72 concerns only ministers.",
    ),
    "even if": (
        "status",
        "Cases will go on rising for ten days even if every dose arrives, Lund said.",
        "Cases will go on rising for ten days, Lund said.",
        None,
    ),
    "in case of": (
        "status",
        "The port will hire lorries if the strike is longer.",
        "The port will hire lorries in case of a longer strike.",
        "The port will hire lorries.",
    ),
    "a draft that somebody saw": (
        "deeds",
        "The bill would cover loans of the mill, according to a draft seen by this newspaper.",
        "A draft seen by the newspaper would cover loans of the mill.",
        None,
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


@pytest.mark.parametrize(
    ("name", "source", "true", "false"),
    [one for one in TOLD.values() if one[-1]],
    ids=[key for key, one in TOLD.items() if one[-1]],
)
def test_what_is_told_otherwise_is_refused(name, source, true, false):
    _, found = failing(name, source, false)
    assert found.is_refused
