from datetime import date

import pytest

from tests import make
from tests.compared import compare, found, labels, types


@pytest.mark.parametrize(
    ("left", "right", "sides"),
    [
        (
            "Dozens of soldiers were killed near Salm on Monday.",
            "Six soldiers were killed near Salm on Monday.",
            ["Dozens", "Six"],
        ),
        (
            "The tanker Brisa drifts 12 miles off Cape Salm.",
            "The tanker Brisa drifts 30 kilometres off Cape Salm.",
            ["12 miles", "30 kilometres"],
        ),
        (
            "Salm beat Port Lund 3-1 in the final at the Mill Ground.",
            "Port Lund lost the final at the Mill Ground 2-1 to Salm.",
            ["3-1", "2-1"],
        ),
    ],
)
def test_figures_in_words_in_other_units_and_of_matches_are_compared(left, right, sides):
    (one,) = found(left, right)
    assert one.type == "number"
    assert sorted(labels(one)) == sorted(sides)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Dozens of men were hurt near Salm.", "In all 46 men were hurt near Salm."),
        ("The tanker Brisa drifts 12 miles off Salm.", "The tanker Brisa drifts 19 km off Salm."),
        ("Salm beat Port Lund 3-1 in the final.", "At half-time Salm led 1-0 in the final."),
        (
            "Norland exported goods worth $2 billion to Salm in 2030.",
            "Salm's exports to Norland came to $1 billion in 2030.",
        ),
        ("The flood hit 2,300 homes in Upper Salm.", "The flood hit 900 homes in Lower Salm."),
        ("The party won 31 seats in Salm.", "It lost: the party had 27 seats in Salm in 2025."),
        ("All 14 workers and two crew died in Salm.", "In Salm 16 people died."),
    ],
)
def test_other_units_other_sides_and_other_parts_are_no_conflict(left, right):
    assert types(left, right) == []


def test_one_deed_in_other_words_is_one_deed():
    (one,) = found(
        "A bomb went off in front of the police station in Port Salm on Tuesday night.",
        "The explosion outside the Port Salm police station happened on Sunday evening.",
    )
    assert one.type == "date"


def test_what_has_yet_to_begin_has_not_begun():
    story = make.story(
        make.article("A truce came into force in Salm on Saturday.", published=date(2031, 4, 6)),
        make.article("The truce in Salm has yet to take effect.", published=date(2031, 4, 8)),
    )
    assert [one.type for one in compare(story).discrepancies] == ["event status"]


STRESSED = "The talks of Ada Lund and Ben Orr in Salm focused on fish."


def test_two_main_subjects_of_one_meeting_are_a_matter_of_emphasis():
    (one,) = found(STRESSED, "Prisoners dominated the talks of Ben Orr and Ada Lund in Salm.")
    assert (one.type, one.severity, one.status) == ("emphasis", "low", "unresolved")
    assert labels(one) == ["“fish”", "“Prisoners”"]
    assert one.wording == (
        "The sources stress different things about one occasion: “fish” (S1) or “Prisoners” (S2)."
    )


def test_what_one_article_plays_down_is_a_matter_of_emphasis():
    (one,) = found(STRESSED, "Fish was hardly mentioned in the talks of Lund and Orr in Salm.")
    assert one.type == "emphasis"
    assert one.wording == "S1 makes much of “fish”; S2 says that it hardly came up."


@pytest.mark.parametrize(
    "other",
    [
        "Fishing was the main topic of the talks of Orr and Lund in Salm.",
        "The talks of Ada Lund and Cy Berg in Oster focused on prisoners.",
        "The talks of Ada Lund and Ben Orr in Salm also dealt with prisoners.",
        "The talks of Lund and Orr in Salm will focus on prisoners.",
        "Prisoners dominated the talks of Orr and Lund in Salm. They spoke of fish as well.",
    ],
)
def test_one_subject_other_talks_and_plans_are_no_matter_of_emphasis(other):
    assert "emphasis" not in types(STRESSED, other)


def test_a_toll_that_rose_is_given_by_the_day_with_the_newest_first():
    story = make.story(
        make.article("Six people were confirmed dead in Salm.", published=date(2031, 5, 3)),
        make.article("The confirmed death toll in Salm rose to nine.", published=date(2031, 5, 4)),
    )
    (one,) = compare(story).discrepancies
    assert (one.type, one.severity, one.status) == ("number", "low", "resolved")
    assert one.reason == "the later figure; nine in S2; Six in S1"
    assert one.wording.endswith("newest first: nine (4 May), Six (3 May).")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Twelve people were killed in Salm, the army said.", "In Salm 120 people were killed, "
         "the rebels said."),
        ("The fire of May 1990 in Salm killed 40 people.", "Forty-five people were killed by the "
         "fire of May 1990 in Salm."),
        ("Forty people were killed in Salm.", "In Salm 17 people were killed."),
    ],
    ids=["two speakers", "long past", "it falls"],
)  # fmt: skip
def test_a_toll_of_two_speakers_of_the_past_or_that_falls_is_not_settled(first, second):
    story = make.story(
        make.article(first, published=date(2031, 5, 3)),
        make.article(second, published=date(2031, 5, 4)),
    )
    assert all(one.status == "unresolved" for one in compare(story).discrepancies)


def test_two_tolls_of_one_day_stay_open():
    (one,) = found("Six people were killed in Salm.", "In Salm nine people died.")
    assert (one.type, one.status) == ("number", "unresolved")
