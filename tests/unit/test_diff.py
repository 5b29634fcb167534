from datetime import date

import pytest

from briefing.data.briefing import Confidence, Stage, When
from briefing.steps.diff import diff
from briefing.steps.tell import tell
from tests import make

FRIDAY = When(words="Friday", first=date(2031, 4, 4), last=date(2031, 4, 4), basis="")


def compared(old, new):
    """Each a sentence, or its text."""
    sentences = [one if not isinstance(one, str) else make.checked(one) for one in (old, new)]
    return diff(*map(make.briefing, sentences))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "Trade between the two reached $790 million in 2030.",
            "Trade between the two reached $793 million in 2030.",
            "$790 million -> $793 million",
        ),
        (
            "Some 40 delegates will visit the harbour of Tarsk.",
            "Some 52 delegates will visit the harbour of Tarsk.",
            "40 -> 52",
        ),
        (
            "President Maronde met the harbour master in the morning.",
            "President Orrin met the harbour master in the morning.",
            "Maronde -> Orrin",
        ),
        (
            "The army chief was received at the palace.",
            "The army chief was not received at the palace.",
            "said -> denied",
        ),
    ],
)
def test_a_pair_with_something_different_in_it_is_a_change(old, new, what):
    (change,) = compared(old, new).changed
    assert change.what == (what,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The talks began on Monday.", "The talks began on Monday."),
        (
            "The two ministers signed a fisheries accord in Tarsk.",
            "In Tarsk a fisheries accord was signed by the two ministers.",
        ),
        (
            "Trade reached $790 million last year.",
            "Trade reached $790 million last year, up 46% on the year before.",
        ),
        ("Trade was nearly $800 million last year.", "Trade was $790 million last year."),
    ],
)
def test_other_words_for_the_same_are_no_change(old, new):
    changes = compared(old, new)
    assert (changes.same, changes.changed, changes.new, changes.gone) == (1, (), (), ())


def test_what_only_one_of_them_tells_is_new_or_gone():
    changes = compared("The talks began on Monday.", "Rain fell over the harbour of Tarsk.")
    assert [one.text for one in changes.new] == ["Rain fell over the harbour of Tarsk."]
    assert [one.text for one in changes.gone] == ["The talks began on Monday."]


def test_a_plan_that_was_carried_out_is_a_change():
    text = "The two sides sign an accord on Friday."
    changes = compared(
        make.checked(text, stage=Stage.PLANNED), make.checked(text, stage=Stage.DONE)
    )
    assert changes.changed[0].what == ("planned -> done",)


@pytest.mark.parametrize(("when", "changes"), [((), 0), ((FRIDAY,), 1)], ids=["no day", "a day"])
def test_a_plan_that_was_only_announced_by_now_is_a_change_where_it_had_a_day(when, changes):
    text = "Foreign Minister Ada Lund will sign the rail accord with Hall."
    found = compared(
        make.checked(text, stage=Stage.PLANNED, when=when),
        make.checked(text, stage=Stage.ANNOUNCED, when=when),
    )
    assert len(found.changed) == changes


def test_another_day_is_a_change():
    def on(day):
        when = When(
            words=f"{day} April", first=date(2031, 4, day), last=date(2031, 4, day), basis=""
        )
        return make.checked(f"They sign the accord on {day} April.", when=(when,))

    assert compared(on(4), on(5)).changed[0].what == ("4 April -> 5 April",)


def test_a_sentence_that_became_disputed_is_named():
    text = "The talks began on Monday."
    changes = compared(text, make.checked(text, confidence=Confidence.DISPUTED))
    assert [one.text for one in changes.disputed] == [text]
    assert compared(make.checked(text, confidence=Confidence.DISPUTED), text).disputed == ()


def test_each_sentence_is_paired_once():
    one = "The two ministers signed a fisheries accord in Tarsk."
    old, new = make.briefing(make.checked(one)), make.briefing(make.checked(one), make.checked(one))
    changes = diff(old, new)
    assert (changes.same, len(changes.new)) == (1, 1)


def test_tells_counts_first_and_changes_before_news():
    old = make.briefing(make.checked("Trade reached $790 million in 2030."))
    new = make.briefing(
        make.checked("Trade reached $793 million in 2030."), make.checked("Rain fell over Tarsk.")
    )
    assert tell(diff(old, new)) == (
        "1 new, 0 gone, 1 changed, 0 newly disputed, 0 the same\n\n"
        "Changed\n-------\n- $790 million -> $793 million: Trade reached $793 million in 2030.\n\n"
        "New\n---\n- Rain fell over Tarsk.\n"
    )
