"""Whether a date is borne out by words from which a reader works it out."""

from datetime import date

import pytest

from tests import make

# Source, of 14 September 2032, a Tuesday; a sentence that it bears out, and one that it does not.
TOLD = {
    "the end of the month": (
        "Lund said she would file a suit in Ostrel before the end of the month.",
        "Lund intends to file a suit in Ostrel before the end of September.",
        "Lund intends to file a suit in Ostrel before the end of October.",
    ),
    "later in the year": (
        "The ferry is to sail again later in the year, Lund said.",
        "The ferry is to sail again in 2032, Lund said.",
        "The ferry is to sail again in 2033, Lund said.",
    ),
    "the month that comes next": (
        "The final report on the ferry is to follow by next June.",
        "The final report on the ferry is to follow by June 2033.",
        "The final report on the ferry is to follow by June 2034.",
    ),
    "the month that was last": (
        "The final report on the ferry came last October.",
        "The final report on the ferry came in October 2031.",
        "The final report on the ferry came in October 2030.",
    ),
    "how many days it takes": (
        "Adler will arrive in Ostrel on Wednesday on a two-day official visit, the port said.",
        "Adler will be in Ostrel on an official visit on 15 and 16 September, the port said.",
        "Adler will be in Ostrel on an official visit on 15 and 17 September, the port said.",
    ),
    "on which of two days it begins": (
        "The strike of Monday over, Adler will come to Ostrel on Wednesday on a three-day visit.",
        "Adler's visit to Ostrel is to last from 15 to 17 September 2032.",
        "Adler's visit to Ostrel is to last from 15 to 18 September 2032.",
    ),
    "last night": (
        "The ferry sank last night off Ostrel, the port said.",
        "The ferry sank on 13 September off Ostrel, the port said.",
        "The ferry sank on 11 September off Ostrel, the port said.",
    ),
    "the next day": (
        "The ferry sank on Friday off Ostrel, and divers found it the next day.",
        "Divers found the ferry on 11 September 2032 off Ostrel.",
        "Divers found the ferry on 12 September 2032 off Ostrel.",
    ),
    "days earlier": (
        "The ferry sank on Friday off Ostrel, two days before the vote.",
        "The vote was on 12 September 2032, after the ferry had sunk off Ostrel.",
        "The vote was on 8 September 2032, after the ferry had sunk off Ostrel.",
    ),
}


def dates_of(source, claim):
    checks = make.verified(claim, source, published=date(2032, 9, 14)).checks
    return next(one for one in checks if one.name == "dates")


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_a_date_that_is_worked_out_is_borne_out(source, true, false):
    assert dates_of(source, true).ok


@pytest.mark.parametrize(("source", "true", "false"), TOLD.values(), ids=TOLD)
def test_another_date_is_refused(source, true, false):
    assert dates_of(source, false).refuses


@pytest.mark.parametrize("days", ["April 7-7", "April 8-7", "7 to 7 April", "7-6 April 2033"])
def test_days_that_do_not_follow_each_other_are_no_dates_of_a_visit(days):
    source = "Adler will visit Ostrel on April 6-7, 2033, the port said."
    assert dates_of(source, f"Adler will visit Ostrel on {days}, the port said.").refuses


def test_a_misprint_of_the_source_bears_itself_out():
    source = "Adler will visit Ostrel on April 7-7, the port said."
    assert dates_of(source, "The port said Adler will visit Ostrel on April 7-7.").ok
