from briefing.steps.split import split
from tests import make


def test_numbers_sentences_by_article_and_place():
    story = split([make.article("One came. Two came."), make.article("Three came.\n\nFour came.")])
    assert [(sentence.id, sentence.text) for sentence in story.sentences] == [
        ("S1.1", "One came."),
        ("S1.2", "Two came."),
        ("S2.1", "Three came."),
        ("S2.2", "Four came."),
    ]
    assert [sentence.paragraph for sentence in story.sentences] == [0, 0, 0, 1]


def test_each_sentence_is_the_span_of_its_article():
    article = make.article("“One came. Two came.”\n\nThree  came.")
    for sentence in split([article]).sentences:
        assert sentence.article == article.id
        assert sentence.span.of(article.text) == sentence.text


def test_an_article_that_is_there_twice_counts_once():
    first, again = make.article("One came.", source="a.txt"), make.article("One came.", source="b")
    story = split([make.article("Two came."), first, again])
    assert [article.source for article in story.articles] == ["articles/courier.txt", "a.txt"]
    assert [sentence.id for sentence in story.sentences] == ["S1.1", "S2.1"]


def test_no_articles_are_a_story_without_sentences():
    assert split([]).articles == split([]).sentences == ()
