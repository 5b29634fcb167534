"""A real browser: the system's Chromium, offline."""

import shutil

import pytest

from briefing.cli.main import app
from tests.conftest import ROOT

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
def address(tmp_path_factory):
    """The example's briefing as `briefing generate --format html` writes it."""
    from typer.testing import CliRunner

    written = tmp_path_factory.mktemp("html") / "visit.html"
    arguments = ["generate", "examples/visit", "-f", "html", "-o", str(written)]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return written.as_uri()


@pytest.fixture
def open_page(browser, address):
    """Open the page in a window of a size; every request that it makes is listed."""
    contexts = []

    def opened(width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.requests = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
