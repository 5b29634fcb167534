"""Who speaks: by name, by office, by pronoun, by a capital; and what words give a view to whom."""

import pytest

from briefing.steps.verify import Sources, retrieve
from briefing.text.speakers import speakers
from tests import make

MINISTRY = (
    "The Norwegian Foreign Ministry issued a statement on Monday about the fishing talks. "
    "According to the Norwegian Foreign Ministry, the talks had lasted for three weeks.\n\n"
    "The quotas for cod and herring are to be shared out by the end of autumn.\n\n"
    '"The next round of the fishing talks opens in the old harbour of Belm," it added.'
)
OFFICE = "Eva Rask, spokeswoman for the Farm and Water Agency, said the dykes held."
PREMIER = (
    "The nets of Denmark were empty, Lund said. Norwegian Prime Minister Ada Lund met Danish "
    "Foreign Minister Carl Juhl.\n\nThe boats would stay in port, the prime minister said."
)
ASIDE = "Mayor Eva Rask, long at odds with Olaf Brandt, told the council to wait."
HANDED_ON = (
    "Eva Rask said the ferry was late.\n\nThe crew was tired, a harbour official said, asking not "
    'to be named.\n\n"We cleared the channel but did not dredge it," the official added.'
)


def codes(claim, *paragraphs):
    finding = retrieve(claim, Sources(make.story(make.article("\n\n".join(paragraphs)))))
    return [check.code for check in finding.checks if check.refuses]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "The next round opens in the old harbour of Belm, the Norwegian statement said.",
            MINISTRY,
        ),
        ("Norway said the next round of the fishing talks opens in the harbour of Belm.", MINISTRY),
        ("The fishing talks had lasted for three weeks, Oslo said.", MINISTRY),
        ("The talks had lasted for three weeks, the Foreign Ministry in Oslo said.", MINISTRY),
        ("FWA spokeswoman Eva Rask said the dykes held.", OFFICE),
        ("Eva Rask told the council to wait.", ASIDE),
        (
            "Mayor Eva Rask, long at odds with Olaf Brandt, told the council to wait.",
            ASIDE,
        ),
        ("The FWA said the dykes held.", OFFICE),
        ("Norway said the nets were empty.", PREMIER),
        ("Ada Lund said the boats would stay in port.", PREMIER),
        ("The European Union said the nets were empty.", "The nets were empty, the EU said."),
        (
            "The ferry hit the quay, her colleagues said.",
            "The ferry hit the quay, her colleagues said.",
        ),
        (
            "Olaf Brandt was sent home, although he had said that he was well.",
            "Olaf Brandt was sent home. He said that he was well.",
        ),
        (
            "Ada Lund said Denmark had proof of the poaching.",
            "Denmark said it had proof of the poaching.\n\n"
            "The claim, by the Danish minister, Ada Lund, follows complaints from crews.",
        ),
        (
            "A skipper said the crews had not declared everything.",
            "“They have not declared everything on board,” a skipper told the court.",
        ),
    ],
)
def test_a_speaker_is_known_by_another_name_or_from_before(claim, source):
    assert "speaker-differs" not in codes(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The next round opens in the old harbour of Belm, the Danish statement said.", MINISTRY),
        ("The talks had lasted for three weeks, the Foreign Ministry in Paris said.", MINISTRY),
        ("The fishing talks had lasted for three weeks, Copenhagen said.", MINISTRY),
        ("FWA spokesman Olaf Brandt said the dykes held.", OFFICE),
        ("Olaf Brandt told the council to wait.", ASIDE),
        ("Denmark said the nets were empty.", PREMIER),
        ("Carl Juhl said the boats would stay in port.", PREMIER),
        ("Eva Rask said that they cleared the channel but did not dredge it.", HANDED_ON),
    ],
)
def test_another_speaker_is_refused(claim, source):
    assert "speaker-differs" in codes(claim, source)


def test_the_office_of_another_country_does_not_speak():
    source = (
        "The Norwegian Foreign Office invited Denmark to the fishing talks.\n\n"
        "The fishing talks with Denmark open on Tuesday, the Foreign Office said."
    )
    claim = "{} Foreign Office said the fishing talks open on Tuesday."
    assert codes(claim.format("Norway's"), source) == []
    assert "speaker-differs" in codes(claim.format("Denmark's"), source)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The plan, Ada Lund said, is dead.", "Ada Lund"),
        ("“The plan is dead,” said Ada Lund, the mayor.", "Ada Lund, the mayor"),
        ("Ada Lund was ill, though she had told the crew to wait.", "she had"),
        ("It rained, two of the U.S. guests said.", "two of the U.S. guests"),
        ("Norland declared war.", None),
    ],
)
def test_the_speaker_stands_beside_the_verb(text, speaker):
    assert [one.strip() for one in speakers(text)] == ([speaker] if speaker else [])


VIEW = '"The harbour of Belm is a promising site for wind turbines and a new cable," Ada Lund said.'


def test_a_view_may_be_given_without_a_verb_of_saying():
    lost = "attribution-lost"
    plain = "The harbour of Belm is a promising site for wind turbines and a cable."
    assert lost in codes(plain, VIEW)
    assert lost not in codes(
        "Ada Lund considers the harbour of Belm a promising site for wind turbines.", VIEW
    )
    assert lost in codes("The harbour of Belm is considered a promising site for turbines.", VIEW)


SHIPS = '"We will send two ships to the old harbour of Belm in May," Ada Lund said.'


def test_what_a_speaker_announces_of_himself_may_be_told_as_his_plan():
    told = "{} will send two ships to the harbour of Belm in May."
    assert codes(told.format("Ada Lund"), SHIPS) == []
    assert codes(told.format("Olaf Brandt"), SHIPS)
    assert "attribution-lost" in codes("Two ships are in the old harbour of Belm in May.", SHIPS)


def test_what_other_words_tell_too_is_not_only_quoted():
    quoted = '"The old harbour of Belm lost two cranes and a ferry in the storm," Ada Lund said.'
    claim = "The old harbour of Belm lost two cranes and a ferry, a storm that closed the port."
    assert "attribution-lost" in codes(claim, f"The port closed. {quoted}")
    told = "The storm closed the port, and cranes and a ferry were lost in the harbour of Belm."
    assert "attribution-lost" not in codes(claim, f"{told} {quoted}")


@pytest.mark.parametrize(
    ("source", "told", "changed"),
    [
        (
            "The Norwegian opposition leader Ada Lund said the cod quota was a gift.",
            "Norway's opposition leader, Ada Lund, said the cod quota was a gift.",
            "Oslo said the cod quota was a gift.",
        ),
        (
            "Danish fishermen said that their nets were empty in May.",
            "Fishermen from Denmark said that their nets were empty in May.",
            "Denmark said that its nets were empty in May.",
        ),
        (
            "The American analyst Eva Rask told reporters that the cod quota was too small.",
            "US analyst Eva Rask said that the cod quota was too small.",
            "The United States said that the cod quota was too small.",
        ),
    ],
)
def test_a_countrys_people_do_not_speak_for_it(source, told, changed):
    assert codes(told, source) == []
    assert "speaker-differs" in codes(changed, source)
