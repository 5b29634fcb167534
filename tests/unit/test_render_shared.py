from briefing.steps.render.shared import shared_texts
from tests import make

LABELS = {make.article_entry(name).id: f"S{n}" for n, name in enumerate("abcd", start=1)}


def lines(*origins):
    return shared_texts(origins, LABELS, make.ENGLISH)


def test_says_who_carries_a_text_whose_it_is_and_who_had_it_first():
    first = make.article_entry("c").id
    assert lines(make.origin("a", "c", "d", first=first, source="Foreign Office")) == (
        "S1, S3 and S4 carry one text, or parts of it (40 words, attributed to Foreign Office); "
        "first in S3.",
    )


def test_guesses_nothing():
    assert lines(make.origin("a", "b")) == (
        "S1 and S2 carry one text, or parts of it (40 words); which had it first is not known.",
    )


def test_copies_of_a_whole_article_are_called_so():
    copied = make.origin("a", "b").articles
    assert (
        "S1 and S2 are copies of one article (40 words)"
        in lines(make.origin("a", "b", copied=copied))[0]
    )


def test_a_few_words_are_not_worth_a_line_and_many_texts_end_in_a_count():
    (passage,) = make.origin("a", "b").passages
    short = make.origin("a", "b", passages=(type(passage)(words=11, places=passage.places),))
    assert lines(short) == ()
    assert lines(*[make.origin("a", "b")] * 7)[5:] == ("2 more texts are shared.",)


def test_a_source_named_in_control_characters_is_made_harmless():
    (line,) = lines(make.origin("a", "b", source="Office\x1b[31m\nof\u202e Salm"))
    assert "attributed to Office[31m of Salm)" in line


def test_articles_that_the_briefing_does_not_list_are_not_named():
    assert lines(make.origin("a", "nowhere")) == ()
