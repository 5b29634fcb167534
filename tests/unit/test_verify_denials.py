"""Whether a sentence denies what the source denies, with the "not" in other words or elsewhere."""

import pytest

from tests import make

# Source, a sentence that it bears out, and one that it does not.
TOLD = {
    "no doubt": (
        '"There is no doubt that Ostrel is an important port of this coast," Lund said.',
        "Lund called Ostrel an important port of this coast.",
        "Lund said that Ostrel is not an important port of this coast.",
    ),
    "not yet": (
        "Talks on the bridge are under way with a view to starting it in spring, Lund said.",
        "The work on the bridge has not yet started, Lund said; talks are under way.",
        "No talks on the bridge are under way, Lund said.",
    ),
    "not yet, of what has begun": (
        "The work on the bridge started in May, Lund said.",
        "The work on the bridge began in May, Lund said.",
        "The work on the bridge has not yet started, Lund said.",
    ),
    "stays out": (
        "The bishop is not taking part in the race, although both crews asked her to.",
        "The bishop has stayed out of the race.",
        "The bishop is active in the race, as both crews asked her to be.",
    ),
    "missing": (
        "The baker Dario Lund was not on Monday's list, but his name may yet come.",
        "The baker Dario Lund was missing from Monday's list.",
        "The baker Dario Lund was on Monday's list.",
    ),
    "instead of": (
        "Adler demanded that two engineers be let in with full rights, not as observers.",
        "Adler demanded full rights for two engineers instead of a place as observers.",
        "Adler demanded that two engineers be let in as observers.",
    ),
    "ruled out for would not": (
        'Lund said the council was "weighing a loan and nothing more," and that a decision would '
        "not be taken before the meeting on Monday.",
        'Lund said the council was "weighing a loan and nothing more" and ruled out a decision '
        "before the meeting on Monday.",
        'Lund said the council was "weighing a loan and nothing more," and that a decision would '
        "be taken before the meeting on Monday.",
    ),
    "not more than once": (
        "Lund announced that no repair could be put off more than once from January.",
        "From January repairs could be put off only once, Lund announced.",
        "From January repairs could be put off, Lund announced.",
    ),
    "non-binding": (
        "The motion, which is not binding, was carried by 14 votes to 9.",
        "The non-binding motion was carried by 14 votes to 9.",
        "The binding motion was carried by 14 votes to 9.",
    ),
    "not as a protest": (
        "Lund then left the room for what a spokesman called a telephone call and not a protest.",
        "A spokesman denied that Lund had left the room in protest.",
        "A spokesman said that Lund had left the room in protest.",
    ),
    "not until": (
        "The prices of the nine new ferries are not due to be published until May.",
        "The prices of the nine new ferries were not to be disclosed until May.",
        "The prices of the nine new ferries were disclosed before May.",
    ),
    "the buyer and the seller": (
        "Aldur agreed in January to sell Varren twelve ferries for 380 million marks.",
        "Varren is buying twelve ferries from Aldur for 380 million marks.",
        "Aldur is buying twelve ferries from Varren for 380 million marks.",
    ),
    "the winner and the loser": (
        "Ines Adler won against Dario Lund by 412 votes in Ostrel.",
        "Dario Lund lost to Ines Adler by 412 votes in Ostrel.",
        "Ines Adler lost to Dario Lund by 412 votes in Ostrel.",
    ),
    "lost for did not keep": (
        "Dario Lund lost his seat in the vote in Ostrel on Sunday.",
        "Dario Lund did not keep his seat in the vote in Ostrel on Sunday.",
        "Dario Lund did not lose his seat in the vote in Ostrel on Sunday.",
    ),
    "not as much as": (
        "Prices in Ostrel did not fall as fast as the bank had hoped.",
        "Prices in Ostrel fell more slowly than the bank had hoped.",
        "Prices in Ostrel fell as fast as the bank had hoped.",
    ),
    "not since": (
        "The two ports have not traded with each other since the war of 2026.",
        "The two ports last traded with each other before the war of 2026.",
        "The two ports have traded with each other since the war of 2026.",
    ),
    "turned down": (
        "The court turned down the appeal of the ferry line on Friday.",
        "The court did not grant the ferry line's appeal on Friday.",
        "The court did not turn down the ferry line's appeal on Friday.",
    ),
    "what somebody had hoped": (
        "Adler had hoped to sail to Ostrel in May but fell ill.",
        "Adler fell ill and did not sail to Ostrel in May.",
        "Adler did not fall ill and sailed to Ostrel in May.",
    ),
    "what one says of himself": (
        "Adler, accused of fraud, told the court she had signed the papers.",
        "Adler admitted having signed the papers.",
        "Adler admitted fraud.",
    ),
    "beside a denial": (
        "Lund denied the charge of fraud but said he had made mistakes.",
        "Lund said he had made mistakes.",
        "Lund was guilty of the charge of fraud.",
    ),
    "who vetoes": (
        "The president vetoed the harbour bill on Friday.",
        "The president did not sign the harbour bill.",
        "The president did not veto the harbour bill.",
    ),
}


def faults(finding):
    return [one.detail for one in finding.checks if one.name == "polarity" and one.refuses]


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_denied_in_other_words_is_not_refused(source, true, false):
    assert not faults(make.verified(true, source))


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_denied_or_affirmed_otherwise_is_refused(source, true, false):
    assert make.verified(false, source).is_refused
