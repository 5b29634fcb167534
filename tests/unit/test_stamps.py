"""Lines that say when an article appeared and who wrote it, and lines that only look so."""

from datetime import date

import pytest

from briefing.text.stamps import Stamp, stamp

DAY = date(2031, 5, 15)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("15 May 2031", Stamp(published=DAY)),
        ("May 15, 2031", Stamp(published=DAY)),
        ("2031-05-15", Stamp(published=DAY)),
        ("Thursday, 15 May 2031", Stamp(published=DAY)),
        ("Published on May 15, 2031 at 09:30 GMT", Stamp(published=DAY)),
        ("Updated: 15 May 2031, 9:30 am", Stamp(published=DAY)),
        ("Salm Courier, 15 May 2031", Stamp(published=DAY, has_name=True)),
        ("Port Salm – 15 May 2031", Stamp(published=DAY, has_name=True)),
        ("Ministry of Ports | Thursday, 15 May 2031", Stamp(published=DAY, has_name=True)),
        ("By Ada Merrin", Stamp(author="Ada Merrin")),
        ("By Ada Merrin and Bo van Holt", Stamp(author="Ada Merrin and Bo van Holt")),
    ],
)
def test_the_day_and_the_author_are_read(line, found):
    assert stamp(line) == found


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Lund opens talks in Port Salm",
        "Lund opens talks on 15 May 2031",
        "Talks held 15 May 2031",
        "Programme of the visit 15 May 2031",
        "May 2031",
        "15 May",
        "Thursday",
        "6-7 May 2031",
        "14 May 2031, 15 May 2031",
        "15 May 2031: Lund arrives",
        "31 February 2031",
        "By train to Port Salm",
        "By Sunday",
        "By Lund's own account, Port Salm is open",
    ],
)
def test_other_lines_are_no_stamps(line):
    assert stamp(line) is None
