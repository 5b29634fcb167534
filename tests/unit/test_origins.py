from datetime import UTC, date, datetime

from briefing.steps.trace import trace
from tests import make

TEXT = "all four ports of the lake will be deepened by the end of the year to take larger ships"
OTHER = "nobody had yet asked what is to become of the old ferries and of those who sail them"


def article(text, day=1, **fields):
    return make.article(text, **{"published": date(2031, 5, day), **fields})


def origins(*articles):
    """Of each origin: its articles and the first by position, and its source."""
    story = make.story(*articles)
    order = {one.id: position for position, one in enumerate(story.articles)}
    return [
        (sorted(order[id_] for id_ in one.articles), order.get(one.first), one.source)
        for one in trace(story).origins
    ]


def test_the_earliest_had_it_first():
    assert origins(article(f"One: {TEXT}.", 3), article(f"Two: {TEXT}.", 2)) == [([0, 1], 1, None)]


def test_the_hour_tells_where_the_day_does_not():
    at = [datetime(2031, 5, 1, hour, tzinfo=UTC) for hour in (9, 7)]
    pair = [article(f"{n}: {TEXT}.", published_at=when) for n, when in enumerate(at)]
    assert origins(*pair) == [([0, 1], 1, None)]


def test_nothing_is_guessed_where_neither_time_nor_a_name_tells():
    assert origins(article(f"One: {TEXT}."), article(f"Two: {TEXT}.")) == [([0, 1], None, None)]
    undated = make.article(f"One: {TEXT}.", published=None)
    assert origins(undated, article(f"Two: {TEXT}.")) == [([0, 1], None, None)]


def test_the_ministry_that_the_carriers_name_is_the_source():
    assert origins(
        article(f"The Foreign Office said that {TEXT}."),
        article(f"According to the Foreign Office, {TEXT}.", 2),
        article(f"But {TEXT}.", 3),
    ) == [([0, 1, 2], 0, "Foreign Office")]


def test_an_acronym_is_spelled_out():
    assert origins(
        article(f"It is true that {TEXT}, the FO said."),
        article(f"Yes, {TEXT}. The Foreign Office said no more.", 2),
    ) == [([0, 1], 0, "Foreign Office")]


def test_who_is_named_as_the_source_had_it_first_whatever_the_dates_say():
    assert origins(
        article(f"According to the Salm Wire, {TEXT}."),
        article(f"Today: {TEXT}.", 2, outlet="Salm Wire / Lake Newsline"),
    ) == [([0, 1], 1, "Salm Wire")]


def test_a_dateline_that_two_carriers_print_names_the_agency():
    assert origins(
        article(f"One: {TEXT}.", outlet="Lake Newsline"),
        article(f"Two: {TEXT}.", outlet="Lake Newsline"),
    ) == [([0, 1], None, "Lake Newsline")]


def test_two_who_are_named_as_often_leave_the_source_open():
    assert origins(
        article(f"The Foreign Office said that {TEXT}."),
        article(f"The Harbour Council said that {TEXT}.", 2),
    ) == [([0, 1], 0, None)]


def test_a_person_is_no_source_of_a_text():
    assert origins(
        article(f"Ada Lund said that {TEXT}."), article(f"Ada Lund said {TEXT}.", 2)
    ) == [([0, 1], 0, None)]
    assert origins(article(f"Lund said that {TEXT}."), article(f"Lund said {TEXT}.", 2)) == [
        ([0, 1], 0, None)
    ]


def test_two_texts_of_different_carriers_are_two_origins():
    found = origins(
        article(f"One: {TEXT}."),
        article(f"Two: {TEXT}."),
        article(f"Three: {OTHER}."),
        article(f"Four: {OTHER}."),
    )
    assert sorted(carriers for carriers, _, _ in found) == [[0, 1], [2, 3]]


def test_copies_of_a_whole_article_are_named():
    long = " ".join(f"On day {n} the {n}th ferry of {n * 3} crossed the lake." for n in range(9))
    story = make.story(f"{long} {TEXT}.", f"SALM: {long}", f"No: {TEXT}.")
    one, other, third = (article.id for article in story.articles)
    found = trace(story).origins
    assert [set(origin.copied) for origin in found if origin.copied] == [{one, other}]
    assert third not in found[0].copied
