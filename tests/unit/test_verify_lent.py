"""What one sentence tells is not lent to another: two sentences cited together stay two."""

import pytest

from briefing.data.briefing import Verdict
from briefing.steps.verify import Sources, retrieve, verify
from tests import make

# The check, the source, a sentence that it bears out, and one that only looks like it.
TOLD = {
    "who plans": (
        "deeds",
        "Orlen Corp. sold its yard to Salm Works in March. Salm Works plans to dismiss 200 of the "
        "yard's 700 welders.",
        "Salm Works plans to dismiss 200 of the yard's 700 welders.",
        "Orlen Corp. plans to dismiss 200 of the yard's 700 welders.",
    ),
    "who said": (
        "deeds",
        "Mira Falk told the court that the accounts were right. Jonas Reed said that 14 payments "
        "had been hidden from the auditors.",
        "Jonas Reed said 14 payments had been hidden from the auditors.",
        "Mira Falk said that 14 payments had been hidden from the auditors.",
    ),
    "whose minister": (
        "deeds",
        "Norland's foreign minister, Ada Lund, met the envoys of Belm. Lund condemned the raid on "
        "the village of Sarn.",
        "Norland condemned the raid on the village of Sarn.",
        None,
    ),
    "a second verb": (
        "deeds",
        "Norland's foreign minister, Ada Lund, condemned the raid on the Sarn crossing and offered "
        "to send engineers to rebuild it.",
        "Norland offered to send engineers to rebuild the Sarn crossing.",
        "Velland offered to send engineers to rebuild the Sarn crossing.",
    ),
    "a name that is misspelt": (
        "deeds",
        "Oren Lundqist is accompanied by a delegation of 14.",
        "Oren Lundqvist is accompanied by a delegation of 14.",
        "Bo Tarn is accompanied by a delegation of 14.",
    ),
    "bought by a company": (
        "polarity",
        "Orlen Corp. sold its shipyard to Salm Ltd. for $40 million in March.",
        "Salm Ltd. bought the shipyard from Orlen Corp. for $40 million.",
        "Orlen Corp. bought the shipyard from Salm Ltd. for $40 million.",
    ),
    "once and still": (
        "titles",
        "The current treasurer, Jonas Reed, said that payments had been hidden.",
        "The current treasurer said that payments had been hidden.",
        "The former treasurer said that payments had been hidden.",
    ),
    "only considered": (
        "status",
        "Norland is considering building a second dam on the Orra.",
        "Norland is considering building a second dam on the Orra.",
        "Norland is building a second dam on the Orra.",
    ),
    "a plan that is carried out": (
        "status",
        "Norland, which once considered building a dam, is building two on the Orra.",
        "Norland is building two dams on the Orra.",
        None,
    ),
    "both": (
        "quantities",
        "The unions back the plan, while the employers oppose it.",
        "The unions back the plan.",
        "Both the unions and the employers back the plan.",
    ),
    "by the end": (
        "deeds",
        "The sides are to sign a fishing pact before the end of the month, Lund said.",
        "A fishing pact is to be signed by the end of the month.",
        None,
    ),
    "ill and Illinois": (
        "names",
        "Several farmers fell ill after a fire at a mill, the police said.",
        "Several farmers fell ill after a fire.",
        "Several farmers in Illinois fell after a fire at a mill, the police said.",
    ),
}


def found_of(source, claim):
    story = make.story(make.article(source))
    return verify(claim, make.cites(story, *(one.id for one in story.sentences)), Sources(story))


@pytest.mark.parametrize(("name", "source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_the_source_tells_is_not_refused(name, source, true, false):
    refusing = [one for one in found_of(source, true).checks if one.name == name and one.refuses]
    assert not refusing


@pytest.mark.parametrize(
    ("name", "source", "true", "false"),
    [one for one in TOLD.values() if one[-1]],
    ids=[key for key, one in TOLD.items() if one[-1]],
)
def test_what_it_tells_of_another_is_refused(name, source, true, false):
    assert found_of(source, false).is_refused


STORM = (
    "A storm sank the trawler Heron off Cape Sten on Tuesday. Dock workers began a strike on "
    "Wednesday over pay."
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("A storm sank the trawler Heron off Cape Sten on Tuesday.", Verdict.SUPPORTED),
        ("A storm sank the trawler Heron off Cape Sten on Wednesday.", Verdict.CONTRADICTED),
        ("Dock workers began a strike on Tuesday over pay.", Verdict.CONTRADICTED),
    ],
)
def test_a_sentence_beside_it_does_not_lend_its_day(claim, verdict):
    story = make.story(make.article(STORM))
    assert retrieve(claim, Sources(story)).verdict is verdict
