"""The mail of the example as readers have it: the HTML on a phone, the text in a text client."""

import email
import re
from email.policy import default

import pytest
from axe_playwright_python.sync_playwright import Axe
from typer.testing import CliRunner

from briefing.cli.main import app
from tests.conftest import ROOT
from tests.system.desk import empty_desk

PHONE = 360
WIDEST = 78
"""RFC 5322, 2.1.1: of a line of text."""


@pytest.fixture(scope="module")
def message(tmp_path_factory):
    """The example's edition as `briefing digest preview --format mail` writes it."""
    folder = tmp_path_factory.mktemp("digest")
    with pytest.MonkeyPatch.context() as patch:
        empty_desk(patch, folder)
        (folder / "briefing.toml").write_text(
            '[library]\nurl = "sqlite:///l.sqlite3"\n[[digest]]\nname = "morning"\n'
            f'schedule = "07:00 Europe/London"\nsources = ["{ROOT}/examples/visit"]\nsince = "7d"\n'
            'recipients = ["ada@host.example"]\n'
        )
        command = ["digest", "preview", "morning", "--date", "2031-04-03", "--format", "mail"]
        result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    return email.message_from_string(result.stdout, policy=default)


@pytest.fixture(scope="module")
def addresses(message, tmp_path_factory):
    """The mail's HTML, in place of the page that the other tests open."""
    file = tmp_path_factory.mktemp("mail") / "mail.html"
    file.write_text(message.get_body(("html",)).get_content(), "utf-8")
    return {"en": file.as_uri()}


@pytest.mark.parametrize("width", [320, PHONE, 600, 1440])
def test_nothing_runs_over_the_side(open_page, width):
    page = open_page(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h2").count() >= 1


def test_it_asks_for_nothing_and_runs_nothing(open_page):
    page = open_page(PHONE)
    assert page.requests == [page.url]
    assert page.locator("script, img, iframe, object, link, form").count() == 0


def test_letters_are_large_enough_to_read_on_a_phone(open_page):
    page = open_page(PHONE)
    sizes = page.locator("main p").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert len(sizes) > 5
    assert min(sizes) >= 12


def test_a_note_leads_to_its_evidence(open_page):
    page = open_page(PHONE)
    link = page.locator("main a[href^='#']").first
    target = link.get_attribute("href")
    assert page.locator(f"[id='{target[1:]}']").count() == 1
    link.click()
    assert page.url.endswith(target)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page, scheme):
    page = open_page(PHONE, color_scheme=scheme, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in {"serious", "critical"}] == []


def test_without_its_style_sheet_it_is_readable_all_the_same(browser, message):
    """Some clients keep the styles of elements only."""
    html = message.get_body(("html",)).get_content()
    bare, count = re.subn(r"<style.*?</style>", "", html, flags=re.S)
    assert count == 1
    page = browser.new_page(viewport={"width": PHONE, "height": 720})
    page.set_content(bare)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    size = page.locator("main p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    page.close()
    assert size >= 12


def test_a_text_client_shows_lines_that_fit_and_both_parts_say_the_same(open_page, message):
    text = message.get_body(("plain",)).get_content()
    lines = text.splitlines()
    assert [line for line in lines if len(line) > WIDEST and "://" not in line] == []
    assert not re.search(r"<[a-z/]|&[a-z]+;", text), "no markup"
    shown = " ".join(open_page(PHONE).locator("body").inner_text().split())
    sentences = [" ".join(one.split()) for one in re.findall(r"(?ms)^- (.+?)(?= \[\d)", text)]
    assert len(sentences) > 3
    assert [one for one in sentences if one not in shown] == []
