"""`briefing templates`, and a template of the user's own."""

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.errors import ConfigError, OutputError
from briefing.templating import source, template_names
from tests.conftest import ROOT


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def refusal(*arguments):
    result = run(*arguments)
    assert isinstance(result.exception, ConfigError), result.output
    return str(result.exception)


@pytest.fixture
def board(tmp_path):
    folder = tmp_path / "board"
    assert run("templates", "new", folder).exit_code == 0
    return folder / "template.toml"


def edited(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path.parent


def test_lists_each_with_its_sections():
    lines = run("templates", "list").stdout.splitlines()
    known = [line.partition(":")[0] for line in lines]
    names = [name for name in known if not name.endswith(".jinja")]
    assert names == ["auto", *template_names()]
    assert "Programme" in run("templates", "list").stdout


@pytest.mark.parametrize("name", template_names())
def test_shows_the_file_and_finds_it_good(name):
    assert run("templates", "show", name).stdout == source(name)
    assert run("templates", "check", name).exit_code == 0


def test_a_new_one_is_used_by_its_folder(board):
    folder = edited(board, 'title = "Bottom line"', 'title = "What to know"')
    result = run("generate", ROOT / "examples/visit", "--template", folder, "-f", "md")
    assert result.exit_code == 0
    assert "## What to know" in result.stdout


def test_a_title_that_is_translated_and_gone_is_told(board):
    folder = edited(board, 'title = "Bottom line"', 'title = "What to know"')
    result = run("templates", "check", folder)
    assert result.exit_code == 0
    assert "no title or gap of it: de: 'Bottom line'" in result.stderr
    assert "translated" not in run("templates", "check", "story").stderr


def test_a_new_one_has_the_name_of_its_folder(board):
    assert run("templates", "check", board.parent).stdout.startswith("board: 4 sections")


def test_the_command_that_is_shown_can_be_copied_into_a_shell(tmp_path):
    made = run("templates", "new", tmp_path / "board x").stdout
    assert made.endswith(f" --template '{tmp_path}/board x'\n")


def test_nothing_is_written_over(board):
    result = run("templates", "new", board.parent)
    assert isinstance(result.exception, OutputError)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('id = "what_happened"', 'id = "bottom_line"', "two sections have the id 'bottom_line'"),
        ("most = 3", "most = 0", "sections[1].most: it should be greater than 0"),
        ("most = 3", "mots = 3", "sections[1].mots: unknown key, did you mean 'most'? (1 more)"),
        ('traits = ["history"]', 'traits = ["old"]', "sections[3].traits[1]"),
        ('traits = ["history"]', 'traits = "history"', "sections[3].traits: it should be a list."),
        ("most = 3", "", "sections[1].most: it is missing."),
        ('name = "board"', "name =", "is no TOML"),
        ('title = "Story briefing"', 'title = "S"\nlang = "en"', "lang: unknown key."),
    ],
)
def test_says_what_is_wrong_and_where(board, old, new, why):
    folder = edited(board, old, new)
    assert why.lower() in refusal("templates", "check", folder).lower()
    assert why.lower() in refusal("generate", ROOT / "examples/visit", "-t", folder).lower()


def test_a_template_that_is_not_there_is_said(tmp_path):
    assert "Did you mean 'visit'?" in refusal("templates", "show", "vist")
    assert "there is no template in" in refusal("templates", "check", tmp_path / "none")
