import io
import zipfile

import pytest
from lxml import etree

from briefing.data.briefing import Verdict
from briefing.steps.render import Form, render
from tests import make
from tests.unit.test_render_injection import HOSTILE, infested

docx = pytest.importorskip("docx", reason="python-docx is not installed")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ONE, TWO = make.citation("Talks began.", "courier"), make.citation("They met.", "wire")


def written(document, **options):
    return render(document, form=Form.DOCX, **options)


def opened(document, **options):
    return docx.Document(io.BytesIO(written(document, **options)))


def disputed(**fields):
    return make.briefing(
        make.checked("Talks began.", cites=[ONE], discrepancies=("d",)),
        make.checked("They met.", cites=[TWO, ONE]),
        articles=(
            make.article_entry("courier", url="https://courier.example/talks", path=None),
            make.article_entry("wire"),
        ),
        discrepancies=(make.discrepancy("d", sides=[("forty", [ONE]), ("fifty", [TWO])]),),
        gaps=("Who paid?",),
        **fields,
    )


def links(found):
    return found.element.body.iter(f"{W}hyperlink")


def test_the_headings_are_headings():
    found = opened(disputed())
    headings = [p.text for p in found.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Check before you use this",
        "Bottom line",
        "Not in the sources",
        "Sources",
        "Notes",
    ]
    assert found.paragraphs[0].style.name == "Title"


def test_every_link_leads_to_a_place_or_to_the_web():
    found = opened(disputed())
    places = [one.get(f"{W}name") for one in found.element.body.iter(f"{W}bookmarkStart")]
    assert len(places) == len(set(places))
    inside = [one.get(f"{W}anchor") for one in links(found) if one.get(f"{W}anchor")]
    assert set(inside) == set(places), "each note is used, and leads back"
    targets = {rel.target_ref for rel in found.part.rels.values() if rel.is_external}
    assert targets == {"https://courier.example/talks"}


def test_the_quotation_stands_in_its_note():
    notes = [p.text for p in opened(disputed()).paragraphs if p.text.startswith("1  ")]
    assert len(notes) == 1
    assert '"Talks began."' in notes[0]


def test_a_sentence_that_is_not_supported_says_so():
    document = make.briefing(make.checked("It failed.", verdict=Verdict.UNSUPPORTED))
    assert any("NOT SUPPORTED: It failed." in p.text for p in opened(document).paragraphs)


def test_the_same_page_gives_the_same_bytes():
    assert written(disputed()) == written(disputed())
    with zipfile.ZipFile(io.BytesIO(written(disputed()))) as parts:
        assert {one.date_time[0] for one in parts.infolist()} == {1980}


def test_arabic_headings_turn_paragraphs_and_leave_english_words():
    found = opened(disputed(), headings="ar")
    assert all(p._p.pPr.find(f"{W}bidi") is not None for p in found.paragraphs)
    runs = {run.text: run.font.rtl for p in found.paragraphs for run in p.runs}
    assert runs["Talks began."] is None
    assert all(
        rtl for text, rtl in runs.items() if any("\u0621" <= char <= "\u064a" for char in text)
    )
    assert not any(mark in text for text in runs for mark in "\u2068\u2069")


@pytest.mark.parametrize("words", HOSTILE)
def test_words_from_outside_are_words(words):
    found = opened(infested(words))
    targets = {rel.target_ref for rel in found.part.rels.values() if rel.is_external}
    assert targets <= {words}
    assert all(one.startswith("http") for one in targets)
    tags = {etree.QName(node).localname for node in found.element.body.iter()}
    assert tags <= set(
        "body p pPr pStyle r rPr t b sz color vertAlign lang rtl hyperlink bookmarkStart "
        "bookmarkEnd sectPr pgSz pgMar cols docGrid bidi tab br noBreakHyphen".split()
    )


def test_what_is_not_installed_is_named(monkeypatch):
    from briefing.errors import ConfigError

    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(ConfigError, match=r"pip install 'briefing\[docx\]'"):
        written(disputed())
