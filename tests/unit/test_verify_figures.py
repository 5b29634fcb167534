"""A figure in the source's own words is the source's own figure."""

from datetime import date

import pytest

from tests import make

# Source; what stands in it; what does not, though the source has that figure, or one like it.
PLACES = {
    "a time of day": (
        "Tellers Adler and Lund said the bank opens on Monday at 8 a.m. for all customers.",
        "8 a.m.",
        "2 a.m.",
    ),
    "minutes": ("The talks in Ostrel began at 7:06 p.m. on Monday.", "7:06", "6:06"),
    "a count that is another's": (
        "The motion was carried by 14 votes to 9 after two members of the port left.",
        "votes to 9",
        "votes to 2",
    ),
    "an age that is a count": (
        "Doctors work at 14 centres in Ostrel, where children under 12, and nurses, come first.",
        "under 12",
        "under 14",
    ),
    "a year in which the day lies": (
        "The court will on Tuesday hear Adler for the first time since he took office in 2029.",
        "2029",
        "2032",
    ),
    "a year of two": (
        "Sales came to 19 million crowns in 2030, up from 13 million in 2028, Lund said on Monday.",
        "2030",
        "2032",
    ),
    "a day that the next day is": (
        "Adler rang him on the evening of February 8 and gave him until noon the next day.",
        "February 8",
        "February 9",
    ),
    "days of a month that has none": (
        "From 1-31 July the port took 4 ferries.",
        "1-31 July",
        "1-61 July",
    ),
    "one end of a range": ("Lund found 33-40% of the berths empty.", "33-40%", "33-48%"),
    "a telephone": ("Call 855-793-7470 to book a berth.", "855-793-7470", "855-723-7470"),
    "a version": ("The port moved from Quay 4.0.5 to 4.1.1.", "4.0.5", "5.0.5"),
    "a letter and a figure": ("Adler met the heads of the G20 in Ostrel.", "G20", "G29"),
    "a figure and a letter": ("The port bought a 7R2 crane on Monday.", "7R2", "7R8"),
    "years long ago": (
        "The quay was built more than 2,000 years ago by hand.",
        "2,000",
        "8,000",
    ),
}


def numbers_of(source, claim):
    finding = make.verified(claim, source, published=date(2032, 2, 14))
    return [one for one in finding.checks if one.name in ("numbers", "dates") and one.refuses]


@pytest.mark.parametrize(("source", "own", "other"), PLACES.values(), ids=PLACES)
def test_another_figure_in_the_same_place_is_refused(source, own, other):
    (first, *_) = numbers_of(source, source.replace(own, other))
    assert first.words is not None


@pytest.mark.parametrize(("source", "own", "other"), PLACES.values(), ids=PLACES)
def test_its_own_figure_stands(source, own, other):
    assert not numbers_of(source, f"It was like this: {source}")


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (
            "Adler will visit Ostrel on April 6-7 for talks with Lund.",
            "Adler will visit Ostrel on April 6 for talks with Lund.",
        ),
        (
            "The port of Ostrel took 3,970 ferries last year, Lund said.",
            "The port of Ostrel took nearly 4,000 ferries last year, Lund said.",
        ),
        (
            "The port of Ostrel took 1,200 ferries last year, Lund said.",
            "The port of Ostrel took 1200 ferries last year, Lund said.",
        ),
        (
            "Twelve of the ferries sank, and 12 of the barges sank, in Ostrel.",
            "12 of the ferries sank, and 12 of the barges sank, in Ostrel.",
        ),
        ("The bank opens at 5 p.m. on Monday, said Lund.", "The bank opens at 5pm on Monday."),
        (
            "Lund won 6-2, 6-4 in Ostrel on Monday. Adler won 6-3, 6-4 in Ostrel on Monday.",
            "Adler won 6-3, 6-4 in Ostrel on Monday.",
        ),
    ],
)
def test_the_same_figure_in_another_form_stands(source, claim):
    assert not numbers_of(source, claim)


def test_the_offending_figure_and_the_source_own_are_named():
    source = "The motion was carried by 14 votes to 9 after two members of the port left."
    (found,) = numbers_of(source, source.replace("to 9", "to 2"))
    assert (found.words.text, found.against[0].quote) == ("2", "9")
