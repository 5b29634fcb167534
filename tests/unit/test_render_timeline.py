from datetime import date

from briefing.data.briefing import Section, Stage, When
from briefing.steps.render.html.timeline import timeline
from briefing.steps.render.layout import lay_out
from tests import make


def axis_of(*days, as_of=date(2031, 4, 2), label="stage"):
    """Each a day, or a day and a stage."""
    sentences = []
    for number, one in enumerate(days):
        day, stage = one if isinstance(one, tuple) else (one, Stage.DONE)
        when = When(words="then", first=day, last=day, basis="")
        sentences.append(make.checked(f"Thing {number} happened.", when=(when,), stage=stage))
    section = Section(id="programme", title="Programme", label=label, sentences=tuple(sentences))
    return timeline(lay_out(make.briefing(sections=(section,), as_of=as_of), make.ENGLISH))


def test_dots_stand_in_the_order_of_their_days_and_are_spaced_by_them():
    found = axis_of(date(2031, 4, 2), date(2031, 3, 23), date(2031, 3, 28))
    assert [dot.words for dot in found.dots] == ["23 March 2031", "28 March 2031", "2 April 2031"]
    first, middle, last = (dot.at for dot in found.dots)
    assert (first, middle, last) == (3.0, 50.0, 97.0)


def test_one_day_twice_stands_one_above_the_other():
    found = axis_of(date(2031, 4, 1), date(2031, 4, 1), date(2031, 3, 1), date(2031, 3, 20))
    assert sorted(dot.row for dot in found.dots) == [0, 0, 0, 1]
    assert found.rows == 2


def test_what_is_planned_is_marked_and_the_as_of_date_stands_between():
    found = axis_of(date(2031, 3, 23), date(2031, 3, 28), (date(2031, 4, 12), Stage.PLANNED))
    assert [dot.is_ahead for dot in found.dots] == [False, False, True]
    assert found.today == 50.0


def test_what_lies_far_back_stands_at_the_edge_and_does_not_squeeze_the_rest():
    found = axis_of(date(1998, 5, 4), date(2031, 3, 23), date(2031, 3, 28), date(2031, 4, 2))
    assert [dot.at for dot in found.dots] == [3.0, 3.0, 50.0, 97.0]


def test_ticks_are_few_and_named():
    days = axis_of(date(2031, 3, 30), date(2031, 3, 31), date(2031, 4, 2))
    assert [tick.words for tick in days.ticks] == ["30 Mar", "31 Mar", "1 Apr", "2 Apr"]
    months = axis_of(date(2030, 1, 20), date(2030, 6, 1), date(2031, 4, 2))
    assert [tick.words for tick in months.ticks] == [
        "Apr 2030", "Jul 2030", "Oct 2030", "Jan 2031", "Apr 2031",
    ]  # fmt: skip
    assert (months.ticks[0].anchor, months.ticks[-1].anchor) == ("middle", "end")


def test_with_few_dates_or_none_there_is_no_axis():
    assert axis_of(date(2031, 4, 1), date(2031, 4, 2)) is None
    assert axis_of(date(2031, 4, 1), date(2031, 4, 2), date(2031, 4, 3), label="") is None


def test_without_an_as_of_date_there_is_no_upright_line():
    assert axis_of(date(2031, 4, 1), date(2031, 4, 2), date(2031, 4, 3), as_of=None).today is None
