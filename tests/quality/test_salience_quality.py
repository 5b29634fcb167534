"""Picked and packed sentences against human summaries; the stories are not part of the project."""

import json

import pytest

from briefing.drafters import ExtractiveDrafter
from briefing.edges.tokens import Tokens
from briefing.pipeline import Assignment, prepare
from briefing.steps.pack import lines, pack
from briefing.templating import of_length, template
from briefing.text.salience import stems, units
from tests import make

WORDS = 60
BUDGET = 200
COUNT = Tokens()


@pytest.fixture(scope="module")
def stories(shared):
    file = shared / "data" / "grouping" / "mds" / "mds.jsonl"
    if not file.is_file():
        pytest.skip(f"there is no {file}: it holds stories with human summaries")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    found = []
    for row in rows:
        if row["set"] != "allsides":
            continue
        articles = [
            make.article(one["text"], title=one["title"], source=str(number), published=None)
            for number, one in enumerate(row["articles"])
        ]
        assignment = Assignment(
            template=of_length(template("summary"), WORDS),
            focus=None,
            budget_tokens=10**6,
            drafter=ExtractiveDrafter(),
            count=COUNT,
        )
        wanted = {one for one in units(stems(row["reference"])) if isinstance(one, str)}
        found.append((prepare(articles, assignment)[0], wanted))
    return found


def cover(text, wanted):
    """The share of the words of the human summary."""
    return len(units(stems(text)) & wanted) / len(wanted)


def mean(values):
    return sum(values) / len(values)


def lead(brief):
    """The first sentence of each article, then the second, and so on."""
    return sorted(brief.story.sentences, key=lambda one: int(one.id.split(".")[1]))


def test_sixty_picked_words_say_more_of_it_than_the_first_sixty(stories):
    picked, first = [], []
    for brief, wanted in stories:
        ours = " ".join(one.text for one in ExtractiveDrafter().draft(brief).sentences)
        theirs = " ".join(one.text for one in lead(brief))
        picked.append(cover(" ".join(ours.split()[:WORDS]), wanted))
        first.append(cover(" ".join(theirs.split()[:WORDS]), wanted))
    assert mean(picked) > mean(first) + 0.01


def test_packed_tokens_say_more_of_it_than_the_first_tokens(stories):
    packed, first = [], []
    for brief, wanted in stories:
        evidence = pack(brief.story, budget=BUDGET, count=COUNT, copies=brief.copies)
        assert COUNT(lines(evidence.sentences)) <= BUDGET
        begun = []
        for sentence in lead(brief):
            if COUNT(lines([*begun, sentence])) > BUDGET:
                break
            begun.append(sentence)
        packed.append(cover(lines(evidence.sentences), wanted))
        first.append(cover(lines(begun), wanted))
    assert mean(packed) > mean(first) + 0.02
