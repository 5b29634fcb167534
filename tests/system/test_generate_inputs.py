"""`briefing generate` on what users have, from the command line."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.errors import BriefingError
from tests import make_files as make
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples" / "visit", "visit")


def generate(*arguments):
    return CliRunner().invoke(app, ["generate", *arguments])


def test_articles_of_several_kinds_make_one_briefing():
    Path("visit/page.html").write_bytes(make.page())
    Path("visit/scan.pdf").write_bytes(make.pdf(None))
    result = generate("visit", "--format", "json")
    assert result.exit_code == 5
    assert result.stderr.startswith("briefing: left out 'visit/scan.pdf': the PDF holds no text")
    assert '"visit/page.html"' in result.stdout


def test_the_options_choose_days_languages_and_number():
    result = generate("visit", "--since", "2031-04-01", "--max-articles", "1", "--format", "json")
    assert result.exit_code == 0
    assert "left out 3 of 6 articles: they are of another day." in result.stderr
    assert "left out 2 of 6 articles: there are newer ones, and the most is 1." in result.stderr
    with pytest.raises(BriefingError, match="none of the 6 articles is left"):
        raise generate("visit", "--lang", "fr,ur").exception
    with pytest.raises(BriefingError, match="is no language"):
        raise generate("visit", "--lang", "french").exception
    with pytest.raises(BriefingError, match="Give an age such as 24h"):
        raise generate("visit", "--since", "tomorrow").exception


def test_explain_lists_on_stderr_what_was_removed():
    result = generate("visit", "--explain")
    assert "  removed (advertisement): Advertisement\n" in result.stderr
    assert "Advertisement" not in result.stdout


def test_many_refusals_alike_in_one_file_are_one_line():
    Path("list.json").write_bytes(b'[{"title": "A"}, {"title": "B"}, {"title": "C"}]')
    result = generate("visit", "list.json")
    assert result.stderr.count("\n") == 1
    assert "left out 'list.json#1' and 2 more like it in the file: no field" in result.stderr
