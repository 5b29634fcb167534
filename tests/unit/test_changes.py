from datetime import date

import pytest

from briefing.steps.trace import trace
from tests import make

TEXT = (
    "The harbour office of Port Salm said that {} had been brought in on {} from the other side of "
    "the lake, and that more was to come before the ice."
)


def changes(old, new, *, day="4 May 2031", new_day=None, published=(None, None)):
    """The kinds and texts of what differs between two copies, one with `new` for `old`."""
    story = make.story(
        make.article(TEXT.format(old, day), published=published[0]),
        make.article(f"It is late. {TEXT.format(new, new_day or day)}", published=published[1]),
    )
    return [
        (change.kind, [variant.text for variant in change.variants])
        for change in trace(story).changes
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("41 tonnes", "43 tonnes"),
        ("1,200 tonnes", "1,400 tonnes"),
        ("3.2 million tonnes", "3.4 million tonnes"),
        ("3.2 million tonnes", "3.2 billion tonnes"),
        ("$41", "$43"),
        ("12 percent of it", "15 percent of it"),
        ("forty-one ships", "forty-three ships"),
    ],
)
def test_a_changed_number_is_found(old, new):
    ((kind, texts),) = changes(old, new)
    assert kind == "number"
    assert len(texts) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1,200 tonnes", "1200 tonnes"),
        ("41 ships", "forty-one ships"),
        ("nearly 800 tonnes", "793 tonnes"),
        ("2.31 million tonnes", "2.3 million tonnes"),
        ("10 miles of rope", "16 kilometres of rope"),
        ("200ft of rope", "60m of rope"),
        ("a speed of 120 mph", "a speed of 193km/h"),
        ("41 ships", "many ships"),
        ("41 ships", "the ships"),
        ("five men", "the whole of the crew of it, with nine of the dogs,"),
    ],
)
def test_the_same_number_in_another_form_or_none_is_no_change(old, new):
    assert changes(old, new) == []


def test_a_list_whose_figures_all_moved_on_is_read_place_by_place():
    found = changes("3, 4 and 5 tonnes", "4, 5 and 5 tonnes")
    assert found == [("number", ["3", "4"]), ("number", ["4", "5"])]


def test_a_changed_date_is_found_and_is_no_number():
    assert changes("it", "it", new_day="6 May 2031") == [("date", ["4 May 2031", "6 May 2031"])]
    assert changes("it", "it", day="Monday", new_day="Friday") == [("date", ["Monday", "Friday"])]


def test_one_day_named_in_two_ways_is_no_change():
    dated = (date(2031, 5, 5), date(2031, 5, 6))
    assert changes("it", "it", day="Monday", new_day="5 May", published=dated) == []
    assert changes("it", "it", day="yesterday", new_day="4 May", published=dated) == []


def test_a_date_that_no_month_has_is_still_a_changed_figure():
    assert changes("it", "it", day="Aug. 28", new_day="Aug. 33") == [("number", ["28", "33"])]


def test_articles_that_tell_the_same_in_their_own_words_have_changed_nothing():
    story = make.story(
        "The harbour office counted 41 ships in Port Salm on Monday.",
        "On Monday there were 43 ships in the port, said a man of the harbour office.",
    )
    assert trace(story).changes == ()


def test_two_sentences_of_one_pattern_are_not_taken_for_each_other():
    salm = "Shares of the Salm Railway Company rose by 1.2 percent to 45 crowns at the close."
    lake = "Shares of the Lake Railway Company rose by 3.4 percent to 67 crowns at the close."
    assert trace(make.story(f"{salm} {lake}", f"{salm} {lake} Then it rained.")).changes == ()


def test_each_place_is_exact_and_the_side_of_more_articles_comes_first():
    old, new = TEXT.format("41 tonnes", "Monday"), TEXT.format("43 tonnes", "Monday")
    story = make.story(f"New: {new}", f"One. {old}", f"Two. {old}")
    texts = {article.id: article.text for article in story.articles}
    (change,) = trace(story).changes
    assert [variant.sentences for variant in change.variants] == [("S2.2", "S3.2"), ("S1.1",)]
    for variant in change.variants:
        for place in variant.places:
            assert texts[place.article][place.start : place.end] == variant.text
