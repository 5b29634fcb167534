import re
from base64 import b64encode
from hashlib import sha256

import pytest
from lxml import html

from briefing.data.briefing import Citation, Verdict
from briefing.steps.render import Form, render
from tests import make
from tests.unit.test_render_injection import HOSTILE, infested

TEXT = "The talks began on Monday. A fishing accord was signed.\n\nNobody spoke. Rain fell."
TAGS = set(
    "html head meta title style body a main header h1 h2 h3 p span section ul ol li sup sub strong "
    "code aside table caption thead tbody tr th td svg rect article mark "
    "figure figcaption line circle text".split()
)
ATTRIBUTES = set(
    "lang dir charset name content http-equiv class href id tabindex title value rel role scope "
    "width height viewbox preserveaspectratio x y x1 x2 y1 y2 cx cy r text-anchor "
    "aria-label aria-labelledby aria-hidden".split()
)


def read(printed):
    return html.document_fromstring(printed)


def cited(*spans, article):
    starts = [article.text.index(words) for words in spans]
    return [
        Citation(article=article.id, start=start, end=start + len(words), quote=words)
        for start, words in zip(starts, spans, strict=True)
    ]


def page(article, *spans, **fields):
    document = make.briefing(
        make.checked("Talks began.", cites=cited(*spans, article=article)),
        articles=(entry(article, **fields),),
    )
    return read(render(document, form=Form.HTML, articles=[article]))


def entry(article, **fields):
    fields = {"title": "Talks begin", **fields}
    return make.article_entry("courier", **fields).model_copy(
        update={"id": article.id, "sha256": article.sha256, "chars": len(article.text)}
    )


@pytest.fixture
def article():
    return make.article(TEXT)


def test_a_note_leads_to_the_very_words_in_the_source_and_back(article):
    found = page(article, "The talks began on Monday.")
    (reference,) = found.cssselect("main li a.ref")
    (mark,) = found.cssselect("mark")
    assert reference.get("href") == f"#{mark.get('id')}"
    assert mark.text == "The talks began on Monday."
    assert f"#{reference.get('id')}" in [
        link.get("href") for link in found.cssselect("aside .back")
    ]


def test_the_whole_text_stands_beside_the_page(article):
    found = page(article, "fishing accord", "Nobody spoke. Rain fell.")
    paragraphs = [
        "".join(p.xpath("text() | mark/text()")) for p in found.cssselect("article p")[1:]
    ]
    assert "\n\n".join(paragraphs) == TEXT


def test_spans_that_overlap_or_cross_a_paragraph_are_marked_whole(article):
    found = page(article, "talks began", "began on Monday. A", "signed.\n\nNobody")
    marks = [mark.text for mark in found.cssselect("mark")]
    assert marks == ["talks ", "began", " on Monday. A", "signed.", "Nobody"]
    assert {mark.get("id") for mark in found.cssselect("mark") if mark.get("id")} == {
        "q1",
        "q2",
        "q3",
    }


def test_spans_that_begin_together_each_have_their_place(article):
    found = page(article, "The talks", "The talks began")
    ids = {node.get("id") for node in found.cssselect("article [id]")}
    assert {"q1", "q2"} <= ids


def test_words_that_do_not_stand_there_are_not_marked(article):
    document = make.briefing(
        make.checked(
            cites=[Citation(article=article.id, start=4, end=23, quote="Rain fell on Monday")]
        ),
        articles=(entry(article),),
    )
    found = read(render(document, form=Form.HTML, articles=[article]))
    assert not found.cssselect("mark")
    assert found.cssselect("main a.ref")[0].get("href") == "#n1"
    assert found.cssselect("#n1")


def test_without_the_texts_the_notes_hold_the_quotations(article):
    document = make.briefing(make.checked(cites=cited("Nobody spoke.", article=article)))
    found = read(render(document, form=Form.HTML))
    assert not found.cssselect("aside")
    assert '"Nobody spoke."' in found.cssselect("#n1")[0].text_content()


def test_a_source_on_the_web_is_linked_to_the_quoted_words(article):
    found = page(article, "Nobody spoke.", url="https://courier.example/talks", path=None)
    (link,) = found.cssselect("#n1 a.web")
    assert link.get("href") == "https://courier.example/talks#:~:text=Nobody%20spoke."


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "//x"])
def test_what_is_no_web_address_is_no_link(article, url):
    found = page(article, "Nobody spoke.", url=url, path=None)
    assert not found.cssselect("a.web")
    assert url in found.text_content()


def test_a_sentence_that_is_not_supported_says_so(article):
    document = make.briefing(make.checked("It failed.", verdict=Verdict.UNSUPPORTED))
    (line,) = read(render(document, form=Form.HTML)).cssselect("li.failed")
    assert line.text_content().startswith("NOT SUPPORTED: It failed.")


def test_every_link_within_the_page_has_a_target(article):
    document = make.briefing(
        make.checked(cites=cited("Nobody spoke.", article=article), discrepancies=("a", "b")),
        articles=(entry(article),),
        discrepancies=(
            make.discrepancy("a", sides=[("no", cited("Rain fell.", article=article))]),
            make.discrepancy("b", status="resolved"),
        ),
    )
    found = read(render(document, form=Form.HTML, articles=[article]))
    ids = [node.get("id") for node in found.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    targets = {link.get("href") for link in found.cssselect("a[href^='#']")}
    assert targets <= {f"#{id_}" for id_ in ids}


def test_nothing_is_fetched_and_nothing_runs(article):
    found = page(article, "Nobody spoke.")
    (policy,) = found.cssselect("meta[http-equiv]")
    style = found.cssselect("style")[0].text
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy.get("content").startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not re.search(r"url\(|@import|expression", style)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_from_outside_make_no_element_attribute_or_address(words):
    document = infested(words)
    texts = [make.article(words or "-")]
    held = document.model_copy(
        update={"articles": (*document.articles, entry(texts[0], title=words, url=words))}
    )
    found = read(render(held, form=Form.HTML, articles=texts))
    for element in found.iter():
        assert element.tag in TAGS
        assert {name.lower() for name in element.attrib} <= ATTRIBUTES
        href = element.get("href")
        assert href is None or href.startswith(("#", "http://", "https://"))
        assert not (element.tag in {"style", "title"} and len(element))


def test_the_words_of_a_source_are_shown_as_they_stand():
    article = make.article("<b>Bold</b> & “quoted” <script>alert(1)</script> words.")
    found = page(article, "& “quoted”")
    assert found.cssselect("article p")[1].text_content().startswith("<b>Bold</b> & “quoted”")
