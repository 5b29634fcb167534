"""Who speaks, is called and acts, as news prose words it: true ones pass, near ones stay refused."""

import pytest

from briefing.steps.verify import Sources, verify
from tests import make

# What is at stake: the check, the source, a sentence that it bears out, and one that it does not.
TOLD = {
    "who denies and demands": (
        "attribution",
        "The damage was slight, the governor, Emil Roth, said. The dockers accused the Harbour "
        "League; the Harbour League denied it and demanded an independent inquiry.",
        "The Harbour League denied the charge and called for an independent inquiry.",
        "Emil Roth called for an independent inquiry.",
    ),
    "who voices": (
        "attribution",
        "In a call with Ada Lund, the skipper Olaf Penn voiced concern about the rise in traffic "
        "near the old quay of Belm, the port authority said.",
        "Olaf Penn told Ada Lund that he was concerned about the rise in traffic near the old "
        "quay of Belm.",
        "Ada Lund told Olaf Penn that she was concerned about the rise in traffic near the old "
        "quay of Belm.",
    ),
    "who goes on to call for it": (
        "attribution",
        "Olaf Penn was silent. In her second speech Ada Lund “praised the crews of the port” and "
        "called for a new quay in Belm, the agency said.",
        "Ada Lund called for a new quay in Belm.",
        "Olaf Penn called for a new quay in Belm.",
    ),
    "has said, as translated": (
        "attribution",
        "Eva Rask was there. “We wait for papers,” has said Penn, and he made clear that the ban "
        "can be lifted.",
        "Penn said the ban could be lifted.",
        "Eva Rask said the ban could be lifted.",
    ),
    "somebody close to": (
        "attribution",
        "Mayor Ada Lund wants the quay sold, according to a person of her entourage. Olaf Penn "
        "was absent.",
        "According to somebody close to Mayor Ada Lund, she wants the quay sold.",
        "According to Olaf Penn, Mayor Ada Lund wants the quay sold.",
    ),
    "one in the other's words": (
        "attribution",
        "The former treasurer of Belm told a court that she had warned Mayor Olaf Penn and that "
        "he had answered her, “The cheapest rope is the one that holds.” Ada Lund, 63, who was "
        "treasurer until May, wept.",
        "According to Lund, Penn replied to her warning with the words “The cheapest rope is the "
        "one that holds.”",
        "According to Penn, Lund was warned, “The cheapest rope is the one that holds.”",
    ),
    "the former treasurer": (
        "attribution",
        "The clerks told the court that the vault was empty. Ada Lund, 63, who was treasurer until "
        "May, said she had left because she was not shown the papers. The owners said that all "
        "was well.",
        "The former treasurer said she had left because she was not shown the papers.",
        "The clerks said she had left because she was not shown the papers.",
    ),
    "added, as to a list": (
        "attribution",
        "The Farm League declared that its list grows by three firms of Belm, Ada Lund wrote.",
        "The Water Union added three firms of Belm to the list that grows, Ada Lund wrote.",
        None,
    ),
    "neither did he call": (
        "attribution",
        "Ada Lund said: “Officials in Belm have not condemned the raid, nor have they demanded "
        "the return of the boats.” Olaf Penn was there.",
        "Ada Lund said that officials in Belm had neither condemned the raid nor called for the "
        "return of the boats.",
        "Olaf Penn said that officials in Belm had neither condemned the raid nor called for the "
        "return of the boats.",
    ),
    "the accused": (
        "attribution",
        "Ada Lund refused to call for the mayor to go, as an accused is innocent.",
        "Ada Lund did not call for the mayor to go.",
        None,
    ),
    "by the way": (
        "attribution",
        "Ada Lund, who is believed to own two mills, bought the quay at Belm for three crowns.",
        "Ada Lund bought the quay at Belm for three crowns.",
        "Ada Lund owns two mills.",
    ),
    "a threat, as seen": (
        "attribution",
        "Ada Lund has called the sale of the quay at Belm an unfair blow to the crews.",
        "Ada Lund sees the sale of the quay at Belm as an unfair blow to the crews.",
        "The sale of the quay at Belm is an unfair blow to the crews.",
    ),
    "in her view": (
        "attribution",
        "“The harvest will fail without rain this month,” Ada Lund said. Olaf Penn listened.",
        "In Ada Lund's view, the harvest will fail without rain this month.",
        "In Olaf Penn's view, the harvest will fail without rain this month.",
    ),
    "regretted": (
        "attribution",
        "“The closure of the old mill at Belm is a great pity,” Ada Lund said. Olaf Penn listened.",
        "Ada Lund regretted the closure of the old mill at Belm, a great pity.",
        "Olaf Penn regretted the closure of the old mill at Belm, a great pity.",
    ),
    "a town and its state": (
        "attribution",
        "It began when the docker Eva Rask said that the crane at her quay in Belm, Norland, was late.",
        "It began with Eva Rask, a docker in Belm, Norland, who said that the crane was late.",
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
