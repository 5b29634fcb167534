"""`briefing show` and `briefing diff`, as a user runs them."""

import json
import re
import shutil

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.errors import BriefingError, ConfigError
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples/visit"


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "visit.json"
    assert run("generate", EXAMPLE, "-f", "json", "-o", path).exit_code == 0
    return path


def test_a_saved_briefing_is_printed_as_it_was(saved):
    again = run("show", saved, "-f", "md")
    assert again.exit_code == 0
    assert again.stdout == run("generate", EXAMPLE, "-f", "md").stdout


def test_html_finds_the_articles_where_they_were(saved):
    assert "<mark" in run("show", saved, "-f", "html").stdout


def test_html_without_the_articles_keeps_the_quotations(saved, tmp_path):
    briefing = json.loads(saved.read_text("utf-8"))
    for article in briefing["articles"]:
        article["path"] = str(tmp_path / "gone.txt")
    moved = tmp_path / "moved.json"
    moved.write_text(json.dumps(briefing), "utf-8")
    printed = run("show", moved, "-f", "html").stdout
    assert "<mark" not in printed
    assert 'id="n1"' in printed
    assert "<mark" in run("show", moved, "-f", "html", "--sources", EXAMPLE).stdout


def test_one_sentence_is_found_by_id_or_beginning(saved):
    first = json.loads(saved.read_text("utf-8"))["sections"][0]["sentences"][0]
    by_id = run("show", saved, first["id"]).stdout
    assert by_id == run("show", saved, first["text"].lower()).stdout
    assert ">>" in by_id


def test_what_the_readme_looks_up_is_in_the_briefing_of_the_example(saved):
    page = (ROOT / "README.md").read_text("utf-8")
    looked_up = re.findall(r'^\$ briefing show visit\.json "([^"]+)"', page, re.MULTILINE)
    assert looked_up
    for words in looked_up:
        assert ">>" in run("show", saved, words).stdout


def test_a_sentence_that_is_not_there_is_said(saved):
    result = run("show", saved, "s-nothing")
    assert isinstance(result.exception, BriefingError)
    assert "no sentence" in str(result.exception)


def test_what_is_no_briefing_is_refused():
    result = run("show", ROOT / "README.md")
    assert "is no saved briefing" in str(result.exception)


def test_a_briefing_does_not_differ_from_itself(saved):
    result = run("diff", saved, saved)
    assert result.stdout.startswith("0 new, 0 gone, 0 changed, 0 newly disputed, ")


def test_with_fewer_articles_something_is_new(saved, tmp_path):
    for article in sorted(EXAMPLE.glob("[1-4]*.txt")):
        shutil.copy(article, tmp_path)
    older = tmp_path / "older.json"
    assert run("generate", tmp_path, "-f", "json", "-o", older).exit_code == 0
    changes = json.loads(run("diff", older, saved, "--json").stdout)
    assert changes["new"]
    assert changes["gone"]
    assert changes["same"] > 0


def test_headings_are_in_the_language_asked_for(saved):
    printed = run("show", saved, "-f", "md", "--headings", "de").stdout
    assert "## Das Wichtigste" in printed
    assert "## Im Wortlaut" in printed
    assert printed == run("generate", EXAMPLE, "-f", "md", "--headings", "de").stdout


@pytest.mark.parametrize("code", ["it", "German", "../en"])
def test_headings_in_a_language_there_are_none_for_are_refused(saved, code):
    for arguments in (["show", saved], ["generate", EXAMPLE]):
        result = run(*arguments, "--headings", code)
        assert isinstance(result.exception, BriefingError)
        assert result.stdout == ""


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.md", "# "),
        ("a.Markdown", "# "),
        ("a.htm", "<!doctype html>"),
        ("a.json", "{"),
        ("a.txt", "Official visit"),
        ("a", "Official visit"),
    ],
)
def test_the_name_of_the_output_tells_its_form(saved, tmp_path, name, begins):
    written = tmp_path / name
    assert run("show", saved, "-o", written).exit_code == 0
    assert written.read_text(encoding="utf-8").startswith(begins)
    assert run("show", saved, "-f", "text", "-o", written).exit_code == 0
    assert written.read_text(encoding="utf-8").startswith("Official visit")


def test_no_text_is_written_under_the_name_of_a_pdf(saved, tmp_path):
    refused = run("show", saved, "-o", tmp_path / "a.pdf")
    assert isinstance(refused.exception, ConfigError)
    assert "print it from a browser" in str(refused.exception)
    assert not (tmp_path / "a.pdf").exists()


def test_a_word_file_needs_a_file_and_holds_the_sentences(saved, tmp_path):
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    assert isinstance(run("show", saved, "-f", "docx").exception, BriefingError)
    path = tmp_path / "visit.docx"
    assert run("show", saved, "-f", "docx", "-o", path).exit_code == 0
    words = " ".join(paragraph.text for paragraph in docx.Document(path).paragraphs)
    for section in json.loads(saved.read_text("utf-8"))["sections"]:
        assert all(sentence["text"] in words for sentence in section["sentences"])


def test_a_changed_office_in_a_saved_file_is_told(saved, tmp_path):
    briefing = json.loads(saved.read_text("utf-8"))
    (people,) = [one["people"] for one in briefing["sections"] if one["people"]]
    people[0]["roles"][0]["title"] = "president"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(briefing), "utf-8")
    result = run("verify", changed, "--sources", EXAMPLE)
    assert result.exit_code == 3
    assert "says office 'president'; the articles give 'foreign minister'" in result.stdout


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--template", "summary", "--words", "120"),
        ("--template", "story"),
        ("--focus", "gas transit"),
        ("--focus", "penguins"),
        ("--budget", "300"),
    ],
    ids=" ".join,
)
def test_what_was_saved_holds_when_it_is_checked_again(options, tmp_path):
    path = tmp_path / "saved.json"
    assert run("generate", EXAMPLE, *options, "-f", "json", "-o", path).exit_code == 0
    again = run("verify", path, "--sources", EXAMPLE)
    assert again.exit_code == 0, again.stdout
    assert "older version" not in again.stdout
