"""`briefing generate --focus` with words that the articles have, and with words that none has."""

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.data.briefing import Briefing
from briefing.errors import ConfigError
from tests.system.desk import COURIER, WIRE, empty_desk, put


@pytest.fixture(autouse=True)
def _desk(monkeypatch, tmp_path):
    empty_desk(monkeypatch, tmp_path)
    put("in/courier.txt", COURIER)
    put("in/wire.txt", WIRE)


def generated(*arguments):
    return CliRunner().invoke(app, ["generate", "in", *arguments])


@pytest.mark.parametrize("form", ["term", "text", "md", "html"])
def test_a_focus_that_no_article_mentions_is_told_in_the_header_and_on_stderr(form):
    result = generated("--focus", "the wheat tariffs of Ondria", "-f", form)
    assert result.exit_code == 0
    assert result.stderr == ""  # "tariff" stands in one of them.
    result = generated("--focus", "wheat of Ondria", "-f", form)
    assert result.exit_code == 0
    assert result.stderr == (
        "briefing: no article mentions 'wheat of Ondria': what follows is what the articles tell\n"
    )
    assert "no article mentions" in " ".join(result.stdout.split())


@pytest.mark.parametrize("focus", ["", "  ", "\u200b"])
def test_an_empty_focus_is_refused(focus):
    result = generated("--focus", focus)
    assert isinstance(result.exception, ConfigError)
    assert "`--focus` is empty" in str(result.exception)
    assert result.stdout == ""


def test_the_json_notes_it():
    found = Briefing.model_validate_json(generated("--focus", "wheat", "-f", "json").stdout)
    assert found.notes == ("no article mentions the focus",)


def test_each_story_says_for_itself_what_it_does_not_mention():
    put("in/flood.txt", "date 2031-04-08\nFlood\n\nA flood closed the bridge at Ondresk on Monday.")
    result = generated("--focus", "flood", "--all", "--out", "out", "-f", "md")
    assert result.exit_code == 0
    assert "no article mentions" not in result.stderr
