"""What the checks of proposed differences let through, on our own labelled cases.

One stand-in for a model proposes just what is labelled; another every pair that there is.
"""

from itertools import combinations

import pytest

from briefing.data.draft import PROPOSABLE, Proposal
from briefing.steps.compare import Comparison, proposed
from briefing.text.analysis import Analysis
from briefing.text.clauses import clauses
from tests.quality.test_discrepancies_quality import CASES, story_of

NOTHING = Comparison(discrepancies=(), touching={}, disputed=frozenset())

LEAST_TRUE = 0.78
"""Share of the labelled discrepancies that are listed when they are proposed."""

MOST_ALIKE = 0.06
"""Share of the look-alikes of which any pair gets through when all are proposed."""


def sentence_with(words, story):
    """The id of the sentence in which the words stand, or begin."""
    article = next(one for one in story.articles if words in one.text)
    at = article.text.index(words)
    return next(
        one.id
        for one in story.sentences
        if one.article == article.id and one.span.start <= at < one.span.end
    )


def labelled(case, story):
    first, second = case["sides"]
    return Proposal(
        kind=case["type"],
        first=sentence_with(first, story),
        first_words=first,
        second=sentence_with(second, story),
        second_words=second,
    )


def mentions(text, kind):
    analysis = Analysis(text)
    return {
        "date": lambda: {one.text for one in analysis.dates},
        "number": lambda: {one.text for one in analysis.numbers},
        "title": lambda: {one.text for one in analysis.offices},
        "event status": lambda: {one.text.strip() for one in clauses(text)},
        "quotation wording": lambda: {word for word in text.split() if len(word) > 3},
        "emphasis": lambda: set(),
    }[kind]()


def every(story):
    """Every pair of what two sentences say, but for accounts, which any two words may be."""
    return (
        Proposal(kind=kind, first=one.id, first_words=said, second=other.id, second_words=answered)
        for one, other in combinations(story.sentences, 2)
        for kind in PROPOSABLE
        for said in sorted(mentions(one.text, kind))
        for answered in sorted(mentions(other.text, kind))
    )


@pytest.fixture(scope="module")
def told():
    """Each case of a kind that may be proposed, and whether it is listed then."""
    rows = []
    for case in CASES:
        if case["type"] not in PROPOSABLE:
            continue
        story = story_of(case)
        holds = proposed([labelled(case, story)], story, NOTHING)[0].discrepancies
        rows.append((case, bool(holds)))
    return rows


def test_most_true_differences_are_listed_when_they_are_proposed(told):
    held = sum(holds for _, holds in told)
    assert held >= LEAST_TRUE * len(told), [case["id"] for case, holds in told if not holds]


def test_few_look_alikes_are_listed_even_if_everything_is_proposed():
    let_through = []
    stories = {case["id"]: story_of(case) for case in CASES if case["type"] is None}
    for name, story in stories.items():
        for one in every(story):
            if proposed([one], story, NOTHING)[0].discrepancies:
                let_through.append((name, one.kind, one.first_words, one.second_words))
                break
    assert len(let_through) <= MOST_ALIKE * len(stories), let_through
