"""The HTML form as its reader has it: by mouse, by keyboard, on a phone, on paper, in the dark."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from briefing.text.phrases import phrases
from tests.conftest import ROOT

PHONE = 360
DESK = 1440


def in_view(page, selector):
    return page.locator(selector).evaluate(
        "e => { const r = e.getBoundingClientRect();"
        " return r.top >= 0 && r.bottom <= innerHeight && r.left >= 0 && r.right <= innerWidth }"
    )


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_note_shows_the_words_in_the_source_and_leads_back(open_page, width):
    page = open_page(width, reduced_motion="reduce")
    reference = page.locator("main li a.ref").nth(1)
    place, target = reference.get_attribute("id"), reference.get_attribute("href")
    quote = reference.get_attribute("title")
    reference.click()
    assert in_view(page, f"mark{target}")
    pieces = page.locator(f"mark.n{target[2:]}")
    assert "".join(pieces.all_inner_texts()) in quote
    colours = pieces.evaluate_all("all => all.map(e => getComputedStyle(e).backgroundColor)")
    assert set(colours) == {"rgb(255, 213, 74)"}, "every piece of it is marked as chosen"
    if width == DESK:
        assert in_view(page, f"#{place}"), "the briefing stays where it was"
    page.locator(f"aside .back[href='#{place}']").click()
    assert in_view(page, f"#{place}")


def test_the_keyboard_alone_goes_there_and_back(open_page):
    page = open_page(reduced_motion="reduce")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "To the briefing"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    place = page.locator(":focus").get_attribute("id")
    target = page.locator(":focus").get_attribute("href")
    page.keyboard.press("Enter")
    assert in_view(page, f"mark{target}")
    for _ in range(3):  # Words inside the quotation may be cited elsewhere as well.
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("href") == f"#{place}":
            break
    assert page.locator(":focus").get_attribute("href") == f"#{place}"
    page.keyboard.press("Enter")
    assert in_view(page, f"#{place}")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, PHONE, 1023, 1024, DESK])
def test_nothing_runs_over_the_side(open_page, width, language):
    page = open_page(width, language=language)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_serious(open_page, width, scheme, language):
    page = open_page(width, language=language, color_scheme=scheme, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in {"serious", "critical"}] == []


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def test_arabic_headings_turn_the_page_and_leave_the_articles(open_page):
    page = open_page(language="ar")
    briefing, sources = box(page, "main"), box(page, "aside")
    assert briefing["x"] > sources["x"], "the briefing is read first, at the right"
    title = box(page, "main section:has(ul.lines) h2")
    line = box(page, "main section ul.lines")
    assert title["x"] + title["width"] == pytest.approx(line["x"] + line["width"], abs=2)
    ways = page.locator("article p[dir]").evaluate_all(
        "all => all.map(p => p.matches(':dir(ltr)'))"
    )
    assert ways
    assert all(ways), "the words of an English article run from left to right"
    # The full stop of an English sentence stands at its right end, not at its left.
    start, stop = page.locator("main section ul.lines li span[lang=en]").first.evaluate(
        """span => { const text = span.firstChild, end = text.data.lastIndexOf('.');
        const at = (first, last) => { const range = document.createRange();
          range.setStart(text, first); range.setEnd(text, last);
          return range.getBoundingClientRect(); };
        const stop = at(end, end + 1), before = at(end - 1, end);
        return [before.x, stop.x]; }"""
    )
    assert stop > start


def test_the_keyboard_skips_to_an_arabic_page_too(open_page):
    page = open_page(language="ar", reduced_motion="reduce")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == phrases("ar").say("page.skip")
    reference = page.locator("main li a.ref").nth(1)
    target = reference.get_attribute("href")
    reference.click()
    assert in_view(page, f"mark{target}")


def test_the_dark_page_is_dark(open_page):
    page = open_page(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 28)"


def test_on_paper_the_quotations_stand_in_the_notes(open_page):
    page = open_page()
    page.emulate_media(media="print")
    assert page.locator("#notes").is_visible()
    assert not page.locator("aside").is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_no_request_leaves_the_page(open_page):
    page = open_page()
    page.locator("main a.ref").first.click()
    assert {url.partition("#")[0] for url in page.requests} == {page.url.partition("#")[0]}


def test_it_needs_no_script(open_page):
    page = open_page(java_script_enabled=False)
    page.locator("main a.ref").first.click()
    assert page.url.endswith("#q1")


def test_the_pictures_of_the_documentation(open_page, tmp_path):
    """BRIEFING_UPDATE_PICTURES=1 writes docs/visit-wide.png and docs/visit-phone.png anew."""
    folder = ROOT / "docs" if os.environ.get("BRIEFING_UPDATE_PICTURES") == "1" else tmp_path
    for name, width, height in (("wide", 1280, 800), ("phone", PHONE, 720)):
        page = open_page(width, height, reduced_motion="reduce")
        if name == "wide":
            page.locator("main a.ref").nth(1).click()
        page.screenshot(path=folder / f"visit-{name}.png")
        assert (folder / f"visit-{name}.png").stat().st_size > 10_000
