"""A sentence taken apart into what it says of each subject that it names."""

import pytest

from briefing.steps.verify.predications import predications
from briefing.text.analysis import Analysis

TOLD = {
    "Ada Lund, the mayor of Ostrel, opened the bridge.": (
        "Ada Lund is the mayor of Ostrel.",
        "Ada Lund opened the bridge.",
    ),
    "Ada Lund, who has led Ostrel since 2019, opened the bridge and visited the mill.": (
        "Ada Lund has led Ostrel since 2019.",
        "Ada Lund opened the bridge.",
        "Ada Lund visited the mill.",
    ),
    "Ada Lund opened the bridge; she left on Monday.": (
        "Ada Lund opened the bridge.",
        "Ada Lund left on Monday.",
    ),
    "Bo Penn was accused of fraud and convicted in May.": (
        "Bo Penn was accused of fraud.",
        "Bo Penn was convicted in May.",
    ),
    "On Monday Ada Lund opened the bridge and visited the mill.": (
        "On Monday Ada Lund opened the bridge.",
        "On Monday Ada Lund visited the mill.",
    ),
}

WHOLE = (
    "Ada Lund opened the bridge.",
    "Ada Lund met Bo Penn and Ines Toro.",
    "Ada Lund opened the bridge and then visited the mill.",
    "Bo Penn has not opened the bridge and visited the mill.",
    "Ada Lund said the bridge was safe and the mill was closed.",
    "Ada Lund opened the bridge and visited the mill, Bo Penn said.",
    "Ada Lund opened the bridge and visited the mill, according to Bo Penn.",
    'Ada Lund called it "a bridge" and visited the mill.',
    "If Ada Lund opened the bridge and visited the mill, she was seen.",
)


@pytest.mark.parametrize(("text", "parts"), TOLD.items())
def test_each_thing_that_is_told_of_somebody_is_a_sentence(text, parts):
    assert predications(Analysis(text)) == parts


@pytest.mark.parametrize("text", WHOLE)
def test_what_one_word_governs_is_not_taken_apart(text):
    assert predications(Analysis(text)) == (text,)
