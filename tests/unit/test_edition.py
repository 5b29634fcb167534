"""An edition is made of stories that are briefed side by side."""

from datetime import date
from threading import Barrier

import pytest

from briefing.asking import Asker, Threads
from briefing.digest.edition import edit
from briefing.drafters import ExtractiveDrafter, ModelDrafter
from briefing.errors import BatchPending
from briefing.pipeline import Assignment
from tests import make

TOWNS = ("Salm", "Ondresk", "Kaldrin", "Mirevia", "Tolvessa")
ARTICLES = tuple(
    make.article(f"Foreign Minister Ada Lund opened the new rail line in {town} on Monday.")
    for town in TOWNS
)
UNUSABLE = make.article("He did.")


def made(articles, *, most=2, crew=None, drafter=ExtractiveDrafter):
    return edit(
        articles,
        digest="salm",
        title="Salm",
        day=date(2031, 4, 7),
        most=most,
        assignment=lambda: Assignment(
            template=make.template(make.plan()),
            focus=None,
            budget_tokens=1_000,
            drafter=drafter(),
            count=lambda text: len(text.split()),
        ),
        sent=(),
        stories=lambda found: [(one,) for one in found],
        crew=crew,
    )


def towns(edition):
    return [
        next(town for town in TOWNS if town in story.briefing.sentences[0].text)
        for story in edition.stories
    ]


def test_no_more_stories_are_briefed_than_may_be_printed():
    edition = made(ARTICLES)
    assert towns(edition) == ["Salm", "Ondresk"]
    assert edition.left_over == 3


def test_a_story_that_cannot_be_briefed_makes_room_for_the_next():
    edition = made((ARTICLES[0], UNUSABLE, *ARTICLES[1:]))
    assert towns(edition) == ["Salm", "Ondresk"]
    assert (edition.unbriefed, edition.left_over) == (1, 3)


class Waits:
    """A model that a number of stories must have asked before any is answered."""

    def __init__(self, count):
        self._all_here = Barrier(count, timeout=60)

    def complete(self, request):
        self._all_here.wait()
        return make.reply({"sections": {}})


def test_stories_are_briefed_side_by_side_and_stand_in_their_order():
    model = Waits(3)
    drafter = lambda: ModelDrafter(Asker(model, "small"))  # noqa: E731
    edition = made(ARTICLES, most=3, crew=Threads(3), drafter=drafter)
    assert towns(edition) == ["Salm", "Ondresk", "Kaldrin"]


def test_an_edition_whose_batch_is_under_way_is_not_made():
    class Pending:
        def complete(self, request):
            raise BatchPending("still waiting.")

    with pytest.raises(BatchPending):
        made(ARTICLES, drafter=lambda: ModelDrafter(Asker(Pending(), "small")))
