"""A real browser: the system's Chromium, offline."""

import shutil

import pytest

from briefing.cli.main import app
from tests.conftest import ROOT

LANGUAGES = ("en", "ar")
NAMES = ("chromium", "chromium-browser", "google-chrome")


# Not for the session: Playwright's event loop runs as long as it is lent, and is in others' way.
@pytest.fixture(scope="module")
def browser():
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"There is no browser: none of {', '.join(NAMES)} is on the PATH.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium's sandbox does not start as root, as in most containers.
        lent = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield lent
        lent.close()


@pytest.fixture(scope="session")
def addresses(tmp_path_factory):
    """The example's briefing as `briefing generate --format html` writes it, by language."""
    from typer.testing import CliRunner

    folder = tmp_path_factory.mktemp("html")
    saved = folder / "visit.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        made = [
            CliRunner().invoke(app, ["generate", "examples/visit", "-f", "json", "-o", str(saved)])
        ]
        for language in LANGUAGES:
            page = folder / f"visit.{language}.html"
            arguments = ["show", saved, "-f", "html", "--headings", language, "-o", page]
            made.append(CliRunner().invoke(app, [str(one) for one in arguments]))
    assert [result.exit_code for result in made] == [0] * len(made), made
    return {language: (folder / f"visit.{language}.html").as_uri() for language in LANGUAGES}


@pytest.fixture
def open_page(browser, addresses):
    """Open the page in a window of a size; every request that it makes is listed."""
    contexts = []

    def opened(width=1440, height=900, language="en", **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.requests = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(addresses[language])
        return page

    yield opened
    for context in contexts:
        context.close()
