from briefing.data.briefing import Citation, Verdict
from briefing.steps.show import show
from tests import make

TEXT = "Rain fell.\n\nThe talks began on Monday. Nobody spoke.\n\nThe sun set."


def shown(article, words, *, at_hand=True, **fields):
    start = article.text.index(words)
    cited = Citation(article=article.id, start=start, end=start + len(words), quote=words)
    sentence = make.checked("The talks began.", cites=[cited], **fields)
    entry = make.article_entry().model_copy(update={"id": article.id})
    held = {article.id: article} if at_hand else {}
    return show(sentence, make.briefing(sentence, articles=(entry,)), held)


def test_the_span_is_marked_in_its_paragraph():
    printed = shown(make.article(TEXT), "The talks began on Monday.")
    assert "\n    >>The talks began on Monday.<< Nobody spoke.\n" in printed
    assert "Rain fell" not in printed


def test_the_first_and_the_last_paragraph_have_their_context_too():
    assert "\n    >>Rain<< fell.\n" in shown(make.article(TEXT), "Rain")
    assert "\n    The >>sun<< set.\n" in shown(make.article(TEXT), "sun")


def test_without_the_article_the_quotation_is_printed():
    printed = shown(make.article(TEXT), "Nobody spoke.", at_hand=False)
    assert "“Nobody spoke.” (the article is not at hand)" in printed


def test_says_what_failed():
    printed = shown(
        make.article(TEXT), "Nobody spoke.", verdict=Verdict.UNSUPPORTED, reason="numbers: 4"
    )
    assert "unsupported: numbers: 4" in printed


def test_an_outlet_that_is_not_known_is_said_as_the_page_says_it():
    article = make.article(TEXT)
    cited = Citation(article=article.id, start=0, end=4, quote="Rain")
    sentence = make.checked("Rain fell.", cites=[cited])
    entry = make.article_entry(id=article.id, outlet="unknown")
    printed = show(sentence, make.briefing(sentence, articles=(entry,)), {article.id: article})
    assert "outlet not known, " in printed
    assert "unknown" not in printed
