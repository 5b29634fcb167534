import pytest

from briefing.steps.locate import locate
from tests import make

STORY = make.story("One came.  Two\ncame.", "Three came.")


def located(*cites):
    return locate(make.draft_sentence("Somebody came.", *cites), STORY)


def test_gives_the_cited_sentences_with_their_place_in_the_order_cited():
    found = located("S2.1", "S1.2")
    assert found.citations == make.cites(STORY, "S2.1", "S1.2")
    assert found.unknown == ()


def test_the_quotation_is_cut_out_of_the_article_and_not_typed():
    (citation,) = located("S1.2").citations
    text = STORY.articles[0].text
    assert text[citation.start : citation.end] == citation.quote == "Two\ncame."


@pytest.mark.parametrize("cite", ["[S1.1]", " S1.1 ", "(S1.1)", "[ S1.1 ]"])
def test_takes_an_id_as_models_write_it(cite):
    assert located(cite).citations == make.cites(STORY, "S1.1")


def test_an_id_that_is_cited_twice_counts_once():
    assert located("S1.1", "[S1.1]", "S1.1").citations == make.cites(STORY, "S1.1")


@pytest.mark.parametrize("cite", ["S9.9", "S1.3", "s1.1", "1.1", "S1", "", "S1.1, S2.1", "\x00"])
def test_an_id_that_names_no_sentence_is_told(cite):
    found = located("S1.1", cite)
    assert found.citations == make.cites(STORY, "S1.1")
    assert len(found.unknown) == 1


def test_no_ids_give_nothing():
    assert located().citations == located().unknown == ()
