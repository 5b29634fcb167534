"""Which headline a briefing is given; the articles are invented."""

from datetime import date

from briefing.headline import headline
from tests import make

BODY = "The ferry crews of Osk went on strike on Monday over shifts."
END = "The ferry crews of Osk ended their strike on Thursday. A school in Osk opened again."


def headed(*articles, **options):
    made = [
        make.article(text, title=title, published=date(2031, 5, day))
        for title, text, day in articles
    ]
    return headline(make.story(*made), make.template(make.plan()), focus=None, **options)


def test_the_newest_of_the_headlines_about_the_story_is_taken():
    assert (
        headed(("Ferry crews of Osk on strike", BODY, 5), ("Ferry crews end strike", END, 9))
        == "Ferry crews end strike"
    )


def test_a_headline_about_one_side_of_the_story_gives_way():
    assert (
        headed(("Ferry crews of Osk on strike", BODY, 5), ("A school opened again", END, 9))
        == "Ferry crews of Osk on strike"
    )


def test_a_headline_of_a_bad_translation_comes_last():
    one, two = ("Ferry crews of Osk on strike", BODY, 5), ("Ferry crews end strike", END, 9)
    garbled = {make.article(END, published=date(2031, 5, 9)).id}
    assert headed(one, two, garbled=garbled) == "Ferry crews of Osk on strike"
    assert headed(two, garbled=garbled) == "Ferry crews end strike"


def test_without_a_headline_that_holds_it_is_plain():
    assert headed(("Airport closed", BODY, 5)) == "Small briefing, 5 May 2031"
