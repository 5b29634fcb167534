import pytest

from briefing.steps.trace import trace
from tests import make

RELEASE = (
    "Tolvessa attaches great weight to its ties with Hestria, which rest on candour and respect. "
    "Trade came to 793 million crowns last year, and wheat made up the largest part of it."
)
OWN = "Dock workers at Port Salm had not heard of it when the ferry came in on Monday."


def shared(story):
    """The words of each passage, as each article has them."""
    texts = {article.id: article.text for article in story.articles}
    return [
        [texts[place.article][place.start : place.end] for place in passage.places]
        for passage in trace(story).passages
    ]


def test_words_of_two_articles_are_found_with_their_exact_places():
    story = make.story(f"{OWN} {RELEASE}", f"{RELEASE} A cat slept on the quay all day long.")
    assert shared(story) == [[RELEASE[:-1], RELEASE[:-1]]]


def test_articles_in_words_of_their_own_share_nothing():
    assert trace(make.story(OWN, RELEASE)) == trace(make.story(RELEASE, OWN))
    assert trace(make.story(OWN, RELEASE)).passages == ()


def test_eight_words_are_shared_and_seven_are_not():
    eight = "one two three four five six seven eight"
    assert shared(make.story(f"X {eight} y.", f"Z {eight} w.")) == [[eight, eight]]
    seven = eight.removesuffix(" eight")
    assert shared(make.story(f"X {seven} y.", f"Z {seven} w.")) == []


def test_marks_case_and_commas_of_thousands_do_not_part_a_run():
    one = "“Hestria’s ships brought 1,200 tonnes of wheat to Salm”, he said."
    other = "HESTRIA'S SHIPS BROUGHT 1200 TONNES OF WHEAT TO SALM"
    assert len(shared(make.story(one, other))) == 1
    (alignment,) = trace(make.story(one, other)).alignments
    assert [run.words for run in alignment.runs] == [10]


def test_a_few_changed_added_or_lost_words_do_not_end_a_passage():
    changed = RELEASE.replace("candour", "some trust").replace(
        "last year, and", "last year and the"
    )
    story = make.story(RELEASE, changed)
    (alignment,) = trace(story).alignments
    assert len(alignment.runs) == 3
    assert {len(part) for part in shared(story)[0]} == {len(RELEASE) - 1, len(changed) - 1}


def test_what_three_articles_carry_is_one_passage():
    part = RELEASE.split(". ")[0]
    story = make.story(f"{RELEASE} {OWN}", f"Yes: {RELEASE}", f"It said: {part}, but not why.")
    (passage,) = trace(story).passages
    assert passage.articles == {article.id for article in story.articles}


def test_a_number_is_shared_whole_or_not_at_all():
    words = "the line of the ferry will now cost"
    assert shared(make.story(f"{words} 3.2 crowns", f"{words} 3.4 crowns")) == [[words, words]]


def test_a_sentence_carries_its_copies_and_not_the_other_way_where_it_says_more():
    short = "The two ministers will lead the talks at the Foreign Office in Salm on Tuesday."
    longer = f"{short[:-1]}, and a lunch is to be given by the mayor behind closed doors."
    story = make.story(f"{OWN} {longer}", short)
    assert trace(story).repeats == {"S1.2": ("S2.1",)}


def test_a_copy_with_another_number_name_day_or_a_lost_not_is_no_repeat():
    text = "Hall said on Monday that the line would not cost more than 3.2 million crowns."
    for old, new in (("3.2", "3.4"), ("Hall", "Lund"), ("Monday", "Friday"), (" not", "")):
        story = make.story(text, text.replace(old, new))
        assert trace(story).repeats == {}, new
    assert trace(make.story(text, f"{text} He left.")).repeats == {
        "S1.1": ("S2.1",),
        "S2.1": ("S1.1",),
    }


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "a b ",
        "x",
        " ",
        "\u0301",
        "A",
        "A-",
        "A of ",
        "A said ",
        "(A/",
        "41 ",
        "4,",
        "4.",
        "May ",
    ],
)
def test_periodic_and_endless_texts_are_soon_read(unit):
    text = unit * (200_000 // len(unit)) + "x"
    story = make.story(f"{text}.", f"b {text}")
    # No time is asserted: what is quadratic here does not come to an end.
    assert len(trace(story).passages) <= 2


def test_many_copies_cost_as_many_steps_and_not_their_square():
    story = make.story(
        *(f"{RELEASE} Copy {number} of it, and no more than that." for number in range(120))
    )
    found = trace(story)
    assert len(found.passages) == 1
    assert len(found.passages[0].articles) == 120
    assert len(found.alignments) < 120 * 40
