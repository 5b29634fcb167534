from datetime import date

from briefing.data.origin import Copies
from briefing.steps.trace import trace, witnesses
from tests import make

SHARED = "Tolvessa attaches great weight to its ties with Hestria and to the railway."


def article(text, day=1, **fields):
    return make.article(text, published=date(2031, 4, day), **fields)


def origins(*articles):
    """The origins of the first sentences: positions of their articles, or "?" where unknown."""
    story = make.story(*articles)
    order = {one.id: position for position, one in enumerate(story.articles)}
    cited = make.cites(story, *(f"S{number}.1" for number in range(1, len(articles) + 1)))
    return [order.get(found, "?") for found in witnesses(cited, story, trace(story))]


def test_two_reprints_are_one_witness_and_the_earlier_article_had_it_first():
    assert origins(article(SHARED, day=3), article(f"{SHARED} He left.", day=2)) == [1]


def test_a_reprint_in_other_quotation_marks_is_still_one():
    quoted = f"The ministry wrote that “{SHARED[:-1]}”."
    assert origins(article(SHARED), article(quoted, day=2)) == [0]


def test_two_reports_in_words_of_their_own_are_two():
    assert origins(
        article("Lund came to Salm by train on Monday."),
        article("A train brought the minister to the port."),
    ) == [0, 1]


def test_what_one_speaker_said_is_one_origin_however_it_is_worded():
    assert origins(
        article("The line will open in June, Hall said."),
        article("Hall told reporters that trains would run by summer."),
    ) == [0]


def test_two_speakers_are_two_origins():
    assert origins(
        article("The line will open in June, Hall said."),
        article("Lund told reporters that trains would run by summer."),
    ) == [0, 1]


def test_two_sentences_of_one_article_are_one_origin():
    story = make.story("Lund came by train. A meal was had at the port.")
    assert witnesses(make.cites(story, "S1.1", "S1.2"), story, Copies()) == (story.articles[0].id,)


def test_a_middle_man_joins_two_groups():
    first, last = (
        "Lund came to Salm by the morning train",
        "to talk about rail with the mayor there",
    )
    assert origins(
        article(f"{first}."), article(f"Later {last}."), article(f"{first} {last}.", day=3)
    ) == [0]


def test_an_article_without_a_date_or_two_of_one_day_leave_open_who_had_it_first():
    undated = make.article(f"{SHARED} He left.", published=None)
    assert origins(undated, article(SHARED, day=9)) == ["?"]
    assert origins(article(f"{SHARED} He left."), article(SHARED)) == ["?"]


def test_two_bits_of_one_statement_are_one_origin():
    bits = (
        "Hestria will send wheat to the four ports of the southern lake in June",
        "the railway over the pass is to be mended by the end of the year",
    )
    both = f"{bits[0]}, and {bits[1]}."
    story = make.story(
        article(both),
        article(f"{both} Yes.", day=2),
        article(f"Now {bits[0]}.", day=3),
        article(f"They say {bits[1]}.", day=4),
    )
    cited = make.cites(story, "S3.1", "S4.1")
    assert witnesses(cited, story, trace(story)) == (story.articles[0].id,)


def test_a_short_sentence_that_another_repeats_is_one_origin():
    assert origins(article("The line is closed."), article("So the line is closed now.")) == [0]


def test_names_that_all_must_use_are_no_shared_text():
    names = "President Lorcan Hadrell and Prime Minister Adria Pollune"
    assert origins(
        article(f"On Monday {names} rode out."), article(f"A feast was held for {names}.", day=2)
    ) == [0, 1]


def test_no_citations_have_no_origin():
    assert witnesses((), make.story("One came."), Copies()) == ()
